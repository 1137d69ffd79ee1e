"""
People, posts and trips decided together.

First people are matched to posts and their travel is planned, as ``match-first`` does, for half
of the time. From that plan the search goes on with a board on which the site of people whose jobs
are open is free: whoever is put on again goes where that spares the most, a person left behind, an
empty post and subsidies against what seats cost on the trips there are, by coach or by the services
that run. The plan that is handed over is never dearer than the one it begins with.
"""

from __future__ import annotations

from dataclasses import replace

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Ended, Run, Solution, Strategy
from p2p_solvers.bounds.whole import prove
from p2p_solvers.jobs.first import plan_matched
from p2p_solvers.jobs.matching import match_people, useful_matches
from p2p_solvers.jobs.narrow import narrowed_to
from p2p_solvers.modes.begin import wanted_of
from p2p_solvers.modes.draft import Draft
from p2p_solvers.modes.drafts import Drafts
from p2p_solvers.modes.ways import by_offer, ways_of
from p2p_solvers.search import SearchParameters

FIRST = 0.5
"""Share of the time for the plan of the matching."""


def plan_jointly(
    problem: Problem, travel: Strategy, parameters: SearchParameters, run: Run
) -> Solution:
    """
    A plan for a problem with open jobs.

    Parameters
    ----------
    travel
        What plans the travel of the matching.
    """
    if problem.start is None:
        prove(problem, run)
    useful = useful_matches(problem)
    chosen = match_people(problem, useful)
    first = plan_matched(problem, chosen, travel, parameters, run, share=FIRST)
    assert first.coaches is not None
    after = Draft(first.services, first.journeys, first.coaches, first.trips, first.cost)
    if not run.stop():
        whole = narrowed_to(problem, useful, chosen)
        drafts = Drafts(whole, parameters, run)
        left = None if run.seconds is None else max(0.1, run.seconds - run.elapsed)
        trips, limits = after.services, (left, run.iterations)
        ways = ways_of(whole, whole.services, drafts.prices) if whole.services and trips else []
        of_offer = by_offer(ways, trips)
        last = drafts.with_services(trips, of_offer, wanted_of(after), after, limits)
        drafts.keep(last, "people, posts and trips")
    assert run.best is not None
    return replace(run.best, ended=Ended.TIME if run.stop() else Ended.DONE)
