"""
Intermodal: services and coaches planned together.

First the coaches alone are searched, as ``search`` does. Then an integer programme over prices of
seats chooses which services run and who goes by them; what seats on coaches cost above those of
full ones is read from the first plan. Feeders, onward coaches and those that go all the way are
then one problem of coaches, in which a service is a window of time at a hub, and are searched.
The cheaper plan of both is searched on until the time is up.

Where there are no services, all of it is ``search``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from p2p_dispatch.problem import NO_LIMIT, Problem, Services, run_trip
from p2p_dispatch.solution import Ended, Run, Solution
from p2p_solvers.modes.draft import Draft, Drafts
from p2p_solvers.modes.master import Chosen, Master
from p2p_solvers.modes.promising import promising
from p2p_solvers.modes.rounding import journeys_of
from p2p_solvers.modes.ways import ways_of
from p2p_solvers.search import Search, SearchParameters

FIRST, CHOICE, SECOND = 0.25, 0.35, 0.6
"""Shares of the time by which the coaches alone have been searched, the services chosen, and the
coaches searched that go with these: for as long as those alone, so that they can be compared."""


class IntermodalParameters(SearchParameters):
    """How coaches are searched, and what services are held against."""

    factor: Annotated[float, Field(ge=1)] | None = None
    """What seats on coaches cost above those of full ones; none: as in the plan of coaches."""


class Intermodal:
    """Coaches alone, then with services; the cheaper one is searched on."""

    name: ClassVar[str] = "intermodal"
    Parameters: ClassVar[type[BaseModel]] = IntermodalParameters

    def declines(self, problem: Problem) -> str | None:
        """Take every problem."""
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """Choose services by prices, plan coaches by search, keep the cheaper of two plans."""
        assert isinstance(parameters, IntermodalParameters)
        services = problem.services
        ceilings = problem.ceiling < NO_LIMIT or bool((problem.payer_ceiling < NO_LIMIT).any())
        if services is None or not services.offers or ceilings:
            return Search().solve(problem, parameters, run)
        drafts = Drafts(problem, parameters, run)
        best = drafts.coaches_alone(*_until(run, FIRST))
        drafts.keep(best, "coaches alone")
        chosen = self._choose(problem, services, drafts, parameters, best, run)
        if chosen is not None and chosen.people and not run.stop():
            trips, journeys = journeys_of(problem, services, chosen)
            other = drafts.draft(trips, journeys, *_until(run, SECOND))
            drafts.keep(other, "with services")
            best = min(best, other, key=lambda draft: draft.cost)
        if run.seconds is not None and not run.stop():
            last = drafts.draft(best.services, best.journeys, *_until(run, 1.0), after=best)
            drafts.keep(last, "searched on")
        assert run.best is not None
        return replace(run.best, ended=Ended.TIME if run.stop() else Ended.DONE)

    def _choose(
        self,
        problem: Problem,
        services: Services,
        drafts: Drafts,
        parameters: IntermodalParameters,
        alone: Draft,
        run: Run,
    ) -> Chosen | None:
        factor = parameters.factor or _factor(problem, drafts, alone)
        left = problem.people.copy()
        for trip in alone.trips:
            for load in trip.loads:
                left[load.cohort] -= load.people
        ways = ways_of(problem, services, drafts.prices)
        ways = promising(problem, services, ways, drafts.prices, factor, left)
        if not ways:
            return None
        master = Master(problem, services, ways, drafts.prices, factor)
        return master.solve(_until(run, CHOICE)[0], run.seed)


def _until(run: Run, share: float) -> tuple[float | None, int | None]:
    """Seconds that are left until a share of the time is over, and iterations."""
    if run.seconds is None:
        return None, run.iterations
    return max(0.1, share * run.seconds - run.elapsed), run.iterations


def _factor(problem: Problem, drafts: Drafts, alone: Draft) -> float:
    """What seats on coaches cost in a plan of coaches, against those of full ones."""
    paid = sum(run_trip(alone.coaches, trip).cost for trip in alone.trips)
    full = 0.0
    for trip in alone.trips:
        for load in trip.loads:
            seat = drafts.prices.of(int(problem.origin[load.cohort]), load.drop)
            full += load.people * (seat.cents if seat else 0.0)
    return max(1.0, paid / full) if full else 1.3
