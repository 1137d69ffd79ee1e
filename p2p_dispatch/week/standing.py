"""The plan of the trips that stand, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.plan import Plan
from p2p_dispatch.problem import Problem
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.solution import Parameters, Run, Solution
from p2p_dispatch.solution.solver import Solver, SolverFile
from p2p_dispatch.travel import Travel


class _Standing:
    """Add no trip to those that stand."""

    name: ClassVar[str] = "standing"
    Parameters: ClassVar[type[BaseModel]] = Parameters

    def declines(self, problem: Problem) -> str | None:
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        return Solution(trips=tuple(frozen.trip for frozen in problem.frozen), cost=0)


def standing_plan(scenario: Scenario, travel: Travel) -> Plan:
    """The frozen trips of a scenario as a plan, with its figures; whoever has no seat is left."""
    solver = Solver(
        name="standing",
        path=Path("standing"),
        file=SolverFile(strategy="standing"),
        strategy=_Standing(),
        parameters=Parameters(),
    )
    return solve_scenario(scenario, solver, threads=1, travel=travel)
