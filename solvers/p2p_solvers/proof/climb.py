"""Columns and prices in turn, until the bound of some rooms is as good as their programme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.basics import Ints
from p2p_solvers.proof.duals import Duals, clipped, no_duals
from p2p_solvers.proof.interior import Each
from p2p_solvers.proof.links import Key
from p2p_solvers.proof.master import Master
from p2p_solvers.proof.memory import UNIT
from p2p_solvers.proof.moments import Moments
from p2p_solvers.proof.oracle import OutOfTimeError, Room, never
from p2p_solvers.proof.rows import Row
from p2p_solvers.proof.safe import bound_of, paid

FIRST, LAST, STEP = 1e-2, 1e-5, 0.03
"""How exactly the programme is solved at first and in the end, and against the gap that is left."""

COLUMNS = 8
"""Columns that are kept for each row of the programme."""


class Setting(NamedTuple):
    """
    What is priced.

    Attributes
    ----------
    most
        ``most_trips`` of the problem.
    each
        Most columns that a room adds in a round.
    """

    problem: Problem
    moments: Moments
    most: Ints
    rooms: Sequence[Room]
    each: int


class Climb:
    """
    The programme of some rooms, and what is proved of it.

    Attributes
    ----------
    best, duals
        What trips and people of these rooms cost at the least, in ``UNIT`` parts of a cent, with
        what they pay for what is shared; the prices that say so.
    value
        What the programme comes to with the columns found so far, cents.
    """

    def __init__(
        self, setting: Setting, numbers: Sequence[int], keys: Iterable[Key], duals: Duals
    ) -> None:
        self.setting, self.numbers = setting, list(numbers)
        of = setting.problem, setting.moments, setting.rooms
        self.master = Master(*of, numbers, keys)
        self.next = self.duals = clipped(setting.problem, self._mine(duals))
        self.best: int | None = None
        self.value = float("inf")
        self.tolerance, self.ended, self.done = FIRST, False, False

    def _mine(self, duals: Duals) -> Duals:
        """Of these prices those of these rooms, and what is paid for what is shared."""
        master = self.master
        mine = no_duals(self.setting.problem, self.setting.moments)
        mine.people[master.cohorts] = duals.people[master.cohorts]
        pools = sorted({p for i in self.numbers for p in self.setting.rooms[i].block.pools})
        mine.units[pools] = duals.units[pools]
        mine.takes[:], mine.checks[:] = master.fixed.takes, master.fixed.checks
        for what, where, when in master.keys:
            of, given = (
                (mine.takes, duals.takes) if what == "takes" else (mine.checks, duals.checks)
            )
            of[where, when] = given[where, when]
        return mine

    @property
    def gap(self) -> float:
        """What is not proved of the programme's value, cents."""
        return float("inf") if self.best is None else self.value - self.best / UNIT

    def restart(self, shared: Duals, duals: Duals) -> None:
        """Pay other prices for what is shared, and begin again at some prices of the rest."""
        self.master.pay(shared)
        self.best, self.done, self.ended = None, False, False
        self.next = self.duals = clipped(self.setting.problem, self._mine(duals))

    def price(
        self,
        duals: Duals,
        rows: Sequence[Row] = (),
        each: Each = map,
        stop: Callable[[], bool] = never,
    ) -> tuple[int, int]:
        """
        What is proved at some prices, and how many new columns there are.

        Raises
        ------
        OutOfTimeError
            If the time was over before all trips were priced.
        """
        problem, moments, most, rooms, at_once = self.setting
        for i in self.numbers:
            rooms[i].more = self.more(i, rows, duals.rows)
        found = list(each(lambda i: rooms[i].search(duals, stop), self.numbers))
        least = [
            (rooms[i].block, of_pools.tolist())
            for i, (of_pools, _) in zip(self.numbers, found, strict=True)
        ]
        bound = bound_of(problem, moments, most, duals, least, rows)
        if not rows:
            without = bound_of(problem, moments, most, duals, ())
            bound = max(bound, without - self._lost(of_pools for of_pools, _ in found))
        new = 0
        for i, (_, trips) in zip(self.numbers, found, strict=True):
            best = np.argsort(trips[:, 2], kind="stable")[:at_once]
            for row, of, _ in trips[best].tolist():
                new += self.master.add(rooms[i].column(i, row, of))
            rooms[i].more = None
        return bound + paid(problem, self.master.fixed), new

    def _lost(self, reduced: Iterable[Ints]) -> int:
        """
        What trips of negative reduced cost come to at the most, since they have many riders each.

        What its riders are worth is more than the least that any trip costs, so that there are no
        fewer of them than that, over what one is worth at the most. Nobody rides twice.
        """
        people = int(self.setting.problem.people[self.master.cohorts].sum())
        lost = 0
        for i, of_pools in zip(self.numbers, reduced, strict=True):
            fewest = self.setting.rooms[i].fewest_riders()
            lost = max(lost, int((-(of_pools * people // fewest)).max()))
        return lost

    def more(self, number: int, rows: Sequence[Row], prices: Ints) -> Ints | None:
        """What rows take off patterns of a room."""
        room = self.setting.rooms[number]
        more = None if room.shut is None else room.shut.copy()
        for row, price in zip(rows, prices.tolist(), strict=True):
            counts = self.master.counts(row, number) if price else None
            if counts is None:
                continue
            if more is None:
                more = np.zeros((room.rows, len(room.block.pools)), dtype=np.int64)
            pools = slice(None) if counts[1] < 0 else slice(counts[1], counts[1] + 1)
            more[:, pools] -= price * counts[0].astype(np.int64)[:, None]
        return more

    def step(self, stop: Callable[[], bool], each: Each = map) -> None:
        """Price once and solve once."""
        duals = self.next
        try:
            bound, new = self.price(duals, each=each, stop=stop)
        except OutOfTimeError:
            return
        if self.best is None or bound > self.best:
            self.best, self.duals = bound, duals
        if stop():
            return
        self.value, self.next = self.master.solve(self.tolerance, stop, each)
        self.next = clipped(self.setting.problem, self.next)
        size = max(1.0, abs(self.value))
        near = self.gap < 2 * LAST * size
        # prices of a corner, and no trip is worth running at them that is not there yet
        self.done = (self.tolerance <= LAST and near) or (self.ended and not new)
        self.ended = self.tolerance == 0.0
        if self.ended or (self.tolerance <= LAST and not new):
            self.tolerance = 0.0
        elif not new:
            self.tolerance = LAST
        else:
            left = STEP * max(self.value - bound / UNIT, 0.0) / size
            self.tolerance = max(LAST, min(self.tolerance, left))
        self.master.purge(COLUMNS * len(self.master.limit))
