"""``crew``: who is at the wheel, how many they are, and when nobody may be."""

from __future__ import annotations

from typing import Any

import pytest

from p2p_dispatch.plan.model import Spell, Trip
from p2p_dispatch.scenario import Scenario
from tests.check.builders import (
    FREE,
    LOOSE,
    MATRIX,
    Driving,
    broken,
    by_day,
    clock_trip,
    day_trip,
    roads,
    scenario_of,
)
from tests.tiny import cohort

FIVE = {"gb-ba": 5}


def crewed(roads: dict[str, Any] = MATRIX, **limits: Any) -> Scenario:
    """No limits on driving but these."""
    return scenario_of(roads=roads, rules={"crew": {**FREE, **limits}, "stops": LOOSE})


def with_spell(trip: Trip, number: int, **changes: Any) -> Trip:
    """The trip with one of its spells changed."""
    driving = list(trip.driving)
    driving[number] = driving[number].model_copy(update=changes)
    return trip.model_copy(update={"driving": tuple(driving)})


def test_spells_lie_within_legs() -> None:
    """
    From leaving Gangbei at 07:25 for 400 min until 14:05.

    On a leg of 401 min they may begin a minute later; not one before the coach leaves, nor end one
    after it comes.
    """
    scenario = crewed()
    legs: list[Driving] = [[1, ("A", 400)], [("A", 400), 1]]
    for leg in legs:
        assert broken(scenario, clock_trip(scenario, legs={1: leg})) == set()
    trip = clock_trip(scenario)
    start, end = trip.driving[1].start, trip.driving[1].end
    for change in [{"start": trip.stops[1].arrive}, {"end": trip.stops[2].depart}]:
        assert broken(scenario, with_spell(trip, 1, **change)) == {"crew"}
    assert "crew" in broken(scenario, with_spell(trip, 1, start=end, end=start))


def test_somebody_drives_as_long_as_the_road_takes() -> None:
    """The leg to Bao'an is 400 min of road: 400 at the wheel and a minute's rest, or 399."""
    scenario = crewed()
    legs: list[tuple[Driving, set[str]]] = [
        ([("A", 200), 1, ("A", 200)], set()),
        ([("A", 200), 1, ("A", 199)], {"crew"}),
        ([400], {"crew"}),
    ]
    for parts, found in legs:
        assert broken(scenario, clock_trip(scenario, legs={1: parts})) == found


def test_one_driver_at_a_wheel_at_a_time() -> None:
    """A until 200 min into the leg, then B; B a minute early is one too many."""
    scenario = crewed()
    trip = clock_trip(scenario, legs={1: [("A", 200), ("B", 200)]})
    assert broken(scenario, trip) == set()
    spell = trip.driving[2]
    early = spell.start - (spell.end - spell.start) / 200
    assert broken(scenario, with_spell(trip, 2, start=early)) == {"crew"}


def test_nobody_is_on_two_coaches_at_once() -> None:
    """Back at 21:00, out with the other coach at 21:00, or at 20:59 though at no wheel then."""
    scenario = crewed()
    first = clock_trip(scenario, loads=FIVE, legs={2: [("A", 395), ("B", 5)]})
    for leave, found in [("21:00", set()), ("20:59", {"crew"})]:
        leave = f"2020-02-22 {leave}"
        second = clock_trip(scenario, loads=FIVE, leave=leave, unit="gg/2", id="t2")
        assert broken(scenario, first, second) == found


def test_drivers_are_as_many_as_are_named_and_as_the_coach_carries() -> None:
    """Two names at the wheel: two drivers it is; three where three are the most."""
    for named, drivers, most, found in [
        (1, 1, 2, set()),
        (1, 0, 2, {"crew"}),
        (2, 2, 2, set()),
        (2, 1, 2, {"crew"}),
        (1, 2, 2, set()),
        (1, 3, 2, {"crew"}),
        (1, 3, 3, set()),
    ]:
        scenario = crewed(most_drivers=most)
        legs = {1: [("A", 200), ("B", 200)]} if named == 2 else {}
        assert broken(scenario, clock_trip(scenario, legs=legs, drivers=drivers)) == found


