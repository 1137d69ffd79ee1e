"""
A linear programme by an interior point, for prices from the middle of the best ones.

A simplex method ends in a corner: of all best prices it gives extreme ones, and columns found at
them are seldom needed. Prices from the middle need fewer rounds, and a programme need not be solved
to the end for them (Gondzio, Gonzalez-Brevis and Munari 2013).

Its rows fall into parts, a depot each, which only some rows link: what sites take in. So the normal
equations are solved part by part, then for the linking rows. Mehrotra's method (1992).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.problem.basics import Ints

Floats = NDArray[np.float64]


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


class _Normal:
    """The matrix A D A' of all parts, and how a system with it is solved."""

    def __init__(self, lp: Sparse) -> None:
        self.lp = lp
        n_rows = len(lp.b)
        n_parts = int(lp.part.max(initial=-1)) + 1
        self.members = [np.flatnonzero(lp.part == p) for p in range(-1, n_parts)]
        place = np.zeros(n_rows, dtype=np.int64)
        for rows in self.members:
            place[rows] = np.arange(len(rows))
        self.links = len(self.members[0])
        begins = np.searchsorted(lp.cols, np.arange(len(lp.c) + 1))
        length = np.diff(begins)
        # all pairs of values of each column
        each = np.repeat(np.arange(len(lp.rows)), length[lp.cols])
        first = np.repeat(begins[lp.cols], length[lp.cols])
        turn = np.arange(len(each)) - np.repeat(
            np.cumsum(length[lp.cols]) - length[lp.cols], length[lp.cols]
        )
        other = first + turn
        i, j = lp.rows[each], lp.rows[other]
        part_i, part_j = lp.part[i], lp.part[j]
        size = np.array([len(rows) for rows in self.members])
        inner = size * size
        outer = size * self.links
        outer[0] = 0
        self.inner_at = np.concatenate([[0], np.cumsum(inner + outer)])
        self.size = size
        keep = (part_i == part_j) | (part_j < 0)  # of those between part and link only one half
        each, other, i, j = each[keep], other[keep], i[keep], j[keep]
        part_i, part_j = part_i[keep] + 1, part_j[keep] + 1
        at = self.inner_at[part_i]
        inside = part_i == part_j
        self.index = np.where(
            inside,
            at + place[i] * size[part_i] + place[j],
            at + inner[part_i] + place[i] * self.links + place[j],
        )
        self.weight = lp.values[each] * lp.values[other]
        self.col = lp.cols[each]

    def factor(self, d: Floats) -> None:
        """Set D."""
        flat = _summed(self.index, self.weight * d[self.col], int(self.inner_at[-1]))
        self.blocks, self.sides, self.solved = [], [], []
        middle = flat[: self.size[0] ** 2].reshape(self.links, self.links).copy()
        for p in range(1, len(self.size)):
            n, at = int(self.size[p]), int(self.inner_at[p])
            block = flat[at : at + n * n].reshape(n, n)
            side = flat[at + n * n : at + n * n + n * self.links].reshape(n, self.links)
            _stiffen(block)
            used = np.flatnonzero(side.any(axis=0))
            solved = np.linalg.solve(block, side[:, used])
            middle[np.ix_(used, used)] -= side[:, used].T @ solved
            self.blocks.append(np.linalg.inv(block))
            self.sides.append((used, side[:, used]))
            self.solved.append(solved)
        if self.links:
            _stiffen(middle)
            self.middle = middle

    def solve(self, r: Floats) -> Floats:
        """Solve A D A' y = r."""
        y = np.zeros_like(r)
        parts = [r[rows] for rows in self.members]
        right = parts[0].copy()
        for (used, _), solved, part in zip(self.sides, self.solved, parts[1:], strict=True):
            right[used] -= solved.T @ part
        link = np.linalg.solve(self.middle, right) if self.links else right
        y[self.members[0]] = link
        for rows, block, (used, side), part in zip(
            self.members[1:], self.blocks, self.sides, parts[1:], strict=True
        ):
            y[rows] = block @ (part - side @ link[used])
        return y


def _summed(index: Ints, weights: Floats, length: int) -> Floats:
    """Sums of the weights that have the same index."""
    return np.bincount(index, weights=weights, minlength=length).astype(np.float64, copy=False)


def _stiffen(matrix: Floats) -> None:
    diagonal = np.einsum("ii->i", matrix)
    diagonal += 1e-10 * (diagonal.max(initial=0.0) * 1e-2 + diagonal) + 1e-12


def solve(lp: Sparse, tolerance: float, stop: Callable[[], bool], most: int = 60) -> Point:
    """
    A point within ``tolerance`` of the least cost, relative to it, away from all corners.

    Prices that come out are near those of an optimum, and need not be feasible.
    """
    n = len(lp.c)
    scale = float(np.abs(lp.c).max(initial=1.0))
    c, b = lp.c / scale, lp.b
    normal = _Normal(lp)

    def times(x: Floats) -> Floats:
        return _summed(lp.rows, lp.values * x[lp.cols], len(b))

    def turned(y: Floats) -> Floats:
        return _summed(lp.cols, lp.values * y[lp.rows], n)

    normal.factor(np.ones(n))
    x = turned(normal.solve(b))
    y = normal.solve(times(c))
    z = c - turned(y)
    x += max(-1.5 * x.min(initial=0.0), 0.0) + 1e-3
    z += max(-1.5 * z.min(initial=0.0), 0.0) + 1e-6
    shift_x, shift_z = 0.5 * (x @ z) / z.sum(), 0.5 * (x @ z) / x.sum()
    x, z = x + shift_x, z + shift_z
    gap, stuck = np.inf, 0
    for _ in range(most):
        r_b, r_c = b - times(x), c - turned(y) - z
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
            dy = normal.solve(r_b + times(d * r_c - r_xz / z))  # noqa: B023
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
