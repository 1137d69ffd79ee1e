"""``stops``: few stops, each used, none twice; no long detour and no long ride."""

from __future__ import annotations

from typing import Any

import pytest

from p2p_dispatch.scenario import Scenario
from tests.check.builders import (
    FREE,
    LOOSE,
    MATRIX,
    broken,
    by_day,
    clock_trip,
    day_trip,
    roads,
    scenario_of,
    with_stop,
)
from tests.tiny import cohort

BOTH = ("gangbei", "pingnan", "baoan")
"""Gangbei by way of Pingnan to Bao'an: 90 + 420 = 510 km, where 500 is direct."""

LOADS = {"gb-ba": 10, "pn-ba": 10}


def ruled(roads: dict[str, Any] = MATRIX, planning: Any = None, **limits: Any) -> Scenario:
    plan = {"planning": planning} if planning else {}
    return scenario_of(roads=roads, rules={"stops": {**LOOSE, **limits}, "crew": FREE}, **plan)


def test_pick_ups_are_counted() -> None:
    """Two pick-ups where two are the most, and where one is."""
    for most, found in [(2, set()), (1, {"stops"})]:
        scenario = ruled(most_pickups=most)
        assert broken(scenario, clock_trip(scenario, BOTH, LOADS)) == found
        scenario = ruled(planning=by_day(), most_pickups=most)
        assert broken(scenario, day_trip(scenario, BOTH, LOADS)) == found


def test_drops_are_counted() -> None:
    """Chancheng and Bao'an where two are the most, and where one is."""
    via, loads = ("gangbei", "chancheng", "baoan"), {"gb-ba": 10, "gb-cc": 10}
    cohorts = [cohort(), cohort(id="gb-cc", site="chancheng")]
    for most, found in [(2, set()), (1, {"stops"})]:
        rules = {"stops": {"most_drops": most}, "crew": FREE}
        scenario = scenario_of(cohorts=cohorts, rules=rules)
        assert broken(scenario, clock_trip(scenario, via, loads)) == found
        scenario = scenario_of(cohorts=cohorts, rules=rules, planning=by_day())
        assert broken(scenario, day_trip(scenario, via, loads)) == found


def test_every_stop_is_used() -> None:
    """Past Pingnan with its people, and past Pingnan for nothing."""
    for loads, found in [(LOADS, set()), ({"gb-ba": 20}, {"stops"})]:
        scenario = ruled()
        assert broken(scenario, clock_trip(scenario, BOTH, loads)) == found
        scenario = ruled(planning=by_day())
        assert broken(scenario, day_trip(scenario, BOTH, loads)) == found


def test_no_place_is_visited_twice() -> None:
    """Pingnan is enough once; the second time nobody new is there either."""
    scenario = ruled(detour_km=1000)
    trip = clock_trip(scenario, ("pingnan", "gangbei", "pingnan", "baoan"), LOADS)
    half = tuple(r.model_copy(update={"count": 5}) for r in trip.stops[1].board)
    trip = with_stop(with_stop(trip, 1, board=half), 3, board=half)
    assert "stops" in broken(scenario, trip)
    assert broken(scenario, clock_trip(scenario, BOTH, LOADS)) == set()


@pytest.mark.parametrize(("extra", "found"), [(0.0, set()), (0.1, {"stops"})])
def test_the_road_on_board_against_the_direct_road(extra: float, found: set[str]) -> None:
    """1.25 x 500 + 40 = 665 = 90 + 575 for those of Gangbei, those of Pingnan ride direct."""
    table = roads(pingnan_baoan=(575 + extra, 330))
    limits = {"detour_factor": 1.25, "detour_km": 40}
    scenario = ruled(table, **limits)
    assert broken(scenario, clock_trip(scenario, BOTH, LOADS)) == found
    scenario = ruled(table, planning=by_day(), **limits)
    assert broken(scenario, day_trip(scenario, BOTH, LOADS)) == found


def test_by_the_clock_each_person_counts_and_by_the_day_the_whole_trip() -> None:
    """
    Gangbei, Pingnan, Chancheng, Bao'an: 90 + 320 + 120 = 530 km, nobody rides all of it.

    From Gangbei to Chancheng 410 km where 400 is direct, from Pingnan to Bao'an 440 where 420 is:
    5 % more is enough by the clock. The trip is 530 where 500 is direct: 6 %.
    """
    cohorts = [cohort(id="gb-cc", site="chancheng"), cohort(id="pn-ba", origin="pingnan")]
    via, loads = ("gangbei", "pingnan", "chancheng", "baoan"), {"gb-cc": 10, "pn-ba": 10}
    rules = {"stops": {"detour_factor": 1.05, "detour_km": 0}, "crew": FREE}
    scenario = scenario_of(cohorts=cohorts, rules=rules)
    assert broken(scenario, clock_trip(scenario, via, loads)) == set()
    scenario = scenario_of(cohorts=cohorts, rules=rules, planning=by_day())
    assert broken(scenario, day_trip(scenario, via, loads)) == {"stops"}
    rules = {"stops": {"detour_factor": 1.06, "detour_km": 0}, "crew": FREE}
    scenario = scenario_of(cohorts=cohorts, rules=rules, planning=by_day())
    assert broken(scenario, day_trip(scenario, via, loads)) == set()


def test_without_a_direct_road_only_the_allowance_is_left() -> None:
    """No road from Gangbei to Bao'an but the 510 km over Pingnan."""
    for allowance, found in [(510, set()), (509, {"stops"})]:
        scenario = ruled(roads(gangbei_baoan=None), detour_km=allowance)
        assert broken(scenario, clock_trip(scenario, BOTH, LOADS)) == found


@pytest.mark.parametrize(("minutes", "found"), [(400, set()), (401, {"stops"})])
def test_by_the_clock_the_ride_is_from_leaving_to_arriving(minutes: int, found: set[str]) -> None:
    """400 min on the road and 6 h 40 min allowed: boarding and getting off do not count."""
    scenario = ruled(roads(gangbei_baoan=(500, minutes)), longest_ride_hours=400 / 60)
    assert broken(scenario, clock_trip(scenario)) == found


@pytest.mark.parametrize(("stand", "found"), [(15, set()), (16, {"stops"})])
def test_standing_on_the_way_is_riding(stand: float, found: set[str]) -> None:
    """80 + 15 + 330 = 425 min from Gangbei; a minute more at Pingnan is a minute more."""
    scenario = ruled(longest_ride_hours=425 / 60)
    trip = clock_trip(scenario, BOTH, LOADS, stand={"pingnan": stand})
    assert broken(scenario, trip) == found


@pytest.mark.parametrize(("minutes", "found"), [(330, set()), (331, {"stops"})])
def test_by_the_day_the_ride_has_the_standing_at_every_stop(minutes: int, found: set[str]) -> None:
    """80 + 330 min driving and three stops of 10: 440 min."""
    table = roads(pingnan_baoan=(420, minutes))
    scenario = ruled(table, planning=by_day(stop_minutes=10), longest_ride_hours=440 / 60)
    assert broken(scenario, day_trip(scenario, BOTH, LOADS)) == found
