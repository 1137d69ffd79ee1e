"""A trip as it would be with some people more: its stops, its riders' needs, its times."""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import KEPT, NEVER, at, compiled, put, small
from p2p_dispatch.problem.timing import depart_by_day, depart_for, good_departure, lay_road, run
from p2p_dispatch.problem.work import (
    BEST,
    BEST_DEPART,
    BEST_DRIVERS,
    LATEST,
    N_PICKS,
    N_RIDERS,
    N_STOPS,
    OFF,
    ON,
    READY,
    RIDERS,
)
from p2p_dispatch.problem.work import POOL as DRAFT_POOL
from p2p_dispatch.problem.work import STOPS as DRAFT
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.board import stop_at
from p2p_solvers.engine.memory import (
    DEPART,
    DRIVERS,
    GROUPS,
    LOADS,
    ORIGIN,
    STOPS,
    T_LOADS,
    T_PICKS,
    T_STOPS,
    TRIPS,
)


@small
def draft_stop(w: Ints, place: int, first: int) -> int:
    """Number of the draft's stop at a place, from ``first`` on; it must be there."""
    i = first
    while at(w, DRAFT, 0, i) != place:
        i += 1
    return i


@compiled
def _need(m: Ints, w: Ints, group: int, drop: int) -> None:
    """Note what the people of a group need of the draft's stops."""
    on = draft_stop(w, at(m, GROUPS, group, ORIGIN), 0)
    off = draft_stop(w, drop, w[N_PICKS])
    put(w, READY, 0, on, max(at(w, READY, 0, on), at(m, GROUPS, group, e.READY)))
    latest = at(m, GROUPS, group, e.LATEST)
    for r in range(w[N_RIDERS]):
        if at(w, RIDERS, r, ON) == on and at(w, RIDERS, r, OFF) == off:
            put(w, RIDERS, r, LATEST, min(at(w, RIDERS, r, LATEST), latest))
            return
    r = w[N_RIDERS]
    put(w, RIDERS, r, ON, on)
    put(w, RIDERS, r, OFF, off)
    put(w, RIDERS, r, LATEST, latest)
    w[N_RIDERS] += 1


@small
def own_needs(m: Ints, s: Ints, w: Ints, row: int) -> None:
    """Note what the riders of a trip (-1: of none) need of the draft's stops; by the day: none."""
    w[N_RIDERS] = 0
    for i in range(w[N_PICKS]):
        put(w, READY, 0, i, -NEVER)
    if row >= 0 and not m[net.BY_DAY]:
        for i in range(at(s, TRIPS, row, T_LOADS)):
            _need(m, w, at(s, LOADS, row, 3 * i), at(s, LOADS, row, 3 * i + 2))


@small
def needs(m: Ints, s: Ints, w: Ints, row: int, group: int, drop: int) -> None:
    """Note what the riders of a trip (-1: of none), and of one group more, need."""
    own_needs(m, s, w, row)
    if not m[net.BY_DAY]:
        _need(m, w, group, drop)


@compiled
def _lay(s: Ints, w: Ints, row: int, origin: int, pick: int, drop: int, off: int) -> None:
    """The stops of a trip with an origin and a drop put in; -1: neither."""
    n, picks = at(s, TRIPS, row, T_STOPS), at(s, TRIPS, row, T_PICKS)
    k = 0
    for i in range(n + 1):
        if origin >= 0 and i == pick:
            put(w, DRAFT, 0, k, origin)
            k += 1
        if drop >= 0 and i == picks + off:
            put(w, DRAFT, 0, k, drop)
            k += 1
        if i < n:
            put(w, DRAFT, 0, k, at(s, STOPS, row, i))
            k += 1


@small
def _length(m: Ints, w: Ints) -> int:
    """Metres of the draft from depot to depot; ``NEVER`` where there is no road."""
    depot = at(m, net.BASES, w[DRAFT_POOL], net.DEPOT)
    here, total = depot, 0
    for i in range(w[N_STOPS] + 1):
        there = depot if i == w[N_STOPS] else at(w, DRAFT, 0, i)
        metres = at(m, net.METRES, here, there)
        if metres < 0:
            return NEVER
        total += metres
        here = there
    return total


@compiled
def arrange(m: Ints, s: Ints, w: Ints, row: int, group: int, drop: int) -> bool:
    """
    Put a group's origin and drop among the stops of a trip where the road is shortest.

    Returns
    -------
    Whether some order keeps detour and ride; the draft's stops, needs and road are then set.
    """
    n, picks = at(s, TRIPS, row, T_STOPS), at(s, TRIPS, row, T_PICKS)
    origin = at(m, GROUPS, group, ORIGIN)
    new_pick = stop_at(s, row, origin, 0, picks) < 0
    new_drop = stop_at(s, row, drop, picks, n) < 0
    w[N_PICKS] = picks + (1 if new_pick else 0)
    w[N_STOPS] = n + (1 if new_pick else 0) + (1 if new_drop else 0)
    if w[N_PICKS] > m[net.MOST_PICKUPS] or w[N_STOPS] - w[N_PICKS] > m[net.MOST_DROPS]:
        return False
    new_origin, new_place = origin if new_pick else -1, drop if new_drop else -1
    offs = n - picks + 1 if new_drop else 1
    orders = (picks + 1 if new_pick else 1) * offs
    last, last_length = -1, -1
    while True:
        # the shortest of those that were not tried yet
        best, length = -1, NEVER
        for order in range(orders):
            _lay(s, w, row, new_origin, order // offs, new_place, order % offs)
            metres = _length(m, w)
            untried = metres > last_length or (metres == last_length and order > last)
            if untried and metres < length:
                best, length = order, metres
        if best < 0:
            return False
        if orders > 1:
            _lay(s, w, row, new_origin, best // offs, new_place, best % offs)
        needs(m, s, w, row, group, drop)  # detour and ride are those of each rider
        if lay_road(m, w) == KEPT:
            return True
        last, last_length = best, length


@small
def time_anew(m: Ints, w: Ints, day: int, begin: int) -> bool:
    """
    A good departure of the draft, whose road has been laid, on a day, found anew.

    Parameters
    ----------
    begin
        Minute at which boarding is to begin; ``NEVER``: when it is best.
    """
    by_day = m[net.BY_DAY] != 0
    if by_day:
        broken = depart_by_day(m, w, day)
    elif begin >= NEVER:
        broken = good_departure(m, w, day)
    else:
        broken = depart_for(m, w, day, begin)
    w[DEPART], w[DRIVERS] = at(w, BEST, 0, BEST_DEPART), at(w, BEST, 0, BEST_DRIVERS)
    if by_day or broken != KEPT:
        return broken == KEPT
    return run(m, w, w[DRIVERS], w[DEPART]) == KEPT
