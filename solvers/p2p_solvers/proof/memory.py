"""
A block and its patterns as compiled functions take them.

``q`` is a block: its stops, which pairs of them somebody rides between, and, filled in anew for
every pricing, what everybody is worth and what the pools cost.
"""

from __future__ import annotations

from itertools import permutations

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import pack, table
from p2p_solvers.proof.blocks import Block
from p2p_solvers.proof.moments import Moments, turnaround

UNIT = 100
"""Prices are whole numbers of hundredths of a cent, so that no sum is rounded."""

MOST = 3
"""Most pick-ups, and most drops, of a pattern."""

LOCAL = (1 << 10) - 2
"""Most stops of a block on either side."""

(
    N_ORIGINS,
    N_DROPS,
    N_POOLS,
    DAY,
    MOST_PICKS,
    MOST_OFF,
    N_ENTRIES,
    N_MOMENTS,
    FIRST_MOMENT,
    STEP,
    TURNAROUND,
    STAMP,
    LATE,
) = range(13)
"""Scalars of ``q``; moments at which units are counted; ``STAMP`` tells who is on board of the
pattern that is being priced; ``LATE``: somebody boards on a later day than the first."""

(
    ORIGINS,
    DROPS,
    ACTIVE,
    ENTRIES,
    POOLS,
    RISK,
    PERMUTED,
    PICKS_IN,
    DROPS_IN,
    ORDERS,
    NEAR,
    TAKEN,
    HEADS,
    FILLS,
    WORTH,
    HELD,
) = range(64, 96, 2)
"""
Tables of ``q``: places of the stops; by pair of stops, where its entries begin and end; entries, in
order of pairs and in each the most worth first; pools; risk by origin, then by drop; orders of
three stops; what all orders of the pick-ups, and of the drops, come to; what each order of the
pattern comes to; drops that the people of some pick-ups go to, and of which; cohorts that are on
board; where the entries of each pair of a pattern begin and end, and what the pair offers of what
people need; entries in the order in which they fill seats, and how many of each; worth of the
people of a pair who fit on the largest unit; by pool, the prices of a unit at all moments before
one, summed.
"""

E_COHORT, E_PEOPLE, E_WORTH, E_ENTRY, E_NEEDS = range(5)
"""Columns of ``ENTRIES``: as in ``Entry``; ``E_ENTRY`` is the number of the entry in its block."""

P_POOL, P_DAY, P_KM, P_LEAST, P_SEATS, P_BEST, P_BESIDE, P_RATIO = 0, 1, 2, 3, 4, 7, 8, 9
"""Columns of ``POOLS``: its
number; cents by day and by km; least load; seats by risk, three columns; the least reduced cost of
all its trips, or 0; cents of every trip besides, mostly none; what the people of a trip are worth
at the most, in ``PARTS`` of what it costs, and no less than all of them."""

PARTS = 1_000_000
"""Parts of a cost, so that shares of it are whole numbers."""

BEYOND = 1 << 40
"""Stands for any share of a cost that is so large, or of nothing."""

FOUND = 3
"""Numbers for each trip that is found: row of its pattern, pool of the block, reduced cost."""

FIRST, LAST, WITH, WITHIN, SECONDS = range(5)
"""Columns of ``PICKS_IN`` and ``DROPS_IN``: first and last stop, metres with the way from or to the
depot, metres between the stops; seconds, of pick-ups with the way from the depot."""

TOTAL, FEWEST_DAYS, FEWEST_DRIVERS = range(3)
"""Columns of ``ORDERS``."""

WAY = 3
"""Numbers for each pattern: its stops (``packed``); metres, pairs of stops between which
people may ride, days and drivers (``route_of``); by the clock, pairs of stops that offer what
people need, and minutes before and after leaving the first stop (``times_of``)."""


def block_memory(problem: Problem, block: Block, moments: Moments) -> Ints:
    """A block without prices."""
    n_origins, n_drops, n_pools = len(block.origins), len(block.drops), len(block.pools)
    column = block.day + problem.pad
    pairs = np.sort([e.origin * n_drops + e.drop for e in block.entries])
    every = np.arange(n_origins * n_drops)
    ends = [np.searchsorted(pairs, every, side=side) for side in ("left", "right")]
    kinds = problem.unit_type[list(block.pools)]
    pools = np.zeros((n_pools, 10), dtype=np.int64)
    pools[:, P_POOL] = block.pools
    pools[:, P_DAY], pools[:, P_KM] = problem.per_day[kinds], problem.per_km[kinds]
    pools[:, P_LEAST] = problem.minimum_load[kinds]
    riders = problem.allowed[kinds, column] - problem.staff[kinds, column]
    pools[:, P_SEATS : P_SEATS + 3] = np.maximum(riders, 0)
    risk = np.concatenate([problem.risk[list(block.origins), column],
                           problem.risk[list(block.drops), column]])  # fmt: skip
    seats = int(pools[:, P_SEATS : P_SEATS + 3].max(initial=0))
    n_moments = moments.units.shape[1]
    tables = {
        ORIGINS: np.array([block.origins]),
        DROPS: np.array([block.drops]),
        ACTIVE: np.stack(ends, axis=1),
        ENTRIES: np.zeros((len(block.entries), 5)),
        POOLS: pools,
        RISK: risk.reshape(1, -1),
        PERMUTED: np.array(list(permutations(range(3)))),
        PICKS_IN: np.zeros((6, 5)),
        DROPS_IN: np.zeros((6, 5)),
        ORDERS: np.zeros((36, 3)),
        NEAR: np.zeros((2, n_drops)),
        TAKEN: np.zeros((1, problem.n_cohorts)),
        HEADS: np.zeros((MOST * MOST, 3)),
        FILLS: np.zeros((2, max(seats, len(block.entries)) + 1)),
        WORTH: np.zeros((n_origins * n_drops, 1)),
        HELD: np.zeros((n_pools, n_moments + 1)),
    }
    scalars = {
        N_ORIGINS: n_origins,
        N_DROPS: n_drops,
        N_POOLS: n_pools,
        DAY: block.day,
        MOST_PICKS: min(MOST, problem.most_pickups),
        MOST_OFF: min(MOST, problem.most_drops),
        N_ENTRIES: len(block.entries),
        N_MOMENTS: n_moments,
        FIRST_MOMENT: moments.first,
        STEP: moments.step,
        TURNAROUND: turnaround(problem),
        LATE: block.late,
    }
    return pack(scalars, {place: np.asarray(t, dtype=np.int64) for place, t in tables.items()})


def entries_of(q: Ints) -> Ints:
    """(n, 5) the entries of a block, to be written."""
    return table(q, ENTRIES, int(q[N_ENTRIES]))


def pools_of(q: Ints) -> Ints:
    """(n_pools, 10) the pools of a block, to be written."""
    return table(q, POOLS, int(q[N_POOLS]))


def held_of(q: Ints) -> Ints:
    """(n_pools, n_moments + 1) prices of units summed over moments, to be written."""
    return table(q, HELD, int(q[N_POOLS]))
