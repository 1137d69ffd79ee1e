"""Instances of charter_bench: read, solved and judged twice, by us and by their own rules."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from charter_instance import scenario_of
from charter_plan import plan_of
from charter_solution import solution_of
from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.scenario import Scenario
from tests.benchmarks.drawn import SPOILS, drawn_instance, spoilt, with_fuller_trips
from tests.benchmarks.judge import judged

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "charter_bench.py"


@cache
def solved(seed: int) -> tuple[dict[str, Any], Scenario, Plan]:
    """An instance, its scenario, and what first-come makes of it with coaches made fuller."""
    instance = drawn_instance(seed)
    scenario = scenario_of(instance)
    plan = solve_scenario(scenario, "first-come")
    fuller = with_fuller_trips(solution_of(plan), lambda better: not judged(instance, better)[1])
    return instance, scenario, plan_of(scenario, plan.travel, fuller)


@pytest.mark.parametrize("seed", range(5))
def test_a_plan_of_ours_keeps_their_rules(seed: int) -> None:
    instance = drawn_instance(seed)
    plan = solve_scenario(scenario_of(instance), "first-come")
    cost, broken = judged(instance, solution_of(plan))
    assert not broken
    assert cost == pytest.approx(plan.value.total, abs=1)


@pytest.mark.parametrize("seed", range(20))
def test_both_judges_find_nothing_and_count_the_same(seed: int) -> None:
    instance, scenario, plan = solved(seed)
    cost, broken = judged(instance, solution_of(plan))
    assert (check(scenario, plan), broken) == ([], set())
    assert cost == pytest.approx(plan.value.total, abs=1)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("how", SPOILS)
def test_both_judges_say_the_same_of_a_spoilt_solution(how: str, seed: int) -> None:
    """Eleven ways to spoil each of twenty solutions; some leave it whole, and both see that too."""
    instance, scenario, plan = solved(seed)
    solution = spoilt(solution_of(plan), instance, how, seed)
    theirs, broken = judged(instance, solution)
    ours = plan_of(scenario, plan.travel, solution)
    findings = check(scenario, ours)
    assert bool(findings) == bool(broken), (findings, broken)
    if not broken:
        assert ours.value.total == pytest.approx(theirs, abs=1)


def test_the_ways_to_spoil_do_spoil_and_not_always() -> None:
    """Else the test above would be about nothing."""
    verdicts = [
        bool(judged(instance, spoilt(solution_of(plan), instance, how, seed))[1])
        for seed in range(20)
        for instance, _, plan in [solved(seed)]
        for how in SPOILS
    ]
    assert sum(verdicts) >= 80
    assert len(verdicts) - sum(verdicts) >= 30


def test_a_solution_becomes_the_plan_it_came_from() -> None:
    _, scenario, plan = solved(1)
    again = plan_of(scenario, plan.travel, solution_of(plan))
    assert solution_of(again) == solution_of(plan)
    assert (again.moved, again.value.total) == (plan.moved, pytest.approx(plan.value.total))


def test_the_scenario_asks_what_the_instance_asks() -> None:
    """A cap below the seats is what may be sold; a heavier priority costs more."""
    instance = drawn_instance(3)
    instance["cohorts"].append([0, 0, 0, 0, 0, 1])
    scenario = scenario_of(instance)
    assert scenario.by_day
    assert [unit_type.seats for unit_type in scenario.unit_types] == [16, 8]
    assert scenario.people == sum(cohort[2] for cohort in instance["cohorts"])
    assert {p.left_behind for p in scenario.priorities} <= {3000, 6000, 9000}
    serves = {depot.id: depot.serves for depot in scenario.depots}
    assert all(
        f"o{i}" in (serves[f"d{o['pref']}"] or ()) for i, o in enumerate(instance["origins"])
    )


def test_a_stop_of_half_a_minute_is_refused_and_of_a_whole_one_is_not() -> None:
    instance = drawn_instance(0)
    scenario_of({**instance, "par": {**instance["par"], "stop_h": 11 / 60}})
    with pytest.raises(ValueError, match="whole ones"):
        scenario_of({**instance, "par": {**instance["par"], "stop_h": 10.5 / 60}})


def test_the_script_says_one_line_and_writes_what_the_judge_reads(tmp_path: Path) -> None:
    instance = drawn_instance(4)
    (tmp_path / "tiny.json").write_text(json.dumps(instance))
    words = [
        "tiny.json",
        "--solver",
        "first-come",
        "--time-limit",
        "20",
        "--seed",
        "1",
        "-o",
        "s.json",
        "--trace",
        "trace.csv",
    ]
    command = [sys.executable, str(SCRIPT), *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    said = json.loads(line)
    cost, broken = judged(instance, json.loads((tmp_path / "s.json").read_text()))
    assert not broken
    assert said["cost"] == pytest.approx(cost, abs=1)
    assert {"bound": None, "findings": 0, "instance": "tiny"}.items() <= said.items()
    assert said["unserved"] >= 0
    last = (tmp_path / "trace.csv").read_text().splitlines()[-1].split(",")
    assert last[0] == "tiny 1"
    assert float(last[2]) == pytest.approx(said["solver_cost"])
    curve = [sys.executable, str(SCRIPT.with_name("charter_curve.py")), "trace.csv", "curve.svg"]
    subprocess.run(curve, cwd=tmp_path, check=True)
    assert "seed 1" in (tmp_path / "curve.svg").read_text()
