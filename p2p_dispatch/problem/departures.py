"""When a trip leaves and with how many drivers: the cheapest departure of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from p2p_dispatch.problem.choice import TripChoice
from p2p_dispatch.problem.problem import NO_LIMIT, Problem
from p2p_dispatch.problem.road import Road, road_of
from p2p_dispatch.problem.trip import TripRun, run_trip, seats_left

Timed = tuple[TripChoice, TripRun]
"""A trip with its departure and crew set, and what becomes of it."""


class Departures:
    """
    Finds departures and remembers them.

    The times of a trip depend on its road, its day and the tightest of its riders' days, not on
    how many they are; trips that agree in these share one search.
    """

    def __init__(self, problem: Problem):
        self.problem = problem
        self._known: dict[tuple[object, ...], tuple[int, int] | str] = {}

    def best(self, trip: TripChoice, day: int) -> Timed:
        """
        The cheapest departure that keeps the rules of the trip; of equal ones that with the
        shortest ride, then the earliest.

        Where there is none, the run says which rule the trip broke in the last of the attempts.
        ``trip.depart`` and ``trip.drivers`` are not read.
        """
        problem = self.problem
        riders = sorted(
            (int(problem.origin[x.cohort]), x.drop, int(problem.ready[x.cohort]),
             int(problem.due[x.cohort]))
            for x in trip.loads
        )  # fmt: skip
        key = (trip.pool, trip.stops, day, *dict.fromkeys(riders))
        if key not in self._known:
            # an empty trip of the same shape: seats do not decide about times
            bare = replace(trip, loads=tuple(replace(x, people=0) for x in trip.loads))
            self._known[key] = self._search(bare, day)
        known = self._known[key]
        if isinstance(known, str):
            return trip, TripRun(broken=known)
        timed = replace(trip, depart=known[0], drivers=known[1])
        return timed, run_trip(problem, timed)

    def _search(self, trip: TripChoice, day: int) -> tuple[int, int] | str:
        road = road_of(self.problem, trip)
        if isinstance(road, str):
            return road
        if seats_left(self.problem, trip, day) < 0:
            return "seats"
        best: Timed | None = None
        broken = "windows"
        for timed, run in _attempts(self.problem, trip, road, day):
            if run.broken:
                broken = run.broken
            elif best is None or _worth(run) < _worth(best[1]):
                best = timed, run
                if self._no_better(timed, run):
                    break
        return (best[0].depart, best[0].drivers) if best else broken

    def _no_better(self, trip: TripChoice, run: TripRun) -> bool:
        """Whether later departures need not be tried: one day, fewest drivers, no idle hours."""
        problem, crew = self.problem, self.problem.crew
        least = 2 if run.loaded > crew.two_drivers_past else 1
        road = pairwise(trip.stops)
        driving = sum(int(problem.minutes[a, b]) for a, b in road)
        pauses = crew.pause * (driving // max(1, crew.spell))
        busy = driving + pauses + problem.stop_minutes * (len(trip.stops) - 2)
        return run.days == 1 and trip.drivers == least and _ride(run) <= busy


def _worth(run: TripRun) -> tuple[int, int]:
    """Cheaper is better, then a shorter ride; of equal ones the first that was tried stays."""
    return run.cost, _ride(run)


def _ride(run: TripRun) -> int:
    """Minutes from leaving the first stop to arriving at the last."""
    return run.arrives[-1] - run.goes[0]


def _attempts(problem: Problem, trip: TripChoice, road: Road, day: int) -> Iterator[Timed]:
    if problem.by_day:
        for drivers in (1, 2):
            timed = replace(trip, depart=problem.midnight(day), drivers=drivers)
            run = run_trip(problem, timed, road)
            yield timed, run
            if run.broken != "crew":
                return
        return
    for begin in _beginnings(problem, trip, day):
        for drivers in range(1, problem.crew.most_drivers + 1):
            timed = replace(trip, depart=begin - road.minutes[0], drivers=drivers)
            timed, run = _punctual(problem, timed, road, begin)
            if not run.broken and run.board_day != day:
                run = replace(run, broken="windows")
            yield timed, run


def _punctual(problem: Problem, trip: TripChoice, road: Road, begin: int) -> Timed:
    """The trip leaving so that it comes to its first stop in time and does not idle before."""
    run = run_trip(problem, trip, road)
    if run.comes and run.comes[0] > begin:
        # breaks on the empty way: leave so much earlier
        trip = replace(trip, depart=trip.depart - (run.comes[0] - begin))
        run = run_trip(problem, trip, road)
    if run.stretches and run.stretches[0].end <= run.comes[0]:
        idle = run.stretches[0].start - trip.depart
        if idle > 0:
            trip = replace(trip, depart=trip.depart + idle)
            run = run_trip(problem, trip, road)
    return trip, run


def _beginnings(problem: Problem, trip: TripChoice, day: int) -> range:
    """Minutes of a day at which boarding at the first stop may begin."""
    first, column = trip.stops[0], day + problem.pad
    ready = [int(problem.ready[x.cohort]) for x in trip.loads if problem.origin[x.cohort] == first]
    opens = max(int(problem.opens[first, column]), *ready)
    last = min(int(problem.shuts[first, column]), int(problem.midnights[column + 1]))
    if opens >= NO_LIMIT:
        return range(0)
    return range(opens, last - problem.stop_minutes + 1, problem.depart_every)
