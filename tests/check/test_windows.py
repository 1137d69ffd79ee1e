"""``windows``: ready, due, hours, days, and time enough for every leg and stop."""

from __future__ import annotations

from typing import Any

import pytest

from p2p_dispatch.scenario import Scenario
from tests.check.builders import (
    broken,
    by_day,
    clock_trip,
    day_trip,
    later,
    roads,
    scenario_of,
    with_stop,
    words_of,
)
from tests.tiny import baoan, chancheng, cohort, gangbei, guigang, pingnan

DAYS = {"first": "2020-02-22", "last": "2020-02-24"}


def of_cohort(planning: Any = None, **changes: Any) -> Scenario:
    """One cohort of 30 that differs."""
    plan = {"planning": planning} if planning else {}
    wide = {"ready": "2020-02-01", "due": "2020-03-31", **changes}
    return scenario_of(cohorts=[cohort(**wide)], **plan)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2020-02-21", {"windows"}),
        ("2020-02-22", set()),
        ("2020-02-24", set()),
        ("2020-02-25", {"windows"}),
    ],
)
def test_trips_leave_within_the_horizon(day: str, found: set[str]) -> None:
    """The first and the last day, and the days beside them."""
    scenario = of_cohort()
    assert broken(scenario, clock_trip(scenario, leave=f"{day} 07:00")) == found
    scenario = of_cohort(planning=by_day())
    assert broken(scenario, day_trip(scenario, day=day)) == found


def test_the_day_of_a_trip_is_when_it_leaves_its_first_boarding() -> None:
    """Boards from 23:50 on the 21st and leaves at 00:05 on the 22nd; ten minutes earlier not."""
    scenario = of_cohort()
    assert broken(scenario, clock_trip(scenario, leave="2020-02-21 23:40")) == set()
    assert broken(scenario, clock_trip(scenario, leave="2020-02-21 23:30")) == {"windows"}


@pytest.mark.parametrize(
    ("ready", "leave", "found"),
    [
        ("2020-02-22", "2020-02-21 23:50", set()),  # boards from 00:00
        ("2020-02-22", "2020-02-21 23:49", {"windows"}),
        ("2020-02-22 09:30", "2020-02-22 09:20", set()),
        ("2020-02-22 09:30", "2020-02-22 09:19", {"windows"}),
    ],
)
def test_boarding_begins_when_people_are_ready(ready: str, leave: str, found: set[str]) -> None:
    """Ten minutes from the depot to Gangbei, boarding from then on; a day begins at 00:00."""
    scenario = of_cohort(ready=ready)
    assert broken(scenario, clock_trip(scenario, leave=leave)) == found


@pytest.mark.parametrize(
    ("due", "found"),
    [
        ("2020-02-22 14:05", set()),
        ("2020-02-22 14:04", {"windows"}),
        ("2020-02-22", set()),
        ("2020-02-21", {"windows"}),
    ],
)
def test_people_arrive_when_they_are_due(due: str, found: set[str]) -> None:
    """07:00 + 10 + 15 + 400 min = 14:05; getting off takes until 14:20 and does not count."""
    scenario = of_cohort(due=due)
    assert broken(scenario, clock_trip(scenario)) == found


def test_a_day_ends_at_24() -> None:
    """16:55 + 425 min = 24:00, and a minute later."""
    scenario = of_cohort(due="2020-02-22")
    assert broken(scenario, clock_trip(scenario, leave="2020-02-22 16:55")) == set()
    assert broken(scenario, clock_trip(scenario, leave="2020-02-22 16:56")) == {"windows"}


