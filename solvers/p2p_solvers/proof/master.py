"""
The linear programme over the columns found so far.

Everybody rides on some share of trips or is left behind; shares of trips use shares of units, of
what sites take in and of what origins check.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.basics import Floats, Ints
from p2p_solvers.proof import corner, interior
from p2p_solvers.proof.duals import Duals, no_duals
from p2p_solvers.proof.links import Key, limit_of
from p2p_solvers.proof.memory import UNIT
from p2p_solvers.proof.moments import Moments
from p2p_solvers.proof.oracle import Column, Room
from p2p_solvers.proof.rows import Counts, Row, Visits

LEAST = 1e-5
"""No interior point is asked to be nearer than this."""


class Master:
    """
    Rows and columns of some rooms, and the prices of rows.

    Attributes
    ----------
    ceiling
        (n_cohorts,) what leaving somebody behind costs here; less than it does keeps prices low.
    x, reduced, left
        At the last solution shares of the columns, their reduced costs, and by cohort people left
        behind.
    kept
        How often columns were taken out.
    """

    def __init__(
        self,
        problem: Problem,
        moments: Moments,
        rooms: Sequence[Room],
        numbers: Sequence[int],
        keys: Iterable[Key],
    ) -> None:
        """
        Take the rooms of these numbers.

        Parameters
        ----------
        keys
            What is scarce and has rows; whatever else people use of sites and checks is paid for
            at the prices of ``pay``.
        """
        self.problem, self.moments, self.rooms = problem, moments, rooms
        self.numbers, self.keys = list(numbers), set(keys)
        self.columns: list[Column] = []
        self.costs: list[float] = []
        self.uses: list[tuple[list[int], list[float]]] = []
        self.seen: set[Column] = set()
        bases: dict[int, set[int]] = defaultdict(set)
        for i in numbers:
            for cohort in rooms[i].cohort.tolist():
                bases[cohort].add(rooms[i].block.base)
        self.cohorts = np.array(sorted(bases), dtype=np.int64)
        self.place = {cohort: row for row, cohort in enumerate(self.cohorts.tolist())}
        # the base that alone serves a cohort; -1 where several do
        self.part = [min(b) if len(b) == 1 else -1 for _, b in sorted(bases.items())]
        self.limit = [float(n) for n in problem.people[self.cohorts]]
        self.ceiling = problem.value[self.cohorts].astype(float)
        self.lines: dict[Key, int] = {}
        self.fixed = no_duals(problem, moments)
        self.x, self.reduced, self.left = np.zeros(0), np.zeros(0), np.zeros(0)
        kind = problem.unit_type[[pool for i in numbers for pool in rooms[i].block.pools]]
        over = any((rooms[i].cents < 0).any() for i in numbers)
        self.equal = bool(over or (problem.minimum_load[kind] > 0).any())
        self.kept, self.dearest = 0, 1.0
        self._counts: dict[tuple[Row, int], tuple[Counts, int] | None] = {}

    @property
    def missing(self) -> float:
        """What it costs to do without one that a row asks for: much more than any trip."""
        return 20.0 * max(self.dearest, float(self.problem.value.max(initial=1)))

    def pay(self, prices: Duals) -> None:
        """Say what is paid for what has no rows."""
        self.fixed = prices
        self.costs = [self._cost(column) for column in self.columns]

    def _line(self, key: Key, part: int) -> int:
        if key not in self.lines:
            self.lines[key] = len(self.limit)
            self.limit.append(float(limit_of(self.problem, self.moments, key)))
            self.part.append(part)
        return self.lines[key]

    def add(self, column: Column) -> bool:
        """Add a trip unless it is there."""
        if column in self.seen:
            return False
        self.seen.add(column)
        room = self.rooms[column.block]
        uses: dict[int, float] = defaultdict(float)
        for rider in column.riders:
            uses[self.place[int(room.cohort[rider.entry])]] += rider.people
            for key in (
                ("takes", int(room.site[rider.entry]), rider.takes),
                ("checks", int(room.origin[rider.entry]), rider.checks),
            ):
                if key in self.keys:
                    # what an origin checks concerns its own bases alone; let it link all the same
                    uses[self._line(key, -1)] += rider.people
        pool = room.block.pools[column.pool]
        for moment in range(column.first, column.end):
            uses[self._line(("units", pool, moment), room.block.base)] = 1.0
        self.columns.append(column)
        self.costs.append(self._cost(column))
        self.dearest = max(self.dearest, self.costs[-1])
        self.uses.append((list(uses), list(uses.values())))
        return True

    def _cost(self, column: Column) -> float:
        room, takes, checks = self.rooms[column.block], self.fixed.takes, self.fixed.checks
        paid = sum(
            rider.people
            * int(takes[room.site[rider.entry], rider.takes]
                  + checks[room.origin[rider.entry], rider.checks])
            for rider in column.riders
        )  # fmt: skip
        return column.cents + paid / UNIT

    def counts(self, row: Row, number: int) -> tuple[Counts, int] | None:
        """What a row says of the patterns of a room, worked out once."""
        key = row._replace(number=0) if isinstance(row, Visits) else row, number
        if key not in self._counts:
            self._counts[key] = row.of(self.rooms[number])
        return self._counts[key]

    def narrow(self, number: int, old: Ints) -> None:
        """
        Go on with some patterns of a room, which has been narrowed to them.

        Parameters
        ----------
        old
            (rows,) for each pattern that was there which it is now, or -1.
        """
        room = self.rooms[number]

        def stays(c: Column) -> bool:
            return c.block != number or (old[c.way] >= 0 and room.open(old[c.way], c.pool))

        self.keep([j for j, column in enumerate(self.columns) if stays(column)])
        self.columns = [
            c._replace(way=int(old[c.way])) if c.block == number else c for c in self.columns
        ]
        self.seen = set(self.columns)
        self._counts = {key: counts for key, counts in self._counts.items() if key[1] != number}

    def counted(self, rows: Sequence[Row], begin: int) -> list[Floats]:
        """How often each column counts in some rows, from one of them on."""
        by_room = self._by_room(begin)
        return [self._counted(row, by_room, len(self.columns) - begin) for row in rows]

    def _counted(
        self, row: Row, by_room: dict[int, tuple[Ints, Ints, Ints]], columns: int
    ) -> Floats:
        """(columns,) how often each counts in a row."""
        found = np.zeros(columns)
        for number, (at, ways, pools) in by_room.items():
            counts = self.counts(row, number)
            if counts is not None:
                of_pool = pools == counts[1] if counts[1] >= 0 else True
                found[at] = np.where((ways >= 0) & of_pool, counts[0][ways], 0)
        return found

    def _by_room(self, begin: int = 0) -> dict[int, tuple[Ints, Ints, Ints]]:
        """Columns of each room from one on: their numbers, counted from there, patterns, pools."""
        of = np.array([(c.block, c.way, c.pool) for c in self.columns[begin:]]).reshape(-1, 3)
        numbers = np.unique(of[:, 0])
        order = np.argsort(of[:, 0], kind="stable")
        begins = np.searchsorted(of[order, 0], numbers)
        parts = np.split(order, begins[1:]) if len(numbers) else []
        return {
            int(number): (at, of[at, 1], of[at, 2])
            for number, at in zip(numbers, parts, strict=True)
        }

    def _programme(self, rows: Sequence[Row]) -> interior.Sparse:
        """
        Its rows: people, limits, ``rows``. Its columns: trips, people left behind, what is over or
        left of each row, what is missing of each of ``rows``.
        """
        problem, n, people = self.problem, len(self.columns), len(self.cohorts)
        lines = len(self.limit)
        sense = np.ones(lines)
        sense[people:] = -1.0
        over = np.arange(people if self.equal else 0, lines)
        value = self.ceiling
        extra, rights, each_rows, each_cols, each_values = len(rows), [], [], [], []
        by_room = self._by_room() if rows else {}
        for i, row in enumerate(rows):
            counted = self._counted(row, by_room, n)
            some = np.flatnonzero(counted)
            left = [(self.place[c], 1.0 / k) for c, k in row.left(problem) if c in self.place]
            each_cols += [some, np.array([n + c for c, _ in left], dtype=np.int64)]
            each_values += [counted[some], np.array([w for _, w in left])]
            each_rows.append(np.full(len(some) + len(left), lines + i))
            rights.append(float(row.least))
        n_left, n_over = n + people, n + people + len(over)
        cols = np.concatenate(
            [
                np.repeat(np.arange(n), [len(rows_) for rows_, _ in self.uses]),
                np.arange(n, n_left),
                np.arange(n_left, n_over),
                np.arange(n_over, n_over + 2 * extra),
                *each_cols,
            ]
        ).astype(np.int64)
        order = np.argsort(cols, kind="stable")
        of_rows = np.concatenate(
            [
                _flat([r for r, _ in self.uses], np.int64),
                np.arange(people),
                over,
                np.tile(np.arange(lines, lines + extra), 2),
                *each_rows,
            ]
        ).astype(np.int64)
        values = np.concatenate(
            [
                _flat([v for _, v in self.uses], np.float64),
                np.ones(people),
                -sense[over],
                np.repeat([-1.0, 1.0], extra),
                *each_values,
            ]
        )
        return interior.Sparse(
            rows=of_rows[order],
            cols=cols[order],
            values=values[order],
            b=np.array([*self.limit, *rights]),
            c=np.concatenate(
                [
                    np.array(self.costs),
                    value,
                    np.zeros(len(over) + extra),
                    np.full(extra, self.missing),
                ]
            ),
            part=np.array([*self.part, *[-1] * extra], dtype=np.int64),
        )

    def solve(
        self,
        tolerance: float,
        stop: Callable[[], bool],
        each: interior.Each = map,
        rows: Sequence[Row] = (),
    ) -> tuple[float, Duals]:
        """
        Its value in cents, about, and its prices.

        Parameters
        ----------
        tolerance
            How near the least cost, relative to it; 0: by the simplex method.
        rows
            What plans keep besides.
        """
        lp = self._programme(rows)
        point = corner.solve(lp, stop) if tolerance == 0.0 else None
        point = point or interior.solve(lp, max(tolerance, LEAST), stop, each)
        n = len(self.columns)
        self.x, self.reduced = point.x[:n], point.z[:n]
        self.left = point.x[n : n + len(self.cohorts)]
        return float(lp.c @ point.x), self.prices(point.y, len(rows))

    def used(self, keys: set[Key]) -> dict[Key, float]:
        """How much of what sites take in and origins check the last solution uses."""
        found: dict[Key, float] = defaultdict(float)
        for column, share in zip(self.columns, self.x.tolist(), strict=False):
            if share > 1e-6:
                room = self.rooms[column.block]
                for rider in column.riders:
                    for key in (
                        ("takes", int(room.site[rider.entry]), rider.takes),
                        ("checks", int(room.origin[rider.entry]), rider.checks),
                    ):
                        if key in keys:
                            found[key] += share * rider.people
        return found

    def prices(self, y: Floats, extra: int) -> Duals:
        """Prices of the programme's rows, and of so many besides, in whole numbers."""
        duals = no_duals(self.problem, self.moments)
        duals.takes[:], duals.checks[:] = self.fixed.takes, self.fixed.checks
        parts = {"units": duals.units, "takes": duals.takes, "checks": duals.checks}
        whole = np.rint(np.nan_to_num(np.clip(y * UNIT, -1e15, 1e15))).astype(np.int64)
        duals.people[self.cohorts] = whole[: len(self.cohorts)]
        for (what, where, when), row in self.lines.items():
            parts[what][where, when] = -whole[row]
        return duals._replace(rows=whole[len(self.limit) : len(self.limit) + extra])

    def purge(self, keep: int) -> None:
        """Take out the dearest columns at the last prices, until so many are left."""
        if len(self.columns) <= keep:
            return
        dear = np.zeros(len(self.columns))
        dear[: len(self.reduced)] = self.reduced
        self.keep(np.sort(np.argsort(dear, kind="stable")[:keep]).tolist())

    def keep(self, stay: Sequence[int]) -> None:
        """Leave only some columns, by rising number."""
        self.kept += 1
        self.columns = [self.columns[i] for i in stay]
        self.costs = [self.costs[i] for i in stay]
        self.uses = [self.uses[i] for i in stay]
        self.seen = set(self.columns)
        solved = [i for i in stay if i < len(self.x)]
        self.x, self.reduced = self.x[solved], self.reduced[solved]


def _flat(lists: Sequence[Sequence[float]], kind: type) -> np.ndarray:
    return np.array([value for values in lists for value in values], dtype=kind)
