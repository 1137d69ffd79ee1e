"""Who is taken off the board so that they can be put on again otherwise."""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import KEPT, at, compiled, put, small
from p2p_dispatch.problem.timing import lay_road
from p2p_dispatch.problem.work import N_PICKS, N_STOPS
from p2p_dispatch.problem.work import POOL as DRAFT_POOL
from p2p_dispatch.problem.work import STOPS as DRAFT
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.board import (
    book,
    book_ride,
    book_rides,
    book_run,
    lane_of,
    stop_at,
    unhang,
)
from p2p_solvers.engine.chance import draw
from p2p_solvers.engine.draft import own_needs
from p2p_solvers.engine.gaps import draft_unit_free
from p2p_solvers.engine.insert import put_times
from p2p_solvers.engine.known import time_as_before, time_draft
from p2p_solvers.engine.log import note
from p2p_solvers.engine.memory import (
    FOCUS,
    IN_LANE,
    KEYS,
    LOADS,
    MOST_RIDES,
    OF_LANE,
    ORDER,
    POOLS,
    R_DROP,
    R_GROUP,
    R_KEY,
    R_ROW,
    RIDES,
    ROWS,
    SEATS,
    SERVED_BY,
    STOPS,
    T_DAY,
    T_LOADS,
    T_LOCKED,
    T_PEOPLE,
    T_PICKS,
    T_POOL,
    T_STOPS,
    TRIPS,
)
from p2p_solvers.engine.offer import same_days, slots_free

DAY_APART = 50_000
"""Metres that a day between two trips counts as."""

DAYS_APART = 2
"""Days between two rides past which they have nothing to do with each other."""

TRIES = 50
"""How often a trip is drawn that may be changed before it is given up."""

DEPOT_APART = 200_000
"""Metres that another depot counts as."""


SITE_EVERY, MOST_LOOKED_AT = 4, 2000
"""Rounds about somebody left behind to one in which those make room who go to the same site from
wherever, and among how many trips they are looked for."""


@compiled
def take_apart(m: Ints, s: Ints, row: int) -> None:
    """Take a trip off the board; its people are left behind until they are put on again."""
    note(s, row)
    book(m, s, row, -1)
    unhang(m, s, row)


@small
def _may_change(s: Ints, row: int) -> bool:
    return at(s, TRIPS, row, T_LOADS) > 0 and at(s, TRIPS, row, T_LOCKED) == 0


@compiled
def focus(s: Ints) -> None:
    """Choose an origin at random, by its trips: those of the pools that serve it come next."""
    for _ in range(TRIES):
        row = draw(s, max(1, s[ROWS]))
        if row < s[ROWS] and _may_change(s, row):
            s[FOCUS] = at(s, STOPS, row, 0)
            return
    s[FOCUS] = -1


@compiled
def _trip_in_focus(m: Ints, s: Ints) -> int:
    """A trip at random of those in focus; -1 if it may not be changed."""
    first, end = at(m, SERVED_BY, s[FOCUS], 0), at(m, SERVED_BY, s[FOCUS] + 1, 0)
    days, count = m[net.N_DAYS], 0
    for p in range(first, end):
        for day in range(days):
            count += at(s, IN_LANE, lane_of(m, at(m, POOLS, p, e.POOL), day), 0)
    nth = draw(s, max(1, count))
    for p in range(first, end):
        for day in range(days):
            lane = lane_of(m, at(m, POOLS, p, e.POOL), day)
            if nth < at(s, IN_LANE, lane, 0):
                row = at(s, OF_LANE, lane, nth)
                return row if _may_change(s, row) else -1
            nth -= at(s, IN_LANE, lane, 0)
    return -1


@small
def near_focus(m: Ints, s: Ints) -> int:
    """The place in ``NEAR`` of somebody on a trip in focus, or any."""
    row = _trip_in_focus(m, s) if s[FOCUS] >= 0 else -1
    if row < 0:
        return draw(s, m[e.N_NEAR])
    return at(m, e.NEAR, at(s, LOADS, row, 0), 1)


