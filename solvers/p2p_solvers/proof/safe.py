"""
A bound from any prices: the least that trips can cost at them.

Every trip of a plan uses people, units, places at sites and checks. Charge each for what it uses at
some prices, and let it keep what its people are worth; then a plan costs at least

    sum of people x worth - sum of limits x price + sum over its trips of what the trip costs at
    these prices less what its people are worth,

whatever the prices, as long as nobody is worth more than leaving them behind costs and no limit has
a negative price. For the last sum, of a pool no more trips leave on a day than ``most_trips``, and
none of them comes to less than the least reduced cost of all trips of that pool and day. This is
the bound by Lagrange's multipliers (Geoffrion 1974), with the number of trips limited (Lasdon
1970).

All of it is in whole numbers, so that nothing is rounded. Prices that come out of a linear
programme need not be right for the bound to be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_dispatch.problem.basics import Ints
from p2p_solvers.proof.blocks import Block
from p2p_solvers.proof.duals import Duals
from p2p_solvers.proof.memory import UNIT
from p2p_solvers.proof.moments import Moments
from p2p_solvers.proof.rows import Row

Least = tuple[Block, Sequence[int]]
"""A block, and the least reduced cost on each of its pools, or 0 where none is negative."""


def bound_of(
    problem: Problem,
    moments: Moments,
    most: Ints,
    duals: Duals,
    least: Iterable[Least],
    rows: Sequence[Row] = (),
) -> int:
    """
    No plan costs less, in ``UNIT`` parts of a cent.

    Parameters
    ----------
    most
        ``most_trips`` of the problem.
    duals
        Prices in the range that ``clipped`` forces them into.
    least
        For every block, what its trips come to at these prices.
    rows
        What every plan keeps besides, a price of ``duals`` for each.
    """
    best: dict[tuple[int, int], int] = {}
    for block, of_pools in least:
        for pool, reduced in zip(block.pools, of_pools, strict=True):
            key = pool, block.day
            best[key] = min(best.get(key, 0), int(reduced))
    trips = sum(int(most[at]) * reduced for at, reduced in best.items())
    kept = sum(row.least * int(price) for row, price in zip(rows, duals.rows, strict=True))
    return (
        int(duals.people @ problem.people)
        + kept
        - int((duals.units * moments.units).sum())
        - paid(problem, duals)
        + trips
    )


def most_trips(problem: Problem) -> Ints:
    """
    (n_pools, n_days) how many trips of a pool leave their first stop on a day, at the most.

    By the day each holds a unit. By the clock a unit may make several, which drive one after the
    other and stand for ``stop_minutes`` at two stops each at the least.
    """
    units = problem.units[:, problem.pad : problem.pad + problem.n_days].copy()
    if problem.by_day:
        return units
    for pool in range(problem.n_pools):
        origins = np.flatnonzero(problem.serves[pool])
        ways = problem.minutes[problem.depot[pool], origins]
        out = int(ways[ways >= 0].min(initial=1440)) + 2 * problem.stop_minutes
        people = int(problem.people[np.isin(problem.origin, origins)].sum())
        units[pool] = np.minimum(people, units[pool] * (1440 // max(1, out) + 2))
    return units


def paid(problem: Problem, duals: Duals) -> int:
    """What all that sites take in and origins check comes to."""
    takes = np.where(problem.intake < NO_LIMIT, problem.intake, 0)
    checks = np.where(problem.medical < NO_LIMIT, problem.medical, 0)
    return int((duals.takes * takes).sum()) + int((duals.checks * checks).sum())


def whole_cents(bound: int) -> int:
    """The bound in cents, rounded down."""
    return bound // UNIT
