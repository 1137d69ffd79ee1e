"""
Trains first: a baseline that orders all the trains there are to be had, then coaches for the rest.

Services are filled one after the other with those who live nearest to their stations, whatever
they cost; then the coaches are searched: feeders, onward coaches, and those of everybody who found
no seat. Who found no coach to a train or from it goes by coach all the way. People whose job is
open are matched to posts beforehand, as ``match-first`` does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_dispatch.solution import Ended, Run, ServiceTrip, Solution
from p2p_solvers.jobs.first import plan_matched
from p2p_solvers.jobs.matching import match_people, useful_matches
from p2p_solvers.modes.drafts import Drafts
from p2p_solvers.modes.fullest import fullest
from p2p_solvers.modes.ways import by_offer, ways_of
from p2p_solvers.search import Search, SearchParameters


class TrainsFirst:
    """All services that can be filled, then coaches."""

    name: ClassVar[str] = "trains-first"
    Parameters: ClassVar[type[BaseModel]] = SearchParameters

    def declines(self, problem: Problem) -> str | None:
        """Trains know nothing of ceilings."""
        ceilings = problem.ceiling < NO_LIMIT or bool((problem.payer_ceiling < NO_LIMIT).any())
        return "it cannot keep a ceiling of a budget or a payer" if ceilings else None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """Fill services, then search coaches for as long as there is time."""
        assert isinstance(parameters, SearchParameters)
        if problem.jobs is not None:
            chosen = match_people(problem, useful_matches(problem))
            return plan_matched(problem, chosen, self, parameters, run)
        if problem.services is None or not problem.services.offers:
            return Search().solve(problem, parameters, run)
        drafts = Drafts(problem, parameters, run)
        ways = ways_of(problem, problem.services, drafts.prices)
        every = [ServiceTrip(offer=offer) for offer in range(len(problem.services.offers))]
        trips, riding = fullest(problem, problem.services, by_offer(ways, every))
        seconds = None if run.seconds is None else max(0.1, run.seconds - run.elapsed)
        found = drafts.settled(trips, by_offer(ways, trips), riding, (seconds, run.iterations))
        drafts.keep(found, "trains first")
        assert run.best is not None
        return replace(run.best, ended=Ended.TIME if run.stop() else Ended.DONE)