@compiled
def _first_trip(m: Ints, s: Ints) -> int:
    """A trip in focus at random, emptier ones more often; -1 if there is none to take apart."""
    best, best_fill = -1, 101
    if s[FOCUS] < 0:
        return best
    for _ in range(3):
        for _ in range(TRIES):
            row = _trip_in_focus(m, s)
            if row >= 0:
                column = (at(s, TRIPS, row, T_DAY) + m[net.PAD]) * 3
                seats = at(m, SEATS, at(s, TRIPS, row, T_POOL), column)
                fill = 100 * at(s, TRIPS, row, T_PEOPLE) // max(1, seats)
                if fill < best_fill:
                    best, best_fill = row, fill
                break
    return best


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
def _nearest(s: Ints, n: int, most: int) -> int:
    """Bring the least keys of ``ORDER`` to its head; how many there are."""
    count = min(most, n)
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
def ruin_trips(m: Ints, s: Ints, most: int) -> int:
    """
    Take some trips apart that could take over each other's people; how many they were.

    One at random; then, of the pools that serve its first stop, those whose first stop, last stop
    and day are nearest to its own, with some noise.
    """
    first = _first_trip(m, s)
    if first < 0:
        return 0
    n, origin, day = 0, at(s, STOPS, first, 0), at(s, TRIPS, first, T_DAY)
    for p in range(at(m, SERVED_BY, origin, 0), at(m, SERVED_BY, origin + 1, 0)):
        pool = at(m, POOLS, p, e.POOL)
        for other in range(max(0, day - DAYS_APART), min(m[net.N_DAYS], day + DAYS_APART + 1)):
            lane = lane_of(m, pool, other)
            for i in range(at(s, IN_LANE, lane, 0)):
                row = at(s, OF_LANE, lane, i)
                if not at(s, TRIPS, row, T_LOCKED):
                    noise = 50 + draw(s, 100)
                    put(s, ORDER, 0, n, row)
                    put(s, KEYS, 0, n, -1 if row == first else _apart(m, s, first, row) * noise)
                    n += 1
    count = _nearest(s, n, most)
    for i in range(count):
        take_apart(m, s, at(s, ORDER, 0, i))
    return count


@small
def _uses(m: Ints, s: Ints, row: int, place: int, picks: bool) -> bool:
    """Whether somebody still boards, or gets off, at a place."""
    for i in range(at(s, TRIPS, row, T_LOADS)):
        here = at(s, LOADS, row, 3 * i + 2)
        if picks:
            here = at(m, e.GROUPS, at(s, LOADS, row, 3 * i), e.ORIGIN)
        if here == place:
            return True
    return False


@compiled
def _close_ranks(m: Ints, s: Ints, w: Ints, row: int) -> bool:
    """Leave out the stops that nobody uses any more; False if the rest cannot run like that."""
    n, picks = at(s, TRIPS, row, T_STOPS), at(s, TRIPS, row, T_PICKS)
    w[DRAFT_POOL], w[N_STOPS], w[N_PICKS] = at(s, TRIPS, row, T_POOL), 0, 0
    for i in range(n):
        place = at(s, STOPS, row, i)
        if _uses(m, s, row, place, i < picks):
            put(w, DRAFT, 0, w[N_STOPS], place)
            w[N_STOPS] += 1
            w[N_PICKS] += 1 if i < picks else 0
    if w[N_STOPS] == n:
        return True
    own_needs(m, s, w, row)
    if lay_road(m, w) != KEPT:
        return False
    day = at(s, TRIPS, row, T_DAY)
    timed = not m[net.BY_DAY] and at(w, DRAFT, 0, 0) == at(s, STOPS, row, 0)
    if not (timed and time_as_before(m, s, w, row)) and not time_draft(m, w, day):
        return False
    if not m[net.BY_DAY] and not same_days(m, s, w, row):
        return False
    if m[e.HAS_SLOTS] and not slots_free(m, s, w, row):
        return False
    if not draft_unit_free(m, s, w, day, row):
        return False
    put_times(s, w, row)
    return True


@compiled
def take_off(m: Ints, s: Ints, w: Ints, row: int, group: int, drop: int) -> None:
    """
    Take the people of a group off a trip.

    A trip that then cannot run, or has nobody left, is taken apart.
    """
    loads, load = at(s, TRIPS, row, T_LOADS), 0
    while at(s, LOADS, row, 3 * load) != group or at(s, LOADS, row, 3 * load + 2) != drop:
        load += 1
    note(s, row)
    book_run(m, s, row, -1)
    if m[e.RIDES_DIFFER]:
        book_rides(m, s, row, -1)
    else:
        book_ride(m, s, row, load, -1)
    put(s, TRIPS, row, T_PEOPLE, at(s, TRIPS, row, T_PEOPLE) - at(s, LOADS, row, 3 * load + 1))
    for column in range(3):
        put(s, LOADS, row, 3 * load + column, at(s, LOADS, row, 3 * (loads - 1) + column))
    put(s, TRIPS, row, T_LOADS, loads - 1)
    if loads > 1 and _close_ranks(m, s, w, row):
        book_run(m, s, row, 1)
        if m[e.RIDES_DIFFER]:
            book_rides(m, s, row, 1)
        return
    if not m[e.RIDES_DIFFER]:
        book_rides(m, s, row, -1)
    unhang(m, s, row)


