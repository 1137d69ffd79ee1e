"""``medical``, ``intake`` and ``party``: what people share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from p2p_dispatch.plan.model import Itinerary, Trip, Unserved
from p2p_dispatch.scenario import Scenario
from tests.check.builders import FREE, TOWN, broken, by_day, clock_trip, day_trip, scenario_of
from tests.tiny import baoan, chancheng, cohort, gangbei, pingnan

Make = Callable[[Scenario, str, dict[str, int], dict[str, Any]], Trip]


def on_clock(scenario: Scenario, day: str, loads: dict[str, int], more: dict[str, Any]) -> Trip:
    return clock_trip(scenario, loads=loads, leave=f"{day} 07:00", driver=more["unit"], **more)


def on_day(scenario: Scenario, day: str, loads: dict[str, int], more: dict[str, Any]) -> Trip:
    return day_trip(scenario, loads=loads, day=day, **more)


BOTH_WAYS = pytest.mark.parametrize(
    ("planning", "make"), [({}, on_clock), ({"planning": by_day()}, on_day)], ids=["clock", "day"]
)
FIRST: dict[str, Any] = {"unit": "gg/1", "id": "t1"}
SECOND: dict[str, Any] = {"unit": "gg/2", "id": "t2"}


@BOTH_WAYS
def test_an_origin_checks_so_many_a_day(planning: Any, make: Make) -> None:
    """20 a day but 10 on the 23rd; two coaches take 12 + 8, or 12 + 9, or 8 of them next day."""
    checks = {"usual": 20, "on": {"2020-02-23": 8}}
    origins = [gangbei(medical_per_day=checks), pingnan(medical_per_day=0)]
    scenario = scenario_of(origins=origins, **planning)
    first = make(scenario, "2020-02-22", {"gb-ba": 12}, FIRST)
    for day, people, found in [
        ("2020-02-22", 8, set()),
        ("2020-02-22", 9, {"medical"}),
        ("2020-02-23", 8, set()),
        ("2020-02-23", 9, {"medical"}),
        ("2020-02-24", 18, set()),
    ]:
        second = make(scenario, day, {"gb-ba": people}, SECOND)
        assert broken(scenario, first, second) == found


def test_by_the_clock_the_check_is_on_the_day_the_coach_leaves_the_stop() -> None:
    """23:50 to 00:05 at Gangbei: the 22nd, which checks 30, not the 21st, which checks none."""
    for limits, found in [
        ({"2020-02-21": 0, "2020-02-22": 30}, set()),
        ({"2020-02-21": 30, "2020-02-22": 29}, {"medical"}),
    ]:
        origins = [gangbei(medical_per_day={"on": limits}), pingnan()]
        scenario = scenario_of(origins=origins, cohorts=[cohort(ready="2020-02-21")])
        assert broken(scenario, clock_trip(scenario, leave="2020-02-21 23:40")) == found


@BOTH_WAYS
def test_a_site_takes_so_many_a_day(planning: Any, make: Make) -> None:
    """20 a day at Bao'an but 8 on the 23rd, for people of all origins."""
    intake = {"usual": 20, "on": {"2020-02-23": 8}}
    sites = [baoan(intake_per_day=intake), chancheng(intake_per_day=0)]
    scenario = scenario_of(sites=sites, **planning)
    first = make(scenario, "2020-02-22", {"gb-ba": 12}, FIRST)
    via: dict[str, Any] = {"via": ("pingnan", "baoan")}
    for day, people, found in [
        ("2020-02-22", 8, set()),
        ("2020-02-22", 9, {"intake"}),
        ("2020-02-23", 8, set()),
        ("2020-02-23", 9, {"intake"}),
        ("2020-02-24", 20, set()),
    ]:
        second = make(scenario, day, {"pn-ba": people}, {**SECOND, **via})
        assert broken(scenario, first, second) == found


def test_the_gate_and_the_hubs_of_a_site_count_together() -> None:
    """10 at the gate and 10 at the town, where Bao'an takes 20, or 19; at 5 a head onwards."""
    for takes, found in [(20, set()), (19, {"intake"})]:
        sites = [baoan(intake_per_day=takes, handover={"town": 5}), chancheng()]
        scenario = scenario_of(sites=sites, hubs=[TOWN])
        first = clock_trip(scenario, loads={"gb-ba": 10})
        second = clock_trip(
            scenario,
            ("pingnan", "town"),
            {"pn-ba": 10},
            to={"pn-ba": "town"},
            driver="B",
            **SECOND,
        )
        assert broken(scenario, first, second) == found


def test_by_the_clock_intake_is_on_the_day_of_arrival() -> None:
    """17:00 + 425 min is five minutes past midnight: the 23rd takes 30, or 29."""
    for limits, found in [
        ({"2020-02-22": 0, "2020-02-23": 30}, set()),
        ({"2020-02-22": 30, "2020-02-23": 29}, {"intake"}),
    ]:
        scenario = scenario_of(sites=[baoan(intake_per_day={"on": limits}), chancheng()])
        assert broken(scenario, clock_trip(scenario, leave="2020-02-22 17:00")) == found


def itinerary(count: int, *parties: int) -> Itinerary:
    return Itinerary(cohort="gb-ba", count=count, parties=parties, trips=("t1",))


def behind(count: int, *parties: int) -> Unserved:
    return Unserved(cohort="gb-ba", count=count, parties=parties, reason="fleet", words="no coach")


@pytest.mark.parametrize("planning", [{}, {"planning": by_day()}], ids=["clock", "day"])
def test_parties_stay_together(planning: Any) -> None:
    """Of 30 people 4 + 3 are parties; each stands once, where it has room."""
    scenario = scenario_of(cohorts=[cohort(parties=[4, 3])], rules={"crew": FREE}, **planning)
    make = day_trip if planning else clock_trip
    for people, itineraries, unserved, found in [
        (30, [itinerary(30, 4, 3)], [], set()),
        (30, [itinerary(30, 3, 4)], [], set()),
        (30, [itinerary(26, 3), itinerary(4, 4)], [], set()),
        (30, [itinerary(27, 3), itinerary(3, 4)], [], {"party"}),
        (26, [itinerary(26, 3)], [behind(4, 4)], set()),
        (27, [itinerary(27, 3)], [behind(3, 4)], {"party"}),
        (23, [itinerary(23)], [behind(7, 4, 3)], set()),
        (24, [itinerary(24)], [behind(6, 4, 3)], {"party"}),
        (30, [itinerary(30)], [], {"party"}),
        (30, [itinerary(30, 4, 2, 1)], [], {"party"}),
        (30, [itinerary(15, 4, 3), itinerary(15, 3)], [], {"party"}),
    ]:
        trip = make(scenario, loads={"gb-ba": people})
        parts = {"itineraries": tuple(itineraries), "unserved": tuple(unserved)}
        assert broken(scenario, trip, **parts) == found
