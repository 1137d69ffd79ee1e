"""
Plans laid by hand: round roads, plain sums, nothing of what makes plans.

The roads are a matrix, so that every time in a test can be added up in the head:

    guigang - gangbei     10 km   10 min        gangbei - chancheng  400 km  320 min
    guigang - pingnan     90 km   80 min        pingnan - chancheng  320 km  250 min
    gangbei - pingnan     90 km   80 min        chancheng - baoan    120 km   90 min
    gangbei - baoan      500 km  400 min        pingnan - baoan      420 km  330 min

and from the depot to the gates as from Gangbei. The hub ``town`` is 20 km and 20 min before Bao'an.
A trip of one coach with one driver and no limits on driving, Gangbei to Bao'an:

    07:00 leave depot, 07:10 Gangbei, 07:25 leave, 14:05 Bao'an, 14:20 leave, 21:00 back
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import ceil
from typing import Any

from p2p_dispatch.check import check
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
from p2p_dispatch.travel import travel_of
from tests.tiny import cohort, tiny_scenario

ROADS: dict[tuple[str, ...], tuple[float, float]] = {
    ("guigang", "gangbei"): (10, 10),
    ("guigang", "pingnan"): (90, 80),
    ("guigang", "baoan"): (500, 400),
    ("guigang", "chancheng"): (400, 320),
    ("guigang", "town"): (480, 380),
    ("gangbei", "pingnan"): (90, 80),
    ("gangbei", "baoan"): (500, 400),
    ("gangbei", "chancheng"): (400, 320),
    ("gangbei", "town"): (480, 380),
    ("pingnan", "baoan"): (420, 330),
    ("pingnan", "chancheng"): (320, 250),
    ("pingnan", "town"): (400, 310),
    ("chancheng", "baoan"): (120, 90),
    ("chancheng", "town"): (100, 70),
    ("town", "baoan"): (20, 20),
}
"""Km and minutes, both ways."""

TOWN = {"id": "town", "lat": 22.6, "lon": 113.8}
FREE = {"preset": "none", "most_drivers": 2}
"""No limits on driving, for tests of everything else."""

LOOSE = {
    "most_pickups": 3,
    "most_drops": 3,
    "detour_factor": 1.25,
    "detour_km": 40,
    "longest_ride_hours": 48,
}
"""Limits on stops that only their own tests come near."""

Driving = Sequence[tuple[str, float] | float]
"""How a leg is driven: (driver, minutes at the wheel) and minutes of standing, in order."""


def roads(**changes: tuple[float, float] | None) -> dict[str, Any]:
    """The matrix, with some roads replaced both ways, ``gangbei_baoan=(500, 241)``; None: none."""
    table: dict[tuple[str, ...], tuple[float, float] | None] = {**ROADS}
    table.update({tuple(pair.split("_")): road for pair, road in changes.items()})
    pairs = [(a, b, road) for (a, b), road in table.items() if road]
    both_ways = [*pairs, *((b, a, road) for a, b, road in pairs)]
    legs = [{"from": a, "to": b, "km": km, "minutes": min_} for a, b, (km, min_) in both_ways]
    return {"kind": "matrix", "legs": legs}


MATRIX = roads()
"""The roads as they are."""


def scenario_of(*, roads: dict[str, Any] = MATRIX, **changes: Any) -> Scenario:
    """The tiny scenario on round roads: 30 from Gangbei and 28 from Pingnan, all to Bao'an."""
    cohorts = [cohort(), cohort(id="pn-ba", origin="pingnan", count=28)]
    return tiny_scenario(
        **{
            "hubs": [TOWN],
            "cohorts": cohorts,
            "travel": roads,
            "rules": {"crew": FREE, "stops": LOOSE},
            **changes,
        }
    )


def by_day(**planning: Any) -> dict[str, Any]:
    """Planning by the day."""
    return {"by": "day", **planning}


