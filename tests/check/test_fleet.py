"""``fleet``: units start and end at home, one trip at a time, no more than there are."""

from __future__ import annotations

from typing import Any

import pytest

from p2p_dispatch.plan.model import Duty, Trip
from p2p_dispatch.scenario import Scenario
from tests.check.builders import (
    broken,
    by_day,
    clock_trip,
    day_trip,
    plan_of,
    roads,
    scenario_of,
    with_stop,
)
from tests.tiny import guigang, pool, unit_type

FIVE = {"gb-ba": 5}


@pytest.mark.parametrize("planning", [{}, {"planning": by_day()}], ids=["clock", "day"])
def test_a_trip_is_at_home_in_its_pool(planning: Any) -> None:
    """Pool, type, unit and both ends as the scenario has them; each on its own may be wrong."""
    types = [unit_type(), unit_type(id="coach-50")]
    scenario = scenario_of(unit_types=types, **planning)
    trip = (day_trip if planning else clock_trip)(scenario)
    assert broken(scenario, trip) == set()
    for wrong in [
        {"pool": "gz"},
        {"unit_type": "coach-50"},
        {"unit": "gg"},
        {"unit": "gg/0"},
        {"unit": "gg/01"},
        {"unit": "gz/1"},
        {"unit": "gg/one"},
    ]:
        assert broken(scenario, trip.model_copy(update=wrong)) == {"fleet"}
    assert "fleet" in broken(scenario, with_stop(trip, 0, place="gangbei"))
    assert "fleet" in broken(scenario, with_stop(trip, -1, place="baoan"))
    assert "fleet" in broken(scenario, trip.model_copy(update={"stops": trip.stops[:-1]}))


@pytest.mark.parametrize("planning", [{}, {"planning": by_day()}], ids=["clock", "day"])
def test_a_depot_serves_its_origins(planning: Any) -> None:
    """Gangbei is served, or only Pingnan is, or everything is."""
    for serves, found in [(["gangbei"], set()), (["pingnan"], {"fleet"}), (None, set())]:
        scenario = scenario_of(depots=[guigang(serves=serves)], **planning)
        trip = (day_trip if planning else clock_trip)(scenario)
        assert broken(scenario, trip) == found


def two(scenario: Scenario, leave: str, unit: str = "gg/1") -> tuple[Trip, Trip]:
    """A trip from 07:00 to 21:00, and another."""
    first = clock_trip(scenario, loads=FIVE)
    return first, clock_trip(scenario, loads=FIVE, leave=leave, unit=unit, driver="B", id="t2")


@pytest.mark.parametrize(
    ("leave", "found"), [("2020-02-22 22:00", set()), ("2020-02-22 21:59", {"fleet"})]
)
def test_a_unit_stays_at_its_depot_between_trips(leave: str, found: set[str]) -> None:
    """Back at 21:00, an hour's turnaround."""
    scenario = scenario_of()
    assert broken(scenario, *two(scenario, leave)) == found
    assert broken(scenario, *two(scenario, leave, "gg/2")) == set()


@pytest.mark.parametrize(
    ("units", "leave", "found"),
    [
        (2, "2020-02-22 07:00", set()),
        (1, "2020-02-22 07:00", {"fleet"}),
        (1, "2020-02-23 00:00", set()),
        # out until 21:00 with the one and from 23:50 with the other: two on the 22nd
        (1, "2020-02-22 23:50", {"fleet"}),
    ],
)
def test_a_unit_counts_once_on_each_day_it_is_out(units: int, leave: str, found: set[str]) -> None:
    scenario = scenario_of(pools=[pool(units=units)])
    assert broken(scenario, *two(scenario, leave, "gg/2")) == found


def test_one_unit_twice_a_day_is_one_unit() -> None:
    """Roads of 100 min to the gate: 07:00 to 11:00, and again from 12:00."""
    short = roads(gangbei_baoan=(500, 100), guigang_baoan=(500, 100))
    scenario = scenario_of(pools=[pool(units=1)], roads=short)
    assert broken(scenario, *two(scenario, "2020-02-22 12:00")) == set()


