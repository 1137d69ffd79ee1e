"""Every way of people: by coach, or by a service with a feeder before it or a coach after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Journey, ServiceTrip
from p2p_solvers.modes.legs import beside, coach_problem
from p2p_solvers.modes.prices import SeatPrices
from p2p_solvers.modes.ways import may_change

MOST_COPIES = 3
"""Trips of a service on a day that are thought of."""


@dataclass(frozen=True, eq=False)
class Legs:
    """
    Ways of people, and the problem of coaches that holds all their legs.

    Attributes
    ----------
    coaches
        Its cohorts are those of the whole, then the legs of journeys; how many people there are
        is for the programme to say.
    trips
        Every trip of a service that could run, its carriages not chosen yet.
    journeys
        Every way by one of them, with the numbers of its legs.
    cents
        What each person on a journey costs beside coaches and services.
    """

    coaches: Problem
    trips: tuple[ServiceTrip, ...]
    journeys: tuple[Journey, ...]
    cents: tuple[int, ...]


def legs_of_all(problem: Problem, prices: SeatPrices) -> Legs:
    """All ways by one service, without a coach where people gather or are taken over."""
    services = problem.services
    if services is None:
        return Legs(problem, (), (), ())
    trips = tuple(
        ServiceTrip(offer=number)
        for number, offer in enumerate(services.offers)
        for _ in range(min(offer.trips, MOST_COPIES))
    )
    journeys = tuple(_journeys(problem, prices, trips))
    nobody = tuple(replace(journey, people=0) for journey in journeys)
    coaches, numbered = coach_problem(problem, trips, nobody, prices)
    cents = tuple(beside(problem, trips, journey) for journey in numbered)
    return Legs(coaches, trips, numbered, cents)


def _journeys(
    problem: Problem, prices: SeatPrices, trips: tuple[ServiceTrip, ...]
) -> Iterator[Journey]:
    services = problem.services
    assert services is not None
    for cohort in np.flatnonzero(may_change(problem)).tolist():
        origin = int(problem.origin[cohort])
        drops = dict(problem.drops[cohort])
        for number, trip in enumerate(trips):
            offer = services.offers[trip.offer]
            for i, board in enumerate(offer.places[: offer.n_board]):
                feeder = origin not in services.gathers[board]
                leaves = problem.day(offer.goes[i])
                ready = problem.ready[cohort] <= offer.comes[i] and 0 <= leaves < problem.n_days
                if not offer.opens[i] or (not feeder and not ready):
                    continue
                for k, alight in enumerate(offer.places):
                    if k < offer.n_board or not offer.opens[k]:
                        continue
                    onward = alight not in drops
                    late = offer.comes[k] > problem.latest[cohort]
                    reached = not onward or _reached(prices, alight, problem.drops[cohort])
                    if late or not reached or feeder + onward > services.most_changes:
                        continue
                    yield Journey(
                        cohort=cohort,
                        people=1,
                        trip=number,
                        board=board,
                        alight=alight,
                        feeder=0 if feeder else -1,
                        onward=0 if onward else -1,
                    )


def _reached(prices: SeatPrices, hub: int, drops: tuple[tuple[int, int], ...]) -> bool:
    return any(prices.of(hub, drop) is not None for drop, _ in drops)
