"""The same promises for every strategy that is installed."""

from __future__ import annotations

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.problem import build
from p2p_dispatch.solution import Progress, Run, Strategy, find_strategy, strategy_names
from p2p_dispatch.travel import travel_of
from tests.tiny import tiny_scenario

pytestmark = pytest.mark.parametrize("name", strategy_names())


def test_it_has_the_shape_of_a_strategy(name: str) -> None:
    strategy = find_strategy(name)
    assert isinstance(strategy, Strategy)
    assert strategy.name == name
    assert strategy.Parameters() == strategy.Parameters()


def test_its_plan_keeps_every_rule_and_loses_nobody(name: str) -> None:
    scenario = tiny_scenario()
    plan = solve_scenario(scenario, name)
    assert check(scenario, plan) == []
    assert plan.moved + sum(part.count for part in plan.unserved) == scenario.people


def test_the_same_seed_gives_the_same_plan(name: str) -> None:
    scenario = tiny_scenario()
    first, second = (
        solve_scenario(scenario, name, seed=7, threads=1).model_dump_json() for _ in range(2)
    )
    assert first == second


def test_it_reports_and_hands_over_what_it_has(name: str) -> None:
    """Somebody who interrupts it gets the best plan so far."""
    scenario = tiny_scenario()
    problem = build(scenario, travel_of(scenario))
    reports: list[Progress] = []
    run = Run(watch=reports.append)
    strategy = find_strategy(name)
    solution = strategy.solve(problem, strategy.Parameters(), run)
    assert reports
    assert run.best is not None
    assert run.best.cost == solution.cost
    assert all(report.people == scenario.people for report in reports)


def test_no_time_is_no_proof(name: str) -> None:
    """With no time at all it ends by the clock, with whatever keeps the rules."""
    scenario = tiny_scenario()
    plan = solve_scenario(scenario, name, time_limit=1e-9)
    assert plan.quality == "feasible"
    assert plan.ended == "time"
    assert check(scenario, plan) == []
