"""A valid scenario in which every field is written out, to be broken one field at a time."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from tests.tiny import baoan, chancheng, cohort, gangbei, guigang, pingnan, pool, tiny, unit_type

Path = tuple[str | int, ...]


def full() -> dict[str, Any]:
    """The tiny scenario with everything that can be said of it."""
    return tiny(
        title="tiny, in full",
        time_zone="Asia/Shanghai",
        currency="CNY",
        planning={
            "by": "clock",
            "stop_minutes": 15,
            "call_minutes": 45,
            "turnaround_minutes": 60,
            "depart_every_minutes": 30,
        },
        origins=[
            gangbei(
                region="Guigang",
                hours={"opens": "06:00", "closes": "22:00"},
                closed_on=["2020-02-23"],
                risk="low",
                risk_from={"2020-02-24": "medium"},
                medical_per_day={"usual": 300, "on": {"2020-02-23": 100}},
                slots={"minutes": 30, "trips": 4},
            ),
            pingnan(medical_per_day=400),
        ],
        sites=[
            baoan(
                city="Shenzhen",
                intake_per_day=300,
                gate=True,
                handover={"guangzhou": 30},
                subsidy=20,
                paid_by={"bureau": 0.4, "employer": 0.6},
            ),
            chancheng(),
        ],
        hubs=[{"id": "guangzhou", "name": "广州南站", "lat": 22.99, "lon": 113.269}],
        depots=[guigang(serves=["gangbei", "pingnan"])],
        cohorts=[
            cohort(priority="poor", parties=[4, 3], risk="low", accessible=1, luggage=2),
            cohort(id="pn", origin="pingnan"),
        ],
        unit_types=[
            unit_type(
                name="coach",
                mode="coach",
                minimum_load=5,
                notice_hours=24,
                accessible=1,
                luggage=60,
                basis="ASSUMPTION: a round figure",
            )
        ],
        pools=[pool(on={"2020-02-23": 2})],
        priorities=[
            {
                "id": "poor",
                "name": "out of poverty",
                "left_behind": 30000,
                "late_day": 100,
                "least_share": 0.5,
                "subsidy": 50,
            }
        ],
        payers=[
            {"id": "bureau", "name": "bureau", "share": 0.5, "ceiling": 100000},
            {"id": "employer", "name": "employer", "share": 0.5},
        ],
        prices={
            "driver_day": 400,
            "left_behind": 20000,
            "waiting_day": 50,
            "late_day": 100,
            "basis": "bureau",
        },
        frozen=[
            {
                "id": "t1",
                "pool": "gg",
                "leaves": "2020-02-22 08:00",
                "drivers": 2,
                "stops": ["gangbei", "baoan"],
                "riders": [{"cohort": "gb-ba", "count": 10, "parties": [4], "drop": "baoan"}],
                "changing": 50,
            }
        ],
        rules={
            "seats": [
                {
                    "id": "mot-2020-56",
                    "first": "2020-02-11",
                    "last": "2020-03-31",
                    "cap": {"low": 0.5, "medium": 0.5, "high": 0.5},
                    "reserved_rows": 2,
                    "one_per_pair": False,
                    "staff": {"escort": 1},
                    "basis": "notice",
                }
            ],
            "risk": {"stay_from": "high", "shut_from": "high", "apart": False},
            "budget": {"ceiling": 500000},
            "priority": {"late_days": 1, "least_share": 0.2},
            "stops": {
                "most_pickups": 3,
                "most_drops": 3,
                "detour_factor": 1.25,
                "detour_km": 40,
                "longest_ride_hours": 24,
                "basis": "ASSUMPTION",
            },
            "crew": {
                "preset": "cn",
                "spell_hours": 4,
                "break_minutes": 20,
                "night": {"starts": "22:00", "ends": "06:00", "hours": 2},
                "rolling": [{"hours": 8, "within_hours": 24}],
                "shift": {"driving_hours": 9, "span_hours": 13, "rest_hours": 11},
                "ban": {"starts": "02:00", "ends": "05:00", "exempt_km": 100},
                "two_drivers_past_km": 600,
                "most_drivers": 2,
                "basis": "art. 38",
            },
        },
        travel={
            "kind": "great-circle",
            "buffer": 0.1,
            "circuity": 1.25,
            "kmh": 75,
            "least_km": 5,
            "basis": "ASSUMPTION",
            "legs": [{"from": "gangbei", "to": "baoan", "km": 540, "minutes": 430}],
        },
    )


def changed(data: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """A copy with another value at a path."""
    data = deepcopy(data)
    _at(data, path[:-1])[path[-1]] = value
    return data


def renamed(data: dict[str, Any], path: Path, name: str) -> dict[str, Any]:
    """A copy with the last key of a path under another name."""
    data = deepcopy(data)
    part = _at(data, path[:-1])
    pairs = [(name if key == path[-1] else key, value) for key, value in part.items()]
    part.clear()
    part.update(pairs)
    return data


def without(data: dict[str, Any], path: Path) -> dict[str, Any]:
    """A copy without the value at a path."""
    data = deepcopy(data)
    del _at(data, path[:-1])[path[-1]]
    return data


def paths(data: Any, above: Path = ()) -> Iterator[Path]:
    """Every path in the data."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in pairs:
        yield (*above, step)
        if isinstance(value, dict | list):
            yield from paths(value, (*above, step))


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data
