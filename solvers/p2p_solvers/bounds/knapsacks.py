"""
Services filled with the people who are worth it most: integer knapsacks under prices of people.

Let ``worth[c]`` be any price for a person of a cohort, at most what it costs to bring them by coach
or to leave them behind. Then no plan costs less than

    sum_c people[c] worth[c] - sum_o max(0, most that offer o can earn)

where an offer earns ``worth[c] - cost[o, c]`` for each rider, has no more riders of a cohort than
there are, and pays its fare: with its seats, its least load, and no more trips than its pool makes.
That is the Lagrangian relaxation of everybody being brought once (Held and Karp 1971; Geoffrion
1974). Where jobs are open a cohort here is a crowd: people who ride as what costs them least. A
subgradient method looks for good prices: whoever is taken by more services than they have people
becomes cheaper, whoever is left by all becomes dearer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Offer, Services
from p2p_solvers.bounds.basics import FINE, NEVER, Ints

FIRST_STEP, LAST_STEP = 0.1, 0.001
"""By how much a price changes in a round, at first and in the end: a share of what services could
make it less by."""

PATIENCE = 5
"""Rounds without a better bound after which smaller steps are made from the best prices."""


@dataclass(frozen=True)
class Knapsack:
    """
    One offer.

    Attributes
    ----------
    cohorts, cost
        Who could ride, and what each costs beside the service, hundredths of a cent.
    riders, fares
        By consist, its seats and what the trip costs.
    stranger
        What a rider earns who takes other services too; -1: nobody does.
    filler
        What a rider earns at the most who is not among the cohorts; they only fill a least load.
    """

    offer: Offer
    cohorts: Ints
    cost: Ints
    riders: Ints
    fares: Ints
    stranger: int
    filler: int

    def best(self, worth: Ints, people: Ints) -> tuple[int, Ints]:
        """
        The most that one trip can earn, fare paid, and how many of each cohort then ride.

        Negative where the offer cannot earn what it costs.
        """
        earns = worth[self.cohorts] - self.cost
        earns, number = earns[earns > self.filler], np.flatnonzero(earns > self.filler)
        order = np.argsort(-earns, kind="stable")
        earns, number = earns[order], number[order]
        there = people[self.cohorts[number]]
        if self.stranger >= 0:  # as many of them as there are seats, after those who earn more
            place = int((earns > self.stranger).sum())
            earns = np.insert(earns, place, self.stranger)
            number = np.insert(number, place, -1)
            there = np.insert(there, place, NO_LIMIT)
        until = np.cumsum(there)
        before = until - there
        good = earns > 0
        best, most = -NEVER, 0
        for seats, fare in zip(self.riders.tolist(), self.fares.tolist(), strict=True):
            least = min(self.offer.minimum_load, seats)
            if seats < max(1, self.offer.minimum_load):
                continue
            ride = np.clip(seats - before, 0, there)
            needed = np.clip(least - before, 0, there)
            ride = np.where(good, ride, needed)
            missing = max(0, least - int(ride.sum()))
            value = int((ride * earns).sum()) + missing * min(0, self.filler) - fare
            if value > best:
                best, most = value, seats
        if best <= -NEVER:
            return -NEVER, np.zeros(len(self.cohorts), dtype=np.int64)
        ride = np.where(good, np.clip(most - before, 0, there), 0)
        riding = np.zeros(len(self.cohorts), dtype=np.int64)
        known = number >= 0
        riding[number[known]] = ride[known]
        return best, riding


@dataclass(frozen=True)
class Filled:
    """What all services earn together at some prices, and how many of each cohort they take."""

    earned: int
    riding: Ints


def filled(services: Services, knapsacks: Sequence[Knapsack], worth: Ints, people: Ints) -> Filled:
    """The most that services can earn: the best trips that their pools can make."""
    riding = np.zeros(len(people), dtype=np.int64)
    earned = 0
    by_pool: dict[int, list[tuple[int, int, Knapsack, Ints]]] = defaultdict(list)
    for number, each in enumerate(knapsacks):
        value, riders = each.best(worth, people)
        if value > 0:
            by_pool[each.offer.pool].append((value, number, each, riders))
    for pool, some in by_pool.items():
        left = int(services.pool_trips[pool]) if pool >= 0 else NO_LIMIT
        left_on: dict[int, int] = {}
        for value, _, each, riders in sorted(some, key=lambda one: (-one[0], one[1])):
            day = each.offer.day
            daily = int(services.pool_daily[pool, day]) if pool >= 0 else NO_LIMIT
            trips = min(each.offer.trips, left, left_on.get(day, daily))
            if trips > 0:
                left, left_on[day] = left - trips, left_on.get(day, daily) - trips
                earned += trips * value
                np.add.at(riding, each.cohorts, trips * riders)
    return Filled(earned, riding)


def climb(
    people: Ints,
    services: Services,
    knapsacks: Sequence[Knapsack],
    most: Ints,
    rounds: int,
    stop: Callable[[], bool],
) -> tuple[int, Ints]:
    """
    Good prices of people, by a subgradient method.

    Parameters
    ----------
    people
        (n_cohorts,) how many there are.
    most
        (n_cohorts,) the highest price of a person.
    rounds
        How often all services are filled.
    stop
        Whether the time is up; they are filled once at least.

    Returns
    -------
    The best ``sum people worth - earned`` that was found, and its prices.
    """
    full, seat = _full_prices(knapsacks, most)
    best, at = -NEVER * 1024, most
    for worth in (most, full):
        value = int((people * worth).sum()) - filled(services, knapsacks, worth, people).earned
        if value > best:
            best, at = value, worth
    scale = np.maximum(most - full, seat)
    worth, step, since = at, FIRST_STEP, 0
    for _ in range(rounds):
        now = filled(services, knapsacks, worth, people)
        value = int((people * worth).sum()) - now.earned
        if value > best:
            best, at, since = value, worth, 0
        else:
            since += 1
            if since >= PATIENCE:
                step, since, worth = step / 2, 0, at
                now = filled(services, knapsacks, worth, people)
        share = 1 - now.riding / np.maximum(people, 1)
        dearer = np.minimum(most, worth + (step * share * scale).astype(np.int64))
        if (dearer == worth).all() or step < LAST_STEP or stop():
            break  # prices hardly change any more
        worth = dearer
    return best, at


def _full_prices(knapsacks: Sequence[Knapsack], most: Ints) -> tuple[Ints, Ints]:
    """
    Prices of people at which no service earns anything: those of seats if it is full.

    Returns
    -------
    The prices, and what a seat is of them.
    """
    full, seat = most.copy(), np.full(len(most), FINE, dtype=np.int64)
    for each in knapsacks:
        some = each.riders > 0
        own = int((each.fares[some] // each.riders[some]).min(initial=NEVER))
        cheaper = each.cohorts[each.cost + own < full[each.cohorts]]
        cost = each.cost[each.cost + own < full[each.cohorts]]
        full[cheaper], seat[cheaper] = cost + own, max(own, FINE)
    return full, seat
