"""A large table cut into requests that a server takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]

MOST_PARTS = 4
"""Requests into which one tile is split to spare what is known; above, known pairs are asked
again."""


class Tile(NamedTuple):
    """One request."""

    sources: tuple[int, ...]
    destinations: tuple[int, ...]


def tiles(missing: NDArray[np.bool_], most: int) -> Iterator[Tile]:
    """
    Requests that cover every missing pair.

    The points are cut into blocks of half a request, and every two blocks meet in one request, all
    pairs of theirs in both directions. OSRM limits the pairs of a request (sources times
    destinations, at most its ``--max-table-size`` squared), other servers and proxies the points
    or the length of the URL; this keeps all of these limits and costs little: 235 points, 100 at
    once, are 10 requests, where the first limit alone would allow 9.

    Parameters
    ----------
    missing
        (n, n) pairs that are wanted, row to column.
    most
        Points in one request, sources and destinations together; at least 2.
    """
    left = missing.copy()
    for block in _meetings(np.flatnonzero(left.any(axis=0) | left.any(axis=1)), most):
        here = np.ix_(block, block)
        part = left[here].copy()
        left[here] = False
        for rows, columns in _boxes(part):
            yield Tile(_ids(block[rows]), _ids(block[columns]))


def _meetings(points: Indices, most: int) -> Iterator[Indices]:
    """Sets of at most so many points in which any two of all are together at least once."""
    if len(points) <= most:
        yield points
        return
    blocks = np.array_split(points, -(-len(points) // (most // 2)))
    for one, other in combinations(blocks, 2):
        yield np.concatenate([one, other])


def _boxes(part: NDArray[np.bool_]) -> Iterator[tuple[Indices, Indices]]:
    """Rows and columns of tables that hold all that is missing, and not much else."""
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not len(rows):
        return
    alike: dict[bytes, list[int]] = defaultdict(list)
    for row in rows:
        alike[part[row].tobytes()].append(int(row))
    # A server's work grows with sources plus destinations: half a table too much costs less than a
    # second request. Of two blocks that both met a third, a little less than half is missing.
    mostly = int(part.sum()) >= 0.4 * len(rows) * len(columns)
    if mostly or len(alike) > MOST_PARTS:
        yield rows, columns
        return
    for same in alike.values():
        yield np.array(same), np.flatnonzero(part[same[0]])


def _ids(points: Indices) -> tuple[int, ...]:
    return tuple(int(point) for point in points)
