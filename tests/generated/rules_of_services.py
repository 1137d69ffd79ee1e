"""The new rules that services bring, and scenarios without them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from p2p_dispatch.scenario import Scenario

Parts = dict[str, Any]


def _all(parts: Parts, name: str, **fields: Any) -> Parts:
    return parts | {name: [each | fields for each in parts[name]]}


def _any_consist(parts: Parts) -> Parts:
    parts = _all(parts, "hubs", most_carriages=None)
    parts = _all(parts, "services", carriages_per_day={"usual": None, "on": {}})
    types = [
        each | {"consist": [span | {"most": 12} for span in each["consist"]]}
        if each.get("consist")
        else each
        for each in parts["unit_types"]
    ]
    return parts | {"unit_types": types}


def _any_transfer(parts: Parts) -> Parts:
    transfer = {"least_minutes": 0, "most_minutes": 1440, "most_changes": 4}
    return parts | {"rules": parts["rules"] | {"transfer": transfer}}


def _any_seats(parts: Parts) -> Parts:
    seats = [rule for rule in parts["rules"]["seats"] if rule["id"] != "rail"]
    return parts | {"rules": parts["rules"] | {"seats": seats}}


FREED: dict[str, Callable[[Parts], Parts]] = {
    "consist": _any_consist,
    "minimum-load": lambda parts: _all(parts, "services", minimum_load=0),
    "transfer": _any_transfer,
    "notice": lambda parts: _all(parts, "services", notice_hours=0),
    "slots": lambda parts: _all(parts, "hubs", service_slots=None),
    "fleet": lambda parts: _all(
        parts, "service_pools", trips=None, trips_per_day={"usual": None, "on": {}}
    ),
    "seats": _any_seats,
}
"""By the rule's id: the scenario without what services have of it."""


def freed(scenario: Scenario, rule: str) -> Scenario:
    """A scenario in which services are free of one rule."""
    return Scenario.model_validate(FREED[rule](scenario.model_dump(by_alias=True)))
