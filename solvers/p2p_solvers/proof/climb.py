"""Columns and prices in turn, until the bound of some rooms is as good as their programme."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.basics import Floats, Ints
from p2p_solvers.proof.duals import Duals, clipped, no_duals
from p2p_solvers.proof.interior import Each
from p2p_solvers.proof.links import Key
from p2p_solvers.proof.master import Master
from p2p_solvers.proof.memory import BEYOND, PARTS, UNIT
from p2p_solvers.proof.moments import Moments
from p2p_solvers.proof.oracle import OutOfTimeError, Room, never
from p2p_solvers.proof.rows import Row
from p2p_solvers.proof.safe import bound_of, paid

FIRST, LAST, STEP = 1e-2, 1e-5, 0.03
"""How exactly the programme is solved at first and in the end, and against the gap that is left."""

COLUMNS = 8
"""Columns that are kept for each row of the programme."""

MODEST, CEILING, RAISED, NEAR = 0.7, 3.0, 3.0, 0.06
"""Where pricing takes long: the share of the first prices to begin with; how many times these are
allowed at first, and how many times more whenever the bound is so near."""

INERTIA, FASTER, CLOSE = 0.7, 0.1, 0.02
"""Where pricing takes long: the share of the best prices in those that are asked for next, and by
how much it changes; none of it when the bound is so near."""

ALIKE = 12
"""Where pricing takes long, trips in a round that have the same people, of a room."""


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

    Where patterns are found afresh pricing takes long at prices that are far too high, and those of
    a programme with few columns are: as much as leaving people behind costs. With ``careful`` it
    begins with low prices, which prove something at once, and lets them rise as columns are found
    (Marsten and others 1975); and it asks for trips at prices between the programme's and the best
    so far (Wentges 1997).

    Attributes
    ----------
    best, duals
        What trips and people of these rooms cost at the least, in ``UNIT`` parts of a cent, with
        what they pay for what is shared; the prices that say so.
    value
        What the programme comes to with the columns found so far, cents.
    lowest
        The least of it since it was last made to rise. Columns are taken out only when it falls
        below that: else those taken out may be those found next, again and again.
    low
        Whether it would come to more if prices were not held low.
    seconds
        How long the last step took.
    """

    def __init__(
        self,
        setting: Setting,
        numbers: Sequence[int],
        keys: Iterable[Key],
        duals: Duals,
        careful: bool = False,
    ) -> None:
        self.setting, self.numbers = setting, list(numbers)
        of = setting.problem, setting.moments, setting.rooms
        self.master = Master(*of, numbers, keys)
        self.careful = careful
        first = self._mine(duals)
        if self.careful:
            first = first._replace(people=np.rint(MODEST * first.people).astype(np.int64))
        self.next = self.duals = clipped(setting.problem, first)
        if self.careful:
            self._hold_low()
        self.best: int | None = None
        self.value = self.lowest = float("inf")
        self.tolerance, self.ended, self.done = FIRST, False, False
        self.low, self.inertia, self.seconds = self.careful, INERTIA if self.careful else 0.0, 0.0

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
        """What is not proved of the programme's value, cents; more where it is held low."""
        if self.best is None:
            return float("inf")
        gap = self.value - self.best / UNIT
        return max(gap, NEAR * abs(self.value)) if self.low else gap

    def _hold_low(self) -> None:
        """Let nobody be worth more than a few times the price to begin with."""
        master = self.master
        low = CEILING * self.next.people[master.cohorts] / UNIT
        master.ceiling = np.where(low > 0, np.minimum(master.ceiling, low), master.ceiling)

    def _raise(self, now: bool) -> None:
        """Let prices rise of those who are left behind only because these are low."""
        master = self.master
        worth: Floats = self.setting.problem.value[master.cohorts].astype(float)
        low = (master.left > 1e-3) & (master.ceiling < worth)
        self.low = bool(low.any())
        if now:
            more = np.minimum(worth, RAISED * master.ceiling)
            master.ceiling = np.where(low, more, master.ceiling)
            self.lowest = float("inf")

    def _asked(self) -> Duals:
        """The prices to ask for trips at."""
        if self.best is None or not self.inertia:
            return self.next
        mixed = [
            np.rint(self.inertia * old + (1 - self.inertia) * new).astype(np.int64)
            for old, new in zip(self.duals[:4], self.next[:4], strict=True)
        ]
        return clipped(self.setting.problem, Duals(*mixed))

    def restart(self, shared: Duals, duals: Duals) -> None:
        """Pay other prices for what is shared, and begin again at some prices of the rest."""
        self.master.pay(shared)
        self.begin_again()
        self.next = self.duals = clipped(self.setting.problem, self._mine(duals))

    def begin_again(self) -> None:
        """Nothing is proved, and the programme may come to more than before."""
        self.best, self.done, self.ended = None, False, False
        self.lowest = float("inf")

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
        problem, moments, most, rooms, _ = self.setting
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
            new += self._add(i, trips[np.argsort(trips[:, 2], kind="stable")])
            rooms[i].more = None
        return bound + paid(problem, self.master.fixed), new

    def lowered(self, duals: Duals) -> tuple[int, Duals] | None:
        """
        What is proved at prices so much lower than those of the last pricing that no trip is worth
        more than it costs, and these prices (Farley 1990).

        What somebody costs beside the trip stays as it is, so that the people of a trip lose at
        least that share of what they are worth. None: the share is not known. Far from the end
        this proves most.
        """
        problem, moments, most, rooms, _ = self.setting
        dearest = max(rooms[i].dearest() for i in self.numbers)
        if dearest >= BEYOND:
            return None
        whole, left = np.divmod(duals.people, dearest)  # or the product is too large
        lower = duals._replace(people=whole * PARTS + left * PARTS // dearest)
        bound = bound_of(problem, moments, most, lower, ())
        return bound + paid(problem, self.master.fixed), lower

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

    def _add(self, number: int, trips: Ints) -> int:
        """Add the best of some trips, in their order, as columns; how many are new."""
        room, most, new = self.setting.rooms[number], self.setting.each, 0
        if not self.careful:
            columns = (room.column(number, row, of) for row, of, _ in trips[:most].tolist())
            return sum([self.master.add(column) for column in columns])
        most, alike = max(most, len(room.cohort) // 2), np.zeros(len(room.cohort), dtype=np.int64)
        for row, of, _ in trips.tolist():
            column = room.column(number, row, of)
            on = [rider.entry for rider in column.riders]
            if alike[on].max(initial=0) < ALIKE:
                alike[on] += 1
                new += self.master.add(column)
            if new >= most:
                break
        return new

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
        began = time.monotonic()
        self._step(stop, each)
        self.seconds = time.monotonic() - began

    def _step(self, stop: Callable[[], bool], each: Each) -> None:
        duals, plain = self._asked(), not self.inertia
        try:
            bound, new = self.price(duals, each=each, stop=stop)
        except OutOfTimeError:
            return
        tried = [(bound, duals), self.lowered(duals)]
        proved, proving = max((one for one in tried if one), key=lambda one: one[0])
        better = self.best is None or proved > self.best
        if better:
            self.best, self.duals = proved, proving
        if stop():
            return
        self.value, self.next = self.master.solve(self.tolerance, stop, each)
        self.next = clipped(self.setting.problem, self.next)
        size = max(1.0, abs(self.value))
        if self.careful:
            self._take_care(better, bool(new), size)
        near = self.gap < 2 * LAST * size
        # prices of a corner, and no trip is worth running at them that is not there yet
        self.done = (self.tolerance <= LAST and near) or (self.ended and not new and plain)
        self.done = self.done and not self.low
        self.ended = self.tolerance == 0.0
        if self.ended or (self.tolerance <= LAST and not new):
            self.tolerance = 0.0
        elif not new:
            self.tolerance = LAST
        else:
            left = STEP * max(self.value - bound / UNIT, 0.0) / size
            self.tolerance = max(LAST, min(self.tolerance, left))
        if self.value < self.lowest:
            self.lowest = self.value
            self.master.purge(COLUMNS * len(self.master.limit))

    def _take_care(self, better: bool, new: bool, size: float) -> None:
        """
        Say how far prices may rise, and how far those that are asked may be from the best; near the
        end all of this is over.
        """
        gap = self.value - (self.best or 0) / UNIT
        self._raise(now=not new or gap < NEAR * size)
        self.inertia = min(INERTIA, self.inertia + FASTER) if better else self.inertia - FASTER
        if not self.low and (gap < CLOSE * size or not new):
            self.careful, self.inertia = False, 0.0
            master, value = self.master, self.setting.problem.value
            master.ceiling = value[master.cohorts].astype(float)
            self.lowest = float("inf")
        self.inertia = max(0.0, round(self.inertia, 6))
