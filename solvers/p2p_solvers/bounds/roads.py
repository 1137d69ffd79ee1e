"""Ways that no coach can shorten, whatever it calls at on the way."""

from __future__ import annotations

import numpy as np

from p2p_dispatch.problem import NO_ROAD, Problem
from p2p_solvers.bounds.basics import NEVER, Ints

FAR = 1 << 29
"""Stands for no way while sums are formed in 32 bits."""


def least_ways(problem: Problem) -> tuple[Ints, Ints]:
    """
    Metres and seconds from place to place, at the least; ``NEVER`` where no way leads there.

    The problem's roads are rounded up, so each is taken for a metre and a second less. Roads need
    not keep the triangle inequality: the way over other places is taken where it is shorter.

    Returns
    -------
    (n_places, n_places) each; shortest and quickest ways need not be the same.
    """
    return _closed(problem.metres), _closed(problem.seconds)


def _closed(roads: Ints) -> Ints:
    """Shortest ways over any places (Floyd 1962, Warshall 1962)."""
    ways = np.where(roads == NO_ROAD, FAR, np.minimum(np.maximum(roads - 1, 0), FAR))
    ways = ways.astype(np.int32)
    np.fill_diagonal(ways, 0)
    for over in range(len(ways)):
        np.minimum(ways, ways[:, over, None] + ways[over], out=ways)
    return np.where(ways >= FAR, NEVER, ways).astype(np.int64)
