"""``figures``: what the plan says of itself is what follows from its trips."""

from __future__ import annotations

from typing import Any

import pytest

from p2p_dispatch.plan.model import Certificate, GapPart, Tier, Value
from tests.check.builders import (
    TOWN,
    broken,
    by_day,
    clock_trip,
    day_trip,
    plan_of,
    rules_of,
    scenario_of,
    with_stop,
)
from tests.tiny import baoan, chancheng, cohort

WRONG = {"figures"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, set()),
        # 1 x 1,200 + 1 x 400 + 1,010 km x 6.5 = 8,165
        ({"cost": 8165.01}, set()),
        ({"cost": 8165.02}, WRONG),
        # 10 + 500 + 500
        ({"km": 1010.01}, set()),
        ({"km": 1009.98}, WRONG),
        ({"days": 2}, WRONG),
        ({"allowed": 48}, WRONG),
        ({"day": "2020-02-23"}, WRONG),
    ],
)
def test_the_figures_of_a_trip(changes: dict[str, Any], found: set[str]) -> None:
    """A hundredth off is rounding, two are not."""
    scenario = scenario_of()
    trip = clock_trip(scenario)
    plan = plan_of(scenario, [trip])
    changed = type(trip).model_validate({**trip.model_dump(), **changes})
    changed_plan = plan.model_copy(update={"trips": (changed,)})
    assert rules_of(scenario, changed_plan.with_travel(plan.travel)) == found


def test_the_km_of_a_stop_are_the_road_from_the_stop_before() -> None:
    """0 at the depot, 500 at the gate, a hundredth for rounding."""
    scenario = scenario_of()
    trip = clock_trip(scenario)
    for number, km, found in [(2, 500.01, set()), (2, 500.02, WRONG), (0, 1.0, WRONG)]:
        assert broken(scenario, with_stop(trip, number, km=km)) == found


@pytest.mark.parametrize(("stand", "days"), [(615, 1), (616, 2)])
def test_days_are_started_periods_of_24_hours(stand: int, days: int) -> None:
    """10 + 15 + 400 + 615 + 400 min are 24 h; a minute more begins a second day."""
    scenario = scenario_of()
    trip = clock_trip(scenario, stand={"baoan": stand})
    assert trip.days == days
    assert broken(scenario, trip) == set()
    for wrong in (days - 1, days + 1):
        cost = wrong * 1600 + 1010 * 6.5
        charged = trip.model_copy(update={"days": wrong, "cost": cost})
        assert broken(scenario, charged) == WRONG


@pytest.mark.parametrize(("past", "days"), [(500, 1), (499.9, 2)])
def test_by_the_day_days_are_one_or_two(past: float, days: int) -> None:
    """500 loaded km: two days where that is past the limit."""
    scenario = scenario_of(planning=by_day(two_days_past_km=past))
    assert broken(scenario, day_trip(scenario, days=days)) == set()
    assert broken(scenario, day_trip(scenario, days=3 - days)) == WRONG


@pytest.mark.parametrize("part", Value.model_fields)
def test_the_parts_of_the_value_and_their_sum(part: str) -> None:
    """
    Two coaches: rounding may add up to two hundredths, three are wrong.

    20 people go on to Bao'an from the town for 5 each; 10 leave a day late for 50; 28 stay.
    """
    scenario = scenario_of(sites=[baoan(handover={"town": 5}), chancheng()], hubs=[TOWN])
    trips = [
        clock_trip(scenario, ("gangbei", "town"), {"gb-ba": 20}, to={"gb-ba": "town"}),
        clock_trip(scenario, loads={"gb-ba": 10}, leave="2020-02-23 07:00", id="t2", driver="B"),
    ]
    plan = plan_of(scenario, trips)
    assert plan.value.model_dump() == {
        "vehicles": 2 * 1200,
        "km": (970 + 1010) * 6.5,
        "drivers": 2 * 400,
        **dict.fromkeys(("trains", "carriages", "planes", "transfers", "empty_posts"), 0),
        "onward": 20 * 5,
        "lending": 0,
        "waiting": 10 * 50,
        "left_behind": 28 * 20000,
        "late": 0,
        "changes": 0,
        "subsidies": 0,
        "total": plan.value.total,
    }
    for off, found in [(0, set()), (0.01, set()), (0.03, WRONG)]:
        stated = plan.value.model_copy(update={part: getattr(plan.value, part) + off})
        assert broken(scenario, *trips, value=stated) == found


def test_left_behind_is_worth_what_the_class_is() -> None:
    """30 of a class at 100 and 28 at the common 20,000."""
    cohorts = [cohort(priority="late"), cohort(id="pn-ba", origin="pingnan", count=28)]
    scenario = scenario_of(cohorts=cohorts, priorities=[{"id": "late", "left_behind": 100}])
    plan = plan_of(scenario, [])
    assert plan.value.left_behind == 30 * 100 + 28 * 20000
    assert rules_of(scenario, plan) == set()
    same = plan.value.model_copy(update={"left_behind": 58 * 20000, "total": 58 * 20000})
    assert broken(scenario, value=same) == WRONG