@pytest.mark.parametrize(
    ("km", "drivers", "found"), [(600, 1, set()), (600.1, 1, {"crew"}), (600.1, 2, set())]
)
def test_two_drivers_past_so_many_loaded_km(km: float, drivers: int, found: set[str]) -> None:
    """The switch of the 2012 text at 600 km; the empty way home, also 600.1 km, does not count."""
    table = roads(gangbei_baoan=(km, 400), guigang_baoan=(600.1, 400))
    scenario = crewed(table, two_drivers_past_km=600)
    assert broken(scenario, clock_trip(scenario, drivers=drivers)) == found


BAN = {"starts": "02:00", "ends": "05:00", "exempt_km": 100}


def night_trip(scenario: Scenario, leave: str, home: str) -> Trip:
    """Leaves the depot, is at Gangbei 10 min later, 15 there, 120 to the gate; home at ``home``."""
    hours, minutes = (int(part) for part in home.split(":"))
    out = int(leave[-5:-3]) * 60 + int(leave[-2:]) - 24 * 60 * (leave[8:10] == "21") + 145
    return clock_trip(scenario, leave=leave, stand={"baoan": hours * 60 + minutes - out})


@pytest.mark.parametrize(
    ("km", "leave", "home", "found"),
    [
        (500, "2020-02-21 23:35", "05:00", set()),  # at the gate at 02:00
        (500, "2020-02-21 23:36", "05:00", {"crew"}),
        (500, "2020-02-21 23:35", "04:59", {"crew"}),  # empty legs included
        (100, "2020-02-21 23:36", "04:59", set()),  # exempt
        (100.1, "2020-02-21 23:36", "05:00", {"crew"}),
    ],
)
def test_nobody_drives_in_the_hours_of_the_ban(
    km: float, leave: str, home: str, found: set[str]
) -> None:
    """02:00 to 05:00, loaded ways of up to 100 km exempt."""
    scenario = scenario_of(
        roads=roads(gangbei_baoan=(km, 120)),
        cohorts=[cohort(ready="2020-02-21")],
        rules={"crew": {**FREE, "ban": BAN}, "stops": LOOSE},
    )
    assert broken(scenario, night_trip(scenario, leave, home)) == found


@pytest.mark.parametrize(
    ("minutes", "drivers", "found"),
    [(400, 1, set()), (401, 1, {"crew"}), (401, 2, set()), (400, 0, {"crew"})],
)
def test_by_the_day_a_second_driver_past_so_many_hours(
    minutes: float, drivers: int, found: set[str]
) -> None:
    """10 min to Gangbei and 400 to the last drop are 6 h 50 min; the way home does not count."""
    scenario = scenario_of(
        roads=roads(gangbei_baoan=(500, minutes)),
        planning=by_day(second_driver_past_hours=410 / 60),
    )
    assert broken(scenario, day_trip(scenario, drivers=drivers)) == found


def test_by_the_day_one_driver_is_enough_where_no_hours_are_given() -> None:
    scenario = scenario_of(planning=by_day())
    assert broken(scenario, day_trip(scenario, drivers=1)) == set()
    assert broken(scenario, day_trip(scenario, drivers=0)) == {"crew"}


def test_one_driver_at_one_wheel_anywhere() -> None:
    """Two coaches from 07:00; the same name in both is two people too few."""
    scenario = crewed()
    first = clock_trip(scenario, loads=FIVE)
    for driver, found in [("B", set()), ("A", {"crew"})]:
        second = clock_trip(scenario, loads=FIVE, unit="gg/2", id="t2", driver=driver)
        assert broken(scenario, first, second) == found


def test_a_spell_without_a_length_is_nothing() -> None:
    scenario = crewed()
    trip = clock_trip(scenario)
    start = trip.driving[0].start
    nothing = Spell(driver="A", start=start, end=start)
    assert broken(scenario, trip.model_copy(update={"driving": (nothing, *trip.driving)})) == set()
