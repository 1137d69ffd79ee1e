"""
A plan with every way to travel, laid by hand so that it just keeps every rule.

Everybody is from Gangbei or Pingnan. As of 15:00 on the 20th, on the 22nd of February:

    feeder-1  09:45 depot, 10:10 from Gangbei, 10:30 at the station     30 + 19 people on 49 seats
    feeder-2  07:55 depot, 09:30 from Pingnan, 10:30 at the station     28 people
    special   11:00 from the station, 14:00 at Guangzhou South          77 people, 5 medics
    onward    13:55 Foshan depot, 14:30 from the South, 14:55 Chancheng 30 + 19 people
    feeder-3  12:15 depot, 12:40 from Gangbei, 14:00 at the airport     24 people, feeder-1's coach
    flight    15:00 from the airport, 16:15 at the bay                  24 people

and on the 23rd

    booked    21:15 from the station, 05:00 at Guangzhou South          22 people, 1 escort

``cc`` (30) and the welders (19), whose job is open, go by train to Chancheng; ``ba`` (28, from
Pingnan) by train, taken over at Guangzhou South for 40 each; ``fly`` (24) by plane, taken over at
the bay for 10 each; ``night`` (22) gather at the station by themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import ceil
from typing import Any

from p2p_dispatch.plan.model import (
    Batch,
    Certificate,
    Duty,
    Itinerary,
    Made,
    Plan,
    Quality,
    Riders,
    Spell,
    Stop,
    Trip,
    Unserved,
    Value,
)
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.fleet import Carriage, Coach, Plane, Train
from p2p_dispatch.travel import travel_of
from tests.check.builders import FREE, LOOSE, roads
from tests.check.builders import ROADS as OLD_ROADS
from tests.tiny import baoan, chancheng, cohort, gangbei, guigang, pingnan, pool, tiny, unit_type

WAYS_BETWEEN: dict[str, tuple[float, float] | None] = {
    **{"_".join(pair): None for pair in OLD_ROADS if "town" in pair},
    "gangbei_rail": (20, 20),
    "guigang_rail": (15, 15),
    "pingnan_rail": (70, 60),
    "gangbei_airport": (100, 80),
    "guigang_airport": (105, 85),
    "foshan_south": (20, 20),
    "south_chancheng": (25, 25),
    "chancheng_foshan": (10, 10),
    "south_baoan": (110, 80),
    "baoan_foshan": (120, 90),
}


def roads_of(**more: tuple[float, float]) -> dict[str, Any]:
    """The roads between all places here, and some more, both ways."""
    return roads(**{**WAYS_BETWEEN, **more})


CAR = {
    "id": "car",
    "mode": "carriage",
    "seats": 118,
    "layout": [{"rows": 23, "across": "3+2"}, {"rows": 1, "across": "3"}],
    "reserved_seats": 6,
    "per_trip": 800,
    "per_km": 9,
}
TRAIN = {
    "id": "train",
    "mode": "train",
    "consist": [{"carriage": "car", "least": 1, "most": 2}],
    "per_trip": 15000,
    "per_km": 15,
}
JET = {
    "id": "jet",
    "mode": "plane",
    "seats": 25,
    "reserved_seats": 1,
    "per_trip": 60000,
    "per_km": 10,
}
SPECIAL = {
    "id": "D4508",
    "unit_type": "train",
    "pool": "specials",
    "board": ["rail"],
    "alight": ["south"],
    "departs": "11:00",
    "minutes": [180],
    "km": [440],
    "minimum_load": 77,
    "notice_days": 2,
}
BOOKED = {
    "id": "K231",
    "unit_type": "car",
    "board": ["rail"],
    "alight": ["south"],
    "departs": "21:15",
    "minutes": [465],
    "km": [440],
    "carriages_per_day": 1,
}
FLIGHT = {
    "id": "CZ1",
    "unit_type": "jet",
    "board": ["airport"],
    "alight": ["bay"],
    "departs": "15:00",
    "minutes": [75],
    "km": [500],
}
SEATS = [
    # 0.7 x 118 = 82.6: 77 people and 5 medics
    {"id": "trains", "modes": ["train"], "cap": 0.7, "staff": {"medic": 5}},
    # 0.2 x 118 = 23.6: 22 people and an escort
    {"id": "booked", "modes": ["carriage"], "cap": 0.2, "staff": {"escort": 1}},
]
SERVICE_SLOT = {"minutes": 60, "trips": 1}
HUBS: dict[str, dict[str, Any]] = {
    "rail": {
        "id": "rail",
        "lat": 23.1,
        "lon": 109.6,
        "transfer": {"least_minutes": 30, "most_minutes": 120},
        "slots": {"minutes": 30, "trips": 2},
        "service_slots": SERVICE_SLOT,
        "assembly_of": ["gangbei"],
    },
    "south": {"id": "south", "lat": 22.99, "lon": 113.27, "most_carriages": 2},
    "airport": {"id": "airport", "lat": 22.6, "lon": 108.2, "service_slots": SERVICE_SLOT},
    "bay": {"id": "bay", "lat": 22.64, "lon": 113.81},
}


def hub(name: str, **changes: Any) -> list[dict[str, Any]]:
    """The hubs, one of them changed."""
    return [{**each, **(changes if key == name else {})} for key, each in HUBS.items()]


def people(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """The cohorts, some of them changed by id."""
    cohorts = [
        cohort(id="cc", site="chancheng", count=30, parties=[4]),
        {**cohort(id="welders", trade="welder", count=19, priority="poor"), "site": None},
        cohort(id="ba", origin="pingnan", count=28),
        cohort(id="fly", count=24),
        cohort(id="night", count=22),
    ]
    return [{**each, **changes.get(each["id"], {})} for each in cohorts]


def site_chancheng(**changes: Any) -> list[dict[str, Any]]:
    """The sites, Chancheng changed."""
    here = {
        "intake_per_day": 49,
        "posts": {"welder": 19, "cook": 2},
        "key": True,
        "subsidies": {"poor": 1000},
        "subsidy": 10,
    }
    there = baoan(
        intake_per_day={"usual": 52, "on": {"2020-02-24": 22}}, handover={"south": 40, "bay": 10}
    )
    return [there, chancheng(**{**here, **changes})]


def service(base: dict[str, Any], **changes: Any) -> list[dict[str, Any]]:
    """The services, one of them changed."""
    return [{**each, **(changes if each is base else {})} for each in (SPECIAL, BOOKED, FLIGHT)]


def world(*, rules: Mapping[str, Any] = {}, **changes: Any) -> Scenario:
    """The scenario of the plan, with some of its top-level fields replaced."""
    checks = {"usual": 73, "on": {"2020-02-23": 22}}
    content = tiny(
        **{
            "as_of": "2020-02-20 15:00",
            "origins": [gangbei(medical_per_day=checks), pingnan()],
            "sites": site_chancheng(),
            "hubs": hub(""),
            "depots": [
                guigang(),
                guigang(id="foshan", name="foshan", lat=23.0, lon=113.1, serves=[]),
            ],
            "cohorts": people(),
            "unit_types": [unit_type(), CAR, TRAIN, JET],
            "pools": [pool(units=2), pool(id="fs", depot="foshan", units=1)],
            "services": service({}),
            "service_pools": [{"id": "specials", "trips_per_day": 1, "trips": 1}],
            "priorities": [{"id": "poor", "left_behind": 30000, "subsidy": 5}],
            "prices": {
                "driver_day": 400,
                "left_behind": 20000,
                "waiting_day": 50,
                "transfer": 3,
                "empty_key_post": 500,
            },
            "rules": {"crew": FREE, "stops": LOOSE, "seats": SEATS, **rules},
            "travel": roads_of(),
            **changes,
        }
    )
    return Scenario.model_validate(content)


@dataclass(frozen=True, kw_only=True)
class Road:
    """A coach: when it leaves its depot, and where it stops for how many minutes."""

    id: str
    unit: str
    leaves: str
    stops: tuple[str, ...]
    stand: float = 15
    changes: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Runs:
    """A service on a day; how late it is, and its minutes where the service does not say them."""

    id: str
    service: str
    day: str
    carriages: Mapping[str, int]
    staff: Mapping[str, int]
    allowed: int
    late: float = 0
    minutes: tuple[float, ...] = ()
    changes: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Way:
    """Some people's way: trips with where they board and get off, and where they are bound for."""

    cohort: str
    count: int
    legs: tuple[tuple[str, str, str], ...]
    site: str
    parties: tuple[int, ...] = ()
    accessible: int = 0


