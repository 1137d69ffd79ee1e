"""Services as knapsacks: who could ride, what they cost beside the service, seats and fares."""

from __future__ import annotations

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Problem, Services
from p2p_solvers.bounds.basics import FINE, NEVER, Ints
from p2p_solvers.bounds.calls import Calls
from p2p_solvers.bounds.fares import Fares
from p2p_solvers.bounds.knapsacks import Knapsack
from p2p_solvers.bounds.limits import Prices
from p2p_solvers.bounds.services import Sides, linked
from p2p_solvers.jobs.crowds import crowds_of

FILLER = 100_00 * FINE
"""People who would lose more than this on a service stand for each other; hundredths of a cent."""


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
    links = linked(problem, services, fares)
    first, later, stranger = links.first, links.later, -1
    each = np.full(crowds.n_crowds, NEVER, dtype=np.int64)
    if first:
        start = np.minimum.reduce([to[number] for number in first])
        end = np.minimum.reduce([on[number] for number in later])
        both = links.cost(start, end, fares.most_changes)
        both = np.where(both >= NEVER, NEVER, both - problem.subsidy * FINE)
        each = crowds.least(prices.with_posts(problem, both), NEVER)
    if (each < NEVER).any():
        saves = int((-(-(most - each) // 2)).max(initial=0))
        full = min(_full(problem, services, number) for number in first | later)
        stranger = max(0, min(saves, full))
        most = np.minimum(most, each + 2 * stranger)
    knapsacks = []
    for number, offer in enumerate(services.offers):
        ways = sides.joined(to[number], on[number])
        cost = crowds.least(prices.with_posts(problem, ways), NEVER)
        cohorts = np.flatnonzero(cost < most + FILLER)
        riders, cents = seats_of(problem, services, number)
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


def seats_of(problem: Problem, services: Services, number: int) -> tuple[Ints, Ints]:
    """Seats of every consist of an offer at the kindest level of its hubs, and its fare."""
    offer = services.offers[number]
    risk = problem.risk[list(offer.places), offer.day + problem.pad]
    level = max(int(risk[: offer.n_board].min()), int(risk[offer.n_board :].min()))
    consists = services.consists[number]
    riders = np.array([max(each.riders[level:]) for each in consists], dtype=np.int64)
    return riders, np.array([each.cents * FINE for each in consists], dtype=np.int64)


def _full(problem: Problem, services: Services, number: int) -> int:
    """What a seat costs if the service is full."""
    riders, fares = seats_of(problem, services, number)
    some = riders > 0
    return int((fares[some] // riders[some]).min(initial=NEVER))


def all_bookings(problem: Problem, services: Services) -> bool:
    """Whether the consists of every offer are all there are, or have seats for everybody."""
    everybody = problem.everybody
    return all(
        offer.carriages < NO_LIMIT
        or all(kind.most < NO_LIMIT for kind in offer.kinds)
        or int(seats_of(problem, services, number)[0].max(initial=0)) >= everybody
        for number, offer in enumerate(services.offers)
    )