@pytest.mark.parametrize(
    ("window", "found"),
    [
        ({"ready": "2020-02-23"}, set()),
        ({"ready": "2020-02-23 18:00"}, set()),
        ({"ready": "2020-02-24"}, {"windows"}),
        ({"due": "2020-02-23"}, set()),
        ({"due": "2020-02-23 06:00"}, set()),
        ({"due": "2020-02-22"}, {"windows"}),
    ],
)
def test_by_the_day_only_days_count(window: dict[str, str], found: set[str]) -> None:
    """On the 23rd, whatever the hour."""
    scenario = of_cohort(planning=by_day(), **window)
    assert broken(scenario, day_trip(scenario, day="2020-02-23")) == found


def test_boarding_is_within_the_hours_of_the_origin() -> None:
    """At Gangbei from 07:10 to 07:25."""
    for opens, closes, found in [
        ("07:10", "07:25", set()),
        ("07:11", "07:25", {"windows"}),
        ("07:10", "07:24", {"windows"}),
    ]:
        hours = {"opens": opens, "closes": closes}
        scenario = scenario_of(origins=[gangbei(hours=hours), pingnan()])
        assert broken(scenario, clock_trip(scenario)) == found


def test_people_wait_for_the_gate_to_open() -> None:
    """
    The coach comes at 14:05 and leaves at 15:15; the gate opens at 15:00, or a minute too late.

    They arrive when it opens: due at 15:00 they are in time, due at 14:59 they are not.
    """
    for opens, due, found in [
        ("15:00", "15:00", set()),
        ("15:01", "15:01", {"windows"}),
        ("15:00", "14:59", {"windows"}),
    ]:
        gate = baoan(hours={"opens": opens, "closes": "20:00"})
        cohorts = [cohort(due=f"2020-02-22 {due}")]
        scenario = scenario_of(sites=[gate, chancheng()], cohorts=cohorts)
        trip = clock_trip(scenario, stand={"baoan": 70})
        assert broken(scenario, trip) == found


def test_who_comes_too_late_to_be_done_waits_for_the_next_day() -> None:
    """14:05 to 14:20 where the gate closes at 14:20; at 14:19 they get off from 08:00 next day."""
    for closes, stand, found in [
        ("14:20", 15, set()),
        ("14:19", 15, {"windows"}),
        ("14:19", 1090, set()),  # from 14:05 to 08:15 are 18 h 10 min
        ("14:19", 1089, {"windows"}),
    ]:
        gate = baoan(hours={"opens": "08:00", "closes": closes})
        rules = {"crew": "none", "stops": {"longest_ride_hours": 48}}
        scenario = scenario_of(sites=[gate, chancheng()], rules=rules)
        assert broken(scenario, clock_trip(scenario, stand={"baoan": stand})) == found


def test_a_gate_that_is_too_narrow_is_never_open() -> None:
    """Fifteen minutes are needed and there, or only fourteen."""
    for closes, found in [("14:20", set()), ("14:19", {"windows"})]:
        gate = baoan(hours={"opens": "14:05", "closes": closes})
        scenario = scenario_of(sites=[gate, chancheng()])
        assert broken(scenario, clock_trip(scenario)) == found


@pytest.mark.parametrize("where", ["gangbei", "baoan"])
def test_nobody_boards_or_gets_off_on_a_closed_day(where: str) -> None:
    """The trip is on the 22nd; the depot may be closed, nobody boards there."""
    for day, found in [("2020-02-22", {"windows"}), ("2020-02-23", set())]:
        closed = {"closed_on": [day]}
        places: dict[str, Any] = {
            "origins": [gangbei(**closed if where == "gangbei" else {}), pingnan()],
            "sites": [baoan(**closed if where == "baoan" else {}), chancheng()],
            "depots": [guigang(closed_on=["2020-02-22"])],
        }
        scenario = scenario_of(**places)
        assert broken(scenario, clock_trip(scenario)) == found
        scenario = scenario_of(**places, planning=by_day())
        assert broken(scenario, day_trip(scenario)) == found