TRIPS: dict[str, Road | Runs] = {
    trip.id: trip
    for trip in (
        Road(id="feeder-1", unit="gg/1", leaves="2020-02-22 09:45", stops=("gangbei", "rail")),
        Road(id="feeder-2", unit="gg/2", leaves="2020-02-22 07:55", stops=("pingnan", "rail")),
        Road(id="feeder-3", unit="gg/1", leaves="2020-02-22 12:15", stops=("gangbei", "airport")),
        Runs(
            id="special",
            service="D4508",
            day="2020-02-22",
            carriages={"car": 1},
            staff={"medic": 5},
            allowed=82,
        ),
        Runs(id="flight", service="CZ1", day="2020-02-22", carriages={}, staff={}, allowed=24),
        Runs(
            id="booked",
            service="K231",
            day="2020-02-23",
            carriages={"car": 1},
            staff={"escort": 1},
            allowed=23,
        ),
        Road(id="onward", unit="fs/1", leaves="2020-02-22 13:55", stops=("south", "chancheng")),
    )
}
BY_TRAIN = ("feeder-1", "gangbei", "rail"), ("special", "rail", "south")
TO_GATE = ("onward", "south", "chancheng")
WAYS: dict[str, Way] = {
    way.cohort: way
    for way in (
        Way(cohort="cc", count=30, legs=(*BY_TRAIN, TO_GATE), site="chancheng", parties=(4,)),
        Way(cohort="welders", count=19, legs=(*BY_TRAIN, TO_GATE), site="chancheng"),
        Way(
            cohort="ba",
            count=28,
            legs=(("feeder-2", "pingnan", "rail"), ("special", "rail", "south")),
            site="baoan",
        ),
        Way(
            cohort="fly",
            count=24,
            legs=(("feeder-3", "gangbei", "airport"), ("flight", "airport", "bay")),
            site="baoan",
        ),
        Way(cohort="night", count=22, legs=(("booked", "rail", "south"),), site="baoan"),
    )
}


