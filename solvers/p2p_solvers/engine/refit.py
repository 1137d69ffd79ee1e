"""Give a trip to the pool that makes it for least, once it is known who rides it."""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import KEPT, NEVER, at, compiled, put
from p2p_dispatch.problem.timing import lay_road
from p2p_dispatch.problem.work import COST, FIGURES, N_PICKS, N_STOPS
from p2p_dispatch.problem.work import POOL as DRAFT_POOL
from p2p_dispatch.problem.work import STOPS as DRAFT
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.board import book, move_to
from p2p_solvers.engine.draft import own_needs
from p2p_solvers.engine.gaps import draft_unit_free
from p2p_solvers.engine.insert import put_times
from p2p_solvers.engine.known import time_draft
from p2p_solvers.engine.log import note
from p2p_solvers.engine.memory import (
    LEAST,
    POOLS,
    SERVED_BY,
    STOPS,
    T_COST,
    T_DAY,
    T_LOCKED,
    T_PEOPLE,
    T_PICKS,
    T_POOL,
    T_STOPS,
    TRIPS,
)
from p2p_solvers.engine.offer import same_days, slots_free
from p2p_solvers.engine.pools import holds_all, other_vehicle, serves_all


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
    if not m[net.BY_DAY] and not same_days(m, s, w, row):
        return False
    if m[e.HAS_SLOTS] and not slots_free(m, s, w, row):
        return False
    return draft_unit_free(m, s, w, day, row)


@compiled
def _dearer(m: Ints, s: Ints, row: int, pool: int) -> bool:
    """Whether a pool of the same depot charges no less by the day or the km."""
    own = at(s, TRIPS, row, T_POOL)
    if at(m, net.BASES, pool, net.DEPOT) != at(m, net.BASES, own, net.DEPOT):
        return False
    per_km = at(m, net.BASES, pool, net.PER_KM) >= at(m, net.BASES, own, net.PER_KM)
    per_day = at(m, net.BASES, pool, net.PER_DAY) >= at(m, net.BASES, own, net.PER_DAY)
    return per_km and per_day


@compiled
def cheaper_by(m: Ints, s: Ints, row: int) -> int:
    """Cents that another pool of its depot would save on a trip at the most."""
    own, most, origin = at(s, TRIPS, row, T_POOL), 0, at(s, STOPS, row, 0)
    column = (at(s, TRIPS, row, T_DAY) + m[net.PAD]) * 3
    for p in range(at(m, SERVED_BY, origin, 0), at(m, SERVED_BY, origin + 1, 0)):
        pool = at(m, POOLS, p, e.POOL)
        if at(m, net.BASES, pool, net.DEPOT) != at(m, net.BASES, own, net.DEPOT):
            continue
        if at(m, e.SEATS, pool, column) >= at(s, TRIPS, row, T_PEOPLE):
            per_day = at(m, net.BASES, own, net.PER_DAY) - at(m, net.BASES, pool, net.PER_DAY)
            per_km = at(m, net.BASES, own, net.PER_KM) - at(m, net.BASES, pool, net.PER_KM)
            road = at(s, TRIPS, row, e.T_LENGTH) * per_km // 1000
            most = max(most, at(s, TRIPS, row, e.T_DAYS) * per_day + road)
    return most


@compiled
def refit(m: Ints, s: Ints, w: Ints, row: int) -> bool:
    """Let the cheapest pool make a trip; False if it is the one that does."""
    if at(s, TRIPS, row, T_LOCKED):
        return False
    best, best_cost, origin = -1, at(s, TRIPS, row, T_COST), at(s, STOPS, row, 0)
    for p in range(at(m, SERVED_BY, origin, 0), at(m, SERVED_BY, origin + 1, 0)):
        pool = at(m, POOLS, p, e.POOL)
        if pool == at(s, TRIPS, row, T_POOL) or not holds_all(m, s, row, p):
            continue
        if at(s, TRIPS, row, T_PEOPLE) < at(m, POOLS, p, LEAST) or _dearer(m, s, row, pool):
            continue
        if not serves_all(m, s, row, pool):
            continue
        told = other_vehicle(m, s, row, pool) if m[e.HAS_TOLD] else 0
        if _draft_for(m, s, w, row, pool) and at(w, FIGURES, 0, COST) + told < best_cost:
            best, best_cost = pool, at(w, FIGURES, 0, COST) + told
    if best < 0 or best_cost >= NEVER or not _draft_for(m, s, w, row, best):
        return False
    note(s, row)
    book(m, s, row, -1)
    move_to(m, s, row, best)
    put_times(s, w, row)
    book(m, s, row, 1)
    return True
