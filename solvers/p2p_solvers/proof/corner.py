"""
A linear programme by OR-Tools' simplex method, for exact prices in the end.

The interior point is stopped by rounding a little before the optimum, now and then by far where few
columns meet large prices.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

import numpy as np

from p2p_solvers.proof.interior import Point, Sparse

LOOK = 0.2
"""Seconds between two looks at whether the time is over: a large programme takes minutes."""


def solve(lp: Sparse, stop: Callable[[], bool]) -> Point | None:
    """An optimum with its prices; None if GLOP finds none, or none in time."""
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("GLOP")
    columns = [solver.NumVar(0.0, solver.infinity(), "") for _ in lp.c]
    rows = [solver.Constraint(b, b) for b in lp.b.tolist()]
    for row, column, value in zip(
        lp.rows.tolist(), lp.cols.tolist(), lp.values.tolist(), strict=True
    ):
        rows[row].SetCoefficient(columns[column], value)
    objective = solver.Objective()
    objective.SetMinimization()
    for column, cost in zip(columns, lp.c.tolist(), strict=True):
        objective.SetCoefficient(column, cost)
    ended = Event()

    def watch() -> None:
        while not ended.wait(LOOK):
            if stop():
                solver.InterruptSolve()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        status = solver.Solve()
    finally:
        ended.set()
        watcher.join()
    if status != solver.OPTIMAL:
        return None
    return Point(
        np.array([column.solution_value() for column in columns]),
        np.array([row.dual_value() for row in rows]),
        np.array([column.reduced_cost() for column in columns]),
        0.0,
    )