def clock_trip(
    scenario: Scenario,
    via: Sequence[str] = ("gangbei", "baoan"),
    loads: Mapping[str, int] = {"gb-ba": 30},
    *,
    leave: str = "2020-02-22 07:00",
    unit: str = "gg/1",
    to: Mapping[str, str] = {},
    stand: Mapping[str, float] = {},
    legs: Mapping[int, Driving] = {},
    driver: str = "A",
    **changes: Any,
) -> Trip:
    """
    A trip by the clock from the depot over ``via`` and back.

    Parameters
    ----------
    loads
        People of each cohort; they board at their origin and get off at their gate or at ``to``.
    stand
        Minutes at a place, if not as long as boarding takes.
    legs
        How a leg is driven, by its number from 0; otherwise ``driver`` drives it in one go.
    """
    travel = travel_of(scenario)
    depot = next(p.depot for p in scenario.pools if p.id == unit.split("/")[0])
    road = (depot, *via, depot)
    now = datetime.fromisoformat(leave).replace(tzinfo=scenario.zone).astimezone(UTC)
    first = now
    board, alight = _loads(scenario, loads, to)
    stops = [Stop(place=depot, km=0, depart=now.astimezone(scenario.zone))]
    driving: list[Spell] = []
    for i, (start, end) in enumerate(pairwise(road)):
        km, minutes = travel.leg(start, end)
        for part in legs.get(i, [(driver, minutes)]):
            who, length = part if isinstance(part, tuple) else (None, part)
            then = now + timedelta(minutes=length)
            if who:
                spell = [t.astimezone(scenario.zone) for t in (now, then)]
                driving.append(Spell(driver=who, start=spell[0], end=spell[1]))
            now = then
        come = now
        if i + 1 <= len(via):
            now += timedelta(minutes=stand.get(end, scenario.planning.stop_minutes))
        stops.append(
            Stop(
                place=end,
                km=km,
                arrive=come.astimezone(scenario.zone),
                depart=now.astimezone(scenario.zone) if i + 1 <= len(via) else None,
                board=tuple(board[end]),
                alight=tuple(alight[end]),
            )
        )
    leaves = next((s.depart for s in stops if s.board and s.depart), stops[0].depart)
    assert leaves
    return _trip(
        scenario,
        unit,
        stops,
        days=max(1, ceil((now - first) / timedelta(days=1))),
        **{
            "day": leaves.date(),
            "drivers": len({s.driver for s in driving}) or 1,
            "driving": tuple(driving),
            **changes,
        },
    )


def day_trip(
    scenario: Scenario,
    via: Sequence[str] = ("gangbei", "baoan"),
    loads: Mapping[str, int] = {"gb-ba": 30},
    *,
    day: str = "2020-02-22",
    unit: str = "gg/1",
    to: Mapping[str, str] = {},
    days: int = 1,
    **changes: Any,
) -> Trip:
    """A trip by the day from the depot over ``via`` and back."""
    travel = travel_of(scenario)
    depot = next(p.depot for p in scenario.pools if p.id == unit.split("/")[0])
    board, alight = _loads(scenario, loads, to)
    stops = [Stop(place=depot, km=0)]
    for start, end in zip((depot, *via), (*via, depot), strict=True):
        km = travel.leg(start, end)[0]
        stops.append(Stop(place=end, km=km, board=tuple(board[end]), alight=tuple(alight[end])))
    return _trip(
        scenario,
        unit,
        stops,
        days=days,
        **{"day": date.fromisoformat(day), "drivers": 1, **changes},
    )


def _loads(
    scenario: Scenario, loads: Mapping[str, int], to: Mapping[str, str]
) -> tuple[dict[str, list[Riders]], dict[str, list[Riders]]]:
    cohorts = {c.id: c for c in scenario.cohorts}
    board, alight = defaultdict[str, list[Riders]](list), defaultdict[str, list[Riders]](list)
    for name, count in loads.items():
        riders = Riders(cohort=name, count=count)
        board[cohorts[name].origin].append(riders)
        alight[to.get(name, cohorts[name].site)].append(riders)
    return board, alight


