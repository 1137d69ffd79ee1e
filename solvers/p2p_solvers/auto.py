"""
Auto: the search and the best bound there is side by side, and in the end trips put together anew.

The search has all threads but one, the bound that one; when the bound is done, its thread searches
too, from other chances. What the bound finds does not change what the search does, so the clock has
no say in what the search comes to; they end together when the gap or the time is reached. In the
end trips of several plans are put together to a cheaper one, depot by depot.

Where there are services or open jobs the plan is that of ``intermodal``, and the bound that of
whole plans, which takes a few seconds and comes first.

Where the scenario puts people first, all of this is done for one tier after the other.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Run, Solution
from p2p_solvers.bounds.whole import prove
from p2p_solvers.intermodal import Intermodal
from p2p_solvers.search import SearchParameters, search_coaches
from p2p_solvers.together.coaches import Coaches, SharedParameters
from p2p_solvers.together.meeting import Meeting
from p2p_solvers.together.tiers import declines_tiers, solve_in_tiers


class AutoParameters(SharedParameters):
    """How it searches, how much is proved, and how the time is shared."""


class Auto:
    """One strategy for all scenarios: a plan, and how good it is."""

    name: ClassVar[str] = "auto"
    Parameters: ClassVar[type[BaseModel]] = AutoParameters

    def declines(self, problem: Problem) -> str | None:
        """Take every problem; but put people first only where everybody is bound for a site."""
        return declines_tiers(problem)

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """
        Search and prove until the gap or the time is reached, or both are done.

        With ``iterations`` so many rounds of the search are played, and the bound is that of whole
        plans: the same on every machine.
        """
        assert isinstance(parameters, AutoParameters)
        if problem.people_first:

            def solver(tier: Problem, inner: Run) -> Solution:
                return self.solve(tier, parameters, inner)

            return solve_in_tiers(problem, parameters, run, solver)
        searching = SearchParameters.model_validate(
            parameters.model_dump(include=set(SearchParameters.model_fields))
        )
        meeting = Meeting(run)
        side = meeting.side(run.threads, run.seconds)
        if problem.jobs is not None or (problem.services and problem.services.offers):
            return meeting.answer(Intermodal().solve(problem, searching, side).ended)
        prove(problem, side)
        if run.iterations is not None:
            return meeting.answer(search_coaches(problem, searching, side).ended)
        return Coaches(problem, parameters, meeting).solve()
