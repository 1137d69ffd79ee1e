"""
Parts of a plan that were searched on boards of their own are joined on the board of all.

Depots share nothing but intake, posts, slots and seats of services. Who then is too many there is
taken off again, and put on with everybody's trips in view.
"""

from __future__ import annotations

from collections.abc import Sequence

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import NEVER, at, compiled, put, small
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.board import book, free_row, hang, ride_times, slot_of, unhang
from p2p_solvers.engine.everybody import insert_all
from p2p_solvers.engine.lineup import line_up
from p2p_solvers.engine.log import begin
from p2p_solvers.engine.memory import (
    ARRIVES,
    GOES,
    GROUPS,
    LOADS,
    ROWS,
    STOPS,
    T_AT,
    T_LOADS,
    T_LOCKED,
    T_PICKS,
    T_POOL,
    T_STOPS,
    T_WIDTH,
    TRIPS,
    WAITING,
    WAY,
)
from p2p_solvers.engine.ruin import take_apart, take_off
from p2p_solvers.engine.ways import is_open, switch
from p2p_solvers.engine.worth import tidy

OTHERS = -1
"""``T_LOCKED`` of a trip that is not of the part."""

KEPT, NOWHERE = -2, -3
"""``T_AT`` of a trip that is the same on the board of all, and of one that finds no row there."""

HOPE = 75
"""Per cent of a new trip's seats that later groups are hoped to fill when parts are joined."""


@small
def _same_row(s: Ints, t: Ints, row: int) -> bool:
    """Whether a trip stands in a row on both boards, the same in all that counts."""
    loads = at(s, TRIPS, row, T_LOADS)
    if at(t, TRIPS, row, T_LOADS) != loads:
        return False
    same = True
    for column in range(T_LOADS):
        same = same and at(s, TRIPS, row, column) == at(t, TRIPS, row, column)
    for i in range(at(s, TRIPS, row, T_STOPS) if same else 0):
        same = same and at(s, STOPS, row, i) == at(t, STOPS, row, i)
        same = same and at(s, ARRIVES, row, i) == at(t, ARRIVES, row, i)
        same = same and at(s, GOES, row, i) == at(t, GOES, row, i)
    for i in range(3 * loads if same else 0):
        same = same and at(s, LOADS, row, i) == at(t, LOADS, row, i)
    return same


@compiled
def _take_out(m: Ints, s: Ints, part: Ints) -> None:
    """Take the trips of a part off the board of all, but those that are the same there."""
    for row in range(s[ROWS]):
        if at(s, TRIPS, row, T_LOADS) == 0 or at(s, TRIPS, row, T_LOCKED):
            continue
        if not at(part, e.MINE, at(s, TRIPS, row, T_POOL), 0):
            continue
        if _same_row(s, part, row):
            put(part, TRIPS, row, T_AT, KEPT)
            continue
        book(m, s, row, -1)
        unhang(m, s, row)


@compiled
def _give_up_ways(m: Ints, s: Ints, part: Ints) -> None:
    """Let people go by coach all the way who went otherwise in a part."""
    for head in range(m[e.N_GROUPS]):
        way, own = at(s, WAY, head, 0), at(part, WAY, head, 0)
        if own >= 0 and own != way and way:
            switch(m, s, head, -1)


@compiled
def _go_by(m: Ints, s: Ints, part: Ints) -> None:
    """Let people go by the services that they go by in a part, if there is still room."""
    for head in range(m[e.N_GROUPS]):
        own = at(part, WAY, head, 0)
        if own > 0 and own != at(s, WAY, head, 0) and is_open(m, s, own - 1):
            switch(m, s, head, own - 1)


