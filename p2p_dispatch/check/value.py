"""What a plan costs, by part, worked out from its trips and people."""

from __future__ import annotations

from collections import Counter
from math import ceil

from p2p_dispatch.check.claims import bound_for
from p2p_dispatch.check.clock import TINY
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.frozen import otherwise, strays
from p2p_dispatch.check.people import leaving, lending_price, lent, starting, subsidy_of
from p2p_dispatch.check.run import Run
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.fleet import Carriage, Coach, Plane
from p2p_dispatch.scenario.people import Cohort

PARTS = {"train": "trains", "carriage": "carriages", "plane": "planes"}
"""Modes of services, and the parts of the value that they are."""


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
    prices = facts.scenario.prices
    known = [(run, coach) for run in facts.coaches if (coach := facts.coach_type(run))]
    return {
        "vehicles": sum(days[run.trip.id] * coach.per_day for run, coach in known),
        "km": sum(sum(run.km) * coach.per_km for run, coach in known),
        "drivers": prices.driver_day
        * sum(days[run.trip.id] * run.trip.drivers for run in facts.coaches),
        **{
            part: sum(fare(facts, run) for run in facts.service_runs if run.trip.mode == mode)
            for mode, part in PARTS.items()
        },
        "transfers": prices.transfer
        * sum(part.count * (len(part.trips) - 1) for part in facts.plan.itineraries if part.trips),
        "onward": sum(_onward(facts, run) for run in facts.runs),
        "lending": sum(
            number * lending_price(facts, lender, borrower)
            for (lender, borrower), number in lent(facts).items()
        ),
        "waiting": prices.waiting_day * sum(_waiting(facts, run) for run in facts.runs),
        "left_behind": _left_behind(facts),
        "late": sum(_late(facts, run) for run in facts.runs),
        "changes": sum(
            trip.changing * sum(riders.count for riders in trip.riders)
            for trip in facts.scenario.frozen
            if trip.changing is not None and strays(facts, trip)
        )
        + _told_otherwise(facts),
        "subsidies": sum(
            part.count
            * subsidy_of(facts, facts.cohorts.get(part.cohort), bound_for(part, facts.cohorts))
            for part in facts.plan.itineraries
        ),
        "empty_posts": _empty_posts(facts),
    }


def _told_otherwise(facts: Facts) -> float:
    """Promises broken, at their prices."""
    told = {each.id: each for each in facts.scenario.told}
    return sum(
        part.count * otherwise(facts, told[part.told], part)
        for part in facts.parts
        if part.told in told
    )


def fare(facts: Facts, run: Run) -> float:
    """What a trip of a service costs: the trip, its km and its carriages; nan if nobody knows."""
    km, unit_type = sum(run.km), facts.unit_types.get(run.trip.unit_type)
    if unit_type is None or isinstance(unit_type, Coach):
        return 0.0  # a finding of ``fleet``
    cars = 0.0
    if not isinstance(unit_type, Plane):
        kinds = [(facts.unit_types.get(kind), n) for kind, n in run.trip.carriages.items()]
        cars = sum(n * (k.per_trip + k.per_km * km) for k, n in kinds if isinstance(k, Carriage))
    own = 0.0 if isinstance(unit_type, Carriage) else unit_type.per_trip + unit_type.per_km * km
    return own + cars


def _empty_posts(facts: Facts) -> float:
    """Open posts that nobody fills, at the price of their employer."""
    filled: Counter[str] = Counter()
    for part in facts.plan.itineraries:
        cohort = facts.cohorts.get(part.cohort)
        if cohort and cohort.site is None:
            filled[part.site] += part.count
    prices = facts.scenario.prices
    return sum(
        (sum(site.posts.values()) - filled[site.id])
        * (prices.empty_key_post if site.key else prices.empty_post)
        for site in facts.scenario.sites
    )


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
        for off in leaving(facts, run, i):
            cohort = facts.cohorts.get(off.cohort)
            if cohort and off.ends:
                group = facts.priorities.get(cohort.priority or "")
                price = group.late_day if group else None
                each = facts.scenario.prices.late_day if price is None else price
                cost += off.count * late_days(facts, run, i, cohort) * each
    return cost


def onward_price(facts: Facts, site: str, place: str) -> float:
    """Price per person from a place to the gate of a site."""
    known = facts.sites.get(site)
    return known.handover.get(place, 0.0) if known else 0.0


def _onward(facts: Facts, run: Run) -> float:
    """Legs from hubs to gates."""
    return sum(
        off.count * onward_price(facts, off.site, run.stops[i].place)
        for i in run.alights
        for off in leaving(facts, run, i)
        if off.ends
    )


def _waiting(facts: Facts, run: Run) -> int:
    """Person-days from ready to the day on which the coach leaves the stop."""
    waited = 0
    for i in run.boards:
        day = facts.clock.day(run.times.go[i]) if run.times else run.day
        for name, number in starting(facts, run, i):
            cohort = facts.cohorts.get(name)
            if cohort:
                waited += number * (day - day_of(cohort.ready)).days
    return waited


def person_days(facts: Facts) -> int:
    """Days that people wait before they leave, and begun days that they come late, summed up."""
    waited = sum(_waiting(facts, run) for run in facts.runs)
    late = 0
    for run in facts.runs:
        for i in run.alights:
            for off in leaving(facts, run, i):
                cohort = facts.cohorts.get(off.cohort)
                if cohort and off.ends:
                    late += off.count * late_days(facts, run, i, cohort)
    return waited + late


def _left_behind(facts: Facts) -> float:
    usual, cost = facts.scenario.prices.left_behind, 0.0
    for part in facts.plan.unserved:
        cohort = facts.cohorts.get(part.cohort)
        if cohort:
            group = facts.priorities.get(cohort.priority or "")
            cost += part.count * (group.left_behind if group else usual)
    return cost
