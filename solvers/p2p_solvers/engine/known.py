"""
Departures that were found before: the same stops are timed again and again in a search.

By the clock, finding a trip's cheapest departure means driving it some fifty times. What is found
depends on its depot and stops and on the day only as far as opening hours differ, and mostly not on
who rides. So departures of trips whose people may come and go at any time are remembered first;
where that departure suits the people, it is their best too.
"""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import KEPT, NEVER, at, compiled, put, small
from p2p_dispatch.problem.timing import price, run
from p2p_dispatch.problem.work import (
    ARRIVES,
    BACK,
    BOARD_DAY,
    DAYS,
    FIGURES,
    GOES,
    LATEST,
    LEAVE,
    LEGS,
    MINUTES,
    N_PICKS,
    N_RIDERS,
    N_STOPS,
    OFF,
    ON,
    READY,
    RIDERS,
    STOPS,
    TIMES,
)
from p2p_dispatch.problem.work import POOL as DRAFT_POOL
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.draft import time_anew
from p2p_solvers.engine.memory import (
    DAY_CLASSES,
    DEPART,
    DRIVERS,
    K_BACK,
    K_DAYS,
    K_DEPART,
    K_DRIVERS,
    K_KEY,
    K_TIMES,
    KNOWN,
    MOST_KNOWN,
    READY_BEFORE,
    T_DAY,
    T_DEPART,
    T_DRIVERS,
    TRIPS,
)

PROBES = 8
"""Rows looked at for a key before the first of them is given up for it."""

BEFORE, AFTER = -2 * 1440, 7 * 1440
"""Minutes from a trip's midnight before and after which no limit on its times can matter."""


@small
def _mix(x: int, value: int) -> int:
    """One number more in a key; the constant is that of splitmix64, Steele et al. (2014)."""
    x = (x ^ value) * 0x1E3779B97F4A7C15
    return x ^ (x >> 29)


@compiled
def _key(m: Ints, w: Ints, day: int, minute: int, drivers: int, exact: bool) -> int:
    """
    A number for all that the times of the draft depend on.

    Parameters
    ----------
    minute
        Minute at which boarding is to begin, or with drivers that of leaving the depot; ``NEVER``:
        any.
    drivers
        0: any.
    exact
        Whether they depend on the riders too.
    """
    pool, midnight = w[DRAFT_POOL], at(m, net.MIDNIGHTS, 0, day + m[net.PAD])
    x = _mix(w[N_PICKS] + 64 * drivers, at(m, net.BASES, pool, net.DEPOT))
    if minute < NEVER:
        x = _mix(x, minute - midnight)
    x = _mix(x, max(at(m, net.BASES, pool, net.EARLIEST) - midnight, BEFORE))
    x = _mix(x, at(m, DAY_CLASSES, day, 0))
    for i in range(w[N_STOPS]):
        x = _mix(x, at(w, STOPS, 0, i))
    if exact:
        for i in range(w[N_PICKS]):
            x = _mix(x, max(at(w, READY, 0, i) - midnight, BEFORE))
        for r in range(w[N_RIDERS]):
            x = _mix(x, at(w, RIDERS, r, ON) * 64 + at(w, RIDERS, r, OFF))
            x = _mix(x, min(at(w, RIDERS, r, LATEST) - midnight, AFTER))
    return (x & 0x3FFFFFFFFFFFFFFF) | 1


@small
def _row_of(w: Ints, key: int) -> int:
    """The row of a key, or that in which it belongs."""
    first = (key >> 1) % w[MOST_KNOWN]
    for probe in range(PROBES):
        row = (first + probe) % w[MOST_KNOWN]
        known = at(w, KNOWN, row, K_KEY)
        if known == key or known == 0:
            return row  # type: ignore[no-any-return]
    return first  # type: ignore[no-any-return]


@compiled
def _leave(m: Ints, w: Ints, day: int, depart: int, drivers: int) -> bool:
    """Times of the draft if it leaves the depot at a minute; False: it cannot, or not that day."""
    w[DEPART], w[DRIVERS] = depart, drivers
    if run(m, w, drivers, depart) != KEPT:
        return False
    return at(w, FIGURES, 0, BOARD_DAY) == day


@compiled
def _learn(m: Ints, w: Ints, row: int, key: int, day: int, minute: int, drivers: int) -> None:
    """Time the draft, with drivers that leave at a minute or else well, and write that down."""
    midnight = at(m, net.MIDNIGHTS, 0, day + m[net.PAD])
    found = _leave(m, w, day, minute, drivers) if drivers else time_anew(m, w, day, minute)
    put(w, KNOWN, row, K_KEY, key)
    put(w, KNOWN, row, K_DRIVERS, w[DRIVERS] if found else 0)
    if not found:
        return
    put(w, KNOWN, row, K_DEPART, w[DEPART] - midnight)
    put(w, KNOWN, row, K_BACK, at(w, FIGURES, 0, BACK) - midnight)
    put(w, KNOWN, row, K_DAYS, at(w, FIGURES, 0, DAYS))
    for i in range(w[N_STOPS]):
        put(w, KNOWN, row, K_TIMES + 2 * i, at(w, TIMES, ARRIVES, i) - midnight)
        put(w, KNOWN, row, K_TIMES + 2 * i + 1, at(w, TIMES, GOES, i) - midnight)