def _trip(
    scenario: Scenario, unit: str, stops: list[Stop], *, days: int, drivers: int, **changes: Any
) -> Trip:
    pool = next(p for p in scenario.pools if p.id == unit.split("/")[0])
    unit_type = next(t for t in scenario.unit_types if t.id == pool.unit_type)
    km = sum(stop.km for stop in stops)
    cost = days * (unit_type.per_day + drivers * scenario.prices.driver_day) + km * unit_type.per_km
    return Trip(
        **{
            "id": "t1",
            "pool": pool.id,
            "unit_type": pool.unit_type,
            "unit": unit,
            "drivers": drivers,
            "days": days,
            "allowed": unit_type.seats,
            "stops": tuple(stops),
            "km": km,
            "cost": cost,
            **changes,
        }
    )


def plan_of(
    scenario: Scenario,
    trips: Iterable[Trip],
    /,
    *,
    late: float = 0,
    given_up: float = 0,
    **changes: Any,
) -> Plan:
    """
    The plan of some trips: everybody else is left behind, and every figure follows.

    A cohort's parties, and who needs an accessible place, travel in its first itinerary with room
    for all of them, or stay behind. What is paid for being late and for changes is given.
    """
    trips = tuple(trips)
    itineraries, unserved = _parts(scenario, trips)
    itineraries = changes.pop("itineraries", itineraries)
    unserved = changes.pop("unserved", unserved)
    plan = Plan(
        **{
            "scenario": scenario.name,
            "digest": scenario.digest,
            "as_of": datetime(2020, 2, 20, 8, tzinfo=scenario.zone),
            "time_zone": scenario.time_zone,
            "currency": scenario.currency,
            "by_day": scenario.by_day,
            "made": Made(
                solver="hand",
                strategy="hand",
                parameters={},
                limits={},
                seed=0,
                threads=1,
                versions={},
            ),
            "value": _value(scenario, trips, unserved, late=late, changes=given_up),
            "certificate": Certificate(bound=None, gap=None, how="none"),
            "quality": Quality.FEASIBLE,
            "ended": "by hand",
            "people": scenario.people,
            "moved": sum(i.count for i in itineraries),
            "trips": trips,
            "itineraries": itineraries,
            "duties": _duties(trips),
            "batches": tuple(_batches(trips)),
            "unserved": unserved,
            **changes,
        }
    )
    return plan.with_travel(travel_of(scenario))


def with_stop(trip: Trip, number: int, **changes: Any) -> Trip:
    """The trip with one of its stops changed; negative numbers count from the end."""
    stops = list(trip.stops)
    stops[number] = stops[number].model_copy(update=changes)
    return trip.model_copy(update={"stops": tuple(stops)})


def later(trip: Trip, minutes: float) -> Trip:
    """The same trip some minutes later, or with a negative number earlier."""
    by = timedelta(minutes=minutes)

    def moved(part: Any, *names: str) -> Any:
        shown = {name: getattr(part, name) for name in names}
        return part.model_copy(update={n: m and m + by for n, m in shown.items()})

    return trip.model_copy(
        update={
            "stops": tuple(moved(stop, "arrive", "depart") for stop in trip.stops),
            "driving": tuple(moved(spell, "start", "end") for spell in trip.driving),
        }
    )


def broken(scenario: Scenario, /, *trips: Trip, **changes: Any) -> set[str]:
    """Ids of the rules that the plan of some trips breaks."""
    return rules_of(scenario, plan_of(scenario, trips, **changes))


def rules_of(scenario: Scenario, plan: Plan) -> set[str]:
    """Ids of the rules that a plan breaks."""
    return {finding.rule for finding in check(scenario, plan)}


def words_of(scenario: Scenario, *trips: Trip) -> str:
    """All that is found, in words."""
    return "\n".join(str(finding) for finding in check(scenario, plan_of(scenario, trips)))


