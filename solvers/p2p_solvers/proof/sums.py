"""Sums over the values of a sparse matrix, compiled."""

from __future__ import annotations

from p2p_dispatch.problem.basics import Floats, Ints
from p2p_dispatch.problem.compiled import compiled


@compiled
def gram(
    begins: Ints, rows: Ints, values: Floats, d: Floats, columns: int, out: Floats, n: int
) -> None:
    """
    Add A D A' to ``out``.

    Parameters
    ----------
    begins
        (columns + 1,) where the values of each column of A begin.
    d
        (columns,) the diagonal of D.
    out
        (n, n) where n is the number of rows of A.
    """
    for column in range(columns):
        for i in range(begins[column], begins[column + 1]):
            weight, at = values[i] * d[column], rows[i] * n
            for j in range(begins[column], begins[column + 1]):
                out[at + rows[j]] += weight * values[j]


@compiled
def times(rows: Ints, cols: Ints, values: Floats, n_values: int, x: Floats, out: Floats) -> None:
    """Add A x to ``out``; with rows and columns changed, A' x."""
    for i in range(n_values):
        out[rows[i]] += values[i] * x[cols[i]]


@compiled
def divide(root: Floats, y: Floats, n: int) -> None:
    """
    Solve L L' x = y, in the place of y.

    Parameters
    ----------
    root
        (n, n) L, which has nothing above its diagonal (Cholesky).
    """
    for i in range(n):
        total = y[i]
        for j in range(i):
            total -= root[i * n + j] * y[j]
        y[i] = total / root[i * n + i]
    for back in range(n):
        i = n - 1 - back
        y[i] /= root[i * n + i]
        for j in range(i):
            y[j] -= root[i * n + j] * y[i]