def test_waiting_is_counted_in_calendar_days() -> None:
    """Ready at 18:00 on the 22nd, away at 07:25 on the 23rd: one day for each of 30."""
    scenario = scenario_of(cohorts=[cohort(ready="2020-02-22 18:00")])
    plan = plan_of(scenario, [clock_trip(scenario, leave="2020-02-23 07:00")])
    assert plan.value.waiting == 30 * 50
    assert rules_of(scenario, plan) == set()
    scenario = scenario_of(cohorts=[cohort(ready="2020-02-22 18:00")], planning=by_day())
    plan = plan_of(scenario, [day_trip(scenario, day="2020-02-24")])
    assert plan.value.waiting == 30 * 2 * 50
    assert rules_of(scenario, plan) == set()


def test_the_bound_and_the_gap() -> None:
    """The gap is (total - bound) / total, the bound no more than the total; or neither is there."""
    scenario = scenario_of()
    trip = clock_trip(scenario)
    total = plan_of(scenario, [trip]).value.total
    for bound, gap, found in [
        (None, None, set()),
        (total, 0.0, set()),
        (total / 2, 0.5, set()),
        (total / 2, 0.51, WRONG),
        (total / 2, None, WRONG),
        (None, 0.0, WRONG),
        (total + 1, -1 / total, WRONG),
    ]:
        certificate = Certificate(bound=bound, gap=gap, how="by hand")
        assert broken(scenario, trip, certificate=certificate) == found


def test_the_parts_of_the_gap_make_the_gap() -> None:
    """A quarter on trips and a quarter on intake is not a half on nothing else."""
    scenario = scenario_of()
    trip = clock_trip(scenario)
    total = plan_of(scenario, [trip]).value.total
    trips = GapPart(what="trips", place="guigang", amount=total / 4)
    intake = GapPart(what="intake", place="baoan", amount=total / 4)
    less = GapPart(what="fleet", place="guigang", amount=-total / 4)
    for bound, where, found in [
        (total / 2, (trips, intake), set()),
        (total / 2, (), set()),
        (total / 2, (trips,), WRONG),
        (total / 2, (trips, trips, intake, less), WRONG),
        (None, (trips,), WRONG),
    ]:
        gap = None if bound is None else 0.5
        certificate = Certificate(bound=bound, gap=gap, how="by hand", where=where)
        assert broken(scenario, trip, certificate=certificate) == found


def test_the_gap_of_a_plan_that_earns_money() -> None:
    """Subsidies may be more than all that is paid: total and bound are below 0 then."""
    scenario = scenario_of(sites=[baoan(subsidy=100_000), chancheng()])
    trip = clock_trip(scenario)
    total = plan_of(scenario, [trip]).value.total
    assert total < 0
    for bound, gap, found in [(2 * total, -1.0, set()), (2 * total, 1.0, WRONG)]:
        certificate = Certificate(bound=bound, gap=gap, how="by hand")
        assert broken(scenario, trip, certificate=certificate) == found


def test_tiers_say_what_the_trips_make() -> None:
    """Where people come first: who is left behind, cost without waiting, person-days, in order."""
    scenario, plain = scenario_of(objective="people-first"), scenario_of()
    trip = clock_trip(scenario)
    plan = plan_of(scenario, [trip])
    value = plan.value.total - plan.value.waiting - plan.value.late
    left = sum(part.count for part in plan.unserved)
    days = plan.value.waiting / scenario.prices.waiting_day

    def tier(name: Any, value: float, bound: float | None = None, gap: float | None = None) -> Tier:
        return Tier(name=name, value=value, bound=bound, gap=gap, how="by hand")

    people, cost, time = tier("people", left), tier("cost", value), tier("time", days)
    half = tier("cost", value, value / 2, 0.5)
    for tiers, found in [
        ((), set()),
        ((people, cost, time), set()),
        ((people, half, time), set()),
        ((cost, people, time), WRONG),
        ((people, cost), WRONG),
        ((tier("people", left + 1), cost, time), WRONG),
        ((people, tier("cost", value + 5), time), WRONG),
        ((people, cost, tier("time", days + 1)), WRONG),
        ((people, tier("cost", value, value + 5, 0.0), time), WRONG),
        ((people, tier("cost", value, value / 2, 0.4), time), WRONG),
        ((people, tier("cost", value, value / 2), time), WRONG),
    ]:
        certificate = Certificate(bound=None, gap=None, how="by hand", tiers=tiers)
        assert broken(scenario, trip, certificate=certificate) == found
    certificate = Certificate(bound=None, gap=None, how="x", tiers=(people, cost, time))
    assert broken(plain, trip, certificate=certificate) == WRONG


@pytest.mark.parametrize(
    "said", [{"by_day": True}, {"time_zone": "Asia/Tokyo"}, {"currency": "EUR"}]
)
def test_the_plan_is_planned_as_the_scenario_is(said: dict[str, Any]) -> None:
    """By the clock, in Shanghai's time, in yuan."""
    scenario = scenario_of()
    trip = clock_trip(scenario)
    assert broken(scenario, trip, by_day=False, time_zone="Asia/Shanghai", currency="CNY") == set()
    assert broken(scenario, trip, **said) == WRONG
