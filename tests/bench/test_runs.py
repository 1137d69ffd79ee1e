"""Runs in processes of their own: what comes of them, whatever happens there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from p2p_dispatch.bench import process
from p2p_dispatch.bench.child import answer
from p2p_dispatch.bench.equal import Part, cut_down
from p2p_dispatch.bench.files import PICTURE, ROWS, read_rows
from p2p_dispatch.bench.process import Done, run_task
from p2p_dispatch.bench.row import Outcome, Row
from p2p_dispatch.bench.task import Task
from p2p_dispatch.bench.warm import warm_up
from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.run import run
from p2p_dispatch.problem import Problem
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.solution import Run, Solution, Strategy
from p2p_dispatch.solution.solver import Limits, read_solver
from tests.bench.rows import row
from tests.tiny import tiny_scenario


def task(season: Path, solver: str = "first-come", **changes: Any) -> Task:
    content: dict[str, Any] = {
        "scenario": "season",
        "scenario_path": season,
        "solver": solver,
        "solver_path": solver,
        "strategy": solver,
        "parameters": {},
        "seed": 1,
        "limits": Limits(seconds=20),
        "threads": 1,
        "ends_after": None,
        **changes,
    }
    return Task.model_validate(content)


@pytest.mark.usefixtures("manners")
def test_a_comparison_of_everybody(season: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    First-come takes 49 of 60. Solving for these 49 it moves them all, nobody moves none, and who
    crashes, dies or overloads gets a row and no ratio; findings make it exit code 5.
    """
    solvers = ("nobody", "crasher", "dier", "overloader")
    words = [word for name in solvers for word in ("--solver", name)]
    assert run(["bench", "season.yaml", *words, "--json", "-o", "out"]) == Exit.FINDINGS
    out, err = capsys.readouterr()
    content = json.loads(out)
    rows = {(r.solver, bool(r.equal_to)): r for r in read_rows(Path("out") / ROWS)}
    assert len(rows) == 10
    assert "10/10  season.yaml  overloader  seed 0, the people of first-come" in err

    first = rows["first-come", False]
    assert first.result is not None
    assert (first.result.people, first.result.moved, first.result.findings) == (60, 49, 0)
    assert first.result.left == {"": 11}
    assert first.result.cost == pytest.approx(first.result.money + 11 * 20_000)
    assert first.result.first_seconds <= first.result.strategy_seconds < first.process_seconds
    assert first.digest == read_scenario(season).digest
    again = rows["first-come", True]
    assert again.result is not None
    assert (again.result.people, again.result.moved) == (49, 49)
    assert again.digest != first.digest

    for each in rows.values():
        assert each.parameters == ({"least_fill": 0.5} if each.solver == "first-come" else {})
        assert {"p2p-dispatch", "python", "numpy"} <= set(each.versions)
    assert rows["nobody", True].outcome is Outcome.NO_PLAN
    assert rows["crasher", False].words == "ZeroDivisionError: for a test"
    assert rows["dier", False].outcome is Outcome.CRASHED
    assert rows["dier", False].words == "the process ended with code 3: something in C++ is wrong"
    rash = rows["overloader", False]
    assert rash.result is not None
    assert rash.result.broken["seats"] == 1
    assert [cost for _, cost in rash.result.trace] == [90_000, 80_000]

    ratios = {standing["solver"]: standing["ratio"] for standing in content["standings"]}
    assert ratios["first-come"]["value"] == 1
    whys = {name: ratios[name]["why_not"] for name in solvers}
    assert whys == {
        "nobody": "not all",
        "crasher": "crashed",
        "dier": "crashed",
        "overloader": "breaks rules",
    }
    assert content["files"] == [f"out/{ROWS}", f"out/{PICTURE}"]
    assert Path("out", PICTURE).exists()


@pytest.mark.usefixtures("manners")
def test_a_run_that_does_not_end_is_ended(season: Path) -> None:
    done = run_task(task(season, "sleeper", ends_after=0.3))
    assert done.row.outcome is Outcome.OUT_OF_TIME
    assert done.row.words == "ended by force after 0 s"
    assert done.row.process_seconds < 10


@pytest.mark.usefixtures("manners")
def test_a_run_ends_with_the_process_that_wants_it(season: Path, tmp_path: Path) -> None:
    """Nobody is left to kill it: it sees that its stdin is closed."""
    with (tmp_path / "log").open("wb") as log:
        child = process._start(task(season, "sleeper"), tmp_path / "answer", log.fileno())
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(60) == 1