@compiled
def _list_rides(m: Ints, s: Ints, origin: int, drop: int, day: int) -> int:
    """
    Rides by how near they are to one from an origin to a drop on a day, into ``RIDES``.

    Near in where they begin, where they end and when; sometimes one of the first two does not
    matter.
    """
    n, what = 0, draw(s, 4)
    first, end = max(0, day - DAYS_APART), min(m[net.N_DAYS], day + DAYS_APART + 1)
    for p in range(at(m, SERVED_BY, origin, 0), at(m, SERVED_BY, origin + 1, 0)):
        for other in range(first, end):
            lane = lane_of(m, at(m, POOLS, p, e.POOL), other)
            for i in range(at(s, IN_LANE, lane, 0)):
                row = at(s, OF_LANE, lane, i)
                if at(s, TRIPS, row, T_LOCKED) or draw(s, 2):
                    continue  # half of the trips: a draw is cheaper than all their rides
                for k in range(at(s, TRIPS, row, T_LOADS)):
                    if n == MOST_RIDES:
                        return n
                    rider, out = at(s, LOADS, row, 3 * k), at(s, LOADS, row, 3 * k + 2)
                    key = 1000 + DAY_APART * abs(other - day)
                    if what != 1:
                        key += abs(at(m, net.METRES, origin, at(m, e.GROUPS, rider, e.ORIGIN)))
                    if what != 2:
                        key += abs(at(m, net.METRES, drop, out))
                    put(s, RIDES, n, R_KEY, key * (50 + draw(s, 100)))
                    put(s, RIDES, n, R_ROW, row)
                    put(s, RIDES, n, R_GROUP, rider)
                    put(s, RIDES, n, R_DROP, out)
                    n += 1
    return n


@compiled
def _take_off_nearest(m: Ints, s: Ints, w: Ints, n: int, most: int) -> int:
    """Take the people of the nearest of ``n`` rides off their trips; how many rides."""
    count = min(n, most)
    for _ in range(count):
        least = 0
        for j in range(1, n):
            if at(s, RIDES, j, R_KEY) < at(s, RIDES, least, R_KEY):
                least = j
        row, group = at(s, RIDES, least, R_ROW), at(s, RIDES, least, R_GROUP)
        drop = at(s, RIDES, least, R_DROP)
        n -= 1
        for column in range(4):
            put(s, RIDES, least, column, at(s, RIDES, n, column))
        if at(s, TRIPS, row, T_LOADS):
            take_off(m, s, w, row, group, drop)
    return count


@compiled
def _list_rides_to(m: Ints, s: Ints, site: int, drop: int, day: int) -> int:
    """
    Rides to a site from wherever by how near in time they are, into ``RIDES``.

    They compete for what the site can take in a day.
    """
    n, rows = 0, s[ROWS]
    some, begin = min(rows, MOST_LOOKED_AT), draw(s, rows)
    for i in range(some):
        row = (begin + i) % rows
        apart = abs(at(s, TRIPS, row, T_DAY) - day)
        if apart > DAYS_APART or not _may_change(s, row):
            continue
        if stop_at(s, row, drop, at(s, TRIPS, row, T_PICKS), at(s, TRIPS, row, T_STOPS)) < 0:
            continue
        for k in range(at(s, TRIPS, row, T_LOADS)):
            rider = at(s, LOADS, row, 3 * k)
            if at(m, e.GROUPS, rider, e.SITE) == site:
                if n == MOST_RIDES:
                    return n
                put(s, RIDES, n, R_KEY, (1 + apart) * (50 + draw(s, 100)))
                put(s, RIDES, n, R_ROW, row)
                put(s, RIDES, n, R_GROUP, rider)
                put(s, RIDES, n, R_DROP, at(s, LOADS, row, 3 * k + 2))
                n += 1
    return n


@compiled
def ruin_rides(m: Ints, s: Ints, w: Ints, most: int) -> int:
    """Take the people of some rides off their trips, one at random and those near to it."""
    row = _first_trip(m, s)
    if row < 0:
        return 0
    load = draw(s, at(s, TRIPS, row, T_LOADS))
    origin = at(m, e.GROUPS, at(s, LOADS, row, 3 * load), e.ORIGIN)
    drop, day = at(s, LOADS, row, 3 * load + 2), at(s, TRIPS, row, T_DAY)
    return _take_off_nearest(m, s, w, _list_rides(m, s, origin, drop, day), most)


@compiled
def ruin_for(m: Ints, s: Ints, w: Ints, head: int, most: int) -> int:
    """
    Take some rides off that are near to where people left behind want to go, or go there.

    Of several sites that they could go to it is one at random.
    """
    mates = at(m, e.GROUPS, head, e.MATES_END) - head
    group = head + draw(s, mates) if mates > 1 else head
    first, last = at(m, e.GROUPS, group, e.FIRST_DAY), at(m, e.GROUPS, group, e.LAST_DAY)
    drops = at(m, e.GROUPS, group, e.DROP_FROM), at(m, e.GROUPS, group, e.DROP_END)
    if first > last or drops[0] >= drops[1]:
        return 0
    drop = at(m, e.DROPS, drops[0] + draw(s, drops[1] - drops[0]), 0)
    day = first + draw(s, last - first + 1)
    if draw(s, SITE_EVERY) == 0:
        n = _list_rides_to(m, s, at(m, e.GROUPS, group, e.SITE), drop, day)
    else:
        n = _list_rides(m, s, at(m, e.GROUPS, group, e.ORIGIN), drop, day)
    return _take_off_nearest(m, s, w, n, most)
