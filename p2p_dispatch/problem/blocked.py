"""Why somebody was left behind, read off the finished plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from p2p_dispatch.problem.choice import Load, TripChoice
from p2p_dispatch.problem.departures import Departures
from p2p_dispatch.problem.ledger import Ledger
from p2p_dispatch.problem.problem import Problem
from p2p_dispatch.problem.trip import who_breaks

NEARNESS = (
    "fleet",
    "risk",
    "seats",
    "windows",
    "stops",
    "crew",
    "notice",
    "medical",
    "intake",
    "slots",
    "units",
    "minimum-load",
    "budget",
    "priority",
)
"""What can stop one more trip, from the first obstacle to the last: the later, the nearer the
people were to leaving. ``fleet`` here: no pool serves the origin; ``units``: all are out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """
    What keeps some people from leaving.

    Attributes
    ----------
    obstacle
        One of :data:`NEARNESS`: the one met by the trip that came nearest to running.
    days
        Days of the horizon on which it was met.
    pools
        How many pools were tried.
    """

    obstacle: str
    days: tuple[int, ...]
    pools: int

    @property
    def rule(self) -> str:
        """Id of the rule."""
        return "fleet" if self.obstacle == "units" else self.obstacle


@dataclass(frozen=True, slots=True)
class Met:
    """What stops a coach of their own of one pool, on one day, to one drop."""

    obstacle: str
    day: int
    pool: int
    drop: int


def why_left(
    problem: Problem,
    ledger: Ledger,
    departures: Departures,
    cohort: int,
    people: int,
    accessible: int = 0,
) -> Blocked:
    """
    What stops a coach of their own for the smallest part of a cohort that can travel.

    Parameters
    ----------
    ledger
        What the trips of the plan use.
    people
        Size of that part: 1, or the smallest party.
    accessible
        How many of them need an accessible place.
    """
    met: dict[str, set[int]] = {}
    for each in every_obstacle(problem, ledger, departures, cohort, people, accessible):
        met.setdefault(each.obstacle, set()).add(each.day)
    pools = len(_serving(problem, cohort))
    if not met:
        return Blocked(obstacle="fleet" if not pools else "windows", days=(), pools=pools)
    nearest = max(met, key=NEARNESS.index)
    return Blocked(obstacle=nearest, days=tuple(sorted(met[nearest])), pools=pools)


def every_obstacle(
    problem: Problem,
    ledger: Ledger,
    departures: Departures,
    cohort: int,
    people: int,
    accessible: int = 0,
) -> Iterator[Met]:
    """The first thing that stops each coach of their own, on each day on which they may leave."""
    for day in range(problem.n_days):
        begins, ends = problem.midnight(day), problem.midnight(day + 1)
        if problem.ready[cohort] >= ends or problem.latest[cohort] < begins:
            continue
        for pool in _serving(problem, cohort):
            for drop, _ in problem.drops[cohort]:
                trip = _lone_trip(problem, pool, cohort, people, accessible, drop)
                yield Met(_obstacle(problem, ledger, departures, trip, day), day, pool, drop)


def _serving(problem: Problem, cohort: int) -> list[int]:
    """Pools that may collect a cohort."""
    return [p for p in range(problem.n_pools) if problem.serves[p, problem.origin[cohort]]]


def _lone_trip(
    problem: Problem, pool: int, cohort: int, people: int, accessible: int, drop: int
) -> TripChoice:
    load = Load(cohort=cohort, people=people, accessible=accessible, drop=drop)
    stops = (int(problem.origin[cohort]), drop)
    return TripChoice(pool=pool, depart=0, drivers=1, stops=stops, loads=(load,))


def _obstacle(
    problem: Problem, ledger: Ledger, departures: Departures, trip: TripChoice, day: int
) -> str:
    """The first thing that stops a trip on a day; ``priority`` if nothing does but its cost."""
    if broken := who_breaks(problem, trip, day):
        return broken
    timed, run = departures.best(trip, day)
    if run.broken:
        return run.broken
    if blocked := ledger.blocks(timed, run):
        return "units" if blocked == "fleet" else blocked
    least = int(problem.minimum_load[problem.unit_type[trip.pool]])
    return "minimum-load" if int(problem.people[trip.loads[0].cohort]) < least else "priority"
