"""From a ready trip to the board: frozen trips, warm starts, trips of other people's models."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import Load, Problem, TripChoice, TripRun, run_trip, spread
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import NEVER, at, table
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.board import book, free_row, hang, slot_of, unhang, unit_free
from p2p_solvers.engine.groups import Groups
from p2p_solvers.engine.log import note
from p2p_solvers.engine.memory import Ways, memory_of, new_board, new_room

Seat = tuple[int, int, int]
"""A group, people of it, and the place where they get off."""


class Board(NamedTuple):
    """Everything that a trip must be held against: the problem and what is booked already."""

    problem: Problem
    groups: Groups
    m: Ints
    s: Ints
    w: Ints


def board_of(problem: Problem, seed: int, ways: Ways | None = None) -> Board:
    """
    A board without trips.

    Groups may choose among some ways by services; whose posts people fill is decided on it too.
    """
    problem = spread(problem)
    m, groups = memory_of(problem, ways)
    return Board(problem, groups, m, new_board(problem, m, seed), new_room(problem))


def seat_trip(board: Board, trip: TripChoice, ran: TripRun | None = None) -> str | None:
    """
    Put a ready trip on the board as it is.

    Parameters
    ----------
    ran
        What became of it, where it has left: no rule is asked then.

    Returns
    -------
    The rule that it would break, and then the board is what it was; None if it is booked.
    """
    problem, s = board.problem, board.s
    run = ran or run_trip(problem, trip, board.w)
    seats = _seats(board, trip)
    if run.broken or seats is None:
        return run.broken or "balance"
    if ran is None and (broken := _too_much(board, trip, run, seats)):
        return broken
    row = free_row(s)
    if row < 0:
        return "fleet"
    note(s, row)
    _write(board, row, trip, run, seats)
    hang(board.m, s, row)
    book(board.m, s, row, 1)
    if ran is None and _too_dear(board):
        book(board.m, s, row, -1)
        unhang(board.m, s, row)
        return "budget"
    return None


def frozen_board(problem: Problem, seed: int, ways: Ways | None = None) -> Board:
    """A board with the frozen trips only."""
    board = board_of(problem, seed, ways)
    for frozen in problem.frozen:
        seat_trip(board, frozen.trip, frozen.run)
    return board


def _seats(board: Board, trip: TripChoice) -> list[Seat] | None:
    """Who of which group rides; None if so many of them are not left."""
    head = board.groups.head
    waiting = table(board.s, e.WAITING, len(head))[:, 0].copy()
    seats: list[Seat] = []
    for load in trip.loads:
        for group, people in _groups_of(board, load, waiting):
            if people > waiting[head[group]]:
                return None
            waiting[head[group]] -= people
            seats.append((group, people, load.drop))
    return seats


def _groups_of(board: Board, load: Load, waiting: Ints) -> Iterator[tuple[int, int]]:
    """The groups of a cohort that a load takes, each with people; -1 where there is none."""
    _, _, whole, accessible, head = board.groups
    mine = [int(group) for group in np.flatnonzero(board.groups.cohort == load.cohort)]
    parties = [group for group in mine if whole[group] and waiting[head[group]]]
    for size in load.parties:
        party = next((group for group in parties if waiting[head[group]] == size), mine[0])
        yield party, size if party in parties else NEVER
        parties = [group for group in parties if group != party]
    others = load.people - sum(load.parties) - load.accessible
    for people, needy in ((load.accessible, 1), (others, 0)):
        for group in mine:
            if people and not whole[group] and accessible[group] == needy and waiting[head[group]]:
                some = min(people, int(waiting[head[group]]))
                yield group, some
                people -= some
        if people:
            yield mine[0], NEVER


def _too_much(board: Board, trip: TripChoice, run: TripRun, seats: list[Seat]) -> str | None:
    """The rule that the trip breaks together with those on the board."""
    problem, _, m, s, _ = board
    groups = table(m, e.GROUPS, len(board.groups.cohort))
    used: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    for group, people, drop in seats:
        origin, site = groups[group, e.ORIGIN], groups[group, e.SITE]
        boarded = problem.column(run.goes[trip.stops.index(int(origin))])
        arrived = problem.column(run.arrives[trip.stops.index(drop)])
        used[e.CHECKED, int(origin), boarded] += people
        used[e.TAKEN, int(site), arrived] += people
        for row in groups[group, [e.OPENING, e.LOAN]].tolist():
            if row >= 0:
                used[e.FILLED, row, 0] += people
    limits = {
        e.CHECKED: (e.MEDICAL, "medical"),
        e.TAKEN: (e.INTAKE, "intake"),
        e.FILLED: (e.POSTS, "intake"),
    }
    for (what, place, column), people in used.items():
        limit, rule = limits[what]
        if at(s, what, place, column) + people > at(m, limit, place, column):
            return rule
    if m[e.HAS_SLOTS]:
        picks = len({int(groups[group, e.ORIGIN]) for group, _, _ in seats})
        for i, place in enumerate(trip.stops):
            slot = slot_of(m, place, run.goes[i] if i < picks else run.arrives[i])
            if at(s, e.IN_SLOT, place, slot) >= at(m, e.SLOTS, place, 1):
                return "slots"
    free = unit_free(m, s, trip.pool, run.board_day, run.days, run.leave, run.back, -1)
    return None if free else "fleet"


def _write(board: Board, row: int, trip: TripChoice, run: TripRun, seats: list[Seat]) -> None:
    s, rows, n = board.s, int(board.s[e.MOST_ROWS]), len(trip.stops)
    head = table(s, e.TRIPS, rows)[row]
    head[e.T_POOL], head[e.T_DAY] = trip.pool, run.board_day
    head[e.T_DEPART], head[e.T_DRIVERS] = trip.depart, trip.drivers
    head[e.T_STOPS] = n
    head[e.T_PICKS] = len({int(board.problem.origin[load.cohort]) for load in trip.loads})
    head[e.T_COST], head[e.T_DAYS] = run.cost, run.days
    head[e.T_LEAVE], head[e.T_BACK] = run.leave, run.back
    head[e.T_PEOPLE], head[e.T_LOADS] = trip.people, len(seats)
    head[e.T_LOCKED], head[e.T_LENGTH] = trip.frozen + 1, run.metres
    table(s, e.STOPS, rows)[row, :n] = trip.stops
    table(s, e.ARRIVES, rows)[row, :n] = run.arrives
    table(s, e.GOES, rows)[row, :n] = run.goes
    table(s, e.LOADS, rows)[row, : 3 * len(seats)] = np.array(seats, dtype=np.int64).ravel()


def _too_dear(board: Board) -> bool:
    """Whether more is spent than the budget has, or than a payer bears."""
    m, s = board.m, board.s
    if m[e.CEILING] < NEVER and s[e.MONEY] > m[e.CEILING]:
        return True
    if not m[e.HAS_CEILINGS]:
        return False
    payers = int(m[e.N_PAYERS])
    # a cent a rider for what whole numbers lose
    paid = table(s, e.PAID, payers)[:, 0] + s[e.ROWS] * 100
    return bool((paid > table(m, e.PAYERS, payers)[:, 0]).any())
