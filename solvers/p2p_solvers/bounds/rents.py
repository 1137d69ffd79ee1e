"""
What people cost at the most because of services, if every trip of a service pays a rent.

Who may always take a service for its seat, feeder and onward coach costs no more than that. With
a rent for each trip besides, a service earns no more than the rent, whoever rides; so rents of all
trips there can be are what is taken off. A good rent is one at which as many trips are wanted as
there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Problem, Services
from p2p_dispatch.problem.basics import Floats
from p2p_solvers.bounds.basics import FINE, NEVER, Ints
from p2p_solvers.bounds.knapsacks import Knapsack

FIRST = 0.25
"""Share of the fare of a trip that its first rent is."""


class Caps(NamedTuple):
    """
    The highest prices of people.

    Attributes
    ----------
    worth
        (n_cohorts,) hundredths of a cent.
    offer, seats
        (n_cohorts,) the offer that makes it, and how many share its trip; -1 where none does.
    """

    worth: Ints
    offer: Ints
    seats: Ints


class Rents:
    """
    Rents of trips, by service pool, or by service where it is in none.

    Attributes
    ----------
    rent, fare
        By pool or service, hundredths of a cent: the rent of a trip; the fare of the dearest.
    """

    def __init__(
        self, problem: Problem, services: Services, knapsacks: Sequence[Knapsack], most: Ints
    ) -> None:
        self.problem, self.knapsacks, self.most = problem, knapsacks, most
        self.key = [
            offer.pool if offer.pool >= 0 else -1 - offer.service for offer in services.offers
        ]
        self.limit: dict[int, int] = defaultdict(int)
        for key, offer in zip(self.key, services.offers, strict=True):
            self.limit[key] += min(offer.trips, NO_LIMIT)
        for pool, trips in enumerate(services.pool_trips.tolist()):
            daily = int(np.minimum(services.pool_daily[pool], NO_LIMIT).sum())
            if pool in self.limit:
                self.limit[pool] = min(self.limit[pool], trips, daily)
        self.fare: dict[int, int] = defaultdict(int)
        for key, each in zip(self.key, knapsacks, strict=True):
            self.fare[key] = max(self.fare[key], int(each.fares.min(initial=NEVER)))
        self.rent = dict.fromkeys(self.limit, 0)
        self._low = dict.fromkeys(self.limit, 0)
        self._high: dict[int, int] = {}

    def caps(self) -> Caps:
        """The highest prices of people at these rents."""
        worth = self.most.copy()
        offer, seats = np.full(len(worth), -1), np.full(len(worth), -1)
        for number, each in enumerate(self.knapsacks):
            there = int(self.problem.people[each.cohorts].sum())
            riders = np.minimum(each.riders, there) if each.stranger < 0 else each.riders
            some = riders > 0
            if not some.any():
                continue
            shares = (each.fares[some] + self.rent[self.key[number]]) // riders[some]
            price = each.cost + int(shares.min())
            better = price < worth[each.cohorts]
            cohorts = each.cohorts[better]
            worth[cohorts] = price[better]
            offer[cohorts] = number
            seats[cohorts] = riders[some][shares.argmin()]
        return Caps(worth, offer, seats)

    def used(self, caps: Caps, riding: Floats) -> dict[int, float]:
        """How many trips are wanted, if so many of each cohort go by the offer of its cap."""
        used: dict[int, float] = dict.fromkeys(self.limit, 0.0)
        for offer, seats, people in zip(
            caps.offer.tolist(), caps.seats.tolist(), riding.tolist(), strict=True
        ):
            if offer >= 0:
                used[self.key[offer]] += people / seats
        return used

    def move(self, used: dict[int, float], near: float) -> bool:
        """
        Other rents where too many trips are wanted, or too few that pay one; whether there are any.

        Parameters
        ----------
        near
            Share of a fare below which a rent is not looked for any closer.
        """
        moved = False
        for key, trips in used.items():
            rent, limit = self.rent[key], self.limit[key]
            step = max(FINE, self.fare[key])
            if trips > limit:
                self._low[key] = rent
            elif rent > self._low[key]:
                self._high[key] = rent
            else:
                continue
            low, high = self._low[key], self._high.get(key)
            if high is None:
                new = max(2 * rent, int(FIRST * step))
            elif high - low < near * step:
                continue
            else:
                new = (low + high) // 2
            moved |= new != rent
            self.rent[key] = new
        return moved
