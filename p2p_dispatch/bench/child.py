"""
The process of one run: ``python -m p2p_dispatch.bench.child ANSWER``, its task on stdin.

The answer goes to a file, since a strategy may print what it likes.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import cast

from p2p_dispatch.api import NoPlan, solve_scenario
from p2p_dispatch.bench.equal import cut_down, moved_of
from p2p_dispatch.bench.machine import peak_mb
from p2p_dispatch.bench.row import Answer, Outcome, Result, Told
from p2p_dispatch.bench.stopwatch import Stopwatch
from p2p_dispatch.bench.task import Task
from p2p_dispatch.bench.warm import warm_up
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.reading import InputError
from p2p_dispatch.report.figures import figures
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.solution import Strategy
from p2p_dispatch.solution.solver import read_solver


def main() -> None:
    """Read the task, make the run, write the answer."""
    task = Task.model_validate_json(sys.stdin.readline())
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    Path(sys.argv[1]).write_text(answer(task).model_dump_json(), encoding="utf-8")


def answer(task: Task) -> Answer:
    """Make the run; whatever goes wrong in it is an answer too."""
    try:
        return _solved(task)
    except InputError as trouble:
        return _none(Outcome.DECLINED, trouble.faults[0].found)
    except NoPlan as none:
        return _none(Outcome.NO_PLAN, none.words)
    except Exception as trouble:
        traceback.print_exc()
        return _none(Outcome.CRASHED, f"{type(trouble).__name__}: {trouble}")


def _solved(task: Task) -> Answer:
    solver = read_solver(task.solver_path)
    scenario = read_scenario(task.scenario_path)
    if task.moved is not None:
        scenario = cut_down(scenario, task.moved)
    warm_up(read_solver(task.solver_path), scenario, threads=task.threads)
    watch = Stopwatch(solver.strategy)
    plan = solve_scenario(
        scenario,
        # Its name is that of the strategy it times, and so not of its class.
        replace(solver, strategy=cast(Strategy, watch)),
        time_limit=task.limits.seconds,
        iterations=task.limits.iterations,
        gap=task.limits.gap,
        seed=task.seed,
        threads=task.threads,
        require_all=task.equal_to is not None,
    )
    peak = peak_mb()
    told = Told(
        outcome=Outcome.PLAN,
        name=scenario.name,
        digest=scenario.digest,
        result=_result(scenario, plan, watch),
        cpu_seconds=time.process_time(),
        peak_mb=peak,
    )
    asked = task.is_baseline and task.equal_to is None and plan.moved < plan.people
    return Answer(told=told, moved=moved_of(plan) if asked else None)


def _result(scenario: Scenario, plan: Plan, watch: Stopwatch) -> Result:
    known, findings = figures(plan, scenario), check(scenario, plan)
    left = {each.id: each.people - each.moved for each in known.classes}
    return Result(
        cost=plan.value.total,
        parts=plan.value.model_dump(exclude={"total"}),
        money=plan.value.money,
        people=plan.people,
        moved=plan.moved,
        left={name: people for name, people in left.items() if people},
        trips=known.trips,
        filled=known.filled,
        allowed=known.allowed,
        bound=plan.bound,
        gap=plan.gap,
        quality=plan.quality,
        ended=plan.ended,
        findings=len(findings),
        broken=Counter(finding.rule for finding in findings),
        first_seconds=watch.trace[0][0],
        best_seconds=watch.trace[-1][0],
        strategy_seconds=watch.seconds,
        trace=watch.trace,
    )


def _none(outcome: Outcome, words: str) -> Answer:
    told = Told(outcome=outcome, words=words, cpu_seconds=time.process_time(), peak_mb=peak_mb())
    return Answer(told=told)


def _end_with_the_parent() -> None:
    """Nobody waits for the answer once the other end of stdin is closed."""
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
