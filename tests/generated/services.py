"""Random scenarios in which trains, booked carriages and planes may run beside coaches."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from p2p_dispatch.scenario import Scenario
from tests.generated.scenarios import random_scenario

CAR = {
    "id": "car",
    "mode": "carriage",
    "seats": 30,
    "reserved_seats": 2,
    "per_trip": 300,
    "per_km": 1,
}
TRAIN = {
    "id": "train",
    "mode": "train",
    "consist": [{"carriage": "car", "least": 1, "most": 4}],
    "per_trip": 200,
    "per_km": 2,
}
EMU = {"id": "emu", "mode": "train", "seats": 120, "per_trip": 900, "per_km": 2, "luggage": 90}
RAILCAR = {"id": "railcar", "mode": "train", "seats": 8, "per_trip": 50, "per_km": 0.2}
JET = {"id": "jet", "mode": "plane", "seats": 60, "per_trip": 2500, "per_km": 3}


def scenario_with_services(seed: int, *, small: bool = False) -> Scenario:
    """A random scenario by the clock, without ceilings, with some services that are often cheap."""
    parts = random_scenario(seed, by_day=False, small=small).model_dump(by_alias=True)
    draw = random.Random(seed + 1_000_000)
    west, east = parts["origins"][0], parts["sites"][0]
    parts["hubs"] = [
        *parts["hubs"],
        *(_hub(draw, f"west{i}", west, parts) for i in range(draw.randint(1, 2))),
        *(_hub(draw, f"east{i}", east, parts) for i in range(draw.randint(1, 2))),
    ]
    hubs = {side: [h["id"] for h in parts["hubs"] if h["id"].startswith(side)]
            for side in ("west", "east")}  # fmt: skip
    parts["unit_types"] = [*parts["unit_types"], CAR, TRAIN, EMU, JET]
    parts["services"] = [_service(draw, i, hubs) for i in range(draw.randint(1, 4))]
    parts["service_pools"] = [{"id": "specials", "trips_per_day": 1, "trips": draw.randint(1, 3)}]
    parts["lines"] = [{"id": "line", "kmh": 120}]
    if draw.random() < 0.5:
        for site in parts["sites"]:
            site["handover"] = {**site["handover"], hubs["east"][0]: 15}
    parts["prices"] = {**parts["prices"], "left_behind": 3000, "transfer": draw.choice([0, 20])}
    parts["payers"] = [{**payer, "ceiling": None} for payer in parts["payers"]]
    rules = {**parts["rules"], "budget": {}}
    rules["transfer"] = {
        "least_minutes": draw.choice([15, 45]),
        "most_minutes": draw.choice([90, 240]),
        "most_changes": draw.choice([1, 2, 2]),
        "coach_to_coach": seed % 2 == 0,
    }
    rules["seats"] = [
        *({**rule, "modes": ["coach"]} for rule in rules["seats"]),  # only coaches have a layout
        {"id": "rail", "modes": ["train"], "cap": 0.8, "staff": {"medic": 2}},
    ]
    parts = {**parts, "rules": rules}
    if small:
        parts = _crowded(random.Random(seed + 2_000_000), _fit_for_services(draw, parts))
    return Scenario.model_validate(parts)


def _twins(services: Any) -> Any:
    """A train beside each of the first two services."""
    return [{**service, "id": f"{service['id']}x", "unit_type": "train"}
            for service in services[:2]]  # fmt: skip


def _fit_for_services(draw: random.Random, parts: Any) -> Any:
    """
    The same with services that few people have a use for, and whose own rules stand in their way.

    People gather at the hubs and are taken over there more often than not, may come later, and
    coaches are dear.
    """
    last = parts["days"]["last"]
    origins = [{**origin, "risk": "low", "risk_from": {}} for origin in parts["origins"]]
    names = [origin["id"] for origin in origins]
    east = [hub["id"] for hub in parts["hubs"] if hub["id"].startswith("east")]
    hubs = []
    for hub in parts["hubs"]:
        hub = {**hub, "closed_on": (), "hours": None}
        if hub["id"].startswith("west") and draw.random() < 0.7:
            hub["assembly_of"] = names
        if not hub["id"].startswith("h"):
            hub["most_carriages"] = draw.choice([None, 1, 1])
            hub["service_slots"] = {"minutes": 1440, "trips": draw.choice([1, 1, 4])}
        hubs.append(hub)
    sites = [
        {**site, "handover": {**site["handover"], **(dict.fromkeys(east, 15)
                              if draw.random() < 0.7 else {})}, "risk": "low", "risk_from": {}}
        for site in parts["sites"]
    ]  # fmt: skip
    people = sum(cohort["count"] for cohort in parts["cohorts"])
    services = [
        {**service,
         "departs": f"{draw.choice([14, 15, 20])}:30",
         "carriages_per_day": {"usual": draw.choice([1, 2]), "on": {}}
         if service["unit_type"] == "car" else {"usual": None, "on": {}},
         "pool": None if service["unit_type"] == "car" else "specials",
         "minimum_load": draw.choice([0, 0, people // 2, people + 1])
         if service["unit_type"] != "car" else 0,
         "notice_hours": draw.choice([0, 24, 70])}
        for service in (*parts["services"], *_twins(parts["services"]))
    ]  # fmt: skip
    later = [{**cohort, "due": last + timedelta(days=2), "risk": None}
             for cohort in parts["cohorts"]]  # fmt: skip
    types = [{**each, "per_day": 3000} if "per_day" in each else each
             for each in parts["unit_types"]]  # fmt: skip
    pools = [
        {
            **each,
            "trips": draw.choice([1, 4]),
            "trips_per_day": {"usual": draw.choice([1, 4]), "on": {}},
        }
        for each in parts["service_pools"]
    ]
    changed = {"origins": origins, "hubs": hubs, "sites": sites, "services": services,
               "cohorts": later, "unit_types": types, "service_pools": pools}  # fmt: skip
    return {**parts, **changed}


CROWDED = 0.45
"""Share of small scenarios in which railcars are cheap and small, and one rule is in their way."""


def _crowded(draw: random.Random, parts: Any) -> Any:
    """
    Some scenarios with railcars: several a day are wanted.

    Hubs have one slot a day, or the pool one trip, or people may change once and come by coach.
    """
    if draw.random() >= CROWDED:
        return parts
    scarce = draw.choice(["slots", "fleet", "transfer"])
    slots = {"minutes": 1440, "trips": 1} if scarce == "slots" else None
    most = 1 if scarce == "fleet" else 20
    services = [
        {**service, "unit_type": "railcar", "pool": "specials", "minimum_load": 0,
         "notice_hours": 0, "carriages_per_day": {"usual": None, "on": {}}}
        for service in parts["services"]
    ]  # fmt: skip
    hubs = [hub if hub["id"].startswith("h") else {**hub, "service_slots": slots}
            for hub in parts["hubs"]]  # fmt: skip
    sites, rules = parts["sites"], parts["rules"]
    if scarce == "transfer":
        hubs = [{**hub, "assembly_of": ()} for hub in hubs]
        sites = [{**site, "gate": True, "handover": {}} for site in sites]
        rules = {**rules, "transfer": {**rules["transfer"], "most_changes": 1}}
    pools = [{**pool, "trips": most, "trips_per_day": {"usual": most, "on": {}}}
             for pool in parts["service_pools"]]  # fmt: skip
    types = [*parts["unit_types"], RAILCAR]
    changed = {"services": services, "hubs": hubs, "service_pools": pools, "unit_types": types,
               "sites": sites, "rules": rules}  # fmt: skip
    return {**parts, **changed}


def _hub(draw: random.Random, name: str, near: dict[str, Any], parts: Any) -> dict[str, Any]:
    hub: dict[str, Any] = {
        "id": name,
        "lat": near["lat"] + draw.uniform(-0.2, 0.2),
        "lon": near["lon"] + draw.uniform(-0.2, 0.2),
    }
    if draw.random() < 0.3:
        hub["service_slots"] = {"minutes": 120, "trips": 1}
    if draw.random() < 0.3:
        hub["slots"] = {"minutes": 60, "trips": draw.choice([1, 3])}
    if draw.random() < 0.2:
        hub["hours"] = {"opens": "06:00", "closes": "22:00"}
    if draw.random() < 0.3:
        hub["most_carriages"] = 3
    if name.startswith("west") and draw.random() < 0.5:
        gathering = [origin["id"] for origin in parts["origins"] if draw.random() < 0.4]
        hub["assembly_of"] = gathering
    return hub


def _service(draw: random.Random, i: int, hubs: dict[str, list[str]]) -> dict[str, Any]:
    kind = draw.choice(["car", "train", "train", "emu", "jet"])
    service: dict[str, Any] = {
        "id": f"service{i}",
        "unit_type": kind,
        "board": hubs["west"],
        "alight": hubs["east"],
        "departs": f"{draw.randint(9, 20):02}:30",
        "line": "line",
        "dwell_minutes": draw.choice([5, 30]),
        "trips_per_day": 1,
        "notice_hours": draw.choice([0, 24, 60]),
    }
    if kind == "car":
        service["carriages_per_day"] = draw.choice([1, 2])
    else:
        service["minimum_load"] = draw.choice([0, 10, 40])
        service["pool"] = draw.choice([None, "specials"])
    return service
