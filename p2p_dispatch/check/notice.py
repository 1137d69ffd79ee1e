"""``notice``: what is not ordered yet can still be ordered in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from p2p_dispatch.check.clock import TINY
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.plan.model import Status

RULE = "notice"


def notice(facts: Facts) -> Iterator[Finding]:
    """Trips that are only organised leave so many hours after the as-of moment."""
    ordered = {trip.id for trip in facts.scenario.frozen}
    as_of = facts.clock.minute(facts.scenario.as_of)
    for run in facts.runs:
        unit_type = facts.unit_types.get(run.trip.unit_type)
        hours = unit_type.notice_hours if unit_type else 0
        if not hours or run.trip.status is not Status.ORGANISED or run.trip.id in ordered:
            continue
        leaves = run.times.go[0] if run.times else facts.clock.at(run.day, time())
        if leaves < as_of + hours * 60 - TINY:
            earliest = facts.clock.text(as_of + hours * 60)
            words = (
                f"leaves at {facts.clock.text(leaves)}, ordered now ({facts.clock.text(as_of)}) "
                f"with {hours:g} h of notice it can leave at {earliest}"
            )
            yield Finding(rule=RULE, where=run.where, words=words)
