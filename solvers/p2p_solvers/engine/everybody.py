"""Groups in line are put on, one after the other."""

from __future__ import annotations

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import NEVER, at, compiled, small
from p2p_solvers.engine.insert import insert_one
from p2p_solvers.engine.memory import (
    CHOOSES,
    COSTS,
    GROUPS,
    LIMIT,
    LOG_ROWS,
    NOTED,
    ORDER,
    SPARE,
    SPARES,
    T_LOADS,
    TRIPS,
    VALUE,
    WAITING,
)
from p2p_solvers.engine.refit import cheaper_by
from p2p_solvers.engine.ways import choose_way


@small
def _spares(m: Ints, s: Ints, group: int) -> int:
    """By how much putting a group on can make the costs lower."""
    return at(s, WAITING, group, 0) * at(m, GROUPS, group, SPARES)


@small
def _may_still_save(m: Ints, s: Ints) -> int:
    """Cents that tidying up may save on the trips noted in this round."""
    cents = 0
    for i in range(s[NOTED]):
        row = at(s, LOG_ROWS, i, 0)
        if at(s, TRIPS, row, T_LOADS):
            cents += cheaper_by(m, s, row)
    return cents


@small
def _see_to_spare(m: Ints, s: Ints, group: int, saved: int) -> None:
    """What a group may cost if so much is saved afterwards."""
    if s[LIMIT] < NEVER:
        left_behind = at(s, WAITING, group, 0) * at(m, GROUPS, group, VALUE)
        s[SPARE] = s[LIMIT] + saved + left_behind - s[COSTS]


@compiled
def insert_all(m: Ints, s: Ints, w: Ints, n: int, hope: int) -> bool:
    """
    Put the first groups of ``ORDER`` on trips, one after the other.

    Given up, and False, as soon as everything will cost more than ``LIMIT`` even if those who are
    still in line cost nothing and cheaper pools make the trips.

    Parameters
    ----------
    hope
        Per cent of a new trip's seats that later groups are hoped to fill: it is priced as if
        that many shared it.
    """
    in_line, saved = 0, 0
    for i in range(n):
        in_line += _spares(m, s, at(s, ORDER, 0, i))
    for i in range(n):
        if s[LIMIT] < NEVER:
            saved = _may_still_save(m, s)
        if s[COSTS] - in_line - saved > s[LIMIT]:
            break
        group = at(s, ORDER, 0, i)
        in_line -= _spares(m, s, group)
        if s[CHOOSES]:
            _see_to_spare(m, s, group, in_line + saved)
            if not choose_way(m, s, w, group, hope):
                continue
        while at(s, WAITING, group, 0) > 0:
            _see_to_spare(m, s, group, in_line + saved)
            if not insert_one(m, s, w, group, hope):
                break
    s[SPARE] = NEVER
    return s[LIMIT] >= NEVER or s[COSTS] - _may_still_save(m, s) <= s[LIMIT]  # type: ignore[no-any-return]
