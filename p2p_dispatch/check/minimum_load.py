"""``minimum-load``: a charter runs with enough people, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import people

RULE = "minimum-load"


def minimum_load(facts: Facts) -> Iterator[Finding]:
    """A trip has at least as many riders as its unit type asks for."""
    for run in facts.runs:
        unit_type = facts.unit_types.get(run.trip.unit_type)
        riders = sum(people(stop.board) for stop in run.stops)
        if unit_type and riders < unit_type.minimum_load:
            words = f"{riders} riders, a {unit_type.id} runs with {unit_type.minimum_load} or more"
            yield Finding(rule=RULE, where=run.where, words=words)
