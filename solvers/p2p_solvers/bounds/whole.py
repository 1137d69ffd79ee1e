"""
The bound on whole plans, put together.

Where jobs are open everybody may go to each site that has posts for them, and takes the one that
costs least; posts have prices like checks and intake, and who fills one spares what it costs empty.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import Problem, Services, spread
from p2p_dispatch.solution import Bound, Run
from p2p_solvers.bounds.basics import FINE, NEVER, Ints
from p2p_solvers.bounds.calls import Calls
from p2p_solvers.bounds.direct import Direct, direct
from p2p_solvers.bounds.fares import Fares
from p2p_solvers.bounds.knapsacks import climb
from p2p_solvers.bounds.leaves_out import left_out
from p2p_solvers.bounds.limits import Prices, days_out, prices_of
from p2p_solvers.bounds.offers import all_bookings, knapsacks_of
from p2p_solvers.bounds.onecoach import SMALL, applies, prove_one_coach
from p2p_solvers.jobs.crowds import crowds_of

SHARE, MOST_SHARE = 0.05, 0.15
"""Share of the time of a run after which good prices are looked for no longer; and that which the
rest may need at the most, or there is no bound."""

PER_WAY, PER_RIDE = 2e-9, 4e-6
"""Seconds, about: for two ways put together, and for a cohort on an offer."""

FEW = 60
"""Cohorts up to which trips are priced one by one before plans are looked for."""

ROUNDS = 200
"""How often all services are filled while good prices of people are looked for."""

MOST_PRICED = 40_000
"""Cohorts times days up to which units get prices: their programme takes some seconds then."""


HOW = "every coach full and as cheap as it can be"
HOW_SERVICES = ", services filled as knapsacks (Lagrangian relaxation)"


def prove(problem: Problem, run: Run) -> None:
    """Hand over a bound on whole plans, unless there is one or it would take too much time."""
    offers = len(problem.services.offers) if problem.services else 0
    cohorts = problem.n_cohorts + (problem.jobs.n_matches if problem.jobs else 0)
    needs = PER_WAY * len(problem.metres) ** 3 + PER_RIDE * cohorts * offers
    if run.bound is None and (run.seconds is None or needs < MOST_SHARE * run.seconds):
        seconds = None if run.seconds is None else SHARE * run.seconds
        bound = bound_of(problem, seconds)
        if bound is not None:
            run.prove(bound)
        if problem.n_cohorts <= FEW and applies(problem):
            prove_one_coach(problem, run, SMALL)


def bound_of(problem: Problem, seconds: float | None = None) -> Bound | None:
    """
    A bound on everything that plans of a problem can be, changes between coaches included.

    It holds for trips on which everybody boards before anybody gets off. Who looks for a post goes
    to the one that costs least, as far as there are posts.

    Parameters
    ----------
    seconds
        Time after which good prices are looked for no longer; what makes it a bound is done all the
        same.

    Returns
    -------
    None where nothing can be proved.
    """
    problem = spread(problem)
    until = None if seconds is None else time.monotonic() + seconds

    def stop() -> bool:
        return until is not None and time.monotonic() > until

    services = problem.services
    if services is not None and not all_bookings(problem, services):
        return None
    if not problem.n_cohorts:
        return Bound(cents=float(crowds_of(problem).nobody), how=HOW, of_all=True)
    fares, calls = Fares(problem), Calls(problem)
    ways = direct(problem, fares, calls)
    tried = _priced(problem, fares, calls, ways, stop)
    best, how = tried.worth, HOW
    if services is not None and services.offers:
        best = _with_services(problem, services, calls, tried, stop)
        how += HOW_SERVICES
    return Bound(cents=best / FINE, how=how, leaves_out=left_out(problem), of_all=True)


class _Tried(NamedTuple):
    """Prices, what they prove of coaches, the highest prices of people, and seats."""

    worth: int
    prices: Prices
    most: Ints
    fares: Fares


def _priced(
    problem: Problem, fares: Fares, calls: Calls, ways: Direct, stop: Callable[[], bool]
) -> _Tried:
    """
    The best prices: none, or those of a linear programme; by the day also one with units.

    By the clock a coach may come home and leave again on the same day, so a day of a unit is no
    limit on trips.
    """
    tried = [_tried(problem, calls, Prices.none(problem), fares, ways)]
    if not stop():
        tried.append(_tried(problem, calls, prices_of(problem, ways), fares, ways))
    if problem.by_day and problem.n_cohorts * problem.n_days <= MOST_PRICED and not stop():
        prices = prices_of(problem, ways, days_out(problem, fares, calls))
        if prices.units.any():
            tried.append(_tried(problem, calls, prices, fares, ways))
    return max(tried, key=lambda each: each.worth)


def _tried(problem: Problem, calls: Calls, prices: Prices, fares: Fares, ways: Direct) -> _Tried:
    """
    What some prices prove.

    Parameters
    ----------
    fares, ways
        Without prices of units.
    """
    prices = prices.clipped(problem)
    if prices.units.any():
        fares = fares.at(prices.units)
        ways = direct(problem, fares, calls)
    crowds = crowds_of(problem)
    most = np.minimum(crowds.least(prices.cost(problem, ways), NEVER), crowds.value * FINE)
    worth = int((crowds.people * most).sum()) - prices.rent(problem)
    return _Tried(worth, prices, most, fares)


def _with_services(
    problem: Problem,
    services: Services,
    calls: Calls,
    tried: _Tried,
    stop: Callable[[], bool],
) -> int:
    """What is proved of coaches and services together."""
    most, knapsacks = knapsacks_of(problem, services, tried.fares, calls, tried.prices, tried.most)
    people = crowds_of(problem).people
    worth, _ = climb(people, services, knapsacks, most, ROUNDS, stop)
    return worth - tried.prices.rent(problem)
