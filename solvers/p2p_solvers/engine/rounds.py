"""Rounds: take some trips apart, put their people on again, keep what is no worse."""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import at, compiled, put
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.board import book, unhang
from p2p_solvers.engine.insert import insert_all, sort_order
from p2p_solvers.engine.log import begin, note, undo
from p2p_solvers.engine.memory import (
    COSTS,
    DRAW,
    GROUPS,
    KEYS,
    LEFT,
    LINED_UP,
    LOG_LOADS,
    LOG_ROWS,
    LOG_TRIPS,
    N_GROUPS,
    NOTED,
    ORDER,
    ROUND,
    ROWS,
    SEATS,
    STOPS,
    T_COST,
    T_DAY,
    T_LOADS,
    T_LOCKED,
    T_PEOPLE,
    T_POOL,
    T_STOPS,
    TRIPS,
    WAITING,
)
from p2p_solvers.engine.refit import refit

DAY_APART = 50_000
"""Metres that a day between two trips counts as."""

DEPOT_APART = 200_000
"""Metres that another depot counts as."""

MOST_OTHERS, LOOK_FOR_OTHERS = 8, 50
"""Groups left behind that are tried again in a round, and how far each is looked for."""


@compiled
def draw(s: Ints, below: int) -> int:
    """A whole number from 0 to below ``below``; xorshift of Marsaglia (2003)."""
    x = s[DRAW]
    x ^= (x << 13) & 0x7FFFFFFFFFFFFFFF
    x ^= x >> 7
    x ^= (x << 17) & 0x7FFFFFFFFFFFFFFF
    s[DRAW] = x
    return (x >> 11) % below  # type: ignore[no-any-return]


@compiled
def take_apart(m: Ints, s: Ints, row: int) -> None:
    """Take a trip off the board; its people are left behind until they are put on again."""
    note(s, row)
    book(m, s, row, -1)
    unhang(s, row)


@compiled
def is_unworthy(m: Ints, s: Ints, row: int) -> bool:
    """Whether a trip is below its least load, or costs more than leaving its people behind."""
    if at(s, TRIPS, row, T_PEOPLE) < at(m, e.LEAST_LOADS, at(s, TRIPS, row, T_POOL), 0):
        return True
    before = s[COSTS]
    book(m, s, row, -1)
    dear = s[COSTS] < before
    book(m, s, row, 1)
    return dear  # type: ignore[no-any-return]


@compiled
def _over_budget(m: Ints, s: Ints) -> bool:
    for payer in range(m[e.N_PAYERS]):
        if at(s, e.PAID, payer, 0) > at(m, e.PAYERS, payer, 0):
            return True
    return s[e.MONEY] > m[e.CEILING]  # type: ignore[no-any-return]


@compiled
def _dearest(s: Ints) -> int:
    """The trip with the highest cost; -1 if there is none."""
    dearest = -1
    for row in range(s[ROWS]):
        free = at(s, TRIPS, row, T_LOADS) and not at(s, TRIPS, row, T_LOCKED)
        if free and (dearest < 0 or at(s, TRIPS, row, T_COST) > at(s, TRIPS, dearest, T_COST)):
            dearest = row
    return dearest


@compiled
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


@compiled
def _apart(m: Ints, s: Ints, one: int, other: int) -> int:
    """How far two trips are apart: metres between their ends, with days and depots."""
    last = at(s, STOPS, one, at(s, TRIPS, one, T_STOPS) - 1)
    other_last = at(s, STOPS, other, at(s, TRIPS, other, T_STOPS) - 1)
    start = at(m, net.METRES, at(s, STOPS, one, 0), at(s, STOPS, other, 0))
    end = at(m, net.METRES, last, other_last)
    metres = (start if start >= 0 else 1_000_000) + (end if end >= 0 else 1_000_000)
    metres += DAY_APART * abs(at(s, TRIPS, one, T_DAY) - at(s, TRIPS, other, T_DAY))
    depot = at(m, net.BASES, at(s, TRIPS, one, T_POOL), net.DEPOT)
    if depot != at(m, net.BASES, at(s, TRIPS, other, T_POOL), net.DEPOT):
        metres += DEPOT_APART
    return metres


@compiled
def _first_trip(m: Ints, s: Ints) -> int:
    """A trip at random, emptier ones more often; -1 if there is none to take apart."""
    best, best_fill = -1, 101
    for _ in range(3):
        for _ in range(50):
            row = draw(s, max(1, s[ROWS]))
            if row < s[ROWS] and at(s, TRIPS, row, T_LOADS) and not at(s, TRIPS, row, T_LOCKED):
                column = (at(s, TRIPS, row, T_DAY) + m[net.PAD]) * 3
                seats = at(m, SEATS, at(s, TRIPS, row, T_POOL), column)
                fill = 100 * at(s, TRIPS, row, T_PEOPLE) // max(1, seats)
                if fill < best_fill:
                    best, best_fill = row, fill
                break
    return best


