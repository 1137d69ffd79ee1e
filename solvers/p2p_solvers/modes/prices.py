"""What a seat on a coach from one place to another costs, if the coach is full."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import NO_ROAD, Problem

DRIVE_ALONE = 8 * 60
"""Minutes that one driver may drive in a day, about. ASSUMPTION: as in the Chinese rules."""

REST = 8 * 60
"""Minutes that a driver alone rests after that, about. ASSUMPTION: as in the Chinese rules."""

NEAR_METRES, NEAR_TIMES = 250_000, 1.5
"""How much farther than the nearest a depot may be whose coaches fetch people from a hub."""


Drops = tuple[tuple[int, int], ...]
"""Places where people may get off, with the cents per person from there on."""


class Seat(NamedTuple):
    """Cents for a person on a full coach, the days it is out, and its seats."""

    cents: float
    days: int
    seats: int


class SeatPrices:
    """Prices of seats between places, each worked out once."""

    def __init__(self, problem: Problem):
        self.problem = problem
        column = problem.pad + problem.n_days // 2
        riders = (problem.allowed - problem.staff)[:, column, 0]
        self.riders = riders[problem.unit_type] if problem.n_pools else riders[:0]
        offers = problem.services.offers if problem.services else ()
        self.hubs = {place for offer in offers for place in offer.places}
        self._known: dict[tuple[int, int], Seat | None] = {}
        self._pools: dict[int, tuple[int, ...]] = {}
        self._drops: dict[tuple[int, Drops], tuple[int, int]] = {}

    def of(self, start: int, end: int) -> Seat | None:
        """A seat from one place to another; None if no coach goes there."""
        if (start, end) not in self._known:
            seats = [self._seat(pool, start, end) for pool in self.pools(start)]
            self._known[start, end] = min((s for s in seats if s), default=None)
        return self._known[start, end]

    def best_drop(self, start: int, drops: Drops) -> tuple[int, int]:
        """The drop, and its cents onward, to which the way from a place costs least."""
        if (start, drops) not in self._drops:
            seats = {drop: self.of(start, drop[0]) for drop in drops if drop[0] != start}
            priced = {drop: seat.cents + drop[1] for drop, seat in seats.items() if seat}
            self._drops[start, drops] = min(priced, key=priced.__getitem__)
        return self._drops[start, drops]

    def pools(self, place: int) -> tuple[int, ...]:
        """Pools whose coaches fetch people from an origin, or from a hub: those near to it."""
        if place not in self._pools:
            self._pools[place] = tuple(self._found(place))
        return self._pools[place]

    def _found(self, place: int) -> list[int]:
        problem = self.problem
        if place not in self.hubs:
            return np.flatnonzero(problem.serves[:, place]).tolist()
        ways = {p: int(problem.metres[problem.depot[p], place]) for p in range(problem.n_pools)}
        ways = {pool: metres for pool, metres in ways.items() if metres >= 0}
        most = NEAR_TIMES * min(ways.values(), default=0) + NEAR_METRES
        return [pool for pool, metres in ways.items() if metres <= most]

    def _seat(self, pool: int, start: int, end: int) -> Seat | None:
        problem, depot = self.problem, int(self.problem.depot[pool])
        legs = ((depot, start), (start, end), (end, depot))
        seats = int(self.riders[pool])
        if seats <= 0 or any(problem.metres[a, b] == NO_ROAD for a, b in legs):
            return None
        kind = int(problem.unit_type[pool])
        metres = sum(int(problem.metres[a, b]) for a, b in legs)
        minutes = sum(int(problem.minutes[a, b]) for a, b in legs) + 2 * problem.stop_minutes
        prices = []
        for drivers in (1, 2):
            rests = max(0, -(-minutes // (DRIVE_ALONE * drivers)) - 1)
            days = max(1, -(-(minutes + REST * rests) // 1440))
            cents = days * (int(problem.per_day[kind]) + drivers * problem.driver_day)
            prices.append((cents, days))
        cents, days = min(prices)
        return Seat((cents + metres * int(problem.per_km[kind]) / 1000) / seats, days, seats)
