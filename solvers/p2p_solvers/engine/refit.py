"""Give a trip to the pool that makes it for least, once it is known who rides it."""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import KEPT, NEVER, at, compiled, put
from p2p_dispatch.problem.timing import lay_road
from p2p_dispatch.problem.work import BACK, COST, DAYS, FIGURES, LEAVE, N_PICKS, N_STOPS
from p2p_dispatch.problem.work import POOL as DRAFT_POOL
from p2p_dispatch.problem.work import STOPS as DRAFT
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.board import book, hang, unhang, unit_free
from p2p_solvers.engine.draft import own_needs
from p2p_solvers.engine.insert import put_times
from p2p_solvers.engine.known import time_draft
from p2p_solvers.engine.log import note
from p2p_solvers.engine.memory import (
    ACCESSIBLE,
    BAG_ROOM,
    BAGS,
    GROUPS,
    LEAST,
    LOADS,
    PLACES,
    POOLS,
    RISK,
    SEATS,
    SERVED_BY,
    STOPS,
    T_COST,
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


@compiled
def _serves_all(m: Ints, s: Ints, row: int, pool: int) -> bool:
    """Whether a pool serves every pick-up of a trip."""
    for i in range(at(s, TRIPS, row, T_PICKS)):
        origin, found = at(s, STOPS, row, i), False
        for p in range(at(m, SERVED_BY, origin, 0), at(m, SERVED_BY, origin + 1, 0)):
            found = found or at(m, POOLS, p, e.POOL) == pool
        if not found:
            return False
    return True


@compiled
def _holds_all(m: Ints, s: Ints, row: int, p: int) -> bool:
    """Whether everybody on a trip finds a seat, a place and room for luggage in another pool."""
    pool, people = at(m, POOLS, p, e.POOL), at(s, TRIPS, row, T_PEOPLE)
    column, risk = at(s, TRIPS, row, T_DAY) + m[net.PAD], 0
    for i in range(at(s, TRIPS, row, T_STOPS)):
        risk = max(risk, at(m, RISK, at(s, STOPS, row, i), column))
    if people > at(m, SEATS, pool, column * 3 + risk) or people < at(m, POOLS, p, LEAST):
        return False
    bags, places = at(m, POOLS, p, BAG_ROOM), at(m, POOLS, p, PLACES)
    for i in range(at(s, TRIPS, row, T_LOADS)):
        group, riders = at(s, LOADS, row, 3 * i), at(s, LOADS, row, 3 * i + 1)
        bags -= riders * at(m, GROUPS, group, BAGS)
        places -= riders * at(m, GROUPS, group, ACCESSIBLE)
    return bags >= 0 and places >= 0


@compiled
def _draft_for(m: Ints, s: Ints, w: Ints, row: int, pool: int) -> bool:
    """The draft of a trip as another pool would make it, if it is cheaper and may."""
    w[DRAFT_POOL] = pool
    w[N_STOPS], w[N_PICKS] = at(s, TRIPS, row, T_STOPS), at(s, TRIPS, row, T_PICKS)
    for i in range(w[N_STOPS]):
        put(w, DRAFT, 0, i, at(s, STOPS, row, i))
    own_needs(m, s, w, row)
    day = at(s, TRIPS, row, T_DAY)
    if lay_road(m, w) != KEPT or not time_draft(m, w, day):
        return False
    if at(w, FIGURES, 0, COST) >= at(s, TRIPS, row, T_COST):
        return False
    leave, back, days = at(w, FIGURES, 0, LEAVE), at(w, FIGURES, 0, BACK), at(w, FIGURES, 0, DAYS)
    if not m[net.BY_DAY] and not same_days(m, s, w, row):
        return False
    if m[e.HAS_SLOTS] and not slots_free(m, s, w, row):
        return False
    return unit_free(m, s, pool, day, days, leave, back, row)


@compiled
def refit(m: Ints, s: Ints, w: Ints, row: int) -> bool:
    """Let the cheapest pool make a trip; False if it is the one that does."""
    if at(s, TRIPS, row, T_LOCKED):
        return False
    best, best_cost, origin = -1, at(s, TRIPS, row, T_COST), at(s, STOPS, row, 0)
    for p in range(at(m, SERVED_BY, origin, 0), at(m, SERVED_BY, origin + 1, 0)):
        pool = at(m, POOLS, p, e.POOL)
        if pool == at(s, TRIPS, row, T_POOL) or not _holds_all(m, s, row, p):
            continue
        if not _serves_all(m, s, row, pool):
            continue
        if _draft_for(m, s, w, row, pool) and at(w, FIGURES, 0, COST) < best_cost:
            best, best_cost = pool, at(w, FIGURES, 0, COST)
    if best < 0 or best_cost >= NEVER or not _draft_for(m, s, w, row, best):
        return False
    note(s, row)
    book(m, s, row, -1)
    loads = at(s, TRIPS, row, T_LOADS)
    unhang(s, row)
    s[e.FREE] -= 1  # the row stays in use
    put(s, TRIPS, row, T_LOADS, loads)
    put(s, TRIPS, row, T_POOL, best)
    put_times(s, w, row)
    hang(s, row)
    book(m, s, row, 1)
    return True