@pytest.mark.parametrize(("leave", "found"), [("10:00", set()), ("10:01", {"fleet"})])
def test_back_at_midnight_is_not_out_on_the_next_day(leave: str, found: set[str]) -> None:
    """10:00 + 14 h is 24:00; on the 23rd the pool has nothing, not even for a minute."""
    scenario = scenario_of(pools=[pool(on={"2020-02-23": 0})])
    assert broken(scenario, clock_trip(scenario, leave=f"2020-02-22 {leave}")) == found


def test_by_the_clock_days_past_the_horizon_count() -> None:
    """Out on the 24th, the last day, until the 25th, on which there are units or none."""
    for units, found in [(1, set()), (0, {"fleet"})]:
        scenario = scenario_of(pools=[pool(on={"2020-02-25": units})])
        assert broken(scenario, clock_trip(scenario, leave="2020-02-24 12:00")) == found
        scenario = scenario_of(
            pools=[pool(on={"2020-02-25": units})], planning=by_day(two_days_past_km=1)
        )
        assert broken(scenario, day_trip(scenario, day="2020-02-24", days=2)) == set()


@pytest.mark.parametrize(
    ("past", "second", "found"),
    [
        (500, "2020-02-23", set()),
        (499.9, "2020-02-23", {"fleet"}),
        (499.9, "2020-02-24", set()),
        (None, "2020-02-23", set()),
        (500, "2020-02-22", {"fleet"}),
    ],
)
def test_by_the_day_a_unit_is_held_one_day_or_two(
    past: float | None, second: str, found: set[str]
) -> None:
    """500 loaded km: two days where that is past the limit."""
    scenario = scenario_of(planning=by_day(two_days_past_km=past))
    days = 2 if past == 499.9 else 1
    trips = [
        day_trip(scenario, loads=FIVE, days=days),
        day_trip(scenario, loads=FIVE, days=days, day=second, id="t2"),
    ]
    assert broken(scenario, *trips) == found


@pytest.mark.parametrize(("units", "found"), [(2, set()), (1, {"fleet"})])
def test_by_the_day_units_are_counted_on_every_day_they_are_held(
    units: int, found: set[str]
) -> None:
    """The one is held on the 22nd and 23rd, the other on the 23rd and 24th."""
    on = {"2020-02-23": units}
    scenario = scenario_of(pools=[pool(units=1, on=on)], planning=by_day(two_days_past_km=1))
    trips = [
        day_trip(scenario, loads=FIVE, days=2),
        day_trip(scenario, loads=FIVE, days=2, day="2020-02-23", unit="gg/2", id="t2"),
    ]
    assert broken(scenario, *trips) == found


def test_duties_list_the_trips_of_each_unit_in_order_of_time() -> None:
    """t1 on the 22nd, t2 on the 23rd, both by gg/1: in that order, once, with both drivers."""
    scenario = scenario_of()
    trips = two(scenario, "2020-02-23 07:00")

    def duty(*names: str, unit: str = "gg/1", drivers: tuple[str, ...] = ("A", "B")) -> Duty:
        return Duty(unit=unit, trips=names, drivers=drivers)

    assert plan_of(scenario, trips).duties == (duty("t1", "t2"),)
    for duties, found in [
        ((duty("t1", "t2"),), set()),
        ((duty("t1", "t2", drivers=("A", "B", "C")),), set()),
        ((duty("t2", "t1"),), {"fleet"}),
        ((duty("t1"),), {"fleet"}),
        ((duty("t1", "t2", "t3"),), {"fleet"}),
        ((duty("t1"), duty("t2")), {"fleet"}),
        ((duty("t1", "t2"), duty("t1", unit="gg/2")), {"fleet"}),
        ((duty("t1", "t2", unit="gg/2"),), {"fleet"}),
        ((duty("t1", "t2", drivers=("A",)),), {"fleet"}),
        ((), {"fleet"}),
    ]:
        assert broken(scenario, *trips, duties=duties) == found


def test_by_the_day_duties_need_no_drivers() -> None:
    scenario = scenario_of(planning=by_day())
    trips = [
        day_trip(scenario, loads=FIVE),
        day_trip(scenario, loads=FIVE, day="2020-02-23", id="t2"),
    ]
    for names, found in [(("t1", "t2"), set()), (("t2", "t1"), {"fleet"})]:
        duties = (Duty(unit="gg/1", trips=names, drivers=()),)
        assert broken(scenario, *trips, duties=duties) == found
