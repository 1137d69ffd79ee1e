"""How the people of each cohort travel in a plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from p2p_dispatch.compare.model import Way
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.rides import Ride, boards_on, rides
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of

Ways = dict[str, Counter[Way]]
"""People by cohort and way."""


def ways_of(plan: Plan, scenario: Scenario) -> Ways:
    """Everybody whom a plan moves or says it leaves behind."""
    dues = {cohort.id: cohort.due for cohort in scenario.cohorts}
    found: Ways = defaultdict(Counter)
    legs: dict[int, list[list[Ride]]] = defaultdict(list)
    for ride in rides(plan):
        of_itinerary = legs[ride.itinerary]
        of_itinerary += [[] for _ in range(ride.leg - len(of_itinerary))]
        of_itinerary[ride.leg - 1].append(ride)
    for of_itinerary in legs.values():
        for people, taken in _joined(of_itinerary):
            cohort = taken[0].cohort
            found[cohort][_way(plan, scenario, taken, dues.get(cohort))] += people
    for part in plan.unserved:
        found[part.cohort][Way(moved=False, reason=part.reason)] += part.count
    return found


def _joined(legs: list[list[Ride]]) -> Iterator[tuple[int, list[Ride]]]:
    """The rides of an itinerary put together from leg to leg, in order, with their people."""
    left = [[ride.people for ride in rides_of] for rides_of in legs]
    at = [0] * len(legs)
    while all(i < len(rides_of) for i, rides_of in zip(at, legs, strict=True)):
        people = min(counts[i] for i, counts in zip(at, left, strict=True))
        yield people, [rides_of[i] for i, rides_of in zip(at, legs, strict=True)]
        for leg, i in enumerate(at):
            left[leg][i] -= people
            at[leg] += not left[leg][i]


def _way(plan: Plan, scenario: Scenario, taken: list[Ride], due: date | None) -> Way:
    first, last = taken[0], taken[-1]
    return Way(
        moved=True,
        trips=tuple(ride.trip.id for ride in taken),
        modes=tuple(_mode(ride) for ride in taken),
        board=first.board.place,
        drop=last.alight.place,
        site=last.site,
        day=boards_on(first),
        leaves=first.board.depart,
        arrives=last.alight.arrive,
        late_days=_late_days(scenario, last, due),
    )


def _mode(ride: Ride) -> str:
    trip = ride.trip
    return trip.mode if trip.role == "direct" else f"{trip.mode}-{trip.role}"


def _late_days(scenario: Scenario, last: Ride, due: date | None) -> int:
    """Started days between being due and arriving; a due day counts until its end."""
    if due is None:
        return 0
    arrives = last.alight.arrive
    if arrives is None:  # by the day, when what counts is leaving
        return max(0, (last.trip.day - day_of(due)).days)
    local = arrives.astimezone(scenario.zone).replace(tzinfo=None)
    end = due if isinstance(due, datetime) else datetime.combine(due, time()) + timedelta(days=1)
    past = local - end
    return 0 if past <= timedelta() else -(-past // timedelta(days=1))
