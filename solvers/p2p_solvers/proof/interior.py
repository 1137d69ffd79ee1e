"""
A linear programme by an interior point, for prices from the middle of the best ones.

A simplex method ends in a corner: of all best prices it gives extreme ones, and columns found at
them are seldom needed. Prices from the middle need fewer rounds, and a programme need not be solved
to the end for them (Gondzio, Gonzalez-Brevis and Munari 2013).

Its rows fall into parts, a depot each, which only some rows link: what sites take in. So the normal
equations are solved part by part, then for the linking rows. Mehrotra's method (1992).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np

from p2p_dispatch.problem.basics import Floats, Ints
from p2p_solvers.proof.sums import divide, gram, times

Each = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""``map``, or that of a pool of threads."""


class Sparse(NamedTuple):
    """
    The programme: least cost x with A x = b, x >= 0.

    Attributes
    ----------
    rows, cols, values
        (n_values,) the matrix, in order of columns; no row twice in a column.
    b, c
        (n_rows,) and (n_cols,).
    part
        (n_rows,) the part each row belongs to; -1: it links. No column has rows of two parts.
    """

    rows: Ints
    cols: Ints
    values: Floats
    b: Floats
    c: Floats
    part: Ints


class Point(NamedTuple):
    """An answer: amounts, prices of rows, reduced costs, what is missing relative to the cost."""

    x: Floats
    y: Floats
    z: Floats
    gap: float


class _Part:
    """
    Rows of one part with the columns that have any of them.

    Its matrix A D A' is over its own rows and then those linking rows that its columns have.
    """

    def __init__(self, lp: Sparse, own: Ints, links: Ints, columns: Ints) -> None:
        self.own, self.columns = own, columns
        begins = np.searchsorted(lp.cols, columns)
        ends = np.searchsorted(lp.cols, columns, side="right")
        lengths = ends - begins
        self.begins = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        at = np.repeat(begins - self.begins[:-1], lengths) + np.arange(int(self.begins[-1]))
        rows, self.values = lp.rows[at], lp.values[at]
        place = np.full(len(lp.b), -1, dtype=np.int64)
        place[own] = np.arange(len(own))
        number = np.full(len(lp.b), -1, dtype=np.int64)
        number[links] = np.arange(len(links))
        linking = np.unique(rows[place[rows] < 0])
        place[linking] = len(own) + np.arange(len(linking))
        self.linking = number[linking]
        self.rows = place[rows]
        self.size = len(own) + len(linking)

    def factor(self, d: Floats) -> None:
        """Set D."""
        n, size = len(self.own), self.size
        whole = np.zeros(size * size)
        weights = np.ascontiguousarray(d[self.columns])
        gram(self.begins, self.rows, self.values, weights, len(weights), whole, size)
        matrix = whole.reshape(size, size)
        block, self.side = matrix[:n, :n], matrix[:n, n:]
        _stiffen(block)
        self.root: Any = None
        self.inverse: Any = block
        if n and self.side.shape[1] == 0:
            with suppress(np.linalg.LinAlgError):  # where rounding leaves it not quite positive
                self.root = np.linalg.cholesky(block)
        if n and self.root is None:
            self.inverse = np.linalg.inv(block)
        self.solved = self.inverse @ self.side
        self.middle = matrix[n:, n:] - self.side.T @ self.solved

    def solve(self, r: Floats) -> Floats:
        """Solve the system of its own rows."""
        if self.root is None:
            return self.inverse @ r  # type: ignore[no-any-return]
        y = np.ascontiguousarray(r)
        divide(np.ascontiguousarray(self.root), y, len(y))
        return y


