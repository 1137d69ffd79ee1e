"""What a plan costs, by part, worked out from its trips and people."""

from __future__ import annotations

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.run import Run
from p2p_dispatch.scenario.base import day_of


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
    }


def _onward(facts: Facts, run: Run) -> float:
    """Legs from hubs to gates."""
    cost = 0.0
    for i in run.alights:
        for riders in run.stops[i].alight:
            cohort = facts.cohorts.get(riders.cohort)
            site = facts.sites.get(cohort.site) if cohort else None
            if site:
                cost += riders.count * site.handover.get(run.stops[i].place, 0.0)
    return cost


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
    worth = {priority.id: priority.left_behind for priority in facts.scenario.priorities}
    usual, cost = facts.scenario.prices.left_behind, 0.0
    for part in facts.plan.unserved:
        cohort = facts.cohorts.get(part.cohort)
        if cohort:
            cost += part.count * worth.get(cohort.priority or "", usual)
    return cost
