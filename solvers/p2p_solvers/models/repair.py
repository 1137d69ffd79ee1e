"""What comes back from a model, made into trips that keep every rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import Departures, Load, TripChoice
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import put, table
from p2p_dispatch.solution import Ended, Progress, Run, Solution
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.everybody import insert_all
from p2p_solvers.engine.insert import sort_order
from p2p_solvers.engine.load import Board, seat_trip
from p2p_solvers.engine.log import begin
from p2p_solvers.engine.rounds import play
from p2p_solvers.engine.told import progress_of, solution_of
from p2p_solvers.engine.worth import drop_unworthy


def left_on(board: Board) -> tuple[dict[tuple[int, int], int], Ints, Ints]:
    """Units by pool and day, intake and checks by calendar day that a board leaves."""
    problem, s = board.problem, board.s
    units = {
        (pool, day): int(problem.units[pool, day + problem.pad])
        for pool in range(problem.n_pools)
        for day in range(problem.n_days)
    }
    for trip in table(s, e.TRIPS, int(s[e.MOST_ROWS])):
        if trip[e.T_LOADS]:
            first, last = problem.day(int(trip[e.T_LEAVE])), problem.day(int(trip[e.T_BACK]) - 1)
            for day in range(max(first, 0), min(last + 1, problem.n_days)):
                units[int(trip[e.T_POOL]), day] -= 1
    checked, taken = (table(s, at, len(problem.medical)) for at in (e.CHECKED, e.TAKEN))
    return units, problem.intake - taken, problem.medical - checked


class Riders(NamedTuple):
    """People of a group on a trip that a model proposes."""

    group: int
    people: int
    origin: int
    drop: int


class Repair:
    """Proposed trips go on the board one by one; who does not fit is put on elsewhere."""

    def __init__(self, board: Board):
        self.board = board
        self._departures = Departures(board.problem)

    def begin(self) -> None:
        """Trips proposed from here on are taken off again at the end if they are not worth it."""
        begin(self.board.s)

    def end(self) -> None:
        """Take off the trips since the beginning that are too empty or not worth their cost."""
        drop_unworthy(self.board.m, self.board.s)

    def propose(self, pool: int, day: int, stops: Sequence[int], riders: Sequence[Riders]) -> None:
        """
        Put a trip on the board at its best departure, with as few people thrown out as need be.

        Parameters
        ----------
        stops
            Pick-ups, then drops, in order; places that nobody uses any more are left out.
        """
        crowd = list(riders)
        while crowd and not self._seat(pool, day, stops, crowd):
            # the fewest people first: whoever stands in the way alone is found by this
            by_size = sorted(range(len(crowd)), key=lambda i: crowd[i].people)
            for i in by_size if len(crowd) > 1 else ():
                if self._seat(pool, day, stops, crowd[:i] + crowd[i + 1 :]):
                    return
            del crowd[by_size[0]]

    def _seat(self, pool: int, day: int, stops: Sequence[int], riders: Sequence[Riders]) -> bool:
        used = {place for each in riders for place in (each.origin, each.drop)}
        trip = TripChoice(
            pool=pool,
            depart=0,
            drivers=1,
            stops=tuple(dict.fromkeys(place for place in stops if place in used)),
            loads=_loads(self.board, riders),
        )
        timed, run = self._departures.best(trip, day)
        return not run.broken and seat_trip(self.board, timed) is None

    def insert_rest(self, hope: int) -> None:
        """Put everybody who is left on the trip that takes them for least: the engine's work."""
        _, _, m, s, w = self.board
        begin(s)
        groups = table(m, e.GROUPS, int(m[e.N_GROUPS]))
        waiting = table(s, e.WAITING, len(groups))[:, 0]
        left = np.flatnonzero(waiting)
        for i, group in enumerate(left):
            days = groups[group, e.LAST_DAY] - groups[group, e.FIRST_DAY]
            put(s, e.ORDER, 0, i, int(group))
            put(s, e.KEYS, 0, i, int(days * 1_000_000 - waiting[group]))
        sort_order(s, len(left))
        insert_all(m, s, w, len(left), hope)
        drop_unworthy(m, s)

    def mend(self, rounds: int, most_trips: int, run: Run) -> None:
        """Rounds of mending, as many as there is time for."""
        _, _, m, s, w = self.board
        for _ in range(0, rounds, 20):
            if run.stop():
                return
            play(m, s, w, 20, most_trips)

    def solution(self, ended: Ended) -> Solution:
        """The trips on the board."""
        return solution_of(self.board, ended)

    def progress(self, run: Run, note: str) -> Progress:
        """Where the board stands."""
        return progress_of(self.board, run, note)


def _loads(board: Board, riders: Sequence[Riders]) -> tuple[Load, ...]:
    people: dict[tuple[int, int], int] = defaultdict(int)
    parties: dict[tuple[int, int], list[int]] = defaultdict(list)
    places: dict[tuple[int, int], int] = defaultdict(int)
    for each in riders:
        key = int(board.groups.cohort[each.group]), each.drop
        people[key] += each.people
        if board.groups.whole[each.group]:
            parties[key].append(each.people)
        if board.groups.accessible[each.group]:
            places[key] += each.people
    return tuple(
        Load(
            cohort=cohort,
            people=count,
            parties=tuple(sorted(parties[cohort, drop], reverse=True)),
            accessible=places[cohort, drop],
            drop=drop,
        )
        for (cohort, drop), count in people.items()
    )
