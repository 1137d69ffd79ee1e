"""Insertion: everybody on the trip that takes them for least, then rounds of mending."""

from __future__ import annotations

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.plan import Plan
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.shipped import shipped
from p2p_dispatch.travel import travel_of
from tests.generated.scenarios import random_scenario
from tests.tiny import baoan, cohort, pingnan, pool, tiny_scenario, unit_type


def solved(**changes: object) -> Plan:
    return solve_scenario(tiny_scenario(**changes), "insertion")


def pickups(plan: Plan) -> list[int]:
    return [sum(bool(stop.board) for stop in trip.stops) for trip in plan.trips]


def test_origins_share_a_coach() -> None:
    """20 at Gangbei and 20 at Pingnan, on the way: one coach of 49 with two pick-ups."""
    people = [cohort(count=20), cohort(id="pn", origin="pingnan", count=20)]
    plan = solved(cohorts=people)
    assert pickups(plan) == [2]


def test_a_detour_that_the_rules_forbid_is_not_made() -> None:
    people = [cohort(count=20), cohort(id="pn", origin="pingnan", count=20)]
    rules = {"stops": {"detour_factor": 1, "detour_km": 0}}
    plan = solved(cohorts=people, rules=rules)
    assert pickups(plan) == [1, 1]


def test_the_unit_type_that_costs_least() -> None:
    """Ten people: the small coach at half the price, though the large one is written first."""
    small = unit_type(id="small", seats=12, layout=[], per_day=500, per_km=3)
    pools = [pool(), pool(id="gs", unit_type="small")]
    plan = solved(cohorts=[cohort(count=10)], unit_types=[unit_type(), small], pools=pools)
    assert [trip.unit_type for trip in plan.trips] == ["small"]


def test_people_are_left_behind_where_that_is_cheaper() -> None:
    """A coach to Shenzhen costs some 8,000; one person is worth 5,000, two are 10,000."""
    prices = {"driver_day": 400, "left_behind": 5000}
    for people, moved in [(1, 0), (2, 2)]:
        plan = solved(cohorts=[cohort(count=people)], prices=prices)
        assert plan.moved == moved
    alone = solved(cohorts=[cohort(count=1)], prices=prices)
    assert [left.reason for left in alone.unserved] == ["priority"]


def test_a_coach_that_is_back_too_late_for_the_best_hour_leaves_at_another() -> None:
    """One coach, a gate 700 km away: it is back in the evening of the second day."""
    far = baoan(lat=23.3, lon=115.5)
    first = cohort(ready="2020-02-22 11:00", due="2020-02-23 06:00")
    second = cohort(id="second", ready="2020-02-23", due="2020-02-24 12:00")
    people = [first, second]
    plan = solved(sites=[far], cohorts=people, pools=[pool(units=1)])
    assert plan.moved == 60


def test_a_coach_waits_for_those_who_come_tomorrow() -> None:
    """Ten ready today, ten tomorrow, all due the day after: one coach."""
    people = [
        cohort(id="a", count=10),
        cohort(id="b", origin="pingnan", count=10, ready="2020-02-23"),
    ]
    assert len(solved(cohorts=people, origins=[*tiny_origins()]).trips) == 1


def tiny_origins() -> list[dict[str, object]]:
    return [tiny_scenario().origins[0].model_dump(exclude_defaults=True), pingnan()]


def test_a_least_load_is_kept_or_nobody_goes() -> None:
    for least, trips in [(30, 1), (31, 0)]:
        plan = solved(cohorts=[cohort(count=30)], unit_types=[unit_type(minimum_load=least)])
        assert len(plan.trips) == trips


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    scenario = random_scenario(26)
    plans = {
        solve_scenario(
            scenario, "insertion", seed=5, iterations=60, travel=travel_of(scenario)
        ).model_dump_json()
        for _ in range(10)
    }
    assert len(plans) == 1


@pytest.mark.parametrize("seed", range(20))
def test_more_rounds_never_make_a_plan_dearer(seed: int) -> None:
    scenario = random_scenario(seed)
    travel = travel_of(scenario)
    none, some = (
        solve_scenario(scenario, "insertion", iterations=rounds, travel=travel).value.total
        for rounds in (0, 60)
    )
    # the plan's money is exact, the rounds count in whole cents against the planner
    assert some <= none + 1


@pytest.mark.parametrize("name", ["gangnan_2021", "xiangzhou_2021"])
def test_it_is_at_least_a_fifth_cheaper_than_by_hand(name: str) -> None:
    """Both move everybody, so their money can be compared."""
    scenario = read_scenario(shipped("scenarios") / f"{name}.yaml")
    by_hand = solve_scenario(scenario, "first-come")
    plan = solve_scenario(scenario, "insertion", iterations=100)
    assert plan.moved == by_hand.moved == scenario.people
    assert plan.value.money <= 0.8 * by_hand.value.money
