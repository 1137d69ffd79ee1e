"""
The linear programme over the columns found so far.

Everybody rides on some share of trips or is left behind; shares of trips use shares of units, of
what sites take in and of what origins check.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_solvers.proof import corner, interior
from p2p_solvers.proof.duals import Duals, no_duals
from p2p_solvers.proof.memory import UNIT
from p2p_solvers.proof.moments import Moments
from p2p_solvers.proof.oracle import Column, Room

Key = tuple[str, int, int]
"""A row: units of a pool at a moment, or what a place takes or checks in a calendar column."""

LEAST = 1e-5
"""No interior point is asked to be nearer than this."""

MOST_LINKS = 2500
"""Rows that link bases; where there would be more, those of places are left out."""


class Master:
    """Rows and columns, and the prices of rows."""

    def __init__(self, problem: Problem, moments: Moments, rooms: Sequence[Room]) -> None:
        self.problem, self.moments, self.rooms = problem, moments, rooms
        self.columns: list[Column] = []
        self.uses: list[tuple[list[int], list[float]]] = []
        self.seen: set[Column] = set()
        self.part = _parts(problem, rooms)
        self.limit = [float(n) for n in problem.people]
        self.rows: dict[Key, int] = {}
        self.linked = sum(int(part) < 0 for part in self.part) < MOST_LINKS
        self.asked = _asked(problem, rooms) if self.linked else {}
        scarce = [key for key, asked in self.asked.items() if asked > self._limit(key)]
        self.linked = self.linked and len(scarce) < MOST_LINKS
        # a row that everybody fits in limits nothing
        self.scarce = set(scarce) if self.linked else set()
        kind = problem.unit_type[[pool for room in rooms for pool in room.block.pools]]
        over = any((room.cents < 0).any() for room in rooms)
        self.equal = bool(over or (problem.minimum_load[kind] > 0).any())

    def _limit(self, key: Key) -> int:
        what, where, when = key
        if what == "units":
            return int(self.moments.units[where, when])
        limits = self.problem.intake if what == "takes" else self.problem.medical
        return int(limits[where, when])

    def _row(self, key: Key, part: int) -> int:
        if key not in self.rows:
            self.rows[key] = len(self.limit)
            self.limit.append(float(self._limit(key)))
            self.part.append(part)
        return self.rows[key]

    def add(self, column: Column) -> bool:
        """Add a trip unless it is there."""
        if column in self.seen:
            return False
        self.seen.add(column)
        room = self.rooms[column.block]
        uses: dict[int, float] = defaultdict(float)
        for rider in column.riders:
            uses[int(room.cohort[rider.entry])] += rider.people
            for key in (
                ("takes", int(room.site[rider.entry]), rider.takes),
                ("checks", int(room.origin[rider.entry]), rider.checks),
            ):
                if key in self.scarce:
                    # what an origin checks concerns its own bases alone; let it link all the same
                    uses[self._row(key, -1)] += rider.people
        pool = room.block.pools[column.pool]
        for moment in range(column.first, column.end):
            uses[self._row(("units", pool, moment), room.block.base)] = 1.0
        self.columns.append(column)
        self.uses.append((list(uses), list(uses.values())))
        return True

    def solve(self, tolerance: float, stop: Callable[[], bool]) -> tuple[float, Duals]:
        """
        Its value in cents, about, and its prices.

        Parameters
        ----------
        tolerance
            How near the least cost, relative to it; 0: by the simplex method.
        """
        problem, n = self.problem, len(self.columns)
        people, rows = problem.n_cohorts, len(self.limit)
        lengths = [len(rows_) for rows_, _ in self.uses]
        # columns: trips, people left behind, then what is over or left of every row
        sense = np.ones(rows)
        sense[people:] = -1.0
        over = np.arange(people if self.equal else 0, rows)
        lp = interior.Sparse(
            rows=np.concatenate(
                [_flat([r for r, _ in self.uses], np.int64), np.arange(people), over]
            ),
            cols=np.concatenate(
                [
                    np.repeat(np.arange(n), lengths),
                    n + np.arange(people),
                    n + people + np.arange(len(over)),
                ]
            ),
            values=np.concatenate(
                [_flat([v for _, v in self.uses], np.float64), np.ones(people), -sense[over]]
            ),
            b=np.array(self.limit),
            c=np.concatenate(
                [[float(c.cents) for c in self.columns], problem.value, np.zeros(len(over))]
            ),
            part=np.array(self.part, dtype=np.int64),
        )
        point = corner.solve(lp) if tolerance == 0.0 else None
        point = point or interior.solve(lp, max(tolerance, LEAST), stop)
        self.reduced = point.z[:n]
        return float(lp.c @ point.x), self._prices(point.y)

    def _prices(self, y: interior.Floats) -> Duals:
        duals = no_duals(self.problem, self.moments)
        parts = {"units": duals.units, "takes": duals.takes, "checks": duals.checks}
        whole = np.rint(y * UNIT).astype(np.int64)
        duals.people[:] = whole[: self.problem.n_cohorts]
        for (what, where, when), row in self.rows.items():
            parts[what][where, when] = -whole[row]
        return duals

    def purge(self, keep: int) -> None:
        """Take out the dearest columns at the last prices, until so many are left."""
        if len(self.columns) <= keep:
            return
        stay = np.sort(np.argsort(self.reduced, kind="stable")[:keep]).tolist()
        self.columns = [self.columns[i] for i in stay]
        self.uses = [self.uses[i] for i in stay]
        self.seen = set(self.columns)


def _flat(lists: Sequence[Sequence[float]], kind: type) -> np.ndarray:
    return np.array([value for values in lists for value in values], dtype=kind)


def _parts(problem: Problem, rooms: Sequence[Room]) -> list[int]:
    """The base that alone serves each cohort; -1 where several do."""
    bases: dict[int, set[int]] = defaultdict(set)
    for room in rooms:
        for cohort in room.cohort.tolist():
            bases[cohort].add(room.block.base)
    return [
        next(iter(bases[cohort])) if len(bases[cohort]) == 1 else -1
        for cohort in range(problem.n_cohorts)
    ]


def _asked(problem: Problem, rooms: Sequence[Room]) -> dict[Key, int]:
    """How many people could ask at most for what each place takes and checks."""
    who: dict[Key, set[int]] = defaultdict(set)
    for room in rooms:
        for entry in room.block.entries:
            site, origin = int(problem.site[entry.cohort]), int(problem.origin[entry.cohort])
            for column in entry.takes:
                if problem.intake[site, column] < NO_LIMIT:
                    who["takes", site, column].add(entry.cohort)
            for column in entry.checks:
                if problem.medical[origin, column] < NO_LIMIT:
                    who["checks", origin, column].add(entry.cohort)
    return {key: int(problem.people[list(cohorts)].sum()) for key, cohorts in who.items()}