@compiled
def _choose(m: Ints, s: Ints, most: int) -> int:
    """
    Trips that could take over each other's people, at the head of ``ORDER``.

    One at random; then those whose first stop, last stop and day are nearest to its own, with
    some noise.
    """
    first = _first_trip(m, s)
    if first < 0:
        return 0
    n = 0
    for row in range(s[ROWS]):
        if at(s, TRIPS, row, T_LOADS) and not at(s, TRIPS, row, T_LOCKED):
            put(s, ORDER, 0, n, row)
            noise = 50 + draw(s, 100)
            put(s, KEYS, 0, n, -1 if row == first else _apart(m, s, first, row) * noise)
            n += 1
    count = min(most, n)
    # only the head is needed: choose it, do not sort the rest
    for i in range(count):
        least = i
        for j in range(i + 1, n):
            if at(s, KEYS, 0, j) < at(s, KEYS, 0, least):
                least = j
        key, row = at(s, KEYS, 0, least), at(s, ORDER, 0, least)
        put(s, KEYS, 0, least, at(s, KEYS, 0, i))
        put(s, ORDER, 0, least, at(s, ORDER, 0, i))
        put(s, KEYS, 0, i, key)
        put(s, ORDER, 0, i, row)
    return count


@compiled
def _line_up_one(m: Ints, s: Ints, group: int, n: int, how: int) -> int:
    """Put a group at the end of the line of ``n``; the new length of the line."""
    left = at(s, WAITING, group, 0)
    if left <= 0 or at(s, LINED_UP, group, 0) == s[ROUND]:
        return n
    put(s, LINED_UP, group, 0, s[ROUND])
    key = 1000
    if how == 0:
        key = -1000 * left
    elif how == 1:
        days = at(m, GROUPS, group, e.LAST_DAY) - at(m, GROUPS, group, e.FIRST_DAY)
        key = 1000 * (days + 1)
    elif how == 2:
        origin, site = at(m, GROUPS, group, e.ORIGIN), at(m, GROUPS, group, e.SITE)
        key = -at(m, net.METRES, origin, site)
    put(s, ORDER, 0, n, group)
    put(s, KEYS, 0, n, key * (75 + draw(s, 50)))
    return n + 1


@compiled
def _line_up(m: Ints, s: Ints) -> int:
    """
    Groups to put on again, at the head of ``ORDER``.

    Those of the trips just taken apart, and a few others of those left behind. They come in one
    of four orders: the most people first, the least time first, the farthest first, or none;
    each with some noise.
    """
    n, how = 0, draw(s, 4)
    for i in range(s[NOTED]):
        for k in range(at(s, LOG_TRIPS, i, T_LOADS)):
            n = _line_up_one(m, s, at(s, LOG_LOADS, i, 3 * k), n, how)
    for _ in range(min(MOST_OTHERS, s[LEFT])):
        group = draw(s, m[N_GROUPS])
        for _ in range(LOOK_FOR_OTHERS):
            if at(s, WAITING, group, 0) > 0:
                n = _line_up_one(m, s, group, n, how)
                break
            group = (group + 1) % m[N_GROUPS]
    sort_order(s, n)
    return n


@compiled
def play(m: Ints, s: Ints, w: Ints, rounds: int, most_trips: int) -> int:
    """
    Play some rounds; those that make the board dearer are undone.

    Parameters
    ----------
    rounds
        How many.
    most_trips
        Most trips taken apart in one.

    Returns
    -------
    How many rounds were kept.
    """
    kept = 0
    for _ in range(rounds):
        begin(s)
        before = s[COSTS]
        count = _choose(m, s, 1 + draw(s, most_trips))
        if not count:
            return kept
        for i in range(count):
            take_apart(m, s, at(s, ORDER, 0, i))
        n = _line_up(m, s)
        insert_all(m, s, w, n, 50 + draw(s, 51))
        tidy(m, s, w)
        if s[COSTS] <= before:
            kept += 1
        else:
            undo(m, s)
    return kept


@compiled
def build(m: Ints, s: Ints, w: Ints, hope: int) -> None:
    """Put everybody on: the least time first, then the most people."""
    n = m[N_GROUPS]
    for group in range(n):
        days = at(m, GROUPS, group, e.LAST_DAY) - at(m, GROUPS, group, e.FIRST_DAY)
        put(s, ORDER, 0, group, group)
        put(s, KEYS, 0, group, days * 1_000_000 - at(m, GROUPS, group, e.PEOPLE))
    sort_order(s, n)
    insert_all(m, s, w, n, hope)
    tidy(m, s, w)
