"""One strategy for all scenarios: a plan, its bound, and where the gap lies."""

from __future__ import annotations

from typing import Any

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.problem import build
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.solution import Progress, Run, Solution
from p2p_dispatch.travel import travel_of
from p2p_solvers.search import SearchParameters, search_coaches
from p2p_solvers.together.recombine import may_recombine, recombined
from tests.generated.scenarios import random_scenario
from tests.generated.services import scenario_with_services
from tests.strategies.test_intermodal import rail
from tests.tiny import tiny_scenario

BY_DAY = {"by": "day"}


def planned(scenario: Scenario, solver: str = "auto", **limits: Any) -> Plan:
    travel = travel_of(scenario)
    plan = solve_scenario(scenario, solver, travel=travel, seed=3, **limits)
    assert check(scenario, plan) == []
    assert plan.moved + sum(part.count for part in plan.unserved) == scenario.people
    return plan


@pytest.mark.parametrize("by_day", [True, False])
@pytest.mark.parametrize("seed", range(8))
def test_it_keeps_every_rule_and_is_never_dearer_than_the_search(seed: int, by_day: bool) -> None:
    """A small plan is not ended by the clock, and one thread searches it whatever there are."""
    scenario = random_scenario(seed, by_day=by_day, small=True)
    plan = planned(scenario, threads=2)
    assert plan.value.total <= planned(scenario, "search", threads=2).value.total + 1
    assert plan.bound is not None
    assert plan.bound <= plan.value.total + 0.01


@pytest.mark.parametrize("seed", [3, 4])
def test_threads_and_clock_change_nothing_of_a_small_plan(seed: int) -> None:
    scenario = random_scenario(seed, small=True)
    plans = [planned(scenario, threads=threads, time_limit=100) for threads in (1, 2, 2)]
    assert len({plan.model_copy(update={"made": None}).model_dump_json() for plan in plans}) == 1


@pytest.mark.parametrize("seed", range(4))
def test_with_services_it_is_the_plan_of_intermodal(seed: int) -> None:
    scenario = scenario_with_services(seed)
    mine, theirs = (planned(scenario, name, iterations=100) for name in ("auto", "intermodal"))
    assert mine.trips == theirs.trips
    assert mine.certificate == theirs.certificate


def test_it_stops_at_the_gap() -> None:
    """A gap of 99 % is reached by the first plan that moves somebody."""
    for scenario in (tiny_scenario(), rail()):
        plan = planned(scenario, gap=0.99, threads=2)
        assert plan.ended == "gap reached"
        assert plan.gap is not None
        assert plan.gap <= 0.99


def test_the_parts_of_the_gap_make_all_of_it() -> None:
    told = 0
    for seed in range(12):
        plan = planned(random_scenario(seed, by_day=True, small=True), threads=2)
        where, gap = plan.certificate.where, plan.value.total - (plan.bound or 0)
        amounts = [part.amount for part in where]
        assert amounts == sorted(amounts, reverse=True)
        if where:
            assert sum(amounts) == pytest.approx(gap, abs=0.01 * len(where) + 0.01)
            told += 1
    assert told


def test_what_is_reported_has_the_bound() -> None:
    reports: list[Progress] = []
    planned(tiny_scenario(planning=BY_DAY), threads=2, watch=reports.append)
    assert reports[-1].bound is not None


def test_an_interrupt_loses_nothing_and_ends_both_sides() -> None:
    def impatient(progress: Progress) -> None:
        if "best since" in progress.note:
            raise KeyboardInterrupt

    plan = planned(tiny_scenario(), threads=2, watch=impatient)
    assert plan.ended == "interrupted"
    assert plan.moved > 0


def test_what_goes_wrong_beside_the_search_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("p2p_solvers.together.coaches.prove_by_columns", broken)
    with pytest.raises(ZeroDivisionError):
        planned(tiny_scenario(), threads=2)


@pytest.mark.parametrize("by_day", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_trips_put_together_are_a_plan_and_no_dearer(seed: int, by_day: bool) -> None:
    """From plans that were hardly searched; what comes out is seated by the rules again."""
    scenario = random_scenario(seed, by_day=by_day)
    problem = build(scenario, travel_of(scenario))
    if not may_recombine(problem):
        return
    plans = [
        search_coaches(problem, SearchParameters(), Run(seed=draw, iterations=3))
        for draw in range(4)
    ]
    best = min(plans, key=lambda plan: plan.cost)
    found = recombined(problem, best, [plan.trips for plan in plans], Run())
    assert found.cost <= best.cost


def test_each_depot_of_one_plan_and_the_other_of_another() -> None:
    """Two plans, each good where the other is not: the best of both is found."""
    scenario = random_scenario(2, by_day=True, small=True)
    problem = build(scenario, travel_of(scenario))
    whole = search_coaches(problem, SearchParameters(), Run(seed=1))
    halves = [tuple(trip for i, trip in enumerate(whole.trips) if i % 2 == side) for side in (0, 1)]
    nobody = Solution(trips=(), cost=int((problem.people * problem.value).sum()))
    found = recombined(problem, nobody, halves, Run())
    assert found.cost <= whole.cost
