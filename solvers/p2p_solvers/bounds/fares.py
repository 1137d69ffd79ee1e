"""
What a seat on a coach costs at the least: the coach is as cheap as it can be, and full.

Everybody on a trip boards before anybody gets off, so a trip carries no more people than it has
seats. Its cost, divided among as many, is for each of them no less than the least cost of a trip
that carries them, over its seats.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_solvers.bounds.basics import FINE, NEVER, Ints
from p2p_solvers.bounds.roads import least_ways
from p2p_solvers.bounds.trips import LeastTrips

MOST_CHANGES = 4
"""What is taken where a problem does not say how often people may change: the most there can be."""


class Fares:
    """
    Least prices of seats between places, in hundredths of a cent.

    Attributes
    ----------
    hubs
        Places where people may change.
    starts, ends
        Places where coaches pick people up and drop them: origins, sites and hubs.
    row, column
        (n_places,) number of a place among the starts and the ends; -1: it is none.
    metres, seconds
        (n_places, n_places) shortest ways, quickest ways.
    most_changes, change
        How often somebody may change, and what it costs each time.
    coach_changes
        How often somebody may change from coach to coach.
    units
        (n_pools, n_calendar) price of a unit on a day; there are none by the clock.
    """

    def __init__(self, problem: Problem):
        self.problem = problem
        self.metres, self.seconds = least_ways(problem)
        self._trips = LeastTrips(problem, self.metres, self.seconds)
        self.hubs = hubs_of(problem)
        drops = {drop for drops in problem.drops for drop, _ in drops}
        self.starts = np.union1d(problem.origin, self.hubs)
        self.ends = np.union1d(np.array(sorted(drops), dtype=np.int64), self.hubs)
        self.row, self.column = (
            _numbers(some, len(self.metres)) for some in (self.starts, self.ends)
        )
        services = problem.services
        self.most_changes = services.most_changes if services else MOST_CHANGES
        self.change = services.change * FINE if services else 0
        if problem.by_day or not len(self.hubs):
            self.most_changes = 0
        self.coach_changes = self.most_changes if problem.coach_to_coach else 0
        # whoever is picked up first is on board until the first drop
        self.days_before = 0 if problem.by_day else -(-problem.longest_ride // 1440)
        self.units = np.zeros_like(problem.units)

    def at(self, units: Ints) -> Fares:
        """The same with other prices of units."""
        other = copy(self)
        other.units = units
        other.__dict__.pop("_priced", None)
        return other

    def up_to(self, most: Ints) -> Fares:
        """
        The same with no seat dearer than so much from where it starts.

        Parameters
        ----------
        most
            (n_starts,) hundredths of a cent.
        """
        other = copy(self)
        for name in ("_priced", "any_day", "_after"):
            other.__dict__.pop(name, None)
        cut = {
            id(m): np.where(m >= NEVER, NEVER, np.minimum(m, most[:, None])) for m in self._matrices
        }
        other.__dict__["_matrices"] = [cut[id(m)] for m in self._matrices]
        return other

    def on_day(self, day: int) -> Ints:
        """(n_starts, n_ends) seats of people whom a coach picks up at home on a day."""
        if self.units.any():
            return self._priced[day]
        column = day + self.problem.pad
        return _least(
            [self._matrices[c] for c in range(max(0, column - self.days_before), column + 1)]
        )

    @cached_property
    def any_day(self) -> Ints:
        """(n_starts, n_ends) seats on whatever day."""
        return _least(self._matrices)

    def after(self, changes: int) -> Ints:
        """(n_hubs, n_ends) from a hub to the end of the way by coach, changing at most so often."""
        return self._after[changes]

    @cached_property
    def _after(self) -> list[Ints]:
        ways = [self.any_day[self.row[self.hubs]]]
        between = ways[0][:, self.column[self.hubs]]
        for _ in range(1, min(self.most_changes, self.coach_changes + 1)):
            ways.append(np.minimum(ways[0], over(between, ways[-1], self.change)))
        return ways

    def with_changes(self, first: Ints, changes: int) -> Ints:
        """
        Seats on a first coach and on others that people change to, ``changes`` times at the most.

        Parameters
        ----------
        first
            (n_starts, n_ends) seats on the first one.
        """
        if changes < 1:
            return first
        to_hubs = first[:, self.column[self.hubs]]
        return np.minimum(first, over(to_hubs, self.after(changes - 1), self.change))

    @cached_property
    def days_out(self) -> Ints:
        """
        (n_starts, n_ends) days that a coach is out for, planned by the day.

        One, or two past so many loaded km: a trip is loaded for no fewer than the shortest way of
        any of its people. By the clock a unit may make several trips on a day, so that no trip
        needs a day of it.
        """
        assert self.problem.by_day
        loaded = self._trips.metres[np.ix_(self.starts, self.ends)]
        return 1 + (loaded > self.problem.two_days_past).astype(np.int64)

    @property
    def _days(self) -> range:
        """Calendar columns of the horizon."""
        return range(self.problem.pad, self.problem.pad + self.problem.n_days)

    def _from_home(self) -> Iterator[tuple[int, Ints]]:
        """Pools, and the numbers of the origins that they serve."""
        for pool in range(self.problem.n_pools):
            rows = np.flatnonzero(self.problem.serves[pool, self.starts])
            if len(rows) and self._usable[pool].any():
                yield pool, rows

    @cached_property
    def _priced(self) -> list[Ints]:
        """Seats of people who leave home on each day of the horizon, with the prices of units."""
        shape, days = (len(self.starts), len(self.ends)), self._days
        made = [np.full(shape, NEVER, dtype=np.int64) for _ in days]
        for pool, rows in self._from_home():
            cost = self._trips.cost(pool, self.starts[rows], self.ends)
            cost = np.where(self._too_far[rows], NEVER, cost)
            before = np.concatenate([[0], np.cumsum(self.units[pool])])
            for seats, column in zip(made, days, strict=True):
                if not self._usable[pool, column]:
                    continue
                back = np.minimum(column + self.days_out[rows], len(before) - 1)
                price = before[back] - before[column]
                riders = self._riders(pool, column, rows)
                seat = np.where(riders > 0, (cost + price) // np.maximum(riders, 1), NEVER)
                seat[cost >= NEVER] = NEVER
                seats[rows] = np.minimum(seats[rows], seat)
        return made

    @cached_property
    def _matrices(self) -> list[Ints]:
        """Seats on trips of each calendar day; days that are alike share one."""
        shape = len(self.starts), len(self.ends)
        kinds = [self._signature(column) for column in range(self._n_columns)]
        first = {kind: column for column, kind in reversed(list(enumerate(kinds)))}
        made = {kind: np.full(shape, NEVER, dtype=np.int64) for kind in first}
        for pool, rows in self._served():
            cost = self._trips.cost(pool, self.starts[rows], self.ends)
            cost = np.where(self._too_far[rows], NEVER, cost)
            for kind, column in first.items():
                if not self._usable[pool, column]:
                    continue
                riders = self._riders(pool, column, rows)
                seat = np.where(riders > 0, cost // np.maximum(riders, 1), NEVER)
                seat[cost >= NEVER] = NEVER
                made[kind][rows] = np.minimum(made[kind][rows], seat)
        return [made[kind] for kind in kinds]

    @property
    def _n_columns(self) -> int:
        return len(self.problem.midnights) - 1

    def _served(self) -> Iterator[tuple[int, Ints]]:
        """Pools, and the numbers of the starts where they may pick people up."""
        is_hub = np.isin(self.starts, self.hubs)
        for pool in range(self.problem.n_pools):
            rows = np.flatnonzero(self.problem.serves[pool, self.starts] | is_hub)
            if len(rows) and self._usable[pool].any():
                yield pool, rows

    def _signature(self, column: int) -> bytes:
        """The same for days on which every seat costs the same."""
        problem = self.problem
        parts = (
            self._usable[:, column],
            (problem.allowed - problem.staff)[:, column],
            problem.risk[self.starts, column],
            problem.risk[self.ends, column],
        )
        return b"|".join(np.ascontiguousarray(part).tobytes() for part in parts)

    @cached_property
    def _usable(self) -> NDArray[np.bool_]:
        """(n_pools, n_calendar) whether a unit is there, and can be ordered in time."""
        problem = self.problem
        usable = problem.units > 0
        if not problem.frozen:  # those were ordered when there still was time
            earliest = problem.earliest[problem.unit_type]
            usable &= problem.midnights[1:] >= earliest[:, None]
        return np.asarray(usable)

    @cached_property
    def _too_far(self) -> NDArray[np.bool_]:
        """(n_starts, n_ends) whether riding takes too long even if nothing lies on the way."""
        ride = self.seconds[np.ix_(self.starts, self.ends)]
        return np.asarray(ride > 60 * self.problem.longest_ride)

    def _riders(self, pool: int, column: int, rows: Ints) -> Ints:
        """
        (n_rows, n_ends) most riders, by the risk of the two ends.

        Other stops can make the level of a trip stricter, so that the most of all levels from that
        of the ends on counts.
        """
        problem, kind = self.problem, self.problem.unit_type[pool]
        riders = (problem.allowed - problem.staff)[kind, column]
        best = np.maximum.accumulate(riders[::-1])[::-1]
        level = np.maximum(
            problem.risk[self.starts[rows], column][:, None], problem.risk[self.ends, column]
        )
        return np.asarray(best[level], dtype=np.int64)


def hubs_of(problem: Problem) -> Ints:
    """Places where people may change: neither origins, nor sites, nor depots of coaches."""
    hub = (problem.city < 0) & ~problem.serves.any(axis=0)
    hub[problem.origin] = hub[problem.depot] = False
    hub[[drop for drops in problem.drops for drop, _ in drops if problem.city[drop] < 0]] = True
    if problem.services is not None:
        hub[[place for offer in problem.services.offers for place in offer.places]] = True
    return np.flatnonzero(hub)


def over(there: Ints, on: Ints, change: int) -> Ints:
    """Cheapest of two ways one after the other, with a change between them: min-plus product."""
    best = np.full((len(there), on.shape[1]), NEVER, dtype=np.int64)
    for hub in range(len(on)):
        ways = there[:, hub, None] + (on[hub] + change)
        np.minimum(best, ways, out=best)
    return best


def _least(matrices: Sequence[Ints]) -> Ints:
    """The least of matrices of one shape, place by place."""
    return np.asarray(np.minimum.reduce(matrices), dtype=np.int64)


def _numbers(some: Ints, n: int) -> Ints:
    numbers = np.full(n, -1, dtype=np.int64)
    numbers[some] = np.arange(len(some))
    return numbers


assert 4 * NEVER + NO_LIMIT * FINE < 1 << 62  # sums of a few never overflow
