"""Services worth thinking about: those that save the most against coaches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.problem import Problem, Services
from p2p_solvers.modes.ways import Way, risk_of

MOST = 16
"""Offers that the integer programme chooses from: with more it finds nothing good in time."""


def promising(
    problem: Problem, services: Services, ways: Sequence[Way], saved: NDArray[np.float64]
) -> list[Way]:
    """
    The ways that save something, on the offers that save the most.

    An offer saves what its riders save, less its fare; it is filled with those who save the most.
    The offers are taken one after the other, each for the people whom those before it leave; when
    these save nothing any more, the others by what they save alone.

    Parameters
    ----------
    saved
        Cents that one person on each way saves.
    """
    by_offer: dict[int, list[int]] = {}
    for number, way in enumerate(ways):
        by_offer.setdefault(way.offer, []).append(number)
    if len(by_offer) <= MOST:
        return list(ways)
    cohorts = np.array([way.cohort for way in ways])
    order = {}
    for offer, some in by_offer.items():
        good = np.array([number for number in some if saved[number] > 0], dtype=np.int64)
        order[offer] = good[np.argsort(-saved[good])]

    def best(offer: int, people: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """What an offer saves at best, and how many of each of its ways then ride."""
        there = people[cohorts[order[offer]]]
        most, riding = -np.inf, np.zeros(len(there))
        for consist in services.consists[offer]:
            seats = float(consist.riders[risk_of(problem, services.offers[offer])])
            ride = np.clip(seats - (np.cumsum(there) - there), 0, there)
            value = float((ride * saved[order[offer]]).sum()) - consist.cents
            if value > most and ride.sum() >= services.offers[offer].minimum_load:
                most, riding = value, ride
        return most, riding

    people = problem.people.astype(np.float64)
    alone = {offer: best(offer, people)[0] for offer in by_offer}
    chosen: list[int] = []
    while len(chosen) < MOST:
        values = {offer: best(offer, people) for offer in by_offer if offer not in chosen}
        offer = max(values, key=lambda each: values[each][0])
        if values[offer][0] <= 0:
            break
        chosen.append(offer)
        np.subtract.at(people, cohorts[order[offer]], values[offer][1])
    rest = sorted(by_offer.keys() - set(chosen), key=lambda offer: -alone[offer])
    kept = {*chosen, *rest[: MOST - len(chosen)]}
    return [way for way, cents in zip(ways, saved, strict=True) if cents > 0 and way.offer in kept]
