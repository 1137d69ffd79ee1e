"""``transfer``: people change where they may, have time for it, and are not left to wait."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from p2p_dispatch.check.clock import TINY, span
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import Run

RULE = "transfer"


def transfer(facts: Facts) -> Iterator[Finding]:
    """
    At every change so many minutes at least and at most, not too many changes, and none from coach
    to coach where that is not allowed.
    """
    rule = facts.scenario.rules.transfer
    said: dict[tuple[str, str, str], str] = {}
    for itinerary in facts.plan.itineraries:
        where = f"cohort {itinerary.cohort}"
        changes = len(itinerary.trips) - 1
        on_the_way = itinerary.trips[:1] and itinerary.trips[0] in facts.left
        if changes > rule.most_changes and not on_the_way:
            words = f"changes {changes} times, at most {rule.most_changes}"
            yield Finding(rule=RULE, where=where, words=words)
        pairs = pairwise(itinerary.trips)
        for (earlier, later), hub in zip(pairs, itinerary.changes, strict=False):
            a, b = facts.by_trip.get(earlier), facts.by_trip.get(later)
            if a is None or b is None:
                continue
            wrong = _wrong(facts, a, b, hub)
            if not rule.coach_to_coach and not on_the_way and a.coach and b.coach:
                wrong = "people change from coach to coach, which is not allowed"
            if wrong:
                said[earlier, later, hub] = wrong
    for (earlier, later, hub), words in said.items():
        yield Finding(rule=RULE, where=f"{hub} from {earlier} to {later}", words=words)


def _wrong(facts: Facts, earlier: Run, later: Run, hub: str) -> str | None:
    """What is wrong with a change, words; None where nothing is, or where a trip has no times."""
    place = facts.hubs.get(hub)
    limits = (place.transfer if place else None) or facts.scenario.rules.transfer
    arrives = _minute(earlier, hub, arriving=True)
    leaves = _minute(later, hub, arriving=False)
    if arrives is None or leaves is None:
        return None
    time = leaves - arrives
    if time < limits.least_minutes - TINY:
        return f"{span(time)} to change, at least {span(limits.least_minutes)}"
    # who had left home when what was to take them on fell away waits as long as it takes
    rerouted = earlier.trip.id in facts.left
    if time > limits.most_minutes + TINY and not rerouted:
        return f"{span(time)} to change, at most {span(limits.most_minutes)}"
    return None


def _minute(run: Run, hub: str, *, arriving: bool) -> float | None:
    """When people arrive at a hub with a trip, or leave it."""
    if run.times is None:
        return None
    for i in run.alights if arriving else run.boards:
        if run.stops[i].place == hub:
            return run.times.off[i] if arriving else run.times.go[i]
    return None
