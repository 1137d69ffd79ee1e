"""``notice``: what is not ordered yet can still be ordered in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from p2p_dispatch.check.clock import TINY
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import Run
from p2p_dispatch.events.model import Status
from p2p_dispatch.scenario.services import Service

RULE = "notice"


def notice(facts: Facts) -> Iterator[Finding]:
    """Trips that are only organised leave so long after the as-of moment."""
    ordered = {trip.id for trip in facts.scenario.frozen}
    for run in facts.runs:
        if run.trip.status is not Status.ORGANISED or run.trip.id in ordered:
            continue
        service = facts.services.get(run.trip.service)
        coach = facts.coach_type(run)
        if coach and coach.notice_hours:
            words = _hours(facts, run, coach.notice_hours)
        elif service and not run.coach:
            words = _of_service(facts, run, service)
        else:
            continue
        if words:
            yield Finding(rule=RULE, where=run.where, words=words)


def _of_service(facts: Facts, run: Run, service: Service) -> str | None:
    """By its own notice, or by that of its mode."""
    usual = facts.scenario.rules.notice
    by_mode: dict[str, tuple[float | None, int | None]] = {
        "train": (None, usual.train_days),
        "carriage": (None, usual.carriage_days),
        "plane": (usual.plane_hours, None),
    }
    hours, days = service.notice_hours, service.notice_days
    if hours is None and days is None:
        hours, days = by_mode[run.trip.mode]
    if hours is not None:
        return _hours(facts, run, hours)
    today = facts.clock.day(facts.clock.minute(facts.scenario.as_of))
    if days is not None and (run.day - today).days < days:
        return f"leaves on {run.day}, ordered now ({today}) it can leave {days} days later"
    return None


def _hours(facts: Facts, run: Run, hours: float) -> str | None:
    text, as_of = facts.clock.text, facts.clock.minute(facts.scenario.as_of)
    leaves = run.times.go[0] if run.times else facts.clock.at(run.day, time())
    if leaves >= as_of + hours * 60 - TINY:
        return None
    return (
        f"leaves at {text(leaves)}, ordered now ({text(as_of)}) with {hours:g} h of notice it can "
        f"leave at {text(as_of + hours * 60)}"
    )
