"""
Search: a large-neighbourhood search that anneals, on all cores.

It begins with the plan of ``insertion``. Then, round after round, a few trips that lie near each
other are taken apart, or some people near each other taken off theirs, and put on again where that
costs least; a round that makes the plan dearer is kept by chance, at first often and in the end
hardly ever. Each thread does so on a plan of its own; the best of them is the answer.

Source: Shaw (1998) and Ropke and Pisinger (2006) for taking off and putting on; Kirkpatrick, Gelatt
and Vecchi (1983) for annealing; the overlooking of offers is the blink of Christiaens and Vanden
Berghe (2020).
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Parameters, Run, Solution
from p2p_solvers.bounds.whole import prove
from p2p_solvers.engine.memory import BLINKS
from p2p_solvers.engine.start import first_plan, mend
from p2p_solvers.engine.team import Team


class SearchParameters(Parameters):
    """How it searches."""

    hope: Annotated[float, Field(ge=0, le=1)] = 0.7
    """Share of a new trip's seats that later groups are hoped to fill, in the first plan."""

    trips: Annotated[int, Field(ge=1, le=50)] = 2
    """Most trips taken apart in a round."""

    rides: Annotated[int, Field(ge=0, le=200)] = 8
    """Most rides taken off in a round."""

    hot: Annotated[float, Field(gt=0)] = 0.3
    """By how much a round may make the plan dearer at first, in costs of a mean trip; none lingers
    where this is cooler than that."""

    cold: Annotated[float, Field(gt=0)] = 0.02
    """The same in the end."""

    blinks: Annotated[float, Field(ge=0, lt=1)] = 0.02
    """Share of the offers that are overlooked, so that the next best is tried too."""

    rounds: Annotated[int, Field(ge=1)] = 40_000
    """Most rounds of an annealing for each trip; a small plan needs fewer."""


class Search:
    """Take off, put on again, keep what is no worse or, by chance, not much worse."""

    name: ClassVar[str] = "search"
    Parameters: ClassVar[type[BaseModel]] = SearchParameters

    def declines(self, problem: Problem) -> str | None:
        """Take every problem."""
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """
        Make the plan of ``insertion``, then search: no plan is dearer than that.

        With open jobs, make the plan of ``match-first``, then search likewise.
        """
        assert isinstance(parameters, SearchParameters)
        if problem.jobs is not None:
            from p2p_solvers.jobs.jointly import plan_jointly  # which searches too

            return plan_jointly(problem, self, parameters, run)
        if problem.start is None:
            prove(problem, run)
        return search_coaches(problem, parameters, run)


def cold(parameters: SearchParameters) -> SearchParameters:
    """The same without heat: a plan that people were told is not melted."""
    return parameters.model_copy(update={"hot": parameters.cold})


def search_coaches(problem: Problem, parameters: SearchParameters, run: Run) -> Solution:
    """The search itself: nothing is proved, and nobody looks for a post."""
    board = first_plan(problem, run, parameters.hope)
    if problem.start is None:
        mend(board, run, limited=False)
    else:
        parameters = cold(parameters)
    board.s[BLINKS] = round(1000 * parameters.blinks)
    return Team(board, parameters, run).search()
