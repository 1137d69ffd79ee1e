"""
One plan on many boards: several threads search it, each the trips of some depots.

Each has a board with the whole plan on it, on which the trips of all others are locked, their
people do not wait, and their pools make no new trips. What depots share (intake, posts, slots,
seats of services) each takes as if it were alone; ``join`` sees to what is then too much.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import table
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.join import OTHERS
from p2p_solvers.engine.load import Board
from p2p_solvers.engine.memory import T_LOADS, T_LOCKED, T_POOL, TRIPS


class Depots(NamedTuple):
    """
    Depots that serve one origin belong together; sets of such depots have their people apart.

    Attributes
    ----------
    sets
        How many there are.
    pool
        (n_pools,) the set of each pool.
    group
        (n_groups,) the set that serves the origin of each group; 0 where none does.
    way
        (n_ways, 3) the sets of the group that goes a way, and of its legs.
    """

    sets: int
    pool: Ints
    group: Ints
    way: Ints


def depots_of(problem: Problem, m: Ints) -> Depots:
    """The sets of depots of a problem."""
    groups = table(m, e.GROUPS, int(m[e.N_GROUPS]))
    depot, origins = problem.depot.astype(np.int64), groups[:, e.ORIGIN]
    for origin in np.unique(origins).tolist():
        same = np.unique(depot[problem.serves[:, origin]])
        depot[np.isin(depot, same)] = same.min(initial=len(problem.metres))
    names, pool = np.unique(depot, return_inverse=True)
    of_origin = pool[np.argmax(problem.serves, axis=0)] * problem.serves.any(axis=0)
    group = of_origin[origins].astype(np.int64)
    n = int(groups[:, e.WAY_END].max(initial=0)) if m[e.N_SERVICES] else 0
    ways = table(m, e.WAYS, n)
    own, legs = group[ways[:, e.W_GROUP]], ways[:, [e.W_BEFORE, e.W_ONWARD]]
    of_legs = np.where(legs >= 0, group[legs], own[:, None])
    return Depots(len(names), pool.astype(np.int64), group, np.column_stack((own, of_legs)))


def may_divide(m: Ints) -> bool:
    """Whether parts of a plan can be searched apart: there are depots, and no ceilings of money."""
    return bool(m[e.N_POOLS] and not m[e.HAS_CEILINGS] and m[e.CEILING] >= NO_LIMIT)


def drawn(depots: Depots, s: Ints, parts: int, rng: np.random.Generator) -> list[np.ndarray]:
    """
    Deal sets of depots out at random, about as many trips to each part.

    Returns
    -------
    For each part, (depots.sets,) whether a set is of it.
    """
    trips = table(s, TRIPS, int(s[e.ROWS]))
    running = trips[trips[:, T_LOADS] > 0, T_POOL]
    size = np.bincount(depots.pool[running], minlength=depots.sets)
    mine, trips_of = np.zeros((parts, depots.sets), dtype=bool), np.zeros(parts)
    for one in rng.permutation(depots.sets).tolist():
        part = int(trips_of.argmin())
        mine[part, one] = True
        trips_of[part] += size[one]
    return list(mine)


def deal_out(board: Board, depots: Depots, part: Ints, mine: np.ndarray) -> None:
    """
    Put the plan on a board, with all locked that is not of a part.

    Parameters
    ----------
    part
        The board of the part, for the same problem; what it draws next stays its own.
    mine
        (depots.sets,) whether each set of depots is of it.
    """
    draws = part[e.DRAW]
    part[:] = board.s
    part[e.DRAW] = draws
    pools, own = mine[depots.pool], mine[depots.group]
    table(part, e.MINE, len(pools))[:, 0] = pools
    trips = table(part, TRIPS, int(part[e.ROWS]))
    others = (trips[:, T_LOADS] > 0) & (trips[:, T_LOCKED] == 0) & ~pools[trips[:, T_POOL]]
    trips[others, T_LOCKED] = OTHERS
    table(part, e.WAITING, len(own))[~own, 0] = 0
    if board.m[e.N_SERVICES]:
        ways = table(part, e.WAY, len(own))[:, 0]
        goes, others = ways > 0, ~own
        others[goes] |= ~mine[depots.way[ways[goes] - 1]].all(axis=1)
        # below 0 it says nothing to the rounds, and can be told from those who go by coach
        ways[others] = -1 - ways[others]
