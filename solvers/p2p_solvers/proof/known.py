"""Trips of a plan as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from p2p_dispatch.problem import Problem, TripChoice, run_trip
from p2p_solvers.proof.moments import Moments
from p2p_solvers.proof.oracle import Column, Rider, Room


def columns_of(
    problem: Problem, moments: Moments, rooms: Sequence[Room], trips: Sequence[TripChoice]
) -> Iterator[Column]:
    """
    The trips that lie in one of the rooms, as they run.

    Columns only lead to prices, and a bound follows from any: nothing rests on what they say.
    """
    number: dict[tuple[int, int, bool], list[tuple[int, int, dict[tuple[int, int], int]]]] = {}
    for i, room in enumerate(rooms):
        entries = {
            (entry.cohort, room.block.drops[entry.drop]): e
            for e, entry in enumerate(room.block.entries)
        }
        for k, pool in enumerate(room.block.pools):
            key = pool, room.block.day, room.block.late
            number.setdefault(key, []).append((i, k, entries))
    for trip in trips:
        ran = run_trip(problem, trip)
        if ran.broken:
            continue
        picks = len({int(problem.origin[load.cohort]) for load in trip.loads})
        late = problem.day(ran.goes[picks - 1]) > ran.board_day
        for i, k, entries in number.get((trip.pool, ran.board_day, late), []):
            seats = [(entries.get((load.cohort, load.drop)), load.people) for load in trip.loads]
            if any(entry is None for entry, _ in seats):
                continue
            block = rooms[i].block
            riders = tuple(
                Rider(e, n, block.entries[e].takes[0], block.entries[e].checks[0])
                for e, n in seats
                if e is not None
            )
            first, end = block.day, min(block.day + ran.days, problem.n_days)
            if not problem.by_day:
                first, end = moments.before(ran.leave), moments.before(ran.back)
            cents = ran.cost + sum(block.entries[r.entry].cents * r.people for r in riders)
            yield Column(i, k, -1, 0, first, end, cents, riders)
