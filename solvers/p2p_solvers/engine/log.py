"""What the board was before: so that a round that made it worse can be undone."""

from __future__ import annotations

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import at, compiled, put, small
from p2p_solvers.engine.board import book, hang, take_back, unhang
from p2p_solvers.engine.memory import (
    ARRIVES,
    GOES,
    LOADS,
    LOG_ARRIVES,
    LOG_GOES,
    LOG_LOADS,
    LOG_ROWS,
    LOG_STOPS,
    LOG_TRIPS,
    NOTED,
    ROUND,
    STOPS,
    SWITCHED,
    T_LOADS,
    T_STOPS,
    T_WIDTH,
    TOUCHED,
    TRIPS,
)


@compiled
def begin(s: Ints) -> None:
    """A new round: nothing is noted."""
    s[NOTED] = 0
    s[SWITCHED] = 0
    s[ROUND] += 1


@small
def _copy(s: Ints, to: int, to_row: int, source: int, row: int, count: int) -> None:
    for i in range(count):
        put(s, to, to_row, i, at(s, source, row, i))


@compiled
def note(s: Ints, row: int) -> None:
    """Copy a row unless it was noted in this round; a free row is noted as free."""
    if at(s, TOUCHED, row, 0) == s[ROUND]:
        return
    put(s, TOUCHED, row, 0, s[ROUND])
    i = s[NOTED]
    s[NOTED] += 1
    put(s, LOG_ROWS, i, 0, row)
    stops, loads = at(s, TRIPS, row, T_STOPS), at(s, TRIPS, row, T_LOADS)
    _copy(s, LOG_TRIPS, i, TRIPS, row, T_WIDTH)
    _copy(s, LOG_STOPS, i, STOPS, row, stops)
    _copy(s, LOG_ARRIVES, i, ARRIVES, row, stops)
    _copy(s, LOG_GOES, i, GOES, row, stops)
    _copy(s, LOG_LOADS, i, LOADS, row, 3 * loads)


@compiled
def undo(m: Ints, s: Ints) -> None:
    """Make the board what it was when the round began."""
    for i in range(s[NOTED]):
        row = at(s, LOG_ROWS, i, 0)
        if at(s, TRIPS, row, T_LOADS):
            book(m, s, row, -1)
            unhang(m, s, row)
    for i in range(s[NOTED]):
        row, loads = at(s, LOG_ROWS, i, 0), at(s, LOG_TRIPS, i, T_LOADS)
        if not loads:
            continue
        take_back(s, row)
        stops = at(s, LOG_TRIPS, i, T_STOPS)
        _copy(s, TRIPS, row, LOG_TRIPS, i, T_WIDTH)
        _copy(s, STOPS, row, LOG_STOPS, i, stops)
        _copy(s, ARRIVES, row, LOG_ARRIVES, i, stops)
        _copy(s, GOES, row, LOG_GOES, i, stops)
        _copy(s, LOADS, row, LOG_LOADS, i, 3 * loads)
        hang(m, s, row)
        book(m, s, row, 1)
