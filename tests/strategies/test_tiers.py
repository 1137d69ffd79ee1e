"""People first, then cost, then time: tier after tier, each with its bound."""

from __future__ import annotations

from typing import Any

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.reading import InputError
from p2p_dispatch.report.certainty import certainty
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import travel_of
from tests.generated.scenarios import random_scenario
from tests.generated.services import scenario_with_services
from tests.tiny import baoan, chancheng, cohort, pool, tiny_scenario

FIRST = {"objective": "people-first"}


def first(scenario: Scenario) -> Scenario:
    return Scenario.model_validate({**scenario.model_dump(by_alias=True), **FIRST})


def planned(scenario: Scenario, solver: str = "auto", **limits: Any) -> Plan:
    limits = {"threads": 1, "seed": 1, **limits}
    plan = solve_scenario(scenario, solver, travel=travel_of(scenario), **limits)
    assert check(scenario, plan) == []
    return plan


def tiers(plan: Plan) -> dict[str, tuple[float, float | None]]:
    return {tier.name: (tier.value, tier.bound) for tier in plan.certificate.tiers}


def test_people_come_first_whatever_they_cost() -> None:
    """One person whose coach costs more than leaving them behind: left for money, moved first."""
    prices = {"driver_day": 400, "left_behind": 5, "waiting_day": 15}
    alone = tiny_scenario(cohorts=[cohort(count=1)], prices=prices)
    assert planned(alone).moved == 0
    plan = planned(first(alone))
    assert plan.moved == 1
    assert tiers(plan)["people"] == (0, 0)
    assert plan.certificate.bound is None


def test_then_cost_and_then_time() -> None:
    """
    A coach goes on any of three days for the same; whoever waits, waits for nothing.

    With a free choice of day everybody leaves when they are ready: no person-day, and proved.
    """
    scenario = tiny_scenario(
        planning={"by": "day"},
        cohorts=[cohort(count=20, due="2020-02-24")],
        prices={"driver_day": 400, "left_behind": 20000, "waiting_day": 0},
        days={"first": "2020-02-22", "last": "2020-02-24"},
    )
    plan = planned(first(scenario))
    assert tiers(plan)["time"] == (0, 0)
    cost, bound = tiers(plan)["cost"]
    assert bound is not None
    assert bound <= cost
    assert cost == plan.value.total


def test_a_limit_proves_who_must_be_left_behind() -> None:
    """Ten people a day and one day for forty: thirty are left, and no plan leaves fewer."""
    scenario = tiny_scenario(
        planning={"by": "day"},
        sites=[baoan(intake_per_day=10), chancheng()],
        cohorts=[cohort(count=40, due="2020-02-22")],
    )
    plan = planned(first(scenario))
    assert tiers(plan)["people"] == (30, 30)
    assert "proved that it cannot be less" in certainty(plan)


@pytest.mark.parametrize("by_day", [True, False])
@pytest.mark.parametrize("seed", range(10))
def test_it_moves_no_fewer_people_and_its_bounds_are_bounds(seed: int, by_day: bool) -> None:
    """Against plans for money, which are plans for people first too."""
    scenario = random_scenario(seed, by_day=by_day, small=True)
    plan = planned(first(scenario), iterations=100)
    for name in ("insertion", "search"):
        other = planned(scenario, name, iterations=100)
        left = sum(part.count for part in other.unserved)
        cost = other.value.total - other.value.waiting - other.value.late
        mine = tiers(plan)
        least, cheapest = mine["people"][1], mine["cost"][1]
        assert least is None or least <= left
        if left <= mine["people"][0] and cheapest is not None:
            assert cheapest <= cost + 0.02 * (1 + len(other.trips))


@pytest.mark.parametrize("seed", range(4))
def test_services_are_planned_in_tiers_too(seed: int) -> None:
    plan = planned(first(scenario_with_services(seed, small=True)), iterations=50)
    assert [tier.name for tier in plan.certificate.tiers] == ["people", "cost", "time"]


def test_the_best_of_small_ones_is_not_below_the_bounds() -> None:
    """The programme's best for money is a plan too: no bound of a tier is above what it has."""
    compared = 0
    for seed in range(8):
        scenario = random_scenario(seed, by_day=True, small=True)
        try:
            best = planned(scenario, "exact", iterations=2)
        except InputError:
            continue
        plan = planned(first(scenario))
        left = sum(part.count for part in best.unserved)
        people, bound = tiers(plan)["people"]
        assert bound is None or bound <= left
        compared += people <= left
    assert compared


def test_other_strategies_say_that_they_minimise_money() -> None:
    plan = planned(first(tiny_scenario()), "insertion")
    assert plan.certificate.tiers == ()
    assert "people first" in plan.certificate.how


def test_open_jobs_are_declined() -> None:
    welder = {**cohort(id="w", trade="welder", count=5), "site": None}
    scenario = tiny_scenario(
        sites=[baoan(posts={"welder": 5}), chancheng()], cohorts=[welder], pools=[pool()]
    )
    with pytest.raises(InputError, match="people first"):
        planned(first(scenario))


def test_the_same_seed_gives_the_same_plan() -> None:
    scenario = first(random_scenario(3, small=True))
    assert planned(scenario).model_dump_json() == planned(scenario).model_dump_json()
