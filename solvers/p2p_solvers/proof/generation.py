"""Columns and prices in turn, until the bound is as good as the linear programme."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from threadpoolctl import ThreadpoolController

from p2p_dispatch.problem import Problem, TripChoice
from p2p_dispatch.problem.basics import Ints
from p2p_solvers.proof.blocks import blocks_of, leaves_out
from p2p_solvers.proof.duals import Duals, clipped, no_duals
from p2p_solvers.proof.kinder import kinder
from p2p_solvers.proof.known import columns_of
from p2p_solvers.proof.master import Master
from p2p_solvers.proof.memory import UNIT
from p2p_solvers.proof.moments import moments_of
from p2p_solvers.proof.oracle import Room
from p2p_solvers.proof.safe import bound_of, most_trips, whole_cents

FIRST, LAST, STEP = 1e-2, 1e-5, 0.03
"""How exactly the programme is solved at first and in the end, and against the gap that is left."""

COLUMNS = 8
"""Columns that are kept for each row of the programme."""

HOPE = 0.7
"""Share of seats filled that the first prices reckon with."""


class Bound(NamedTuple):
    """
    What is proved so far.

    Attributes
    ----------
    cents
        No plan costs less.
    value
        What the linear programme comes to with the columns found so far, cents.
    done
        Whether nothing better can be proved in this way.
    """

    cents: int
    value: float
    done: bool


class Generation:
    """The blocks of a problem with all their trips, and the columns found so far."""

    def __init__(self, problem: Problem, threads: int, patterns: int, columns: int) -> None:
        self.problem = kinder(problem)
        self.threads, self.patterns, self.each = max(1, threads), patterns, columns
        self.moments = moments_of(self.problem)
        self.most = most_trips(self.problem)
        self.rooms = [Room(self.problem, block, self.moments) for block in blocks_of(self.problem)]
        self.best: int | None = None
        self.duals = no_duals(self.problem, self.moments)

    def lay_out(self, stop: Callable[[], bool]) -> bool:
        """Find the patterns of all blocks, the small ones first; whether the time was enough."""
        counts = [room.count() for room in self.rooms]
        left, tasks = self.patterns, []
        for i in sorted(range(len(counts)), key=lambda i: (counts[i], i)):
            exact = counts[i] <= left
            left -= counts[i] if exact else 0
            tasks.append((self.rooms[i], counts[i] if exact else None))

        def find(task: tuple[Room, int | None]) -> bool:
            room, count = task
            if stop():
                return False
            if count is None:
                room.loosen()
            else:
                room.find(count)
            return True

        # the longest first, so that no thread is left with one of them in the end
        with ThreadPoolExecutor(self.threads) as pool:
            return all(list(pool.map(find, reversed(tasks))))

    @property
    def exact(self) -> bool:
        """Whether all trips that keep the rules of one trip are priced one by one."""
        return all(room.exact for room in self.rooms)

    def leaves_out(self) -> tuple[str, ...]:
        """Ids of the rules that the bound leaves out."""
        rules = leaves_out(self.problem, self.exact)
        return rules if self.master.linked else (*rules, "intake", "medical")

    def run(self, stop: Callable[[], bool], known: Sequence[TripChoice] = ()) -> Iterator[Bound]:
        """
        Bounds, each at least as good as the one before.

        Parameters
        ----------
        known
            Trips of a plan to begin with: with them prices are sensible from the start.
        """
        problem = self.problem
        self.master = master = Master(problem, self.moments, self.rooms)
        for column in columns_of(self.problem, self.moments, self.rooms, known):
            master.add(column)
        duals, tolerance, ended = clipped(problem, self._first()), FIRST, False
        # more threads on matrices of this size wait for each other most of the time
        algebra = ThreadpoolController()
        with ThreadPoolExecutor(self.threads) as pool:
            while not stop():
                bound, new = self._price(duals, pool)
                if self.best is None or bound > self.best:
                    self.best, self.duals = bound, duals
                with algebra.limit(limits=1, user_api="blas"):
                    value, duals = master.solve(tolerance, stop)
                duals = clipped(problem, duals)
                gap = (value * UNIT - bound) / max(1.0, abs(value) * UNIT)
                near = value * UNIT - self.best < 2 * LAST * abs(value) * UNIT
                # prices of a corner, and no trip is worth running at them that is not there yet
                done = (tolerance <= LAST and near) or (ended and not new)
                ended = tolerance == 0.0
                yield Bound(whole_cents(self.best), value, done)
                if done:
                    return
                if ended or (tolerance <= LAST and not new):
                    tolerance = 0.0
                elif not new:
                    tolerance = LAST
                else:
                    tolerance = max(LAST, min(tolerance, STEP * max(gap, 0.0)))
                master.purge(COLUMNS * len(master.limit))

    def _price(self, duals: Duals, pool: ThreadPoolExecutor) -> tuple[int, int]:
        """The bound at some prices, and how many new columns there are."""
        found = list(pool.map(lambda room: room.search(duals), self.rooms))
        bound = bound_of(
            self.problem,
            self.moments,
            self.most,
            duals,
            (
                (room.block, least.tolist())
                for room, (least, _) in zip(self.rooms, found, strict=True)
            ),
        )
        new = 0
        for i, (room, (_, trips)) in enumerate(zip(self.rooms, found, strict=True)):
            best = np.argsort(trips[:, 2], kind="stable")[: self.each]
            for row, of, _ in trips[best].tolist():
                new += self.master.add(room.column(i, row, of))
        return bound, new

    def _first(self) -> Duals:
        """Prices to begin with: everybody's share of a coach that goes straight there."""
        problem = self.problem
        share = np.full(problem.n_cohorts, np.inf)
        for room in self.rooms:
            block = room.block
            on = np.array(block.origins)[[e.origin for e in block.entries]]
            off = np.array(block.drops)[[e.drop for e in block.entries]]
            for pool in block.pools:
                kind, depot = problem.unit_type[pool], problem.depot[pool]
                metres = problem.metres[depot, on] + problem.metres[on, off]
                metres = metres + problem.metres[off, depot]
                days = 1 + (problem.metres[on, off] > problem.two_days_past)
                cents = days * (problem.per_day[kind] + 2 * problem.driver_day)
                cents = cents + metres * problem.per_km[kind] // 1000
                seats = max(1, int(problem.allowed[kind, block.day + problem.pad, 0]))
                np.minimum.at(share, room.cohort, room.cents + cents / (HOPE * seats))
        share = np.where(np.isfinite(share), share, 0.0)
        people: Ints = np.rint(share * UNIT).astype(np.int64)
        return no_duals(problem, self.moments)._replace(people=people)
