"""``check`` judges any plan that can be read, however it was edited, and never gives up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2p_dispatch.check import RULES, check
from p2p_dispatch.plan.model import (
    Batch,
    Certificate,
    Duty,
    Itinerary,
    Plan,
    Riders,
    Spell,
    Status,
    Stop,
    Trip,
    Unserved,
    Value,
)
from p2p_dispatch.scenario import Scenario
from tests.check.builders import (
    LOOSE,
    TOWN,
    by_day,
    clock_trip,
    plan_of,
    roads,
    rules_of,
    scenario_of,
)
from tests.tiny import baoan, chancheng, cohort, gangbei, guigang, pingnan, pool, unit_type

OF_SERVICES = {"consist", "transfer"}
"""Rules that a plan of coaches cannot break; they have tests of their own."""


@lru_cache
def everything(crew: str, clock: bool) -> Scenario:
    """A scenario in which every rule says something."""
    slots = {"minutes": 30, "trips": 1}
    return scenario_of(
        roads=roads(chancheng_baoan=None),
        origins=[
            gangbei(medical_per_day=10, slots=slots, hours={"opens": "06:00", "closes": "20:00"}),
            pingnan(risk="high", closed_on=["2020-02-22", "2020-02-23"]),
        ],
        sites=[
            baoan(intake_per_day=10, gate=False, handover={"town": 3}, paid_by={"bureau": 1}),
            chancheng(hours={"opens": "08:00", "closes": "08:10"}, closed_on=["2020-02-23"]),
        ],
        hubs=[
            {**TOWN, "assembly_of": ["gangbei"], "service_slots": {"trips": 0}},
            {"id": "south", "lat": 23, "lon": 113, "most_carriages": 1},
        ],
        depots=[guigang(serves=["gangbei"])],
        unit_types=[
            unit_type(minimum_load=5, notice_hours=50, accessible=1, luggage=20),
            {"id": "car", "mode": "carriage", "seats": 9, "per_trip": 1, "luggage": 3},
            {
                "id": "train",
                "mode": "train",
                "consist": [{"carriage": "car", "most": 2}],
                "per_trip": 9,
            },
            {"id": "jet", "mode": "plane", "seats": 5, "per_trip": 9},
        ],
        services=[
            {
                "id": "D1",
                "unit_type": "train",
                "pool": "few",
                "board": ["town"],
                "alight": ["south"],
                "departs": "10:00",
                "minutes": [60],
                "days": ["2020-02-23"],
            },
            {
                "id": "K1",
                "unit_type": "car",
                "board": ["town"],
                "alight": ["south"],
                "departs": "10:00",
                "line": "fast",
                "carriages_per_day": 1,
            },
            {
                "id": "C1",
                "unit_type": "jet",
                "board": ["town"],
                "alight": ["south"],
                "departs": "10:00",
                "minimum_load": 3,
                "trips_per_day": 0,
            },
        ],
        service_pools=[{"id": "few", "trips": 0, "trips_per_day": 0}],
        lines=[{"id": "fast", "kmh": 100}],
        pools=[pool(units=1, on={"2020-02-23": 0})],
        cohorts=[
            cohort(parties=[4], accessible=2),
            cohort(id="pn-ba", origin="pingnan"),
            {**cohort(id="open", trade="welder"), "site": None},
        ],
        priorities=[{"id": "poor", "left_behind": 1, "least_share": 0.5}],
        payers=[{"id": "bureau", "share": 1, "ceiling": 100}],
        planning={"by": "clock"} if clock else by_day(two_days_past_km=1),
        frozen=[
            {
                "id": "t1",
                "pool": "gg",
                "leaves": "2020-02-22 07:00",
                "stops": ["gangbei", "town"],
                "riders": [{"cohort": "gb-ba", "count": 3, "drop": "town"}],
            }
        ],
        rules={
            "seats": [{"id": "a", "cap": 0.5, "reserved_rows": 2, "staff": {"escort": 1}}],
            "stops": LOOSE,
            "crew": crew,
            "risk": {"stay_from": "high", "shut_from": "high", "apart": True},
            "budget": {"ceiling": 100},
            "priority": {"late_days": 1, "least_share": 0.5},
        },
    )


counts = st.one_of(st.integers(-3, 60), st.integers(), st.just(10**400))
names = st.sampled_from(["gb-ba", "pn-ba", "open", "strangers"])
trips = st.sampled_from(["t1", "t2", "t3"])
units = st.sampled_from(["gg/1", "gg/2", "gg/0", "gg/²", "gg/", "gz/1", "gg", ""])
places = st.sampled_from(
    ["guigang", "gangbei", "pingnan", "baoan", "chancheng", "town", "south", "moon"]
)
drivers = st.sampled_from(["A", "B"])
zones = st.sampled_from(
    [UTC, ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York"), timezone(-timedelta(hours=23))]
)
dates = st.one_of(st.dates(date(2020, 2, 20), date(2020, 2, 26)), st.dates())
moments = st.one_of(
    st.datetimes(datetime(2020, 2, 21), datetime(2020, 2, 25), timezones=zones),
    st.datetimes(timezones=zones),
)
amounts = st.one_of(
    st.floats(-100, 10000), st.floats(allow_nan=False, allow_infinity=False), st.just(0.0)
)


def some(item: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(item, max_size=most).map(tuple)


riders = st.builds(Riders, cohort=names, count=counts)
stops = st.builds(
    Stop,
    place=places,
    km=amounts,
    arrive=st.none() | moments,
    depart=st.none() | moments,
    board=some(riders, 2),
    alight=some(riders, 2),
)
a_trip = st.builds(
    Trip,
    id=trips,
    mode=st.sampled_from(["coach", "train", "carriage", "plane"]),
    role=st.sampled_from(["direct", "feeder", "trunk", "onward"]),
    service=st.sampled_from(["", "D1", "K1", "C1", "X9"]),
    carriages=st.dictionaries(st.sampled_from(["car", "coach-49", "moon"]), counts),
    pool=st.sampled_from(["gg", "gz"]),
    unit_type=st.sampled_from(["coach-49", "other", "car", "train", "jet"]),
    unit=units,
    day=dates,
    drivers=counts,
    days=counts,
    staff=st.dictionaries(st.sampled_from(["escort", "medic"]), counts),
    allowed=counts,
    status=st.sampled_from(Status),
    stops=some(stops, 6),
    driving=some(st.builds(Spell, driver=drivers, start=moments, end=moments), 4),
    km=amounts,
    cost=amounts,
)
parts = {"cohort": names, "count": counts, "parties": some(counts), "accessible": counts}
changes = st.fixed_dictionaries(
    {
        "by_day": st.booleans(),
        "people": counts,
        "moved": counts,
        "trips": some(a_trip),
        "itineraries": some(
            st.builds(
                Itinerary,
                trips=some(trips, 3),
                changes=some(places, 2),
                drop=st.just("") | places,
                site=st.sampled_from(["", "baoan", "chancheng", "moon"]),
                **parts,
            )
        ),
        "unserved": some(st.builds(Unserved, reason=st.just("x"), words=st.just("x"), **parts)),
        "duties": some(st.builds(Duty, unit=units, trips=some(trips), drivers=some(drivers))),
        "batches": some(
            st.builds(
                Batch, id=names, origin=places, trip=trips, people=counts, call=st.none() | moments
            )
        ),
        "value": st.builds(Value, **dict.fromkeys(Value.model_fields, amounts)),
        "certificate": st.builds(
            Certificate, bound=st.none() | amounts, gap=st.none() | amounts, how=st.just("x")
        ),
    }
)


@pytest.mark.parametrize("clock", [True, False], ids=["clock", "day"])
@pytest.mark.parametrize("crew", ["cn", "eu", "us", "none"])
@settings(max_examples=25, deadline=None)
@given(changes=changes)
def test_no_plan_is_too_strange(crew: str, clock: bool, changes: dict[str, Any]) -> None:
    """Unknown names, missing and impossible times, counts of any size: findings, no exception."""
    scenario = everything(crew, clock)
    plan = plan_of(scenario, [])
    strange = plan.model_copy(update=changes).with_travel(plan.travel)
    for finding in check(scenario, strange):
        assert finding.rule in RULES
        assert finding.words


@settings(max_examples=25, deadline=None)
@given(trip=a_trip, minutes=st.lists(st.integers(-10, 900), min_size=12, max_size=12))
def test_times_in_and_out_of_order(trip: Trip, minutes: list[int]) -> None:
    """Trips that have all their times, near the horizon, for the rules of the clock."""
    scenario = everything("cn", True)
    now, stops, driving = datetime(2020, 2, 22, tzinfo=scenario.zone), [], []
    steps = iter(minutes)
    for number, stop in enumerate(trip.stops):
        come = now + timedelta(minutes=next(steps))
        driving.append(Spell(driver="AB"[number % 2], start=now, end=come))
        now = come + timedelta(minutes=next(steps))
        stops.append(stop.model_copy(update={"arrive": come, "depart": now}))
    trip = trip.model_copy(update={"stops": tuple(stops), "driving": tuple(driving)})
    plan = plan_of(scenario, [])
    assert check(scenario, plan.model_copy(update={"trips": (trip,)}).with_travel(plan.travel))


def test_every_rule_can_be_found() -> None:
    """The scenario above is broken in every way by one coach of people who may not go."""
    scenario = everything("cn", True)
    trip = clock_trip(
        scenario,
        ("gangbei", "pingnan", "baoan"),
        {"gb-ba": 30, "pn-ba": 30},
        leave="2020-02-21 07:00",
        unit="gg/1",
        km=1,
    )
    again = trip.model_copy(update={"id": "t2", "unit": "gg/2"})
    found = rules_of(scenario, plan_of(scenario, [trip, again, again]))
    assert found >= set(RULES) - {
        *OF_SERVICES,
        "life",
        "minimum-load",
        "party",
        "priority",
        "stops",
    }


def test_local_times_without_an_offset_are_the_scenarios() -> None:
    """A plan built in Python may have them: they are read as local."""
    scenario = scenario_of()
    trip = clock_trip(scenario)

    def bare(part: Any, *names: str) -> Any:
        times = {n: getattr(part, n) and getattr(part, n).replace(tzinfo=None) for n in names}
        return part.model_copy(update=times)

    local = trip.model_copy(
        update={
            "stops": tuple(bare(stop, "arrive", "depart") for stop in trip.stops),
            "driving": tuple(bare(spell, "start", "end") for spell in trip.driving),
        }
    )
    plan = plan_of(scenario, [trip])
    assert rules_of(scenario, plan) == set()
    assert (
        rules_of(scenario, plan.model_copy(update={"trips": (local,)}).with_travel(plan.travel))
        == set()
    )


def test_times_in_any_zone_are_the_same_times() -> None:
    """07:00 in Shanghai is 23:00 UTC of the day before."""
    scenario = scenario_of()
    plan = plan_of(scenario, [clock_trip(scenario)])
    same = Plan.model_validate_json(plan.model_dump_json())

    def utc(stop: Stop) -> Stop:
        times = {"arrive": stop.arrive, "depart": stop.depart}
        return stop.model_copy(update={n: t and t.astimezone(UTC) for n, t in times.items()})

    trip = same.trips[0].model_copy(update={"stops": tuple(map(utc, same.trips[0].stops))})
    assert rules_of(scenario, same.with_travel(plan.travel)) == set()
    moved = same.model_copy(update={"trips": (trip,)}).with_travel(plan.travel)
    assert rules_of(scenario, moved) == set()
