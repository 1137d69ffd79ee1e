"""
Instances of charter_bench as scenarios planned by the day.

An instance speaks in indices; the scenario's ids are a letter and the index (``o12``, ``e3``,
``c740``), so that a plan can be read back without a table of names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from p2p_dispatch.scenario import Scenario

Instance = dict[str, Any]
"""The content of an instance file; the keys are in the README beside this file."""

FIRST_DAY = date(2020, 2, 17)
"""Day 0. A Monday without a change of clocks; nothing in an instance depends on it."""


def read_instance(path: str | Path) -> Instance:
    """The content of an instance file."""
    content: Instance = json.loads(Path(path).read_text(encoding="utf-8"))
    return content


def scenario_of(instance: Instance, *, name: str = "charter-bench") -> Scenario:
    """
    The scenario that asks what the instance asks.

    Unit-days past the horizon are free in both, and intake counts on the day of departure in both.
    The seats of a unit type are those that may be sold, since a seat rule caps all types alike.

    Raises
    ------
    ValueError
        When a stop does not take whole minutes, which a scenario cannot say.
    """
    par = instance["par"]
    return Scenario.model_validate(
        {
            "name": name,
            "title": f"charter_bench {name}",
            "as_of": FIRST_DAY - timedelta(days=1),
            "days": {"first": FIRST_DAY, "last": day_of_index(instance["days"] - 1)},
            "planning": {
                "by": "day",
                "stop_minutes": _whole_minutes(par["stop_h"]),
                "two_days_past_km": par["two_day_km"],
                "second_driver_past_hours": par["drv_h"],
            },
            "travel": {
                "kind": "great-circle",
                "circuity": par["circ"],
                "kmh": par["kmh"],
                "least_km": par["min_km"],
            },
            "rules": {
                "stops": {
                    "most_pickups": par["max_p"],
                    "most_drops": par["max_d"],
                    "detour_factor": par["det_f"],
                    "detour_km": par["det_km"],
                    "longest_ride_hours": par["max_ride_h"],
                }
            },
            "prices": {
                "driver_day": par["drv_cost"],
                "left_behind": par["pen"],
                "waiting_day": par["wait"],
            },
            "origins": list(_places("o", instance["origins"])),
            "sites": list(_sites(instance)),
            "depots": list(_depots(instance)),
            "unit_types": list(_unit_types(instance)),
            "pools": list(_pools(instance)),
            "priorities": list(_priorities(instance)),
            "cohorts": list(_cohorts(instance)),
        }
    )


def day_of_index(day: int) -> date:
    """The calendar day of an instance's day."""
    return FIRST_DAY + timedelta(days=day)


def pool_id(prefecture: int, unit_class: int) -> str:
    """The pool of a class in a prefecture."""
    return f"d{prefecture}-k{unit_class}"


def _whole_minutes(hours: float) -> int:
    minutes = round(hours * 60)
    if abs(hours * 60 - minutes) > 1e-6:
        raise ValueError(f"stop_h is {hours * 60} minutes; a scenario takes whole ones")
    return minutes


def _places(letter: str, places: list[Instance]) -> Iterator[dict[str, Any]]:
    for i, place in enumerate(places):
        name = place.get("name", "")
        yield {"id": f"{letter}{i}", "name": name, "lat": place["lat"], "lon": place["lon"]}


def _sites(instance: Instance) -> Iterator[dict[str, Any]]:
    rows = zip(_places("e", instance["sites"]), instance["sites"], instance["intake"], strict=True)
    for place, site, intake in rows:
        yield {**place, "city": f"city {site['city']}", "intake_per_day": intake}


def _depots(instance: Instance) -> Iterator[dict[str, Any]]:
    serves: list[list[str]] = [[] for _ in instance["depots"]]
    for i, origin in enumerate(instance["origins"]):
        serves[origin["pref"]].append(f"o{i}")
    for place, ids in zip(_places("d", instance["depots"]), serves, strict=True):
        yield {**place, "serves": ids}


def _unit_types(instance: Instance) -> Iterator[dict[str, Any]]:
    for i, unit_class in enumerate(instance["classes"]):
        yield {
            "id": f"k{i}",
            "name": f"coach of {unit_class['seats']}",
            "seats": unit_class["cap"],
            "per_day": unit_class["fixed"],
            "per_km": unit_class["perkm"],
        }


def _pools(instance: Instance) -> Iterator[dict[str, Any]]:
    for prefecture, classes in enumerate(instance["units"]):
        for unit_class, units in enumerate(classes):
            yield {
                "id": pool_id(prefecture, unit_class),
                "unit_type": f"k{unit_class}",
                "depot": f"d{prefecture}",
                "units": units,
            }


def _priorities(instance: Instance) -> Iterator[dict[str, Any]]:
    for weight in sorted({cohort[5] for cohort in instance["cohorts"]}):
        yield {"id": _priority(weight), "left_behind": instance["par"]["pen"] * weight}


def _priority(weight: float) -> str:
    return f"weight {weight:g}"


def _cohorts(instance: Instance) -> Iterator[dict[str, Any]]:
    for i, (origin, site, people, ready, due, weight) in enumerate(instance["cohorts"]):
        if people:
            yield {
                "id": f"c{i}",
                "origin": f"o{origin}",
                "site": f"e{site}",
                "count": people,
                "ready": day_of_index(ready),
                "due": day_of_index(due),
                "priority": _priority(weight),
            }
