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

from p2p_dispatch.problem import NO_LIMIT, Problem, Services, spread
from p2p_dispatch.solution import Bound, Run
from p2p_solvers.bounds.basics import FINE, NEVER, Ints
from p2p_solvers.bounds.calls import Calls
from p2p_solvers.bounds.direct import Direct, direct
from p2p_solvers.bounds.fares import Fares
from p2p_solvers.bounds.knapsacks import Knapsack, climb
from p2p_solvers.bounds.limits import Prices, days_out, prices_of
from p2p_solvers.bounds.services import Sides, linked
from p2p_solvers.jobs.crowds import crowds_of

SHARE, MOST_SHARE = 0.05, 0.15
"""Share of the time of a run after which good prices are looked for no longer; and that which the
rest may need at the most, or there is no bound."""

PER_WAY, PER_RIDE = 2e-9, 4e-6
"""Seconds, about: for two ways put together, and for a cohort on an offer."""

ROUNDS = 200
"""How often all services are filled while good prices of people are looked for."""

MOST_PRICED = 40_000
"""Cohorts times days up to which units get prices: their programme takes some seconds then."""

FILLER = 100_00 * FINE
"""People who would lose more than this on a service stand for each other; hundredths of a cent."""


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
    if services is not None and not _all_bookings(problem, services):
        return None
    if not problem.n_cohorts:
        return Bound(cents=float(crowds_of(problem).nobody), how=HOW, of_all=True)
    fares, calls = Fares(problem), Calls(problem)
    ways = direct(problem, fares, calls)
    tried = _priced(problem, fares, calls, ways, stop)
    best, offers = tried.worth, services is not None and bool(services.offers)
    if services is not None and services.offers:
        best = _with_services(problem, services, calls, tried, stop)
    how = HOW + (HOW_SERVICES if offers else "")
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


def knapsacks_of(
    problem: Problem,
    services: Services,
    fares: Fares,
    calls: Calls,
    prices: Prices,
    most: Ints,
) -> tuple[Ints, list[Knapsack]]:
    """
    The knapsack of every offer, and the highest prices of people.

    Who takes several services is a stranger on each: strangers pay so much for a seat that nobody
    would save by it, or what seats cost on a full service at the least; then they save something,
    and their highest price is what that costs.

    Parameters
    ----------
    most
        (n_crowds,) the highest prices of people who take one service at the most.
    """
    sides, crowds = Sides(problem, fares, calls, prices), crowds_of(problem)
    to = [sides.to(offer) for offer in services.offers]
    on = [sides.on(offer) for offer in services.offers]
    first, later, between = linked(problem, services, fares)
    stranger = -1
    if first:
        start = np.minimum.reduce([to[number].min(axis=0) for number in first])
        end = np.minimum.reduce([on[number].min(axis=0) for number in later])
        both = np.minimum(start + end, NEVER) + between - problem.subsidy * FINE
        each = crowds.least(prices.with_posts(problem, both), NEVER)
        saves = int((-(-(most - each) // 2)).max(initial=0))
        full = min(_full(problem, services, number) for number in first | later)
        stranger = max(0, min(saves, full))
        most = np.minimum(most, each + 2 * stranger)
    knapsacks = []
    for number, offer in enumerate(services.offers):
        ways = sides.joined(to[number], on[number])
        cost = crowds.least(prices.with_posts(problem, ways), NEVER)
        cohorts = np.flatnonzero(cost < most + FILLER)
        riders, cents = _seats(problem, services, number)
        knapsacks.append(
            Knapsack(
                offer=offer,
                cohorts=cohorts,
                cost=cost[cohorts],
                riders=riders,
                fares=cents,
                stranger=stranger if number in first | later else -1,
                filler=-FILLER,
            )
        )
    return most, knapsacks


def _seats(problem: Problem, services: Services, number: int) -> tuple[Ints, Ints]:
    """Seats of every consist of an offer at the kindest level of its hubs, and its fare."""
    offer = services.offers[number]
    risk = problem.risk[list(offer.places), offer.day + problem.pad]
    level = max(int(risk[: offer.n_board].min()), int(risk[offer.n_board :].min()))
    consists = services.consists[number]
    riders = np.array([max(each.riders[level:]) for each in consists], dtype=np.int64)
    return riders, np.array([each.cents * FINE for each in consists], dtype=np.int64)


def _full(problem: Problem, services: Services, number: int) -> int:
    """What a seat costs if the service is full."""
    riders, fares = _seats(problem, services, number)
    some = riders > 0
    return int((fares[some] // riders[some]).min(initial=NEVER))


def _all_bookings(problem: Problem, services: Services) -> bool:
    """Whether the consists of every offer are all there are, or have seats for everybody."""
    everybody = problem.everybody
    return all(
        offer.carriages < NO_LIMIT
        or all(kind.most < NO_LIMIT for kind in offer.kinds)
        or int(_seats(problem, services, number)[0].max(initial=0)) >= everybody
        for number, offer in enumerate(services.offers)
    )


def left_out(problem: Problem) -> tuple[str, ...]:
    """Ids of the rules that the problem has and the bound leaves out, in part at least."""
    services = problem.services
    limits = {
        "fleet": True,
        "slots": bool((problem.slot_trips < NO_LIMIT).any())
        or (services is not None and bool((services.slot_trips < NO_LIMIT).any())),
        "crew": not problem.by_day,
        "stops": True,
        "minimum-load": bool(problem.minimum_load.any()),
        "budget": problem.ceiling < NO_LIMIT or bool((problem.payer_ceiling < NO_LIMIT).any()),
        "party": any(problem.parties),
        "priority": bool(problem.origin_share) or bool(problem.class_share.any()),
        "frozen": bool(problem.frozen),
        "risk": problem.apart,
    }
    return tuple(rule for rule, there in limits.items() if there)
