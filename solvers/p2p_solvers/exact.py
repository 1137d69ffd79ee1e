"""
Exact: the whole as one integer programme, for scenarios of a few dozen cohorts at the most.

Every trip that a coach could make is listed, with its times by the rules of one trip; the programme
chooses trips, who rides them, which services run and with how many carriages, who goes by them, who
fills which post, and who stays. CP-SAT solves it. It is there to say what is best, so that the
others can be measured.

By the day nothing is left out, and what is proved is proved. By the clock coaches leave at the
minutes of the problem's grid, with some departures for many that are alike; nobody takes two
services, changes from coach to coach, or takes a feeder to a hub where they gather. There the
programme's best is a plan like any other, and the bound is that of whole plans.
"""

from __future__ import annotations

from dataclasses import replace
from math import floor
from typing import Annotated, ClassVar

import numpy as np
from pydantic import BaseModel, Field

from p2p_dispatch.problem import NO_LIMIT, Jobs, Problem, spread
from p2p_dispatch.solution import (
    Bound,
    Declined,
    Ended,
    Parameters,
    Progress,
    Quality,
    Run,
    Solution,
)
from p2p_solvers.bounds.whole import prove
from p2p_solvers.exactly.answer import solution_of
from p2p_solvers.exactly.legs import legs_of_all
from p2p_solvers.exactly.patterns import Pattern, frozen_of, how_many, patterns_of
from p2p_solvers.exactly.programme import Programme
from p2p_solvers.jobs.crowds import crowds_of
from p2p_solvers.modes.prices import SeatPrices

HOW = "an integer programme over all trips (CP-SAT)"


class ExactParameters(Parameters):
    """How large a scenario it takes."""

    most_trips: Annotated[int, Field(ge=1)] = 400_000
    """Trips that it tries at the most; with more it declines."""

    most_cohorts: Annotated[int, Field(ge=1)] = 40
    """Cohorts at the most."""


class Exact:
    """One integer programme over all trips."""

    name: ClassVar[str] = "exact"
    Parameters: ClassVar[type[BaseModel]] = ExactParameters

    def declines(self, problem: Problem) -> str | None:
        """Refuse what its programme cannot say; what is too large depends on the parameters."""
        shares = problem.origin_share or problem.class_share.any()
        if problem.jobs is not None and shares and _unwanted(problem.jobs):
            return "it cannot count people whose trade nobody needs among shares to be moved"
        if (problem.payer_ceiling < NO_LIMIT).any():
            return "it cannot share costs among payers who have a ceiling"
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """
        List, choose, and hand over.

        Raises
        ------
        Declined
            Before anything is done, when there is more than the parameters let it look at.
        """
        assert isinstance(parameters, ExactParameters)
        whole = spread(problem)
        _refuse_the_large(whole, parameters)
        prove(problem, run)
        return self._chosen(whole, run)

    def _chosen(self, problem: Problem, run: Run) -> Solution:
        """The best of a problem in which everybody is bound for a site, or for one of several."""
        nobody = Solution(trips=(), cost=crowds_of(problem).nobody)
        promised = problem.frozen or problem.origin_share or problem.class_share.any()
        if not promised:
            run.keep(nobody, _progress(problem, nobody, 0, run))
        prices = SeatPrices(problem)
        legs = legs_of_all(problem, prices)
        onward = {journey.onward for journey in legs.journeys}
        patterns = [*frozen_of(legs.coaches), *patterns_of(legs.coaches, onward)]
        note = f"{len(patterns)} trips to choose from"
        run.report(replace(_progress(problem, nobody, 0, run), note=note))
        programme = Programme(problem, legs, patterns)
        return self._solved(problem, programme, prices, run)

    def _solved(
        self, problem: Problem, programme: Programme, prices: SeatPrices, run: Run
    ) -> Solution:
        from ortools.sat.python import cp_model

        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1  # the same plan every time
        solver.parameters.linearization_level = 2
        solver.parameters.random_seed = run.seed % (1 << 30)
        if run.seconds is not None:
            solver.parameters.max_time_in_seconds = max(0.1, run.seconds - run.elapsed)
        if run.iterations is not None:
            solver.parameters.max_deterministic_time = float(run.iterations)
        if run.gap is not None:
            solver.parameters.relative_gap_limit = run.gap
        status = solver.solve(programme.model)
        proved = status == cp_model.OPTIMAL
        if status == cp_model.INFEASIBLE:
            quality = Quality.IMPOSSIBLE if problem.by_day else Quality.NONE
            return Solution(trips=(), cost=0, quality=quality, ended=Ended.PROVED)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            nothing = Solution(trips=(), cost=0, quality=Quality.NONE)
            return replace(run.best or nothing, ended=Ended.TIME)
        if problem.by_day:
            cents = _unrounded(problem, programme, solver.best_objective_bound)
            run.prove(Bound(cents=cents, how=HOW, of_all=True))
        found = solution_of(problem, programme, solver.value, prices)
        best = proved and problem.by_day
        found = replace(
            found,
            cost=round(solver.objective_value),
            quality=Quality.OPTIMAL if best else Quality.FEASIBLE,
            ended=Ended.PROVED if best else Ended.DONE if proved else Ended.TIME,
        )
        left = sum(int(solver.value(shares.people())) for shares in programme.left)
        run.keep(found, _progress(problem, found, problem.everybody - left, run))
        return found


def _unwanted(jobs: Jobs) -> bool:
    """Whether somebody looks for posts of which there are none."""
    return len(np.unique(jobs.seeker)) < len(jobs.people)


def _refuse_the_large(problem: Problem, limits: ExactParameters) -> None:
    if problem.n_cohorts > limits.most_cohorts:
        raise Declined(
            f"it is for small scenarios: {problem.n_cohorts} cohorts, at most "
            f"{limits.most_cohorts} (most_cohorts)"
        )
    offers = problem.services.offers if problem.services else ()
    hubs = {place for offer in offers for place in offer.places}
    starts = len({*problem.origin.tolist()} | hubs)
    ends = len({drop for drops in problem.drops for drop, _ in drops} | hubs)
    trips = how_many(problem, starts, ends)
    if trips > limits.most_trips:
        raise Declined(
            f"it is for small scenarios: about {trips:,} trips are possible, at most "
            f"{limits.most_trips:,} (most_trips)"
        )


def _unrounded(problem: Problem, programme: Programme, bound: float) -> float:
    """
    A bound without the rounding of roads, each of which was taken for up to a metre too long.

    A share ``e`` of what coaches cost is rounding at the most, and they cost no more than the whole
    and all subsidies together.
    """
    most = np.zeros(programme.crowds.n_crowds, dtype=np.int64)
    np.maximum.at(most, programme.crowds.of, problem.subsidy)
    subsidies = float((programme.crowds.people * most).sum())
    share = max((_rounding(problem, pattern) for pattern in programme.patterns), default=0.0)
    return floor((1 - share) * bound - share * subsidies - 1)


def _rounding(problem: Problem, pattern: Pattern) -> float:
    legs, kind = len(pattern.trip.stops) + 1, int(problem.unit_type[pattern.trip.pool])
    cents = legs * int(problem.per_km[kind]) / 1000 + 1
    return min(1.0, cents / max(1, pattern.run.cost))


def _progress(problem: Problem, solution: Solution, served: int, run: Run) -> Progress:
    return Progress(
        seconds=run.elapsed,
        served=served,
        people=problem.everybody,
        trips=len(solution.trips) + len(solution.services),
        cost=solution.cost,
    )
