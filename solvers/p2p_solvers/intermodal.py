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
from typing import ClassVar

from pydantic import BaseModel

from p2p_dispatch.problem import NO_LIMIT, Problem, Services
from p2p_dispatch.solution import Ended, Run, Solution
from p2p_solvers.modes.draft import Draft, Drafts
from p2p_solvers.modes.master import Chosen, Master
from p2p_solvers.modes.measured import measured
from p2p_solvers.modes.promising import promising
from p2p_solvers.modes.rounding import journeys_of
from p2p_solvers.modes.ways import ways_of
from p2p_solvers.search import Search, SearchParameters

FIRST, SECOND = 0.12, 0.35
"""Shares of the time by which the coaches alone have been searched, and those that go with the
services that were chosen in between."""

PATIENCE = 0.1
"""Share of the time that the integer programme may take."""


class Intermodal:
    """Coaches alone, then with services; the cheaper one is searched on."""

    name: ClassVar[str] = "intermodal"
    Parameters: ClassVar[type[BaseModel]] = SearchParameters

    def declines(self, problem: Problem) -> str | None:
        """Take every problem."""
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """Choose services by prices, plan coaches by search, keep the cheaper of two plans."""
        assert isinstance(parameters, SearchParameters)
        services = problem.services
        ceilings = problem.ceiling < NO_LIMIT or bool((problem.payer_ceiling < NO_LIMIT).any())
        if services is None or not services.offers or ceilings:
            return Search().solve(problem, parameters, run)
        drafts = Drafts(problem, parameters, run)
        best = drafts.coaches_alone(*_until(run, FIRST))
        drafts.keep(best, "coaches alone")
        chosen = self._choose(problem, services, drafts, best, run)
        if chosen is not None and chosen.people and not run.stop():
            trips, journeys = journeys_of(problem, services, chosen)
            other = drafts.draft(trips, journeys, *_until(run, SECOND), after=best)
            drafts.keep(other, "with services")
            best = min(best, other, key=lambda draft: draft.cost)
        if run.seconds is not None and not run.stop():
            last = drafts.draft(best.services, best.journeys, *_until(run, 1.0), after=best)
            drafts.keep(last, "searched on")
        assert run.best is not None
        return replace(run.best, ended=Ended.TIME if run.stop() else Ended.DONE)

    def _choose(
        self, problem: Problem, services: Services, drafts: Drafts, alone: Draft, run: Run
    ) -> Chosen | None:
        prices = drafts.prices
        coaches = measured(alone.coaches, alone.trips, alone.journeys, prices)
        ways = ways_of(problem, services, prices)
        if not ways:
            return None
        saved = Master(problem, services, [], prices, coaches).saved(ways)
        if saved is None:
            return None
        ways = promising(problem, services, ways, saved)
        master = Master(problem, services, ways, prices, coaches)
        seconds = None if run.seconds is None else PATIENCE * run.seconds
        return master.solve(seconds, run.seed)


def _until(run: Run, share: float) -> tuple[float | None, int | None]:
    """Seconds that are left until a share of the time is over, and iterations."""
    if run.seconds is None:
        return None, run.iterations
    return max(0.1, share * run.seconds - run.elapsed), run.iterations
