"""Trips of the bound's programme as trips of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations, product

from p2p_dispatch.problem import Load, Problem, TripChoice, run_trip
from p2p_solvers.proof.branching import Runs
from p2p_solvers.proof.oracle import Room
from p2p_solvers.proof.ways import stop_of


def trips_of_runs(
    problem: Problem, rooms: Sequence[Room], runs: Iterable[Runs]
) -> Iterator[TripChoice]:
    """
    Each as often as it runs, in the order of stops that costs least, with a person for every stop.

    By the day. Who rides is left to be chosen; trips that break a rule are left out.
    """
    for run in runs:
        room = rooms[run.room]
        trip = _cheapest(problem, room, run)
        yield from [trip] * run.times if trip else []


def _cheapest(problem: Problem, room: Room, run: Runs) -> TripChoice | None:
    numbers = [stop_of(run.stops, i) for i in range(6)]
    picks = [i for i in numbers[:3] if i >= 0]
    drops = [i for i in numbers[3:] if i >= 0]
    block = room.block
    some = {(e.origin, e.drop): e.cohort for e in block.entries}
    loads = tuple(
        Load(cohort=some[pair], people=1, drop=block.drops[pair[1]])
        for pair in product(picks, drops)
        if pair in some
    )
    on, off = [block.origins[i] for i in picks], [block.drops[i] for i in drops]
    trip = TripChoice(
        pool=block.pools[run.pool],
        depart=problem.midnight(block.day),
        drivers=1,
        stops=(),
        loads=loads,
    )
    tries = (
        replace(trip, drivers=drivers, stops=(*first, *then))
        for drivers in (1, 2)
        for first in permutations(on)
        for then in permutations(off)
    )
    ran = [(run_trip(problem, each), each) for each in tries]
    return min(
        ((how.cost, each.stops, each) for how, each in ran if how.broken is None),
        default=(0, (), None),
        key=lambda found: found[:2],
    )[2]
