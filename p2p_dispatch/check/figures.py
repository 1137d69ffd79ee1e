"""``figures``: what the plan says of itself is what follows from its trips."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, isclose, isnan

from p2p_dispatch.check.clock import TINY
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import Run
from p2p_dispatch.check.seats import allowed_on
from p2p_dispatch.check.value import fare, person_days, value_of
from p2p_dispatch.scenario.planning import ByDay

RULE = "figures"

CENT = 0.01
"""Km and money may be rounded to so much of the unit."""


def figures(facts: Facts) -> Iterator[Finding]:
    """Day, km, cost, days and seats of every trip, the value and the certificate."""
    for run in facts.runs:
        for words in (*_counts(facts, run), *_lengths(facts, run)):
            yield Finding(rule=RULE, where=run.where, words=words)
    for words in (*_value(facts), *_certificate(facts), *_tiers(facts), *_header(facts)):
        yield Finding(rule=RULE, where="plan", words=words)


def days_of(facts: Facts, run: Run) -> int:
    """Days charged for a trip; services are charged by the trip."""
    if not run.coach:
        return 0
    planning = facts.scenario.planning
    if isinstance(planning, ByDay):
        limit = planning.two_days_past_km
        return 2 if limit is not None and run.loaded_km > limit + TINY else 1
    if run.times is None:
        return run.trip.days  # nothing to count from; a finding of ``windows``
    minutes = run.times.come[-1] - run.times.go[0]
    return max(1, ceil((minutes - TINY) / 1440))


def _counts(facts: Facts, run: Run) -> Iterator[str]:
    trip, unit_type = run.trip, facts.unit_types.get(run.trip.unit_type)
    if trip.day != run.day:
        yield f"is of {trip.day} in the plan, it leaves its first boarding on {run.day}"
    if trip.role != role_of(facts, run):
        yield f"is {trip.role} in the plan, {role_of(facts, run)} by who rides it"
    if trip.days != days_of(facts, run):
        yield f"is charged {trip.days} days, it takes {days_of(facts, run)}"
    if unit_type and trip.id not in facts.left:
        allowed = allowed_on(facts, run, unit_type)
        if trip.allowed != allowed.seats:
            yield f"has {trip.allowed} allowed seats in the plan, {allowed.seats} ({allowed.by})"


def _lengths(facts: Facts, run: Run) -> Iterator[str]:
    trip, coach = run.trip, facts.coach_type(run)
    for stop, km in zip(trip.stops, (0.0, *run.km), strict=False):
        if not isnan(km) and not _close(stop.km, km):
            yield f"comes to {stop.place} over {stop.km:.2f} km in the plan, {km:.2f} by its way"
    total = sum(run.km)
    if isnan(total):
        return  # a finding of ``windows``
    if not _close(trip.km, total):
        yield f"is {trip.km:.2f} km long in the plan, {total:.2f} by its way"
    if coach:
        days = days_of(facts, run)
        per_day = coach.per_day + trip.drivers * facts.scenario.prices.driver_day
        cost = days * per_day + total * coach.per_km
        if not _close(trip.cost, cost):
            yield f"costs {trip.cost:.2f} in the plan, {cost:.2f} by its days, km and drivers"
    elif not run.coach and not _close(trip.cost, fare(facts, run)):
        cost = fare(facts, run)
        yield f"costs {trip.cost:.2f} in the plan, {cost:.2f} by its trip, km and carriages"


def role_of(facts: Facts, run: Run) -> str:
    """What a trip is for: it follows from who changes to it and from it."""
    if not run.coach:
        return "trunk"
    claims = facts.claims
    if run.trip.id in claims.changed_to:
        return "onward"
    return "feeder" if run.trip.id in claims.changed_from else "direct"


def _value(facts: Facts) -> Iterator[str]:
    parts, slack = facts.plan.value, CENT * max(1, len(facts.runs))
    found = value_of(facts, {run.trip.id: days_of(facts, run) for run in facts.runs})
    for name, amount in found.items():
        stated = getattr(parts, name)
        if not isnan(amount) and not _close(stated, amount, slack):
            yield f"{name} is {stated:.2f} in the plan, {amount:.2f} by its trips and people"
    total = sum(getattr(parts, name) for name in found) - 2 * parts.subsidies
    if not _close(parts.total, total, slack):
        yield f"the total is {parts.total:.2f} in the plan, its parts make {total:.2f}"


def _certificate(facts: Facts) -> Iterator[str]:
    bound, gap, total = facts.plan.bound, facts.plan.gap, facts.plan.value.total
    slack = CENT * max(1, len(facts.runs))
    where = facts.plan.certificate.where
    if bound is None or gap is None:
        if bound is not gap:
            yield f"the bound is {bound} and the gap {gap}: both or none"
        if where:
            yield f"it says where the gap lies, on {where[0].what} first, and there is no bound"
        return
    parts = [part.amount for part in where]
    if any(not part >= 0 for part in parts):
        yield "a part of the gap is below nothing"
    elif parts and not _close(sum(parts), total - bound, slack + CENT * len(parts)):
        yield f"the parts of the gap make {sum(parts):.2f}, total less bound {total - bound:.2f}"
    if bound > total and not _close(bound, total, slack):
        yield f"the bound {bound:.2f} is above the total {total:.2f}"
    follows = (total - bound) / total if total else 0.0
    rounding = 2 * slack / abs(total) if total else 0.0
    if not isclose(gap, follows, abs_tol=rounding + TINY):
        yield f"the gap is {gap:.6f} in the plan, {follows:.6f} by bound and total"


def _tiers(facts: Facts) -> Iterator[str]:
    """People left behind, cost and time, as the plan's trips make them, each with its bound."""
    tiers, parts = facts.plan.certificate.tiers, facts.plan.value
    if not tiers:
        return
    if facts.scenario.objective != "people-first":
        yield "it has tiers, and the scenario puts nothing first"
        return
    names = [tier.name for tier in tiers]
    if names != ["people", "cost", "time"]:
        yield f"its tiers are {', '.join(names)}; they are people, cost and time, in this order"
        return
    slack = CENT * max(1, len(facts.runs))
    follow = {
        "people": float(sum(part.count for part in facts.plan.unserved)),
        "cost": parts.total - parts.waiting - parts.late,
        "time": float(person_days(facts)),
    }
    for tier in tiers:
        value, bound, gap = tier.value, tier.bound, tier.gap
        if not _close(value, follow[tier.name], slack):
            made = follow[tier.name]
            yield f"its {tier.name} are {value:.2f} in the plan, {made:.2f} by its trips"
        if bound is None or gap is None:
            if bound is not gap:
                yield f"the bound of {tier.name} is {bound} and the gap {gap}: both or none"
            continue
        if bound > value and not _close(bound, value, slack):
            yield f"the bound of {tier.name}, {bound:.2f}, is above what the plan has, {value:.2f}"
        rounding = 2 * slack / abs(value) if value else 0.0
        follows = max(0.0, value - bound) / value if value else 0.0
        if not isclose(gap, follows, abs_tol=rounding + TINY):
            yield f"the gap of {tier.name} is {gap:.6f} in the plan, {follows:.6f} by its bound"


def _header(facts: Facts) -> Iterator[str]:
    said = {
        "by_day": (facts.plan.by_day, facts.by_day),
        "time_zone": (facts.plan.time_zone, facts.scenario.time_zone),
        "currency": (facts.plan.currency, facts.scenario.currency),
    }
    for name, (plan, scenario) in said.items():
        if plan != scenario:
            yield f"{name} is {plan} in the plan, {scenario} in the scenario"


def _close(stated: float, follows: float, slack: float = CENT) -> bool:
    return isclose(stated, follows, rel_tol=1e-9, abs_tol=slack + TINY)
