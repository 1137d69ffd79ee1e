"""Places that are shut, or take nobody, on every day their people could use them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft
from p2p_dispatch.scenario.crosscheck.coaches import days_by
from p2p_dispatch.scenario.scenario import Scenario

_END = {"origins": "origin", "sites": "site"}
"""Kinds of places, and the field of a cohort that names one."""


def always_closed(draft: Draft) -> Iterator[Clash]:
    """An origin or a gate that is closed on all useful days."""
    for kind in _END:
        days = _days(draft.scenario, kind)
        for i, place in enumerate(getattr(draft.scenario, kind)):
            useful = days.get(place.id, set())
            if useful and useful <= set(place.closed_on) and getattr(place, "gate", True):
                found = f"{place.label} is closed on every day its people can use it"
                right = "open it on one of these days; its people stay behind"
                yield Clash("P2P1309", (kind, i, "closed_on"), found, right)


def takes_nobody(draft: Draft) -> Iterator[Clash]:
    """A daily limit of zero on all useful days."""
    limits = {"origins": "medical_per_day", "sites": "intake_per_day"}
    for kind, name in limits.items():
        days = _days(draft.scenario, kind)
        for i, place in enumerate(getattr(draft.scenario, kind)):
            limit = getattr(place, name)
            useful = days.get(place.id, set())
            if useful and all(limit(day) == 0 for day in useful):
                found = f"{name} is 0 on every day its people can use"
                right = "allow some on one of these days; its people stay behind"
                yield Clash("P2P1310", (kind, i, name), found, right)


def no_slots(draft: Draft) -> Iterator[Clash]:
    """A place whose slots let no coach in."""
    for kind in ("origins", "sites", "hubs"):
        for i, place in enumerate(getattr(draft.scenario, kind)):
            if place.slots and place.slots.trips == 0 and not draft.scenario.by_day:
                found = f"no slot of {place.label} takes a coach"
                right = "write trips as 1 or more; its people stay behind"
                yield Clash("P2P1310", (kind, i, "slots", "trips"), found, right)
    for i, hub in enumerate(draft.scenario.hubs):
        if hub.service_slots and hub.service_slots.trips == 0:
            found = f"no slot of {hub.label} takes a train or plane"
            right = "write trips as 1 or more; no service runs there"
            yield Clash("P2P1310", ("hubs", i, "service_slots", "trips"), found, right)


def _days(scenario: Scenario, kind: str) -> dict[str, set[date]]:
    end = _END[kind]
    return days_by(scenario, ((getattr(cohort, end), cohort) for cohort in scenario.cohorts))
