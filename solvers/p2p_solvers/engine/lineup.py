"""Groups that are to be put on, in line."""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import at, compiled, put, small
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.chance import draw
from p2p_solvers.engine.insert import sort_order
from p2p_solvers.engine.memory import (
    DISSOLVES,
    GROUPS,
    KEYS,
    LEFT,
    LINED_UP,
    LOG_LOADS,
    LOG_TRIPS,
    LOG_WAYS,
    N_NEAR,
    NEAR,
    NOTED,
    ORDER,
    ROUND,
    SWITCHED,
    T_LOADS,
    WAITING,
)
from p2p_solvers.engine.ways import give_up, is_left

MOST_OTHERS, LOOK_FOR_OTHERS = 8, 50
"""Groups left behind that are tried again in a round, and how far each is looked for."""

OTHERS_EVERY = 3
"""Rounds to one in which they are."""

SPREAD = 150
"""How far from those just taken off they are looked for, in the order of ``NEAR``."""


@compiled
def _line_up_one(m: Ints, s: Ints, who: int, n: int, how: int) -> int:
    """Put the people of a group at the end of the line of ``n``; the new length of the line."""
    group = at(m, GROUPS, who, e.HEAD)
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
    elif how == 3:
        key = -at(m, GROUPS, group, e.VALUE) * left
    put(s, ORDER, 0, n, group)
    put(s, KEYS, 0, n, key * (75 + draw(s, 50)))
    return n + 1


@small
def one_left(m: Ints, s: Ints, near: int) -> int:
    """A group that is left behind, found from a place in ``NEAR`` on; -1 if there is none near."""
    for i in range(LOOK_FOR_OTHERS):
        group = at(m, NEAR, (near + i) % m[N_NEAR], 0)
        if is_left(m, s, group):
            return group
    return -1


@compiled
def _give_up_ways(m: Ints, s: Ints, w: Ints) -> None:
    """Let the groups whose legs were taken off wait for a coach all the way."""
    i = 0
    while i < s[NOTED]:  # giving up notes more
        for k in range(at(s, LOG_TRIPS, i, T_LOADS)):
            leg = at(s, LOG_LOADS, i, 3 * k)
            group = at(m, GROUPS, leg, e.LEG_OF)
            if group >= 0 and at(s, WAITING, leg, 0) > 0:
                give_up(m, s, w, group)
        i += 1


@compiled
def line_up(m: Ints, s: Ints, w: Ints, also: int) -> int:
    """
    Groups to put on again, at the head of ``ORDER``.

    Those of the trips just taken apart, one more (-1: none), and in some rounds a few others of
    those left behind. They come in one of five orders: the most people first, the least time first,
    the farthest first, the most valued first, or none; each with some noise.
    """
    n, how = 0, draw(s, 5)
    if s[DISSOLVES]:
        _give_up_ways(m, s, w)
        for i in range(s[SWITCHED]):
            n = _line_up_one(m, s, at(s, LOG_WAYS, i, 0), n, how)
    if also >= 0:
        if at(s, WAITING, also, 0) == 0:
            give_up(m, s, w, also)
        n = _line_up_one(m, s, also, n, how)
    for i in range(s[NOTED]):
        for k in range(at(s, LOG_TRIPS, i, T_LOADS)):
            n = _line_up_one(m, s, at(s, LOG_LOADS, i, 3 * k), n, how)
    if s[LEFT] and draw(s, OTHERS_EVERY) == 0:
        here = at(m, NEAR, at(s, ORDER, 0, 0), 1) if n else draw(s, m[N_NEAR])
        for _ in range(MOST_OTHERS):
            group = one_left(m, s, here - SPREAD + draw(s, 2 * SPREAD))
            if group >= 0:
                n = _line_up_one(m, s, group, n, how)
    sort_order(s, n)
    return n
