"""
Auto: the search and the best bound there is side by side, and in the end trips put together anew.

The search has all threads but one, the bound that one; when the bound is done, its thread searches
too, from other chances. What the bound finds does not change what the search does, so the clock has
no say in what the search comes to; they end together when the gap or the time is reached. In the
end trips of several plans are put together to a cheaper one, depot by depot.

Where there are services or open jobs the plan is that of ``intermodal``, and the bound that of
whole plans, which takes a few seconds and comes first; where nobody may change from coach to
coach, a tighter one is looked for beside.

Where the scenario puts people first, all of this is done for one tier after the other.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Run, Solution
from p2p_solvers.bounds.onecoach import MOST, applies, prove_one_coach
from p2p_solvers.bounds.whole import prove
from p2p_solvers.intermodal import Intermodal
from p2p_solvers.search import SearchParameters, search_coaches
from p2p_solvers.together.coaches import Coaches, SharedParameters
from p2p_solvers.together.meeting import Meeting
from p2p_solvers.together.prover import Beside
from p2p_solvers.together.tiers import declines_tiers, solve_in_tiers

PROVING, MOST_COHORTS = 0.3, 1000
"""Share of the time in which a thread proves more of services and coaches, and cohorts up to which
that is worth it: with more it takes minutes to prove as much as is known without."""


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
            return self._beyond_coaches(problem, searching, meeting)
        prove(problem, side)
        if run.iterations is not None:
            return meeting.answer(search_coaches(problem, searching, side).ended)
        return Coaches(problem, parameters, meeting).solve()

    def _beyond_coaches(
        self, problem: Problem, parameters: SearchParameters, meeting: Meeting
    ) -> Solution:
        """The plan of ``intermodal``; beside it a tighter bound, where there is one."""
        run, beside = meeting.run, None
        searcher = meeting.side(run.threads, run.seconds)
        few = problem.n_cohorts <= MOST_COHORTS and applies(problem)
        if few and run.threads > 1 and run.seconds is not None:
            searcher.threads = run.threads - 1
            prover = meeting.side(1, PROVING * run.seconds)

            def prove_beside() -> None:
                prove_one_coach(problem, prover, MOST)
                searcher.threads = run.threads  # what is searched from now on

            beside = Beside(prover, prove_beside)
        try:
            ended = Intermodal().solve(problem, parameters, searcher).ended
        finally:
            meeting.over.set()
            if beside is not None:
                beside.wait()
        return meeting.answer(ended)
