"""
A part's linear programme by OR-Tools' simplex method, each time from where it ended before.

Branching solves programmes that differ by a row or a few columns from the one before. GLOP begins
with the basis that it had: some steps of the dual method after a row has changed, of the primal
method after columns were added. Of a small part that takes some milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from p2p_solvers.proof.duals import Duals
from p2p_solvers.proof.master import Master
from p2p_solvers.proof.rows import Row, Visits, counted_by

IDLE = 100
"""Rows that nobody asks for any more, about, before the programme is built anew."""


class Warm:
    """The programme of a master as GLOP keeps it."""

    def __init__(self, master: Master) -> None:
        from ortools.linear_solver import pywraplp

        self.master, self.kept = master, master.kept
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        self.objective = self.solver.Objective()
        self.objective.SetMinimization()
        self.endless = self.solver.infinity()
        self.how = pywraplp.MPSolverParameters()
        self.how.SetIntegerParam(self.how.PRESOLVE, self.how.PRESOLVE_OFF)
        self.how.SetIntegerParam(self.how.INCREMENTALITY, self.how.INCREMENTALITY_ON)
        value = master.problem.value[master.cohorts].astype(float)
        self.missing = master.missing
        self.limits: list[Any] = []
        self.trips: list[Any] = []
        self.left: list[Any] = []
        self.lines: dict[Row, Any] = {}
        self.solved = True
        self._follow_limits()
        for constraint, cents in zip(self.limits, value.tolist(), strict=False):
            self.left.append(self._variable(cents))
            constraint.SetCoefficient(self.left[-1], 1.0)
        self._follow()

    def _variable(self, cost: float) -> Any:
        variable = self.solver.NumVar(0.0, self.endless, "")
        self.objective.SetCoefficient(variable, cost)
        return variable

    def _follow_limits(self) -> None:
        people = len(self.master.cohorts)
        for number in range(len(self.limits), len(self.master.limit)):
            limit = self.master.limit[number]
            least = limit if number < people else -self.endless
            most = self.endless if number < people and not self.master.equal else limit
            self.limits.append(self.solver.Constraint(least, most))

    def _follow(self) -> bool:
        """Take in the columns that the master has got since; whether there are any."""
        master, begin = self.master, len(self.trips)
        if begin == len(master.columns):
            return False
        self._follow_limits()
        for cost, (rows, values) in zip(master.costs[begin:], master.uses[begin:], strict=True):
            self.trips.append(self._variable(cost))
            for row, value in zip(rows, values, strict=True):
                self.limits[row].SetCoefficient(self.trips[-1], value)
        self._count(list(self.lines), begin)
        return True

    def _count(self, rows: Sequence[Row], begin: int) -> None:
        """Say of the columns from one on how often they count in some rows."""
        for row, counted in zip(rows, self.master.counted(rows, begin), strict=True):
            constraint = self.lines[row]
            for j in np.flatnonzero(counted).tolist():
                constraint.SetCoefficient(self.trips[begin + j], float(counted[j]))

    def _line(self, row: Row) -> None:
        if row in self.lines:
            return
        line = self.lines[row] = self.solver.Constraint(-self.endless, self.endless)
        # whatever is asked, it can be had at a price: the programme always has an answer
        line.SetCoefficient(self._variable(self.missing), 1.0)
        if isinstance(row, Visits):
            line.SetCoefficient(self._variable(self.missing), -1.0)
        for cohort, people in row.left(self.master.problem):
            if cohort in self.master.place:
                line.SetCoefficient(self.left[self.master.place[cohort]], 1.0 / people)
        self._count([row], 0)

    def solve(self, rows: Sequence[Row]) -> tuple[float, Duals] | None:
        """As ``Master.solve``, to the end; None if GLOP finds no answer."""
        new = self._follow()
        asked: dict[Row, tuple[float, float]] = {}
        for row in rows:
            key = counted_by(row)
            low, high = asked.get(key, (-self.endless, self.endless))
            if isinstance(row, Visits) and row.sign < 0:
                asked[key] = low, min(high, float(row.number))
            else:
                asked[key] = max(low, float(row.least)), high
            self._line(key)
        for key, line in self.lines.items():
            line.SetBounds(*asked.get(key, (-self.endless, self.endless)))
        by = self.how.PRIMAL if new else self.how.DUAL
        self.how.SetIntegerParam(self.how.LP_ALGORITHM, by)
        self.solved = self.solver.Solve(self.how) == self.solver.OPTIMAL
        return self._told(rows, asked) if self.solved else None

    def fits(self, rows: int) -> bool:
        """Whether to go on with it for so many rows, or to build it anew."""
        return self.master.kept == self.kept and self.solved and len(self.lines) < 2 * rows + IDLE

    def look(self) -> None:
        """Let the master see the shares and reduced costs of the last solution."""
        master = self.master
        master.x = np.array([trip.solution_value() for trip in self.trips])
        master.reduced = np.array([trip.reduced_cost() for trip in self.trips])
        master.left = np.array([left.solution_value() for left in self.left])

    def _told(
        self, rows: Sequence[Row], asked: dict[Row, tuple[float, float]]
    ) -> tuple[float, Duals]:
        master = self.master
        y = [constraint.dual_value() for constraint in self.limits]
        paid: set[tuple[Row, bool]] = set()
        for row in rows:
            key, below = counted_by(row), isinstance(row, Visits) and row.sign < 0
            price = self.lines[key].dual_value() * (-1 if below else 1)
            binds = abs(row.least) == abs(asked[key][below])
            # of several rows that say the same only one has the price
            takes = binds and price > 0 and (key, below) not in paid
            y.append(price if takes else 0.0)
            if takes:
                paid.add((key, below))
        return self.objective.Value(), master.prices(np.array(y), len(rows))
