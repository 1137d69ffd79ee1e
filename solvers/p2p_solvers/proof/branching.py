"""
A part's bound beyond its linear programme: rows that whole trips keep, then branching.

Trips that come by a site on a day are a whole number, and so are those of all days, or of a unit
type. Where the programme's solution has them in part, either no more than so many run, or one more
at the least: two programmes, of which the lower is a bound. First counts over all days, then sites
on days, then origins with them; then unit types on days, and whole patterns.

A plan in hand bounds all this: trips that no cheaper plan has are taken out, and branches without a
cheaper plan are left.

Source: Barnhart and others (1998) for branching where columns are priced; Jepsen and others (2008)
for rows over three.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import count
from typing import NamedTuple

from p2p_solvers.proof.climb import COLUMNS, Climb
from p2p_solvers.proof.duals import Duals, clipped
from p2p_solvers.proof.halves import broken_halves
from p2p_solvers.proof.memory import UNIT
from p2p_solvers.proof.rows import Halves, Row, Visits, contradict
from p2p_solvers.proof.warm import Warm
from p2p_solvers.proof.ways import stop_of

PATTERNS = 1_500_000
"""A part with more patterns is left at its programme's value: every row is priced over all."""

ROUNDS, NEAR, FINE = 12, 1e-4, 3e-5
"""Rounds of pricing for one programme, how near its value they come, how exactly it is solved."""

TO_THE_END = 100
"""Rounds where a solution has all trips whole, and the bound shall be what it costs."""

TRIED, ROUGHLY = 6, 2e-3
"""Ways to branch that are tried, and how exactly."""

SIMPLEX = 400
"""Up to so many rows the programme is solved by the simplex method."""

WHOLE = 0.01
"""What counts as a whole number."""

LIFT, HALVES = 1e-4, 200
"""A round of rows over threes must lift the bound by this share of it; most of them."""


class Runs(NamedTuple):
    """
    A trip that runs, without its riders.

    Attributes
    ----------
    room, pool
        Number of its block, and of its pool among those of the block.
    stops
        As ``ways`` packs them.
    times
        How often it runs.
    """

    room: int
    pool: int
    stops: int
    times: int


class _Node(NamedTuple):
    """Some of the plans: those that keep its rows."""

    bound: int
    number: int
    rows: tuple[Visits, ...]
    value: float
    open: list[Visits]


