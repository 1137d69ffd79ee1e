"""``minimum-load``: a charter runs with enough people, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import people

RULE = "minimum-load"


def minimum_load(facts: Facts) -> Iterator[Finding]:
    """A trip has at least as many riders as its coach or its service asks for."""
    for run in facts.runs:
        coach, service = facts.coach_type(run), facts.services.get(run.trip.service)
        asks = coach if run.coach else service
        riders = sum(people(stop.board) for stop in run.stops)
        if asks and riders < asks.minimum_load:
            kind = f"a {asks.id}" if run.coach else asks.id
            words = f"{riders} riders, {kind} runs with {asks.minimum_load} or more"
            yield Finding(rule=RULE, where=run.where, words=words)