def _boarding(trips: Iterable[Trip]) -> Iterable[tuple[Trip, Stop, Riders]]:
    return ((t, s, r) for t in trips for s in t.stops for r in s.board)


def _parts(
    scenario: Scenario, trips: tuple[Trip, ...]
) -> tuple[tuple[Itinerary, ...], tuple[Unserved, ...]]:
    itineraries, unserved = [], []
    boarding: dict[str, list[tuple[Trip, Riders]]] = defaultdict(list)
    for trip, _, riders in _boarding(trips):
        boarding[riders.cohort].append((trip, riders))
    for c in scenario.cohorts:
        left, parties, need = c.count, c.parties, c.accessible
        for trip, riders in boarding[c.id]:
            room = sum(parties) + need <= riders.count
            part = {"parties": parties if room else (), "accessible": need if room else 0}
            parties, need = ((), 0) if room else (parties, need)
            left -= riders.count
            itineraries.append(Itinerary(cohort=c.id, count=riders.count, trips=(trip.id,), **part))
        if left > 0:
            part = {"count": left, "parties": parties, "accessible": need}
            part |= {"reason": "fleet", "words": "no coach"}
            unserved.append(Unserved(cohort=c.id, **part))
    return tuple(itineraries), tuple(unserved)


def _duties(trips: tuple[Trip, ...]) -> tuple[Duty, ...]:
    def starts(trip: Trip) -> tuple[Any, ...]:
        leave = trip.stops[0].depart
        return (trip.day,) if leave is None else (leave.astimezone(UTC),)

    of: dict[str, list[Trip]] = defaultdict(list)
    for trip in sorted(trips, key=starts):
        of[trip.unit].append(trip)
    return tuple(
        Duty(
            unit=unit,
            trips=tuple(trip.id for trip in some),
            drivers=tuple(dict.fromkeys(s.driver for trip in some for s in trip.driving)),
        )
        for unit, some in of.items()
    )


def _batches(trips: tuple[Trip, ...]) -> Iterable[Batch]:
    for trip in trips:
        for stop in trip.stops:
            if stop.board:
                people = sum(r.count for r in stop.board)
                name = f"{trip.id} {stop.place}"
                yield Batch(id=name, origin=stop.place, trip=trip.id, people=people)


def _value(
    scenario: Scenario, trips: tuple[Trip, ...], unserved: tuple[Unserved, ...], **given: float
) -> Value:
    types = {t.id: t for t in scenario.unit_types}
    sites = {s.id: s for s in scenario.sites}
    cohorts = {c.id: c for c in scenario.cohorts}
    prices = scenario.prices
    worth = {p.id: p.left_behind for p in scenario.priorities}
    waited = sum(
        r.count * ((s.depart.date() if s.depart else t.day) - day_of(cohorts[r.cohort].ready)).days
        for t, s, r in _boarding(trips)
    )
    parts = {
        "vehicles": sum(t.days * types[t.unit_type].per_day for t in trips),
        "km": sum(t.km * types[t.unit_type].per_km for t in trips),
        "drivers": sum(t.days * t.drivers * prices.driver_day for t in trips),
        "onward": sum(
            r.count * sites[cohorts[r.cohort].site].handover.get(s.place, 0)
            for t in trips
            for s in t.stops
            for r in s.alight
        ),
        "waiting": waited * prices.waiting_day,
        "left_behind": sum(
            u.count * worth.get(cohorts[u.cohort].priority or "", prices.left_behind)
            for u in unserved
            if u.cohort in cohorts
        ),
    }
    parts.update(given)
    subsidy = {p.id: p.subsidy for p in scenario.priorities}
    subsidies = sum(
        r.count
        * (sites[cohorts[r.cohort].site].subsidy + subsidy.get(cohorts[r.cohort].priority or "", 0))
        for _, _, r in _boarding(trips)
    )
    return Value(**parts, subsidies=subsidies, total=sum(parts.values()) - subsidies)
