"""Trips that are not worth running, and pools that make a trip for less."""

from __future__ import annotations

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import at, compiled, small
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.board import value_of_ride
from p2p_solvers.engine.memory import (
    LOG_ROWS,
    NOTED,
    ROWS,
    T_COST,
    T_LOADS,
    T_LOCKED,
    T_PEOPLE,
    T_POOL,
    TRIPS,
)
from p2p_solvers.engine.refit import refit
from p2p_solvers.engine.ruin import take_apart


@compiled
def is_unworthy(m: Ints, s: Ints, row: int) -> bool:
    """Whether a trip is below its least load, or costs more than leaving its people behind."""
    if at(s, TRIPS, row, T_PEOPLE) < at(m, e.LEAST_LOADS, at(s, TRIPS, row, T_POOL), 0):
        return True
    cents = at(s, TRIPS, row, T_COST)
    for i in range(at(s, TRIPS, row, T_LOADS)):
        cents += value_of_ride(m, s, row, i)
    return cents > 0


@small
def _over_budget(m: Ints, s: Ints) -> bool:
    for payer in range(m[e.N_PAYERS]):
        if at(s, e.PAID, payer, 0) > at(m, e.PAYERS, payer, 0):
            return True
    return s[e.MONEY] > m[e.CEILING]  # type: ignore[no-any-return]


@small
def _dearest(s: Ints) -> int:
    """The trip with the highest cost; -1 if there is none."""
    dearest = -1
    for row in range(s[ROWS]):
        free = at(s, TRIPS, row, T_LOADS) and not at(s, TRIPS, row, T_LOCKED)
        if free and (dearest < 0 or at(s, TRIPS, row, T_COST) > at(s, TRIPS, dearest, T_COST)):
            dearest = row
    return dearest


@small
def drop_unworthy(m: Ints, s: Ints) -> None:
    """Take off the trips noted in this round that are not worth running."""
    for i in range(s[NOTED]):
        row = at(s, LOG_ROWS, i, 0)
        free = at(s, TRIPS, row, T_LOADS) and not at(s, TRIPS, row, T_LOCKED)
        if free and is_unworthy(m, s, row):
            take_apart(m, s, row)
    # a trip that subsidies paid for may have borne a part of the others
    while _over_budget(m, s):
        row = _dearest(s)
        if row < 0:
            return
        take_apart(m, s, row)


@compiled
def tidy(m: Ints, s: Ints, w: Ints) -> None:
    """Give the trips noted in this round to the cheapest pools; take off those not worth it."""
    for i in range(s[NOTED]):
        row = at(s, LOG_ROWS, i, 0)
        if at(s, TRIPS, row, T_LOADS):
            refit(m, s, w, row)
    drop_unworthy(m, s)
