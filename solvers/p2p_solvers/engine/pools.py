"""Whether another pool could make a trip."""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import at, compiled, small
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.memory import (
    ACCESSIBLE,
    BAG_ROOM,
    BAGS,
    GROUPS,
    LOADS,
    PLACES,
    POOLS,
    RISK,
    SEATS,
    SERVED_BY,
    STOPS,
    T_DAY,
    T_LOADS,
    T_PEOPLE,
    T_PICKS,
    T_POOL,
    T_STOPS,
    TRIPS,
)


@small
def serves_all(m: Ints, s: Ints, row: int, pool: int) -> bool:
    """Whether a pool serves every pick-up of a trip."""
    for i in range(at(s, TRIPS, row, T_PICKS)):
        origin, found = at(s, STOPS, row, i), False
        for p in range(at(m, SERVED_BY, origin, 0), at(m, SERVED_BY, origin + 1, 0)):
            found = found or at(m, POOLS, p, e.POOL) == pool
        if not found:
            return False
    return True


@compiled
def holds_all(m: Ints, s: Ints, row: int, p: int) -> bool:
    """Whether everybody on a trip finds a seat, a place and room for luggage in another pool."""
    pool, people = at(m, POOLS, p, e.POOL), at(s, TRIPS, row, T_PEOPLE)
    column, risk = at(s, TRIPS, row, T_DAY) + m[net.PAD], 0
    for i in range(at(s, TRIPS, row, T_STOPS)):
        risk = max(risk, at(m, RISK, at(s, STOPS, row, i), column))
    if people > at(m, SEATS, pool, column * 3 + risk):
        return False
    bags, places = at(m, POOLS, p, BAG_ROOM), at(m, POOLS, p, PLACES)
    for i in range(at(s, TRIPS, row, T_LOADS)):
        group, riders = at(s, LOADS, row, 3 * i), at(s, LOADS, row, 3 * i + 1)
        bags -= riders * at(m, GROUPS, group, BAGS)
        places -= riders * at(m, GROUPS, group, ACCESSIBLE)
    return bags >= 0 and places >= 0


@compiled
def other_vehicle(m: Ints, s: Ints, row: int, pool: int) -> int:
    """Cents by which another pool breaks promises to those on a trip, or keeps them again."""
    cents, own = 0, at(s, TRIPS, row, T_POOL)
    for i in range(at(s, TRIPS, row, T_LOADS)):
        told = at(m, GROUPS, at(s, LOADS, row, 3 * i), e.TOLD_POOL)
        if told != -1 and own != pool:
            change = (1 if told == own else 0) - (1 if told == pool else 0)
            cents += change * at(s, LOADS, row, 3 * i + 1) * m[e.OF_VEHICLE]
    return cents
