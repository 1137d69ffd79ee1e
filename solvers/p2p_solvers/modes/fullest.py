"""Trains first: the services that most people can ride, filled with those who live nearest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from p2p_dispatch.problem import Problem, Services
from p2p_dispatch.solution import ServiceTrip
from p2p_solvers.modes.limits import limits_of
from p2p_solvers.modes.ways import Way, risk_of


def fullest(
    problem: Problem, services: Services, ways: Mapping[int, Sequence[Way]]
) -> tuple[list[ServiceTrip], dict[tuple[int, int], float]]:
    """
    Services one after the other, whatever they cost, and people by cohort and offer.

    The next is always that which most of those can ride who are left; the cheapest of these if
    there are several. Its seats go to those whose ways to it and from it cost least.
    """
    left, used = Counter(dict(enumerate(problem.people.tolist()))), Counter[Any]()
    left.subtract(dict(enumerate(problem.accessible.tolist())))
    trips: list[ServiceTrip] = []
    riding: dict[tuple[int, int], float] = {}
    offers = set(ways)
    while offers:
        found = []
        for number in sorted(offers):
            offer = services.offers[number]
            if any(used[key] >= most for key, most in limits_of(services, offer)):
                continue
            risk = risk_of(problem, offer)
            there = sum(left[cohort] for cohort in {way.cohort for way in ways[number]})
            for consist in services.consists[number]:
                riders = min(there, consist.riders[risk])
                if riders >= max(1, offer.minimum_load):
                    found.append((-riders, consist.cents, number, consist))
        if not found:
            break
        riders, _, number, consist = min(found, key=lambda each: each[:3])
        trips.append(ServiceTrip(offer=number, numbers=consist.numbers))
        some = filled(ways[number], -riders, left)
        for (cohort, _), people in some.items():
            left[cohort] -= int(people)
        riding |= some
        used.update(key for key, _ in limits_of(services, services.offers[number]))
        offers.discard(number)
    return trips, riding


def filled(
    ways: Sequence[Way], seats: int, left: Mapping[int, int]
) -> dict[tuple[int, int], float]:
    """Who takes the seats of an offer: those whose ways cost least, of so many of each cohort."""
    riding = {}
    for way in sorted(ways, key=lambda way: way.to + way.on + way.other):
        some = min(seats, left[way.cohort])
        if some > 0:
            riding[way.cohort, way.offer] = float(some)
            seats -= some
    return riding
