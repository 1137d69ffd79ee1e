"""
Match first: people to posts by a flow of least cost, then the travel of that matching.

What a bureau does that fills posts in one room and orders coaches in another; to compare with.
Where nobody's job is open it is ``intermodal``.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Run, Solution
from p2p_solvers.bounds.whole import prove
from p2p_solvers.intermodal import Intermodal
from p2p_solvers.jobs.first import plan_matched
from p2p_solvers.jobs.matching import match_people, useful_matches
from p2p_solvers.search import SearchParameters


class MatchFirst:
    """People to posts, then trips."""

    name: ClassVar[str] = "match-first"
    Parameters: ClassVar[type[BaseModel]] = SearchParameters

    def declines(self, problem: Problem) -> str | None:
        """Take every problem."""
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """Match, then let ``intermodal`` plan the travel."""
        if problem.jobs is None:
            return Intermodal().solve(problem, parameters, run)
        if problem.start is None:
            prove(problem, run)
        chosen = match_people(problem, useful_matches(problem))
        return plan_matched(problem, chosen, Intermodal(), parameters, run)