def with_trip(name: str, **changes: Any) -> dict[str, Any]:
    """One of the trips changed, for :func:`plan`."""
    return {"trips": [*(TRIPS | {name: replace(TRIPS[name], **changes)}).values()]}


def with_way(name: str, **changes: Any) -> dict[str, Any]:
    """One of the ways changed, for :func:`plan`."""
    return {"ways": [*(WAYS | {name: replace(WAYS[name], **changes)}).values()]}


def plan(
    scenario: Scenario,
    *,
    trips: Sequence[Road | Runs] = tuple(TRIPS.values()),
    ways: Sequence[Way] = tuple(WAYS.values()),
    **changes: Any,
) -> Plan:
    """The plan of some trips and ways: everybody else stays, and every figure follows."""
    board, alight = _loads(ways)
    made = tuple(
        _coach(scenario, trip, board, alight, ways)
        if isinstance(trip, Road)
        else _service(scenario, trip, board, alight)
        for trip in trips
    )
    itineraries = tuple(
        Itinerary(
            cohort=way.cohort,
            count=way.count,
            parties=way.parties,
            accessible=way.accessible,
            trips=tuple(trip for trip, _, _ in way.legs),
            changes=tuple(off for _, _, off in way.legs[:-1]),
            drop=way.legs[-1][2],
            site=way.site if way.cohort == "welders" else "",
        )
        for way in ways
    )
    moved = Counter[str]()
    for way in ways:
        moved[way.cohort] += way.count
    unserved = tuple(
        Unserved(cohort=c.id, count=c.count - moved[c.id], reason="fleet", words="no room")
        for c in scenario.cohorts
        if moved[c.id] < c.count
    )
    content = {
        "scenario": scenario.name,
        "digest": scenario.digest,
        "as_of": datetime(2020, 2, 20, 15, tzinfo=scenario.zone),
        "time_zone": scenario.time_zone,
        "currency": scenario.currency,
        "by_day": scenario.by_day,
        "made": Made(
            solver="hand", strategy="hand", parameters={}, limits={}, seed=0, threads=1, versions={}
        ),
        "value": _value(scenario, made, ways, unserved),
        "certificate": Certificate(bound=None, gap=None, how="none"),
        "quality": Quality.FEASIBLE,
        "ended": "by hand",
        "people": scenario.people,
        "moved": moved.total(),
        "trips": made,
        "itineraries": itineraries,
        "duties": _duties(made),
        "batches": _batches(scenario, ways),
        "unserved": unserved,
        **changes,
    }
    return Plan.model_validate(content).with_travel(travel_of(scenario))


