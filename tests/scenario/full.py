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
                province="Guangxi",
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
                province="Guangdong",
                intake_per_day=300,
                gate=True,
                handover={"guangzhou": 30},
                posts={"welder": 20},
                key=True,
                subsidy=20,
                subsidies={"poor": 1000},
                paid_by={"bureau": 0.4, "employer": 0.6},
            ),
            chancheng(lends={"baoan": 5}, lends_at={"baoan": 100}),
        ],
        hubs=[
            {"id": "guangzhou", "name": "广州南站", "lat": 22.99, "lon": 113.269},
            {
                "id": "guigang-rail",
                "name": "贵港站",
                "lat": 23.1,
                "lon": 109.6,
                "transfer": {"least_minutes": 20, "most_minutes": 180},
                "service_slots": {"minutes": 60, "trips": 2},
                "most_carriages": 16,
                "assembly_of": ["gangbei"],
            },
        ],
        depots=[guigang(serves=["gangbei", "pingnan"])],
        cohorts=[
            cohort(priority="poor", parties=[4, 3], risk="low", accessible=1, luggage=2),
            cohort(id="pn", origin="pingnan"),
            {
                "id": "pn-open",
                "origin": "pingnan",
                "trade": "welder",
                "lent_by": "chancheng",
                "count": 5,
                "ready": "2020-02-22",
                "due": "2020-02-24",
            },
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
            ),
            {
                "id": "hard-seat",
                "name": "hard-seat carriage",
                "mode": "carriage",
                "seats": 118,
                "layout": [{"rows": 23, "across": "3+2"}, {"rows": 1, "across": "3"}],
                "reserved_seats": 6,
                "per_trip": 800,
                "per_km": 9,
                "accessible": 1,
                "luggage": 200,
                "basis": "ASSUMPTION",
            },
            {
                "id": "special",
                "name": "special train",
                "mode": "train",
                "consist": [{"carriage": "hard-seat", "least": 4, "most": 14}],
                "most_carriages": 14,
                "per_trip": 15000,
                "per_km": 15,
                "basis": "ASSUMPTION",
            },
            {
                "id": "a320",
                "name": "plane",
                "mode": "plane",
                "seats": 180,
                "layout": [{"rows": 30, "across": "3+3"}],
                "reserved_seats": 3,
                "per_trip": 300000,
                "per_km": 10,
                "accessible": 2,
                "luggage": 180,
                "basis": "ASSUMPTION",
            },
            {
                "id": "emu-8",
                "mode": "train",
                "seats": 613,
                "layout": [{"rows": 122, "across": "3+2"}, {"rows": 1, "across": "3"}],
                "reserved_seats": 10,
                "per_trip": 40000,
                "accessible": 1,
                "luggage": 900,
            },
        ],
        services=[
            {
                "id": "D4508",
                "name": "first train",
                "unit_type": "special",
                "pool": "specials",
                "board": ["guigang-rail"],
                "alight": ["guangzhou"],
                "departs": "10:40",
                "dwell_minutes": 8,
                "minutes": [195],
                "km": [440],
                "line": "electric",
                "days": ["2020-02-23", "2020-02-24"],
                "trips_per_day": 2,
                "minimum_load": 300,
                "notice_days": 2,
                "basis": "ASSUMPTION",
            },
            {
                "id": "K231",
                "unit_type": "hard-seat",
                "board": ["guigang-rail"],
                "alight": ["guangzhou"],
                "departs": "21:15",
                "line": "electric",
                "carriages_per_day": {"usual": 2, "on": {"2020-02-23": 1}},
                "notice_hours": 40,
            },
        ],
        service_pools=[
            {
                "id": "specials",
                "name": "special trains",
                "trips_per_day": {"usual": 2, "on": {"2020-02-23": 1}},
                "trips": 7,
            }
        ],
        lines=[
            {
                "id": "electric",
                "name": "electrified line",
                "kmh": 118,
                "circuity": 1.25,
                "basis": "ASSUMPTION",
            }
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
            "transfer": 5,
            "empty_post": 100,
            "empty_key_post": 500,
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
        objective="people-first",
        rules={
            "seats": [
                {
                    "id": "mot-2020-56",
                    "modes": ["coach", "carriage"],
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
            "transfer": {
                "least_minutes": 30,
                "most_minutes": 240,
                "most_changes": 2,
                "coach_to_coach": False,
            },
            "notice": {"train_days": 3, "carriage_days": 3, "plane_hours": 48},
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
