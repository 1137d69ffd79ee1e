"""Trips that a plan may be put together from, and who could ride them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from p2p_dispatch.problem import Load, Problem, TripChoice, TripRun, price_of, run_trip
from p2p_dispatch.problem.trip import seats_left

Trips = Sequence[TripChoice]

Rider = tuple[int, int]
"""A cohort, and the place where it gets off."""

Tied = tuple[int, int, tuple[int, ...], int]
"""A cohort, a drop, parties and how many in need of an accessible place, who ride together."""

Key = tuple[int, int, int, tuple[int, ...], tuple[int, ...]]
"""Pool, departure, drivers, stops and when it goes on from each: a trip, whoever rides it."""


@dataclass
class Candidate:
    """
    A trip without its riders.

    Attributes
    ----------
    trip, run
        As it was found; others may ride it at the same times.
    riders
        Who could ride one by one, with cents for each person beside the trip.
    tied
        Who could ride as they did, parties and those in need of an accessible place, with cents.
    seats
        For riders.
    copies
        How often it may run.
    """

    trip: TripChoice
    run: TripRun
    riders: dict[Rider, int]
    tied: dict[Tied, int]
    seats: int
    copies: int = 1
    level: int = field(default=-1)


def candidates_of(problem: Problem, plans: Iterable[Trips]) -> list[Candidate]:
    """The trips of some plans, each once, with everybody who could ride it at its times."""
    found: dict[Key, Candidate] = {}
    for plan in plans:
        seen: Counter[Key] = Counter()
        for trip in plan:
            ran = run_trip(problem, trip)
            if ran.broken:
                continue
            key = trip.pool, trip.depart, trip.drivers, trip.stops, ran.goes
            seen[key] += 1
            if key not in found:
                found[key] = _candidate(problem, trip, ran)
            found[key].copies = max(found[key].copies, seen[key])
            _add_riders(problem, found[key], trip)
    return list(found.values())


def _candidate(problem: Problem, trip: TripChoice, ran: TripRun) -> Candidate:
    seats = seats_left(problem, trip, ran.board_day) + trip.people
    level = problem.level(trip.loads[0].cohort, ran.board_day) if problem.apart else -1
    riders = dict(_could_ride(problem, trip, ran, level)) if problem.by_day else {}
    return Candidate(trip, ran, riders, {}, seats, level=level)


def _could_ride(
    problem: Problem, trip: TripChoice, ran: TripRun, level: int
) -> Iterator[tuple[Rider, int]]:
    """Everybody who may ride a trip, whoever else does; by the day times do not depend on it."""
    picks = {int(problem.origin[load.cohort]) for load in trip.loads}
    drops = {load.drop for load in trip.loads}
    for cohort, own in enumerate(problem.drops):
        there = int(problem.origin[cohort]) in picks
        in_time = problem.ready[cohort] <= trip.depart <= problem.latest[cohort]
        alike = level < 0 or problem.level(cohort, ran.board_day) == level
        if not (there and in_time and alike):
            continue
        for drop, _ in own:
            load = Load(cohort=cohort, people=1, drop=drop)
            if drop in drops and run_trip(problem, _with(trip, load)).broken is None:
                yield (cohort, drop), _price(problem, load, trip, ran)


def _with(trip: TripChoice, load: Load) -> TripChoice:
    """A trip with one of each load, and one more."""
    each = (Load(cohort=some.cohort, people=1, drop=some.drop) for some in trip.loads)
    return replace(trip, loads=(*each, load))


def _add_riders(problem: Problem, candidate: Candidate, trip: TripChoice) -> None:
    """Whoever rides a trip now could do so again."""
    for load in trip.loads:
        price = _price(problem, load, candidate.trip, candidate.run)
        if load.parties or load.accessible:
            tied = load.cohort, load.drop, load.parties, load.accessible
            candidate.tied[tied] = price * (sum(load.parties) + load.accessible)
        if load.people > sum(load.parties) + load.accessible:
            candidate.riders[load.cohort, load.drop] = price


def _price(problem: Problem, load: Load, trip: TripChoice, ran: TripRun) -> int:
    on = trip.stops.index(int(problem.origin[load.cohort]))
    boarded = problem.day(ran.goes[on])
    return price_of(problem, load, boarded, ran.arrives[trip.stops.index(load.drop)])