class _Normal:
    """The matrix A D A' of all parts, and how a system with it is solved."""

    def __init__(self, lp: Sparse, each: Each) -> None:
        self.each = each
        self.links = np.flatnonzero(lp.part < 0)
        of = np.full(len(lp.c), -1, dtype=np.int64)
        np.maximum.at(of, lp.cols, lp.part[lp.rows])
        self.parts = [
            _Part(
                lp, np.flatnonzero((lp.part == p) & (p >= 0)), self.links, np.flatnonzero(of == p)
            )
            for p in np.unique(of).tolist()
        ]

    def factor(self, d: Floats) -> None:
        """Set D."""
        list(self.each(lambda part: part.factor(d), self.parts))
        n = len(self.links)
        middle = np.zeros((n, n))
        for part in self.parts:
            middle[np.ix_(part.linking, part.linking)] += part.middle
        if n:
            _stiffen(middle)
            self.middle = np.linalg.inv(middle)

    def solve(self, r: Floats) -> Floats:
        """Solve A D A' y = r."""
        y = np.zeros_like(r)
        right = r[self.links]
        for part in self.parts:
            right[part.linking] -= part.solved.T @ r[part.own]
        link = self.middle @ right if len(self.links) else right
        y[self.links] = link
        for part in self.parts:
            y[part.own] = part.solve(r[part.own] - part.side @ link[part.linking])
        return y


def _stiffen(matrix: Floats) -> None:
    diagonal = np.einsum("ii->i", matrix)
    diagonal += 1e-10 * (diagonal.max(initial=0.0) * 1e-2 + diagonal) + 1e-12


def solve(
    lp: Sparse, tolerance: float, stop: Callable[[], bool], each: Each = map, most: int = 60
) -> Point:
    """
    A point within ``tolerance`` of the least cost, relative to it, away from all corners.

    Prices that come out are near those of an optimum, and need not be feasible.
    """
    n = len(lp.c)
    scale = float(np.abs(lp.c).max(initial=1.0))
    c, b = lp.c / scale, lp.b
    normal = _Normal(lp, each)
    n_values = len(lp.values)

    def ahead(x: Floats) -> Floats:
        out = np.zeros(len(b))
        times(lp.rows, lp.cols, lp.values, n_values, x, out)
        return out

    def turned(y: Floats) -> Floats:
        out = np.zeros(n)
        times(lp.cols, lp.rows, lp.values, n_values, y, out)
        return out

    normal.factor(np.ones(n))
    x = turned(normal.solve(b))
    y = normal.solve(ahead(c))
    z = c - turned(y)
    x += max(-1.5 * x.min(initial=0.0), 0.0) + 1e-3
    z += max(-1.5 * z.min(initial=0.0), 0.0) + 1e-6
    shift_x, shift_z = 0.5 * (x @ z) / z.sum(), 0.5 * (x @ z) / x.sum()
    x, z = x + shift_x, z + shift_z
    gap, stuck = np.inf, 0
    for _ in range(most):
        r_b, r_c = b - ahead(x), c - turned(y) - z
        mu = (x @ z) / n
        gap = abs(c @ x - b @ y) / (1e-9 + abs(c @ x))
        miss = np.abs(r_b).max(initial=0.0) / (1 + np.abs(b).max(initial=0.0))
        if stop():
            break
        if gap < tolerance and miss < tolerance and np.abs(r_c).max(initial=0.0) < tolerance:
            break
        d = x / z
        normal.factor(d)

        def step(r_xz: Floats) -> tuple[Floats, Floats, Floats]:
            dy = normal.solve(r_b + ahead(d * r_c - r_xz / z))  # noqa: B023
            dz = r_c - turned(dy)  # noqa: B023
            return (r_xz - x * dz) / z, dy, dz  # noqa: B023

        dx, dy, dz = step(-x * z)
        along_x, along_z = _length(x, dx), _length(z, dz)
        aim = ((x + along_x * dx) @ (z + along_z * dz)) / n
        dx, dy, dz = step((aim / mu) ** 3 * mu - x * z - dx * dz)
        along_x, along_z = 0.995 * _length(x, dx), 0.995 * _length(z, dz)
        stuck = stuck + 1 if min(along_x, along_z) < 0.1 else 0
        if stuck == 3:
            break
        x, y, z = x + along_x * dx, y + along_z * dy, z + along_z * dz
    return Point(x, y * scale, z * scale, float(gap))


def _length(x: Floats, dx: Floats) -> float:
    """How far one may go, at most to the end of the step."""
    falling = dx < 0
    return (
        min(1.0, float((-x[falling] / dx[falling]).min(initial=np.inf))) if falling.any() else 1.0
    )
