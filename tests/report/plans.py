"""Plans made by hand for the scenario of ``tests.tiny``, with round figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from p2p_dispatch.plan import Plan
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import travel_of
from tests.tiny import tiny_scenario


def two_coaches(scenario: Scenario | None = None, **changes: Any) -> Plan:
    """
    Two coaches on the first day; eight people of pn-ba stay behind.

    Gangbei: 30 to Bao'an and 12 to Chancheng, 42 people and one escort on 49 seats, 1,000 km of
    which 410 empty. Pingnan: 20 to Bao'an, 900 km of which 500 empty. Trips cost 8,000 and 7,000.
    """
    scenario = scenario or tiny_scenario()
    clock = not scenario.by_day

    def at(hour: int, minute: int = 0, day: int = 22) -> datetime | None:
        return datetime(2020, 2, day, hour, minute, tzinfo=scenario.zone) if clock else None

    def stop(place: str, km: float, arrive: Any, depart: Any, **riders: Any) -> dict[str, Any]:
        sides = {
            side: [{"cohort": cohort, "count": count} for cohort, count in counts.items()]
            for side, counts in riders.items()
        }
        return {"place": place, "km": km, "arrive": arrive, "depart": depart, **sides}

    def trip(**content: Any) -> dict[str, Any]:
        return {
            "pool": "gg", "unit_type": "coach-49", "day": "2020-02-22", "drivers": 2, "days": 1,
            "allowed": 49, **content,
        }  # fmt: skip

    north = trip(
        id="0222-gangbei-1", unit="gg/1", staff={"escort": 1}, km=1000, cost=8000,
        stops=[
            stop("guigang", 0, None, at(6, 40)),
            stop("gangbei", 10, at(6, 50), at(7, 5), board={"gb-ba": 30, "gb-cc": 12}),
            stop("chancheng", 440, at(13), at(13, 15), alight={"gb-cc": 12}),
            stop("baoan", 150, at(15, 30), at(15, 45), alight={"gb-ba": 30}),
            stop("guigang", 400, at(23), None),
        ],
        driving=[
            {"driver": "gg/1-a", "start": at(6, 50), "end": at(10)},
            {"driver": "gg/1-b", "start": at(10), "end": at(13)},
        ] if clock else [],
    )  # fmt: skip
    south = trip(
        id="0222-pingnan-1", unit="gg/2", km=900, cost=7000,
        stops=[
            stop("guigang", 0, None, at(7)),
            stop("pingnan", 100, at(8, 45), at(9), board={"pn-ba": 20}),
            stop("baoan", 400, at(15), at(15, 15), alight={"pn-ba": 20}),
            stop("guigang", 400, at(21), None),
        ],
    )  # fmt: skip
    content: dict[str, Any] = {
        "scenario": scenario.name,
        "digest": scenario.digest,
        "as_of": datetime(2020, 2, 20, 8, tzinfo=scenario.zone),
        "time_zone": scenario.time_zone,
        "currency": scenario.currency,
        "by_day": scenario.by_day,
        "made": {
            "solver": "quick", "strategy": "first-come", "parameters": {}, "limits": {},
            "seed": 0, "threads": 1, "versions": {"p2p-dispatch": "0.1.0"},
        },
        "value": {
            "vehicles": 2400, "km": 11000, "drivers": 1600, "onward": 0, "waiting": 0,
            "left_behind": 160000, "total": 175000,
        },
        "certificate": {"bound": None, "gap": None, "how": "none: the strategy proves nothing"},
        "quality": "feasible",
        "ended": "done",
        "people": 70,
        "moved": 62,
        "trips": [north, south],
        "itineraries": [
            {"cohort": "gb-ba", "count": 30, "trips": ["0222-gangbei-1"]},
            {"cohort": "gb-cc", "count": 12, "trips": ["0222-gangbei-1"]},
            {"cohort": "pn-ba", "count": 20, "parties": [4], "trips": ["0222-pingnan-1"]},
        ],
        "duties": [
            {"unit": "gg/1", "trips": ["0222-gangbei-1"], "drivers": ["gg/1-a", "gg/1-b"]},
            {"unit": "gg/2", "trips": ["0222-pingnan-1"], "drivers": []},
        ],
        "batches": [
            {"id": "0222-gangbei-1.1", "origin": "gangbei", "trip": "0222-gangbei-1",
             "people": 42, "call": at(6, 5)},
            {"id": "0222-pingnan-1.1", "origin": "pingnan", "trip": "0222-pingnan-1",
             "people": 20, "call": at(8)},
        ],
        "unserved": [
            {"cohort": "pn-ba", "count": 8, "parties": [3], "reason": "fleet",
             "words": "no coach is free on any day that would do",
             "remedies": ["one more coach at 贵港客运站 on 2020-02-22"]},
        ],
        **changes,
    }  # fmt: skip
    return Plan.model_validate(content).with_travel(travel_of(scenario))