def test_runs_side_by_side_give_the_same_rows(season: Path) -> None:
    words = ["bench", "season.yaml", "--solver", "first-come", "--seed", "1", "--seed", "2", "-q"]
    assert run([*words, "--no-equal", "--jobs", "2", "-o", "two"]) == Exit.DONE
    rows = read_rows(Path("two") / ROWS)
    assert sorted(r.seed for r in rows) == [1, 2]
    assert {r.result.cost for r in rows if r.result} == {rows[0].result and rows[0].result.cost}


def test_ctrl_c_keeps_the_rows_so_far(
    season: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(task: Task) -> Done:
        if task.seed == 2:
            raise KeyboardInterrupt
        return Done(task=task, row=row(scenario="season.yaml"), moved=None)

    monkeypatch.setattr("p2p_dispatch.bench.run.run_task", interrupted)
    words = ["bench", "season.yaml", "--solver", "first-come", "--seed", "1"]
    assert run([*words, "--seed", "2", "-o", "out"]) == Exit.DONE
    assert len(read_rows(Path("out") / ROWS)) == 1
    out, err = capsys.readouterr()
    assert "stopped; the 1 rows so far are kept" in err
    assert "first-come" in out
    assert run([*words[:-1], "2", "-o", "none"]) == Exit.NOTHING


def test_a_scenario_is_cut_down_to_the_people_whom_the_baseline_moved() -> None:
    """The cohort of nobody is gone; parties that stayed behind are not waited for."""
    scenario = tiny_scenario()
    moved = {"gb-ba": Part(count=7), "pn-ba": Part(count=9, parties=(4,))}
    cut = cut_down(scenario, moved)
    assert [(c.id, c.count, c.parties) for c in cut.cohorts] == [
        ("gb-ba", 7, ()),
        ("pn-ba", 9, (4,)),
    ]
    assert cut.digest != scenario.digest
    whole = {c.id: Part(count=c.count, parties=c.parties) for c in scenario.cohorts}
    assert cut_down(scenario, whole).digest == scenario.digest


def test_only_the_baseline_says_whom_it_moves_and_only_if_somebody_stays(season: Path) -> None:
    told = answer(task(season, is_baseline=True))
    assert told.moved == {"gb-ba": Part(count=49)}
    assert answer(task(season)).moved is None
    season.write_text(season.read_text().replace('"count": 60', '"count": 49'))
    assert answer(task(season, is_baseline=True)).moved is None


def test_a_solver_that_declines_is_a_row(
    season: Path, manners: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from p2p_dispatch.solution.registry import find_strategy

    nobody = type(find_strategy("nobody"))
    monkeypatch.setattr(nobody, "declines", lambda self, problem: "it is too cold")
    told = answer(task(season, "nobody")).told
    assert told.outcome is Outcome.DECLINED
    assert told.words.endswith("it is too cold")


def test_a_row_keeps_its_schema(season: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = Row.model_json_schema(mode="serialization")
    validator = jsonschema.Draft202012Validator(schema)
    content = json.loads(row().model_dump_json())
    assert list(validator.iter_errors(content)) == []
    assert list(validator.iter_errors({**content, "seed": "one"}))
    for name in ("digest", "solver", "seed", "limits", "threads", "commit", "versions", "machine"):
        assert name in content


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["bench"], "Missing argument"),
        (["bench", "zhanjiang_202"], "zhanjiang_2020"),
        (["bench", "season.yaml", "--solver", "first-cone"], "first-come"),
        (["bench", "season.yaml", "--time-limit", "0"], "--time-limit"),
        (["bench", "season.yaml", "-o", "season.yaml"], "rows cannot be written here"),
        (["bench", "suite.yaml", "season.yaml"], "a suite comes alone"),
    ],
)
def test_what_the_caller_got_wrong_is_two(
    season: Path, words: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("suite.yaml").write_text("scenarios: [season.yaml]\nsolvers: [first-come]\n")
    assert run(words) == Exit.WRONG
    assert hint in capsys.readouterr().err
    assert not Path("bench").exists()


@pytest.mark.usefixtures("manners")
@pytest.mark.parametrize("name", ["nobody", "crasher", "overloader"])
def test_the_clock_starts_after_a_first_solve_that_nobody_sees(
    name: str, season: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three people, by the clock as the season is; what it raises there is no news."""
    solver = read_solver(name)
    seen: list[tuple[int, bool]] = []
    solve = type(solver.strategy).solve

    def watched(self: Strategy, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        seen.append((int(problem.people.sum()), problem.by_day))
        return solve(self, problem, parameters, run)

    monkeypatch.setattr(type(solver.strategy), "solve", watched)
    warm_up(solver, read_scenario(season), threads=1)
    assert seen == [(3, False)]