@compiled
def _recall(m: Ints, w: Ints, row: int, day: int) -> bool:
    """Set the figures and times of the draft as they are known; False: it has no departure."""
    if at(w, KNOWN, row, K_DRIVERS) == 0:
        return False
    midnight = at(m, net.MIDNIGHTS, 0, day + m[net.PAD])
    w[DEPART] = midnight + at(w, KNOWN, row, K_DEPART)
    w[DRIVERS] = at(w, KNOWN, row, K_DRIVERS)
    put(w, FIGURES, 0, LEAVE, w[DEPART])
    put(w, FIGURES, 0, BACK, midnight + at(w, KNOWN, row, K_BACK))
    put(w, FIGURES, 0, BOARD_DAY, day)
    price(m, w, w[DRAFT_POOL], at(w, KNOWN, row, K_DAYS), w[DRIVERS])
    for i in range(w[N_STOPS]):
        put(w, TIMES, ARRIVES, i, midnight + at(w, KNOWN, row, K_TIMES + 2 * i))
        put(w, TIMES, GOES, i, midnight + at(w, KNOWN, row, K_TIMES + 2 * i + 1))
    return True


@small
def _ready(w: Ints) -> bool:
    """Whether everybody is ready when the draft comes."""
    ready = True
    for i in range(w[N_PICKS]):
        ready = ready and at(w, READY, 0, i) <= at(w, TIMES, ARRIVES, i)
    return ready


@compiled
def _suits(m: Ints, w: Ints) -> bool:
    """Whether the times of the draft suit all who ride."""
    if not _ready(w):
        return False
    for r in range(w[N_RIDERS]):
        arrives = at(w, TIMES, ARRIVES, at(w, RIDERS, r, OFF))
        ride = arrives - at(w, TIMES, GOES, at(w, RIDERS, r, ON))
        if arrives > at(w, RIDERS, r, LATEST) or ride > m[net.LONGEST_RIDE]:
            return False
    return True


@compiled
def _learn_for_anybody(
    m: Ints, w: Ints, row: int, key: int, day: int, minute: int, drivers: int
) -> None:
    """The same for people who may come and go at any time."""
    riders = w[N_RIDERS]
    w[N_RIDERS] = 0
    for i in range(w[N_PICKS]):
        put(w, READY_BEFORE, 0, i, at(w, READY, 0, i))
        put(w, READY, 0, i, -NEVER)
    _learn(m, w, row, key, day, minute, drivers)
    w[N_RIDERS] = riders
    for i in range(w[N_PICKS]):
        put(w, READY, 0, i, at(w, READY_BEFORE, 0, i))


@compiled
def _time_for_anybody(m: Ints, w: Ints, day: int, minute: int, drivers: int) -> bool:
    """Times of the draft for people who may come and go at any time, remembered or found."""
    key = _key(m, w, day, minute, drivers, False)
    row = _row_of(w, key)
    if at(w, KNOWN, row, K_KEY) != key:
        _learn_for_anybody(m, w, row, key, day, minute, drivers)
    return _recall(m, w, row, day)


@compiled
def time_if_known(m: Ints, w: Ints, day: int) -> bool:
    """Times of the draft if they were found before and suit all who ride."""
    key = _key(m, w, day, NEVER, 0, False)
    row = _row_of(w, key)
    if at(w, KNOWN, row, K_KEY) != key:
        return False
    return _recall(m, w, row, day) and _suits(m, w)


@compiled
def time_for(m: Ints, w: Ints, day: int, begin: int) -> bool:
    """
    The cheapest departure of the draft on a day; its figures and times are set.

    Its road must have been laid.

    Parameters
    ----------
    begin
        Minute at which boarding is to begin; ``NEVER``: when it is best.
    """
    if m[net.BY_DAY]:
        return time_anew(m, w, day, begin)
    if not _time_for_anybody(m, w, day, begin, 0):
        return False
    if _suits(m, w):
        return True
    key = _key(m, w, day, begin, 0, True)
    row = _row_of(w, key)
    if at(w, KNOWN, row, K_KEY) != key:
        _learn(m, w, row, key, day, begin, 0)
    return _recall(m, w, row, day)


@compiled
def time_draft(m: Ints, w: Ints, day: int) -> bool:
    """The cheapest departure of the draft on a day, likewise."""
    return time_for(m, w, day, NEVER)


@compiled
def time_as_before(m: Ints, s: Ints, w: Ints, row: int) -> bool:
    """Times of the draft of a trip that comes to its first stop, or leaves, when it did before."""
    day, drivers = at(s, TRIPS, row, T_DAY), at(s, TRIPS, row, T_DRIVERS)
    depot = at(m, net.BASES, w[DRAFT_POOL], net.DEPOT)
    lead = at(m, net.MINUTES, depot, at(s, e.STOPS, row, 0))
    depart = at(s, TRIPS, row, T_DEPART) + lead - at(w, LEGS, MINUTES, 0)
    if not _time_for_anybody(m, w, day, depart, drivers):
        return False
    # who is not ready yet is waited for
    return _suits(m, w) or (not _ready(w) and _leave(m, w, day, depart, drivers))
