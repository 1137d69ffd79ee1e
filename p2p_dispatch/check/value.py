"""What a plan costs, by part, worked out from its trips and people."""

from __future__ import annotations

from math import ceil

from p2p_dispatch.check.clock import TINY
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.frozen import strays
from p2p_dispatch.check.run import Run
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.people import Cohort


def value_of(facts: Facts, days: dict[str, int]) -> dict[str, float]:
    """
    The parts of the value by name; nan where a road is missing.

    Parameters
    ----------
    facts
        The plan.
    days
        Days charged for each trip.
    """
    prices, types = facts.scenario.prices, facts.unit_types
    known = [(run, types[run.trip.unit_type]) for run in facts.runs if run.trip.unit_type in types]
    return {
        "vehicles": sum(days[run.trip.id] * unit_type.per_day for run, unit_type in known),
        "km": sum(sum(run.km) * unit_type.per_km for run, unit_type in known),
        "drivers": prices.driver_day
        * sum(days[run.trip.id] * run.trip.drivers for run in facts.runs),
        "onward": sum(_onward(facts, run) for run in facts.runs),
        "waiting": prices.waiting_day * sum(_waiting(facts, run) for run in facts.runs),
        "left_behind": _left_behind(facts),
        "late": sum(_late(facts, run) for run in facts.runs),
        "changes": sum(
            trip.changing * sum(riders.count for riders in trip.riders)
            for trip in facts.scenario.frozen
            if trip.changing is not None and strays(facts, trip)
        ),
        "subsidies": sum(
            itinerary.count * subsidy_of(facts, itinerary.cohort)
            for itinerary in facts.plan.itineraries
        ),
    }


def subsidy_of(facts: Facts, cohort: str) -> float:
    """What somebody else pays per person of a cohort that is moved: by its site and its class."""
    known = facts.cohorts.get(cohort)
    site = facts.sites.get(known.site) if known else None
    group = facts.priorities.get(known.priority or "") if known else None
    return (site.subsidy if site else 0.0) + (group.subsidy if group else 0.0)


def late_days(facts: Facts, run: Run, stop: int, cohort: Cohort) -> int:
    """Days after being due at which people get off at a stop of a trip; 0 in time."""
    if facts.by_day:
        return max(0, (run.day - day_of(cohort.due)).days)
    arrives = run.times.off[stop] if run.times else None
    if arrives is None:
        return 0
    return max(0, ceil((arrives - facts.clock.end(cohort.due) - TINY) / 1440))


def _late(facts: Facts, run: Run) -> float:
    """Person-days after being due, at the price of the class."""
    cost = 0.0
    for i in run.alights:
        for riders in run.stops[i].alight:
            cohort = facts.cohorts.get(riders.cohort)
            if cohort:
                group = facts.priorities.get(cohort.priority or "")
                price = group.late_day if group else None
                each = facts.scenario.prices.late_day if price is None else price
                cost += riders.count * late_days(facts, run, i, cohort) * each
    return cost


def onward_price(facts: Facts, cohort: str, place: str) -> float:
    """Price per person from a place to the gate of a cohort."""
    known = facts.cohorts.get(cohort)
    site = facts.sites.get(known.site) if known else None
    return site.handover.get(place, 0.0) if site else 0.0


def _onward(facts: Facts, run: Run) -> float:
    """Legs from hubs to gates."""
    return sum(
        riders.count * onward_price(facts, riders.cohort, run.stops[i].place)
        for i in run.alights
        for riders in run.stops[i].alight
    )


def _waiting(facts: Facts, run: Run) -> int:
    """Person-days from ready to the day on which the coach leaves the stop."""
    waited = 0
    for i in run.boards:
        day = facts.clock.day(run.times.go[i]) if run.times else run.day
        for riders in run.stops[i].board:
            cohort = facts.cohorts.get(riders.cohort)
            if cohort:
                waited += riders.count * (day - day_of(cohort.ready)).days
    return waited


def _left_behind(facts: Facts) -> float:
    usual, cost = facts.scenario.prices.left_behind, 0.0
    for part in facts.plan.unserved:
        cohort = facts.cohorts.get(part.cohort)
        if cohort:
            group = facts.priorities.get(cohort.priority or "")
            cost += part.count * (group.left_behind if group else usual)
    return cost