class Branching:
    """
    What is proved of a part at the prices it pays for what is shared.

    Attributes
    ----------
    best
        As in ``Climb``.
    done
        Whether nothing better can be proved in this way.
    steps
        How many were taken.
    plans
        Solutions in which all trips are whole, and that cost less than the plan in hand.
    """

    def __init__(self, climb: Climb, past: Callable[[], int | None] = lambda: None) -> None:
        """
        Begin with what is proved by a climb.

        Parameters
        ----------
        past
            What nobody asks beyond: a plan in hand costs no more than this with what is proved of
            the other parts. None: there is no plan.
        """
        assert climb.best is not None
        self.past, self.narrowed = past, 1 << 62
        self.warm: Warm | None = None
        self.climb, self.master = climb, climb.master
        self.best, self.steps = climb.best, 0
        self.worth = max(1.0, climb.best / UNIT)
        rooms = [climb.setting.rooms[i] for i in climb.numbers]
        kept = all(room.kept for room in rooms)
        self.done = not kept or sum(room.rows for room in rooms) > PATTERNS
        self.plans: list[list[Runs]] = []
        self.halves: list[Halves] = []
        self.last: tuple[int, Duals] = climb.best, climb.duals
        self.root: tuple[int, Duals, tuple[Row, ...]] | None = None
        self.nodes: list[_Node] = []
        self.closed: int | None = None
        self.cutting, self.number = True, count()
        self.master.keep([j for j, c in enumerate(self.master.columns) if c.way >= 0])

    def step(self, stop: Callable[[], bool]) -> None:
        """Add some rows, or branch once."""
        self.steps += 1
        self._narrow()
        if self.cutting:
            self._cut(stop)
        else:
            self._branch(stop)

    def _solve(
        self, rows: Sequence[Row], stop: Callable[[], bool], rounds: int = ROUNDS
    ) -> tuple[int, float, Duals]:
        """The bound with some rows, the programme's value and its prices."""
        master, problem = self.master, self.climb.setting.problem
        best, tolerance = -(1 << 62), 1e-3
        value, duals, past = 0.0, self.climb.duals, self.past()
        size = len(master.limit) + len(rows)
        if len(master.columns) > 2 * COLUMNS * size:
            master.purge(COLUMNS * size)
        for _ in range(rounds):
            value, duals = self._programme(tolerance, rows, stop)
            duals = clipped(problem, duals, rows)
            if stop():
                break
            bound, new = self.climb.price(duals, rows)
            if bound > best:
                best = bound
                self.last = bound, duals
            gap = (value - bound / UNIT) / max(1.0, abs(value))
            enough = gap < NEAR and rounds == ROUNDS
            exactly = tolerance <= FINE or self._quick
            if enough or (exactly and not new) or (past is not None and best >= past):
                break
            tolerance = max(FINE, min(tolerance, 0.1 * gap)) if new else FINE
        if self.warm is not None and self.warm.solved:
            self.warm.look()
        return best, value, duals

    @property
    def _quick(self) -> bool:
        """Whether the programme is solved by the simplex method, which solves it exactly."""
        return len(self.master.limit) <= SIMPLEX

    def _programme(
        self, tolerance: float, rows: Sequence[Row], stop: Callable[[], bool]
    ) -> tuple[float, Duals]:
        """The programme's value with some rows, and prices; a small one by the simplex method."""
        if not self._quick:
            return self.master.solve(tolerance, stop, rows=rows)
        for _ in range(2):
            if self.warm is None or not self.warm.fits(len(rows)):
                self.warm = Warm(self.master)
            told = self.warm.solve(rows)
            if told:
                return told
        return self.master.solve(tolerance, stop, rows=rows)

    def _narrow(self) -> None:
        """
        Take out trips that no plan has that is cheaper than the one in hand.

        With such a trip a plan costs what is proved at some prices, and its reduced cost at them.
        """
        past = self.past()
        if self.root is None or past is None or past >= self.narrowed:
            return
        bound, duals, rows = self.root
        self.narrowed, climb = past, self.climb
        for i in climb.numbers:
            room = climb.setting.rooms[i]
            room.more = climb.more(i, rows, duals.rows)
            stay = room.each(duals, past - bound) < past - bound
            room.more = None
            self.master.narrow(i, room.narrow(stay))

    def _cut(self, stop: Callable[[], bool]) -> None:
        """One round of rows over threes."""
        bound, _, duals = self._solve(self.halves, stop)
        if stop():
            return
        if self.root is None or self.last[0] > self.root[0]:
            self.root = (*self.last, tuple(self.halves))
        # those that cost nothing are not needed
        self.halves = [
            row for row, price in zip(self.halves, duals.rows.tolist(), strict=True) if price > 0
        ]
        lifted = bound > self.best + LIFT * abs(self.best) or not self.halves
        self.best = max(self.best, bound)
        new = [row for row in broken_halves(self.master) if row not in self.halves]
        if lifted and new and len(self.halves) < HALVES:
            self.halves += new
            return
        self.cutting = False
        self._put([self._node(self.best, (), stop)])

    def _node(self, least: int, rows: tuple[Visits, ...], stop: Callable[[], bool]) -> _Node:
        """The plans that keep some rows, none of which costs less than ``least``."""
        bound, value, _ = self._solve((*self.halves, *rows), stop)
        still, past = self._open(rows), self.past()
        if not still and not stop() and (past is None or bound < past):
            more, value, _ = self._solve((*self.halves, *rows), stop, TO_THE_END)
            bound, still = max(bound, more), self._open(rows)
            if not still:
                self._whole()
        return _Node(max(least, bound), next(self.number), rows, value, still)

    def _put(self, nodes: Sequence[_Node]) -> None:
        """Keep nodes that are all there is; one with nothing in parts is as good as it gets."""
        past = self.past()
        for node in nodes:
            if past is not None and node.bound >= past:
                continue
            if node.open:
                heapq.heappush(self.nodes, node)
            else:
                self.closed = node.bound if self.closed is None else min(self.closed, node.bound)
        if past is not None and self.nodes and self.nodes[0].bound >= past:
            self.nodes.clear()
        bounds = [] if self.closed is None else [self.closed]
        if self.nodes and not (bounds and bounds[0] <= self.nodes[0].bound):
            bounds = [self.nodes[0].bound]
        else:
            self.done = True
        # where no node is left no plan is cheaper than the one in hand
        self.best = max(self.best, *(bounds or [past or self.best]))

    def _open(self, rows: Sequence[Visits]) -> list[Visits]:
        """
        What the last solution has in parts, the most promising first; each with its floor.

        What ``rows`` ask already is not asked again, though a solution may miss it at a price.
        """
        sums: dict[Visits, float] = defaultdict(float)
        for column, share in zip(self.master.columns, self.master.x.tolist(), strict=False):
            if share < 1e-4:
                continue
            block = self.master.rooms[column.block].block
            numbers = [stop_of(column.stops, i) for i in range(6)]
            on = [block.origins[i] for i in numbers[:3] if i >= 0]
            off = [block.drops[i] for i in numbers[3:] if i >= 0]
            pool = block.pools[column.pool]
            for place in off:
                sums[Visits(block.day, -1, place, -1, -1, -1)] += share
                for origin in on:
                    sums[Visits(block.day, origin, place, -1, -1, -1)] += share
            for origin in on:
                sums[Visits(block.day, origin, -1, -1, -1, -1)] += share
            sums[Visits(block.day, -1, -1, pool, -1, -1)] += share
            for place in off:
                sums[Visits(-1, -1, place, -1, -1, -1)] += share
            sums[Visits(-1, -1, -1, pool, -1, -1)] += share
            sums[Visits(-1, -1, -1, -1, -1, -1)] += share
            sums[Visits(block.day, -1, -1, pool, column.stops, block.base)] += share
        scored = []
        for visits, amount in sums.items():
            part = min(amount % 1, -amount % 1)
            floored = visits._replace(number=int(amount // 1))
            asked = floored._replace(sign=-1) in rows or _one_more(floored) in rows
            if part > WHOLE and not asked:
                scored.append((part * _weight(visits), floored))
        return [visits for _, visits in sorted(scored, reverse=True)[:TRIED]]

    def _lift(self, node: _Node, rows: tuple[Visits, ...], stop: Callable[[], bool]) -> float:
        """By how much the programme's value rises with some rows, as far as that is of use."""
        past = self.past()
        most = 1e300 if past is None else past / UNIT
        if not contradict(rows):
            most = min(most, self._programme(ROUGHLY, (*self.halves, *rows), stop)[0])
        return max(1.0, most - node.value)

    def _whole(self) -> None:
        """Put the last solution by if all its trips are whole."""
        sums: dict[tuple[int, int, int], float] = defaultdict(float)
        for column, share in zip(self.master.columns, self.master.x.tolist(), strict=False):
            sums[column.block, column.pool, column.stops] += share
        runs = [Runs(*trip, round(times)) for trip, times in sums.items() if times > WHOLE]
        if all(abs(sums[trip[:3]] - trip.times) <= WHOLE for trip in runs):
            self.plans.append(runs)

    def _branch(self, stop: Callable[[], bool]) -> None:
        """Put two programmes in the place of that of the lowest bound."""
        node = self.nodes[0]
        best, children = -1.0, None
        for visits in node.open:
            two = (
                (*node.rows, visits._replace(sign=-1)),
                (*node.rows, _one_more(visits)),
            )
            lifts = [self._lift(node, rows, stop) for rows in two]
            if stop():
                return
            if lifts[0] * lifts[1] > best:
                best, children = lifts[0] * lifts[1], two
        assert children is not None
        made = []
        for rows in children:
            if contradict(rows):
                continue
            made.append(self._node(node.bound, rows, stop))
            if stop():
                return
        heapq.heappop(self.nodes)
        self._put(made)


def _one_more(visits: Visits) -> Visits:
    return visits._replace(number=visits.number + 1)


def _weight(visits: Visits) -> float:
    """How much a way to branch promises: measured, sites on days the most."""
    if visits.stops >= 0:
        return 0.1
    if visits.day < 0:
        return 1.5
    if visits.pool >= 0:
        return 0.3
    if visits.origin < 0:
        return 1.0
    return 0.9 if visits.drop >= 0 else 0.7
