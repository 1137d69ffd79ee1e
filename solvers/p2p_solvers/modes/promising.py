"""Services worth thinking about: those that save the most against coaches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from p2p_dispatch.problem import Problem, Services
from p2p_dispatch.problem.basics import Ints
from p2p_solvers.modes.master import risk_of
from p2p_solvers.modes.prices import SeatPrices
from p2p_solvers.modes.ways import Way

MOST = 24
"""Offers that the integer programme chooses from: with more it finds nothing in time."""


def promising(
    problem: Problem,
    services: Services,
    ways: Sequence[Way],
    prices: SeatPrices,
    factor: float,
    left: Ints,
) -> list[Way]:
    """
    The ways on the offers that save the most.

    An offer saves what its riders would cost on coaches, less what they cost on their ways and less
    its fare; it is filled with those who save the most. Half of the offers are taken one after the
    other, each for the people whom those before it leave, the others by what they save alone.

    Parameters
    ----------
    left
        People of each cohort whom coaches alone leave behind.
    """
    by_offer: dict[int, list[Way]] = {}
    for way in ways:
        by_offer.setdefault(way.offer, []).append(way)
    if len(by_offer) <= MOST:
        return list(ways)
    saved = {
        offer: np.array([_saved(problem, way, prices, factor, left) for way in some])
        for offer, some in by_offer.items()
    }
    cohorts = {offer: np.array([way.cohort for way in some]) for offer, some in by_offer.items()}
    people = problem.people.astype(np.float64)

    def best(offer: int, people: np.ndarray) -> tuple[float, np.ndarray]:
        """What an offer saves at best, and how many of each of its ways then ride."""
        order = np.argsort(-saved[offer])
        order = order[saved[offer][order] > 0]
        there = people[cohorts[offer][order]]
        most, riding = -np.inf, np.zeros(len(saved[offer]))
        for consist in services.consists[offer]:
            seats = float(consist.riders[risk_of(problem, services.offers[offer])])
            ride = np.clip(seats - (np.cumsum(there) - there), 0, there)
            value = float((ride * saved[offer][order]).sum()) - consist.cents
            if value > most and ride.sum() >= services.offers[offer].minimum_load:
                most = value
                riding = np.zeros(len(saved[offer]))
                riding[order] = ride
        return most, riding

    alone = {offer: best(offer, people)[0] for offer in by_offer}
    chosen: list[int] = []
    while len(chosen) < MOST // 2:
        values = {offer: best(offer, people) for offer in by_offer if offer not in chosen}
        offer = max(values, key=lambda each: values[each][0])
        if values[offer][0] <= 0:
            break
        chosen.append(offer)
        np.subtract.at(people, cohorts[offer], values[offer][1])
    rest = sorted(by_offer.keys() - set(chosen), key=lambda offer: -alone[offer])
    kept = {*chosen, *rest[: MOST - len(chosen)]}
    return [way for way in ways if way.offer in kept]


def _saved(problem: Problem, way: Way, prices: SeatPrices, factor: float, left: Ints) -> float:
    """Cents that one person on a way saves."""
    cohort = way.cohort
    origin = int(problem.origin[cohort])
    seats = [(prices.of(origin, drop), cents) for drop, cents in problem.drops[cohort]]
    stay = float(problem.value[cohort])
    coach = min((factor * seat.cents + cents for seat, cents in seats if seat), default=stay)
    share = left[cohort] / max(1, problem.people[cohort])
    return float(share * stay + (1 - share) * coach - factor * way.coach - way.other)