_Loads = defaultdict[tuple[str, str], Counter[str]]


def _loads(ways: Sequence[Way]) -> tuple[_Loads, _Loads]:
    board: _Loads = defaultdict(Counter)
    alight: _Loads = defaultdict(Counter)
    for way in ways:
        for trip, on, off in way.legs:
            board[trip, on][way.cohort] += way.count
            alight[trip, off][way.cohort] += way.count
    return board, alight


def _riders(counts: Counter[str]) -> tuple[Riders, ...]:
    return tuple(Riders(cohort=name, count=count) for name, count in counts.items())


def _coach(
    scenario: Scenario, road: Road, board: _Loads, alight: _Loads, ways: Sequence[Way]
) -> Trip:
    travel = travel_of(scenario)
    its_pool = next(p for p in scenario.pools if p.id == road.unit.split("/")[0])
    kind = next(t for t in scenario.coaches if t.id == its_pool.unit_type)
    way = (its_pool.depot, *road.stops, its_pool.depot)
    now = datetime.fromisoformat(road.leaves).replace(tzinfo=scenario.zone)
    first, stops, driving = now, [Stop(place=way[0], km=0, depart=now)], list[Spell]()
    for start, end in pairwise(way):
        km, minutes = travel.leg(start, end)
        come = now + timedelta(minutes=minutes)
        driving.append(Spell(driver=f"driver of {road.unit}", start=now, end=come))
        now = come + timedelta(minutes=road.stand)
        stops.append(
            Stop(
                place=end,
                km=km,
                arrive=come,
                depart=now if len(stops) <= len(road.stops) else None,
                board=_riders(board[road.id, end]),
                alight=_riders(alight[road.id, end]),
            )
        )
    last = stops[-1].arrive
    leaves = next((s.depart for s in stops if s.board and s.depart), first)
    assert last
    km = sum(stop.km for stop in stops)
    days = max(1, ceil((last - first) / timedelta(days=1)))
    changed_to = any(leg[0] == road.id for way in ways for leg in way.legs[1:])
    changed_from = any(leg[0] == road.id for way in ways for leg in way.legs[:-1])
    content = {
        "id": road.id,
        "role": "onward" if changed_to else "feeder" if changed_from else "direct",
        "pool": its_pool.id,
        "unit_type": kind.id,
        "unit": road.unit,
        "day": leaves.date(),
        "drivers": 1,
        "days": days,
        "allowed": kind.seats,
        "stops": tuple(stops),
        "driving": tuple(driving),
        "km": km,
        "cost": days * (kind.per_day + scenario.prices.driver_day) + km * kind.per_km,
        **(road.changes or {}),
    }
    return Trip.model_validate(content)


def _service(scenario: Scenario, runs: Runs, board: _Loads, alight: _Loads) -> Trip:
    """By its own km, which all services here have."""
    its = next(s for s in scenario.services if s.id == runs.service)
    kind = next(t for t in scenario.unit_types if t.id == its.unit_type)
    cars = {t.id: t for t in scenario.unit_types if isinstance(t, Carriage)}
    now = datetime.combine(date.fromisoformat(runs.day), its.departs, scenario.zone)
    now += timedelta(minutes=runs.late)
    stops = list[Stop]()
    for i, place in enumerate(its.stops):
        come = None if i == 0 else now + timedelta(minutes=(runs.minutes or its.minutes)[i - 1])
        if come:
            now = come + timedelta(minutes=its.dwell_minutes)
        stops.append(
            Stop(
                place=place,
                km=its.km[i - 1] if i else 0,
                arrive=come,
                depart=now if i < len(its.stops) - 1 else None,
                board=_riders(board[runs.id, place]),
                alight=_riders(alight[runs.id, place]),
            )
        )
    km = sum(its.km)
    cost = sum(
        n * (cars[c].per_trip + cars[c].per_km * km) for c, n in runs.carriages.items() if c in cars
    )
    if isinstance(kind, Train | Plane):
        cost += kind.per_trip + kind.per_km * km
    content = {
        "id": runs.id,
        "mode": kind.mode,
        "role": "trunk",
        "service": its.id,
        "pool": its.pool or "",
        "unit_type": kind.id,
        "carriages": dict(runs.carriages),
        "day": date.fromisoformat(runs.day),
        "drivers": 0,
        "days": 0,
        "staff": dict(runs.staff),
        "allowed": runs.allowed,
        "stops": tuple(stops),
        "km": km,
        "cost": cost,
        **(runs.changes or {}),
    }
    return Trip.model_validate(content)