@compiled
def _put_in(m: Ints, s: Ints, part: Ints) -> None:
    """Put the trips of a part on the board of all; what is too much is not asked."""
    for own in range(part[ROWS]):
        if at(part, TRIPS, own, T_LOADS) == 0 or at(part, TRIPS, own, T_LOCKED):
            continue
        if at(part, TRIPS, own, T_AT) == KEPT:
            continue
        row = free_row(s)
        put(part, TRIPS, own, T_AT, row if row >= 0 else NOWHERE)
        if row < 0:
            continue
        stops, loads = at(part, TRIPS, own, T_STOPS), at(part, TRIPS, own, T_LOADS)
        for column in range(T_WIDTH):
            put(s, TRIPS, row, column, at(part, TRIPS, own, column))
        for i in range(stops):
            put(s, STOPS, row, i, at(part, STOPS, own, i))
            put(s, ARRIVES, row, i, at(part, ARRIVES, own, i))
            put(s, GOES, row, i, at(part, GOES, own, i))
        for i in range(3 * loads):
            put(s, LOADS, row, i, at(part, LOADS, own, i))
        hang(m, s, row)
        book(m, s, row, 1)


@small
def _slot_is_full(m: Ints, s: Ints, row: int) -> bool:
    """Whether more coaches than may fall into a slot of one of a trip's stops."""
    picks = at(s, TRIPS, row, T_PICKS)
    for i in range(at(s, TRIPS, row, T_STOPS)):
        place = at(s, STOPS, row, i)
        most = at(m, e.SLOTS, place, 1)
        minute = at(s, GOES, row, i) if i < picks else at(s, ARRIVES, row, i)
        if most < NEVER and at(s, e.IN_SLOT, place, slot_of(m, place, minute)) > most:
            return True
    return False


@compiled
def _too_many(m: Ints, s: Ints, row: int, load: int) -> bool:
    """Whether people of a load have another seat, or fill more places than a site has."""
    group, drop = at(s, LOADS, row, 3 * load), at(s, LOADS, row, 3 * load + 2)
    if at(s, WAITING, at(m, GROUPS, group, e.HEAD), 0) < 0:
        return True
    _, arrived, _, _ = ride_times(m, s, row, group, drop)
    site = at(m, GROUPS, group, e.SITE)
    if at(s, e.TAKEN, site, arrived) > at(m, e.INTAKE, site, arrived):
        return True
    for column in (e.OPENING, e.LOAN):
        posts = at(m, GROUPS, group, column)
        if posts >= 0 and at(s, e.FILLED, posts, 0) > at(m, e.POSTS, posts, 0):
            return True
    return False


@compiled
def _take_off_too_many(m: Ints, s: Ints, w: Ints, part: Ints) -> int:
    """Take those of the trips of a part off who are too many; how many rides they were."""
    count = 0
    for own in range(part[ROWS]):
        if at(part, TRIPS, own, T_LOADS) == 0 or at(part, TRIPS, own, T_LOCKED):
            continue
        row = at(part, TRIPS, own, T_AT)
        if row < 0:
            continue
        if m[e.HAS_SLOTS] and _slot_is_full(m, s, row):
            count += at(s, TRIPS, row, T_LOADS)
            take_apart(m, s, row)
            continue
        for load in range(at(s, TRIPS, row, T_LOADS) - 1, -1, -1):
            if load < at(s, TRIPS, row, T_LOADS) and _too_many(m, s, row, load):
                take_off(m, s, w, row, at(s, LOADS, row, 3 * load), at(s, LOADS, row, 3 * load + 2))
                count += 1
    return count


@compiled
def _settle(m: Ints, s: Ints, w: Ints) -> None:
    """Put on again who was taken off."""
    if s[e.NOTED] == 0:
        return
    s[e.DISSOLVES], s[e.CHOOSES] = 0, m[e.N_SERVICES]
    insert_all(m, s, w, line_up(m, s, w, -1), HOPE)
    tidy(m, s, w)


def join(m: Ints, s: Ints, w: Ints, parts: Sequence[Ints]) -> int:
    """
    Put the parts together on the board of all, which is as it was when they were dealt out.

    Returns
    -------
    How many rides were too many.
    """
    begin(s)
    for part in parts:
        _take_out(m, s, part)
    if m[e.N_SERVICES]:
        for part in parts:
            _give_up_ways(m, s, part)
        for part in parts:
            _go_by(m, s, part)
    for part in parts:
        _put_in(m, s, part)
    count = sum(_take_off_too_many(m, s, w, part) for part in parts)
    _settle(m, s, w)
    return int(count)
