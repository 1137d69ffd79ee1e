"""All trips that could run in a block, and which of them are worth running at some prices."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.work import new_work
from p2p_solvers.proof import memory as k
from p2p_solvers.proof.afresh import (
    NEAR_ROWS,
    SPANS,
    least_hold,
    legs_of,
    price_afresh,
    rest_of,
)
from p2p_solvers.proof.blocks import Block
from p2p_solvers.proof.duals import Duals
from p2p_solvers.proof.loosely import load_loosely, lone_routes, price_loosely
from p2p_solvers.proof.memory import BEYOND, UNIT, WAY, block_memory, entries_of, held_of, pools_of
from p2p_solvers.proof.moments import Moments
from p2p_solvers.proof.pricing import (
    PICKS,
    cheapest_hold,
    load_way,
    price_each,
    price_ways,
    share_of,
)
from p2p_solvers.proof.ways import OPTIONS, find_ways

NOTHING = np.zeros(1, dtype=np.int64)

SHUT = 1 << 50
"""Added to the cost of trips that are not looked at any more."""


class OutOfTimeError(Exception):
    """The time was over before all trips were priced: nothing is proved at these prices."""


def never() -> bool:
    """Not yet."""
    return False


class Rider(NamedTuple):
    """People of an entry of the block, with the calendar columns that count for site and check."""

    entry: int
    people: int
    takes: int
    checks: int


class Column(NamedTuple):
    """
    A loaded trip.

    Attributes
    ----------
    block, pool
        Number of its block, and of its pool among those of the block.
    stops, route
        As ``ways`` packs them; stops are -1 where the trip was priced loosely.
    first, end
        The first of the moments at which its unit is out, and the one after the last.
    cents
        What it costs, riders included.
    way
        Row of its pattern among those of its room; -1 where it is not known.
    """

    block: int
    pool: int
    stops: int
    route: int
    first: int
    end: int
    cents: int
    riders: tuple[Rider, ...]
    way: int = -1


class Room:
    """
    A block and the room to price it in.

    Attributes
    ----------
    cohort, cents, site, origin
        (n_entries,) as in the entries and the problem.
    exact
        Whether all patterns are priced one by one.
    kept
        Whether they were all found and are kept.
    more
        (rows, n_pools) what patterns cost pools besides, in ``UNIT`` parts of a cent, if anything.
    shut
        (rows, n_pools) ``SHUT`` for trips that are not looked at any more, if there are any.
    """

    def __init__(self, problem: Problem, block: Block, moments: Moments) -> None:
        self.problem, self.block = problem, block
        self.q = block_memory(problem, block, moments)
        self.cohort = np.array([e.cohort for e in block.entries])
        self.cents = np.array([e.cents for e in block.entries])
        self.site = problem.site[self.cohort]
        self.origin = problem.origin[self.cohort]
        self.pair = np.array([e.origin * len(block.drops) + e.drop for e in block.entries])
        self.needs = np.array([e.needs for e in block.entries])
        self.takes = _days(block, "takes")
        self.checks = _days(block, "checks")
        # whoever is checked later leaves later, and has waited until then
        boards = np.maximum(block.day, problem.ready_day[self.cohort]) + problem.pad
        self.free = np.maximum(boards - self.checks.first, 0)
        self.exact = self.kept = False
        self.more: Ints | None = None
        self.shut: Ints | None = None

    @cached_property
    def count(self) -> int:
        """How many patterns there are at most; a number too large where a pattern has no room."""
        origins, drops = len(self.block.origins), len(self.block.drops)
        picks = min(origins, self.problem.most_pickups)
        if max(origins, drops) > k.LOCAL or max(picks, self._most_drops()) > k.MOST:
            return 1 << 60
        return int(find_ways(self.problem.memory, new_work(), self.q, np.zeros(0, np.int64), 0))

    def _most_drops(self) -> int:
        return min(len(self.block.drops), self.problem.most_drops)

    def find(self, most: int) -> None:
        """Find all patterns; memory that is not written is not taken."""
        out = np.zeros(WAY * (OPTIONS * most + 1), dtype=np.int64)
        rows = int(find_ways(self.problem.memory, new_work(), self.q, out, 1))
        self.ways = out[: WAY * rows].copy()
        self.rows, self.exact, self.kept = rows, True, True
        heads = self.ways[::WAY] & PICKS
        self.found = np.zeros(k.FOUND * ((heads[1:] != heads[:-1]).sum() + 2), dtype=np.int64)

    def pass_over(self) -> None:
        """Keep no patterns: they are found afresh whenever they are priced."""
        block, problem = self.block, self.problem
        self.rest = rest_of(problem, block)
        lead = problem.minutes[problem.depot[block.pools[0]], list(block.origins)]
        self.lead = int(lead.max(initial=0)) + problem.stop_minutes
        n = len(block.origins) if problem.most_pickups > 1 else 0
        sets = len(block.origins) + n * (n - 1) // 2 + n * (n - 1) * (n - 2) // 6
        self.rows, self.exact = 0, True
        self.ways = np.zeros(WAY * (sets + 1), dtype=np.int64)
        self.found = np.zeros(k.FOUND * (sets + 1), dtype=np.int64)

    def loosen(self) -> None:
        """Do without patterns: less is asked of the trips of this block."""
        block = self.block
        depot = int(self.problem.depot[block.pools[0]])
        pairs = np.unique(self.pair)
        self.ways = lone_routes(self.problem, depot, block.origins, block.drops, pairs).ravel()
        self.rows = len(self.ways) // 2
        self.found = np.zeros(k.FOUND * len(block.pools), dtype=np.int64)

    def each(self, duals: Duals, past: int) -> Ints:
        """
        (rows, n_pools) the least reduced cost of every pattern on every pool, or less.

        Parameters
        ----------
        past
            Where it is more than this, something between the two may stand there.
        """
        self.price(duals)
        out = np.zeros((self.rows, len(self.block.pools)), dtype=np.int64)
        more = NOTHING if self.more is None else self.more.ravel()
        of = self.problem.memory, self.q, self.ways, self.rows
        price_each(*of, more, self.more is not None, past, out.ravel())
        return out

    def narrow(self, stay: NDArray[np.bool_]) -> Ints:
        """
        Price some trips only from now on.

        Parameters
        ----------
        stay
            (rows, n_pools) which patterns on which pools.

        Returns
        -------
        (rows,) for each pattern which it is now, or -1.
        """
        rows = stay.any(axis=1)
        self.ways = self.ways.reshape(-1, WAY)[rows].ravel()
        self.rows = int(rows.sum())
        self.shut = np.where(stay[rows], 0, SHUT).astype(np.int64)
        return np.where(rows, np.cumsum(rows) - 1, -1)

    def open(self, row: int, pool: int) -> bool:
        """Whether a pattern is still priced on a pool."""
        return self.shut is None or not self.shut[row, pool]

    def calls_at(self, place: int, drops: bool) -> NDArray[np.bool_]:
        """(rows,) whether patterns have a place among their drops, or among their pick-ups."""
        places = self.block.drops if drops else self.block.origins
        if place not in places:
            return np.zeros(self.rows, dtype=np.bool_)
        number, stops = places.index(place), self.ways[::WAY]
        shifts = (30, 40, 50) if drops else (0, 10, 20)
        found: NDArray[np.bool_] = np.zeros(self.rows, dtype=np.bool_)
        for shift in shifts:
            found |= (stops >> shift) & 1023 == number + 1
        return found

    def price(self, duals: Duals) -> None:
        """Say what everybody is worth and what units cost."""
        block, problem = self.block, self.problem
        self.cheap_takes, takes = _cheapest(self.takes, duals.takes[self.site])
        self.cheap_checks, checks = _cheapest(
            self.checks, duals.checks[self.origin], UNIT * problem.waiting_day, self.free
        )
        worth = duals.people[self.cohort] - UNIT * self.cents - takes - checks
        order = np.lexsort((-worth, self.pair))
        entries = entries_of(self.q)
        entries[:, k.E_COHORT] = self.cohort[order]
        entries[:, k.E_PEOPLE] = problem.people[self.cohort[order]]
        entries[:, k.E_WORTH] = worth[order]
        entries[:, k.E_ENTRY] = order
        entries[:, k.E_NEEDS] = self.needs[order]
        held_of(self.q)[:, 1:] = np.cumsum(duals.units[list(block.pools)], axis=1)

    def search(self, duals: Duals, stop: Callable[[], bool] = never) -> tuple[Ints, Ints]:
        """
        The least reduced cost of each pool, or 0, and trips of negative reduced cost.

        Raises
        ------
        OutOfTimeError
            If the time was over before all trips were priced.

        Returns
        -------
        (n_pools,), and (n, 3) rows of patterns, pools of the block, reduced costs.
        """
        self.price(duals)
        memory = self.problem.memory
        if self.kept:
            more = NOTHING if self.more is None else self.more.ravel()
            priced = self.more is not None
            found = price_ways(memory, self.q, self.ways, self.rows, more, priced, self.found)
        elif self.exact:
            found = self._search_afresh(stop)
        else:
            self.order = self._by_cost()
            found = price_loosely(memory, self.q, self.ways, self.rows, self.order, self.found)
        trips = self.found[: k.FOUND * found].reshape(-1, k.FOUND)
        return pools_of(self.q)[:, k.P_BEST].copy(), trips

    def _search_afresh(self, stop: Callable[[], bool]) -> int:
        """Origin by origin, since it may take long at prices that are far from right."""
        memory, block, found = self.problem.memory, self.block, 0
        hold = np.zeros(len(block.pools) * SPANS, dtype=np.int64)
        least_hold(memory, self.q, self.lead, hold)
        near = np.zeros(NEAR_ROWS * len(block.drops), dtype=np.int64)
        option = np.zeros(WAY * OPTIONS, dtype=np.int64)
        legs, work = legs_of(self.problem, block).ravel(), new_work()
        tables = legs, self.rest.ravel(), hold, near
        for origin in range(len(block.origins)):
            if stop():
                raise OutOfTimeError
            found = price_afresh(
                memory,
                work,
                self.q,
                *tables,
                origin,
                origin + 1,
                self.ways,
                option,
                self.found,
                found,
            )
        return found

    @cached_property
    def _least_cents(self) -> Ints:
        """(n_pools,) what every trip costs at the least without its riders."""
        block = self.block
        depot = int(self.problem.depot[block.pools[0]])
        pairs = np.unique(self.pair)
        routes = lone_routes(self.problem, depot, block.origins, block.drops, pairs)[:, 1]
        if not len(routes):  # no trip at all
            return np.zeros(len(block.pools), dtype=np.int64)
        return np.array([self._cents(k, routes).min() for k in range(len(block.pools))])

    def dearest(self) -> int:
        """
        What the people of a trip are worth at the most at the last prices, in ``PARTS`` of what it
        costs; at least ``PARTS``, and ``BEYOND`` where that is not known.
        """
        if (self.cents < 0).any():
            return BEYOND
        pools = pools_of(self.q)
        if self.kept:
            return int(pools[:, k.P_RATIO].max())
        return max(
            share_of(least - best, least)
            for least, best in zip(
                (UNIT * self._least_cents).tolist(), pools[:, k.P_BEST].tolist(), strict=True
            )
        )

    def fewest_riders(self) -> Ints:
        """(n_pools,) riders of trips of negative reduced cost at the least, at the last prices."""
        worth = max(1, int(entries_of(self.q)[:, k.E_WORTH].max(initial=1)))
        return np.maximum(-(-UNIT * self._least_cents // worth), 1)

    def _by_cost(self) -> Ints:
        routes = self.ways.reshape(-1, 2)[:, 1]
        held = held_of(self.q)
        day, last = self.block.day, held.shape[1] - 1
        rows = []
        for pool in range(len(self.block.pools)):
            cost = UNIT * self._cents(pool, routes)
            if self.problem.by_day:
                end = np.minimum(day + ((routes >> 3) & 7), last)
                cost = cost + held[pool, end] - held[pool, day]
            rows.append(np.argsort(cost, kind="stable"))
        return np.ascontiguousarray(np.concatenate(rows))

    def column(self, number: int, row: int, pool: int) -> Column:
        """The trip of a pattern on a pool that is worth most at the prices of the last search."""
        out = np.zeros(2 * len(self.cohort) + 2, dtype=np.int64)
        first, end = self.block.day, self.block.day
        if self.exact:
            pairs = load_way(self.q, self.ways, row, pool, out)
            stops, route = self.ways[WAY * row : WAY * row + 2].tolist()
            held = int(cheapest_hold(self.problem.memory, self.q, self.ways, row, pool))
            first, end = held >> 20, held & ((1 << 20) - 1)
        else:
            pairs = load_loosely(self.q, self.ways, self.rows, self.order, row, pool, out)
            stops, route = -1, int(self.ways[2 * row + 1])
            if self.problem.by_day:
                end = min(first + ((route >> 3) & 7), self.problem.n_days)
        entries = entries_of(self.q)
        riders = tuple(
            Rider(e, people, int(self.cheap_takes[e]), int(self.cheap_checks[e]))
            for row_, people in out[: 2 * pairs].reshape(-1, 2).tolist()
            for e in [int(entries[row_, k.E_ENTRY])]
        )
        cents = int(self._cents(pool, np.array(route)))
        cents += sum(self._cents_of(rider) * rider.people for rider in riders)
        return Column(
            number, pool, stops, route, first, end, cents, riders, row if self.kept else -1
        )

    def _cents_of(self, rider: Rider) -> int:
        """What each of some riders costs beside the trip, waiting until they are checked."""
        waited = rider.checks - int(self.checks.first[rider.entry] + self.free[rider.entry])
        return int(self.cents[rider.entry]) + max(0, waited) * self.problem.waiting_day

    def _cents(self, pool: int, routes: Ints) -> Ints:
        """What trips cost without their riders."""
        metres, days, drivers = routes >> 15, (routes >> 3) & 7, routes & 7
        row = pools_of(self.q)[pool]
        cents: Ints = days * (row[k.P_DAY] + drivers * self.problem.driver_day)
        cents += metres * row[k.P_KM] // 1000 + row[k.P_BESIDE]
        return cents


class _Days(NamedTuple):
    """Ranges of calendar columns: the first of each, and how many more."""

    first: Ints
    more: Ints


def _days(block: Block, which: str) -> _Days:
    ranges: list[range] = [getattr(entry, which) for entry in block.entries]
    return _Days(np.array([r.start for r in ranges]), np.array([len(r) - 1 for r in ranges]))


def _cheapest(
    days: _Days, prices: Ints, each_day: int = 0, free: Ints | int = 0
) -> tuple[Ints, Ints]:
    """
    The column of each range at which a row of prices is least; the first of equal ones.

    Parameters
    ----------
    each_day, free
        What each column costs besides, past so many from the first.

    Returns
    -------
    (n,) columns and prices.
    """
    best = days.first.copy()
    rows = np.arange(len(best))
    least = prices[rows, best]
    for more in range(1, int(days.more.max(initial=0)) + 1):
        step = np.minimum(more, days.more)
        other = prices[rows, days.first + step] + each_day * np.maximum(step - free, 0)
        better = other < least
        best, least = np.where(better, days.first + step, best), np.where(better, other, least)
    return best, least
