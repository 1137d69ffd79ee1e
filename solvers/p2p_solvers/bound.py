"""
Bound: what no plan of coaches can cost less than, with a plan that is made in no time.

Column generation over loaded trips: a linear programme over shares of trips, whose prices are asked
of all trips that the rules allow, and the safe bound that follows from the prices. ``proof`` says
how. The plan that comes with it is the first one of ``insertion``, whose trips lead to the first
prices.

Source: Dantzig and Wolfe (1960) for the decomposition, Geoffrion (1974) for the bound.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar

import numpy as np
from pydantic import BaseModel, Field

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Ended, Parameters, Prices, Run, Solution
from p2p_solvers.bounds.whole import prove
from p2p_solvers.engine.start import first_plan
from p2p_solvers.engine.told import progress_of, solution_of
from p2p_solvers.insertion import Insertion, InsertionParameters
from p2p_solvers.proof.duals import Duals
from p2p_solvers.proof.generation import Generation
from p2p_solvers.proof.memory import UNIT


class BoundParameters(Parameters):
    """How much is looked at one by one."""

    patterns: Annotated[int, Field(ge=0)] = 15_000_000
    """Sets of stops that are kept, at most, once they are found."""

    afresh: Annotated[int, Field(ge=0)] = 1_500_000_000
    """Sets of stops beyond these that are looked through anew for every price, at most; of what is
    left less is asked."""

    columns: Annotated[int, Field(ge=1)] = 40
    """Most trips that a day of a depot adds to the linear programme in a round."""

    nodes: Annotated[int, Field(ge=0)] = 30
    """Most steps beyond the linear programme: rounds of rows that plans keep, and branching."""


HOPE = 0.7
"""Share of a new trip's seats that later groups are hoped to fill, in the first plan."""

EXACTLY = "columns priced over all trips that keep the rules of one trip"
LOOSELY = "columns priced over trips between pairs of stops where sets of stops are too many"


class Bound:
    """The linear programme over all loaded trips, as a bound."""

    name: ClassVar[str] = "bound"
    Parameters: ClassVar[type[BaseModel]] = BoundParameters

    def declines(self, problem: Problem) -> str | None:
        """Take every problem; of services a plan will say that nothing is proved."""
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """Bounds that get better, each with the same plan."""
        assert isinstance(parameters, BoundParameters)
        if problem.jobs is not None:  # trips are priced for people who are bound for a site
            prove(problem, run)
            return Insertion().solve(problem, InsertionParameters(), run)
        board = first_plan(problem, run, HOPE)
        plan, ended = solution_of(board, Ended.DONE), Ended.TIME
        run.keep(plan, progress_of(board, run, "finding trips"))
        generation = Generation(
            problem,
            run.threads,
            parameters.patterns,
            parameters.columns,
            parameters.nodes,
            parameters.afresh,
        )
        laid_out = generation.lay_out(run.stop)
        if laid_out:
            for bound in generation.run(run.stop, plan.trips):
                plan = run.best = proved(plan, bound.cents, generation)
                note = generation.note()
                run.report(replace(progress_of(board, run, note), bound=plan.bound))
                if bound.done or optimal(plan) or reached(plan, run.gap):
                    ended = Ended.GAP if reached(plan, run.gap) else Ended.DONE
                    break
        prices = prices_of(generation.duals, generation) if laid_out else None
        return replace(plan, ended=ended, prices=prices)


def prices_of(duals: Duals, generation: Generation) -> Prices:
    """Prices of the linear programme by day; a coach more is one at every moment of its day."""
    problem, moments = generation.problem, generation.moments
    units = np.zeros(problem.units.shape)
    for number in range(moments.units.shape[1]):
        units[:, problem.column(moments.first + number * moments.step)] += duals.units[:, number]
    return Prices(medical=duals.checks / UNIT, intake=duals.takes / UNIT, units=units / UNIT)


def optimal(solution: Solution) -> bool:
    """Whether no plan costs a cent less."""
    return solution.bound is not None and solution.cost - solution.bound < 1


def reached(solution: Solution, gap: float | None) -> bool:
    """Whether the bound is as near as was asked."""
    if gap is None or solution.bound is None:
        return False
    return solution.cost - solution.bound <= gap * solution.cost


def proved(solution: Solution, cents: int, generation: Generation) -> Solution:
    """A solution with what is proved of it; a bound above its cost would be a fault of ours."""
    return replace(
        solution,
        bound=float(cents),
        bound_how=EXACTLY if generation.exact else LOOSELY,
        bound_leaves_out=generation.leaves_out(),
    )
