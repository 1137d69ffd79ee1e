"""
A linear programme by OR-Tools' simplex method, for exact prices in the end.

The interior point is stopped by rounding a little before the optimum, now and then by far where few
columns meet large prices.
"""

from __future__ import annotations

import numpy as np

from p2p_solvers.proof.interior import Point, Sparse


def solve(lp: Sparse) -> Point | None:
    """An optimum with its prices; None if GLOP finds none."""
    from ortools.math_opt.python import mathopt

    model = mathopt.Model()
    columns = [model.add_variable(lb=0.0) for _ in lp.c]
    rows = [model.add_linear_constraint(lb=b, ub=b) for b in lp.b.tolist()]
    for row, column, value in zip(
        lp.rows.tolist(), lp.cols.tolist(), lp.values.tolist(), strict=True
    ):
        rows[row].set_coefficient(columns[column], value)
    for column, cost in zip(columns, lp.c.tolist(), strict=True):
        model.objective.set_linear_coefficient(column, cost)
    result = mathopt.solve(model, mathopt.SolverType.GLOP)
    if not result.has_dual_feasible_solution() or not result.has_primal_feasible_solution():
        return None
    x, y, z = result.variable_values(), result.dual_values(), result.reduced_costs()
    return Point(
        np.array([x[column] for column in columns]),
        np.array([y[row] for row in rows]),
        np.array([z[column] for column in columns]),
        0.0,
    )