def test_a_stop_over_midnight_is_on_both_days() -> None:
    """Boarding from 23:50 to 00:05: neither day may be closed, the day after may."""
    for day, found in [
        ("2020-02-21", {"windows"}),
        ("2020-02-22", {"windows"}),
        ("2020-02-23", set()),
    ]:
        origins = [gangbei(closed_on=[day]), pingnan()]
        scenario = scenario_of(origins=origins, cohorts=[cohort(ready="2020-02-21")])
        assert broken(scenario, clock_trip(scenario, leave="2020-02-21 23:40")) == found


def test_boarding_waits_for_the_coach() -> None:
    """Fifteen minutes at Gangbei, or fourteen."""
    scenario = scenario_of()
    assert broken(scenario, clock_trip(scenario, stand={"gangbei": 15})) == set()
    assert broken(scenario, clock_trip(scenario, stand={"gangbei": 14})) == {"windows"}


def test_getting_off_takes_its_time() -> None:
    """Fifteen minutes at Bao'an, or fourteen."""
    scenario = scenario_of()
    assert broken(scenario, clock_trip(scenario, stand={"baoan": 15})) == set()
    assert broken(scenario, clock_trip(scenario, stand={"baoan": 14})) == {"windows"}


def test_a_leg_takes_as_long_as_the_road() -> None:
    """400 min to Bao'an: driven in 400 or more, not in 399."""
    scenario = scenario_of()
    for minutes, found in [(400, set()), (401, set()), (399, {"windows"})]:
        assert broken(scenario, clock_trip(scenario, legs={1: [("A", minutes)]})) == found


def test_every_leg_has_a_road() -> None:
    """Without the road from the gate back to the depot there is no trip, by clock or day."""
    there, gone = roads(), roads(guigang_baoan=None)
    for planning in [{}, {"planning": by_day()}]:
        scenario = scenario_of(roads=there, **planning)
        trip = day_trip(scenario) if planning else clock_trip(scenario)
        assert broken(scenario, trip) == set()
        assert broken(scenario_of(roads=gone, **planning), trip) == {"windows"}


def test_nothing_runs_backwards() -> None:
    """Leaves Gangbei at 07:25 after coming at 07:10; coming at 07:26 it could not."""
    scenario = scenario_of()
    trip = clock_trip(scenario, stand={"gangbei": 30})
    assert broken(scenario, trip) == set()
    come, go = trip.stops[1].arrive, trip.stops[1].depart
    swapped = with_stop(trip, 1, arrive=go, depart=come)
    assert "windows" in broken(scenario, swapped)
    assert "before it comes" in words_of(scenario, swapped)


def test_every_stop_has_its_times() -> None:
    """The depot has one, the others two; each that is taken away is missed."""
    scenario = scenario_of()
    trip = clock_trip(scenario)
    assert broken(scenario, trip) == set()
    for stop, name in [(0, "depart"), (1, "arrive"), (2, "depart"), (3, "arrive")]:
        assert broken(scenario, with_stop(trip, stop, **{name: None})) == {"windows"}


def test_a_change_of_the_clocks_is_an_hour_on_the_road() -> None:
    """
    On 29 March 2020 the clocks of Berlin go from 02:00 to 03:00.

    A trip from 23:00 is at Bao'an 425 min later, at 07:05 by the clock. One written down by the
    clock, 06:05, would have 340 min for a road of 400.
    """
    scenario = scenario_of(
        time_zone="Europe/Berlin",
        days={"first": "2020-03-28", "last": "2020-03-28"},
        cohorts=[cohort(ready="2020-03-28", due="2020-03-29 07:05")],
    )
    trip = clock_trip(scenario, leave="2020-03-28 23:00")
    arrive = trip.stops[2].arrive
    assert arrive
    assert f"{arrive:%d %H:%M}" == "29 07:05"
    assert broken(scenario, trip) == set()
    by_the_clock = later(clock_trip(scenario, leave="2020-03-27 23:00"), 24 * 60)
    assert "windows" in broken(scenario, by_the_clock)
