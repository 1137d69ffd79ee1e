"""``fleet``, second part: duties list what units and drivers do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding

RULE = "fleet"


def duties(facts: Facts) -> Iterator[Finding]:
    """Every trip is in the one duty of its unit, in order of time, and so are its drivers."""
    runs_of = dict(facts.units())
    listed = Counter(duty.unit for duty in facts.plan.duties)
    for unit in [unit for unit in runs_of if listed[unit] != 1]:
        words = f"has {listed[unit]} duties, a unit with trips has one"
        yield Finding(rule=RULE, where=f"unit {unit}", words=words)
    for duty in facts.plan.duties:
        runs, where = runs_of.get(duty.unit, []), f"unit {duty.unit}"
        wanted = tuple(run.trip.id for run in runs)
        if duty.trips != wanted:
            words = f"its duty is {_names(duty.trips)}, its trips in order are {_names(wanted)}"
            yield Finding(rule=RULE, where=where, words=words)
        drivers = {stretch.driver for run in runs for stretch in run.wheel}
        if missing := sorted(drivers - set(duty.drivers)):
            words = f"{_names(missing)} drive it and are not in its duty"
            yield Finding(rule=RULE, where=where, words=words)


def _names(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(names) or "none"
