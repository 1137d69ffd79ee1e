"""
Prove: the search and the bound side by side, until they are as near as was asked.

The search has all threads but one, the bound has that one. What the bound finds does not change
what the search does, but the bound leaves alone what no plan has that is cheaper than the best, and
now and then it comes upon a cheaper plan itself. They end together, when the gap or the time is
reached, or when neither finds anything better. ``auto`` does more with the same: this one is there
to compare with.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Run, Solution
from p2p_solvers.bound import BoundParameters
from p2p_solvers.bounds.whole import prove
from p2p_solvers.search import Search, SearchParameters
from p2p_solvers.together.coaches import Coaches, SharedParameters
from p2p_solvers.together.meeting import Meeting


class ProveParameters(SearchParameters, BoundParameters):
    """How it searches, and how much is looked at one by one."""


class Prove:
    """A plan by the search and a bound by columns, at the same time."""

    name: ClassVar[str] = "prove"
    Parameters: ClassVar[type[BaseModel]] = ProveParameters

    def declines(self, problem: Problem) -> str | None:
        """Take every problem; of services a plan will say that nothing is proved."""
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """Search and prove until the gap or the time is reached, or both are done."""
        assert isinstance(parameters, ProveParameters)
        services = problem.services is not None and problem.services.offers
        if problem.jobs is not None or services:
            # of open jobs and services something is proved by the bound of whole plans alone
            return Search().solve(problem, parameters, run)
        meeting = Meeting(run)
        prove(problem, meeting.side(1, run.seconds))
        shared = SharedParameters(**parameters.model_dump(), recombine=0, join=False)
        return Coaches(problem, shared, meeting).solve()