def _duties(trips: Sequence[Trip]) -> tuple[Duty, ...]:
    of: dict[str, list[Trip]] = defaultdict(list)
    for trip in sorted((t for t in trips if t.unit), key=_leaves):
        of[trip.unit].append(trip)
    return tuple(
        Duty(
            unit=unit,
            trips=tuple(trip.id for trip in some),
            drivers=tuple(dict.fromkeys(s.driver for trip in some for s in trip.driving)),
        )
        for unit, some in of.items()
    )


def _leaves(trip: Trip) -> datetime:
    leaves = trip.stops[0].depart
    assert leaves
    return leaves.astimezone(UTC)


def _batches(scenario: Scenario, ways: Sequence[Way]) -> tuple[Batch, ...]:
    origins = {c.id: c.origin for c in scenario.cohorts}
    leaving = Counter[tuple[str, str]]()
    for way in ways:
        leaving[way.legs[0][0], origins[way.cohort]] += way.count
    return tuple(
        Batch(id=f"{trip} {origin}", origin=origin, trip=trip, people=number)
        for (trip, origin), number in leaving.items()
    )


def _value(
    scenario: Scenario,
    trips: Sequence[Trip],
    ways: Sequence[Way],
    unserved: Sequence[Unserved],
) -> Value:
    types = {t.id: t for t in scenario.unit_types}
    sites = {s.id: s for s in scenario.sites}
    cohorts = {c.id: c for c in scenario.cohorts}
    classes = {p.id: p for p in scenario.priorities}
    prices, by_id = scenario.prices, {trip.id: trip for trip in trips}
    coaches = [(t, k) for t in trips if isinstance(k := types[t.unit_type], Coach)]
    filled = Counter[str]()
    waiting = onward = subsidies = 0.0
    for way in ways:
        who, site = cohorts[way.cohort], sites[way.site]
        group = classes.get(who.priority or "")
        trip, place, _ = way.legs[0]
        stop = (
            next((s for s in by_id[trip].stops if s.place == place), None)
            if trip in by_id
            else None
        )
        if stop and stop.depart:
            waiting += way.count * (stop.depart.date() - day_of(who.ready)).days
        onward += way.count * site.handover.get(way.legs[-1][2], 0)
        by_site = site.subsidies.get(who.priority or "", site.subsidy)
        subsidies += way.count * (by_site + (group.subsidy if group else 0))
        if who.trade:
            filled[site.id] += way.count
    parts = {
        "vehicles": sum(t.days * k.per_day for t, k in coaches),
        "km": sum(t.km * k.per_km for t, k in coaches),
        "drivers": sum(t.days * t.drivers for t, _ in coaches) * prices.driver_day,
        "trains": sum(t.cost for t in trips if t.mode == "train"),
        "carriages": sum(t.cost for t in trips if t.mode == "carriage"),
        "planes": sum(t.cost for t in trips if t.mode == "plane"),
        "transfers": sum(way.count * (len(way.legs) - 1) for way in ways) * prices.transfer,
        "onward": onward,
        "waiting": waiting * prices.waiting_day,
        "left_behind": sum(
            u.count
            * (
                classes[cohorts[u.cohort].priority or ""].left_behind
                if cohorts[u.cohort].priority
                else prices.left_behind
            )
            for u in unserved
        ),
        "empty_posts": sum(
            (sum(s.posts.values()) - filled[s.id])
            * (prices.empty_key_post if s.key else prices.empty_post)
            for s in scenario.sites
        ),
    }
    return Value(**parts, subsidies=subsidies, total=sum(parts.values()) - subsidies)
