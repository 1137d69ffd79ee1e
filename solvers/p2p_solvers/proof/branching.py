"""
A part's bound beyond its linear programme: rows that whole trips keep, then branching.

Trips that come by a site on a day are a whole number. Where the programme's solution has them in
part, either no more than so many come by, or one more at the least: two programmes, of which the
lower is a bound. First sites on days, then origins with them; then unit types, and whole patterns.

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
from p2p_solvers.proof.rows import Halves, Row, Visits
from p2p_solvers.proof.ways import stop_of

PATTERNS = 1_500_000
"""A part with more patterns is left at its programme's value: every row is priced over all."""

ROUNDS, NEAR, FINE = 12, 1e-4, 3e-5
"""Rounds of pricing for one programme, how near its value they come, how exactly it is solved."""

TRIED, ROUGHLY = 6, 2e-3
"""Ways to branch that are tried, and how exactly."""

WHOLE = 0.01
"""What counts as a whole number."""

LIFT, HALVES = 1e-4, 200
"""A round of rows over threes must lift the bound by this share of it; most of them."""


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
    """

    def __init__(self, climb: Climb) -> None:
        assert climb.best is not None
        self.climb, self.master = climb, climb.master
        self.best, self.steps = climb.best, 0
        self.worth = max(1.0, climb.best / UNIT)
        rooms = [climb.setting.rooms[i] for i in climb.numbers]
        exact = all(room.exact for room in rooms)
        self.done = not exact or sum(room.rows for room in rooms) > PATTERNS
        self.halves: list[Halves] = []
        self.nodes: list[_Node] = []
        self.closed: int | None = None
        self.cutting, self.number = True, count()
        self.master.keep([j for j, c in enumerate(self.master.columns) if c.way >= 0])

    def step(self, stop: Callable[[], bool]) -> None:
        """Add some rows, or branch once."""
        self.steps += 1
        if self.cutting:
            self._cut(stop)
        else:
            self._branch(stop)

    def _solve(self, rows: Sequence[Row], stop: Callable[[], bool]) -> tuple[int, float, Duals]:
        """The bound with some rows, the programme's value and its prices."""
        master, problem = self.master, self.climb.setting.problem
        best, tolerance = -(1 << 62), 1e-3
        value, duals = 0.0, self.climb.duals
        size = len(master.limit) + len(rows)
        if len(master.columns) > 2 * COLUMNS * size:
            master.purge(COLUMNS * size)
        for _ in range(ROUNDS):
            value, duals = master.solve(tolerance, stop, rows=rows)
            duals = clipped(problem, duals, rows)
            if stop():
                break
            bound, new = self.climb.price(duals, rows)
            best = max(best, bound)
            gap = (value - bound / UNIT) / max(1.0, abs(value))
            if gap < NEAR or (not new and tolerance <= FINE):
                break
            tolerance = max(FINE, min(tolerance, 0.1 * gap)) if new else FINE
        return best, value, duals

    def _cut(self, stop: Callable[[], bool]) -> None:
        """One round of rows over threes."""
        bound, value, duals = self._solve(self.halves, stop)
        if stop():
            return
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
        self._put([_Node(self.best, next(self.number), (), value, self._open())])

    def _put(self, nodes: Sequence[_Node]) -> None:
        """Keep nodes that are all there is; one with nothing in parts is as good as it gets."""
        for node in nodes:
            if node.open:
                heapq.heappush(self.nodes, node)
            else:
                self.closed = node.bound if self.closed is None else min(self.closed, node.bound)
        bounds = [self.nodes[0].bound] if self.nodes else []
        if self.closed is not None and all(self.closed <= bound for bound in bounds):
            bounds, self.done = [self.closed], True
        self.best = max(self.best, *bounds)

    def _open(self) -> list[Visits]:
        """What the last solution has in parts, the most promising first; each with its floor."""
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
            sums[Visits(block.day, -1, -1, pool, column.stops, block.base)] += share
        scored = []
        for visits, amount in sums.items():
            part = min(amount % 1, -amount % 1)
            if part > WHOLE:
                floored = visits._replace(number=int(amount // 1))
                scored.append((part * _weight(visits), floored))
        return [visits for _, visits in sorted(scored, reverse=True)[:TRIED]]

    def _branch(self, stop: Callable[[], bool]) -> None:
        """Put two programmes in the place of that of the lowest bound."""
        node = self.nodes[0]
        best, children = -1.0, None
        for visits in node.open:
            two = (
                (*node.rows, visits._replace(sign=-1)),
                (*node.rows, visits._replace(number=visits.number + 1)),
            )
            lifts = [
                max(
                    1.0,
                    self.master.solve(ROUGHLY, stop, rows=(*self.halves, *rows))[0] - node.value,
                )
                for rows in two
            ]
            if stop():
                return
            if lifts[0] * lifts[1] > best:
                best, children = lifts[0] * lifts[1], two
        assert children is not None
        made = []
        for rows in children:
            bound, value, _ = self._solve((*self.halves, *rows), stop)
            if stop():
                return
            low = max(node.bound, bound)
            made.append(_Node(low, next(self.number), rows, value, self._open()))
        heapq.heappop(self.nodes)
        self._put(made)


def _weight(visits: Visits) -> float:
    """How much a way to branch promises: measured, sites on days the most."""
    if visits.stops >= 0:
        return 0.1
    if visits.pool >= 0:
        return 0.3
    if visits.origin < 0:
        return 1.0
    return 0.9 if visits.drop >= 0 else 0.7
