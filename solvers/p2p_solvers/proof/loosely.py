"""
Trips of blocks that have too many patterns to be found one by one: less is asked of them.

Compiled. A trip that takes somebody from one stop to another is at least as long as the shortest
way from the depot to the one, on to the other and back, over whatever stops. So the trip is charged
for the dearest of the pairs of stops between which it takes people, and may take anybody between
pairs that are no dearer: as many as there are seats, from any number of stops.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from p2p_dispatch.problem import Problem, net
from p2p_dispatch.problem.basics import NO_ROAD, Ints
from p2p_dispatch.problem.compiled import at, compiled, put, small
from p2p_solvers.proof.memory import (
    ACTIVE,
    DAY,
    E_PEOPLE,
    E_WORTH,
    ENTRIES,
    FILLS,
    HELD,
    N_MOMENTS,
    N_POOLS,
    P_BEST,
    P_SEATS,
    POOLS,
    UNIT,
)
from p2p_solvers.proof.pricing import cents_of

FAR = 1 << 40


def shortest(roads: Ints, places: Sequence[int]) -> Ints:
    """Shortest ways between some places over any of them (Floyd 1962)."""
    ways = roads[np.ix_(places, places)].copy()
    ways[ways == NO_ROAD] = FAR
    np.fill_diagonal(ways, 0)
    for k in range(len(ways)):
        np.minimum(ways, ways[:, k, None] + ways[None, k, :], out=ways)
    return ways


def lone_routes(
    problem: Problem, depot: int, origins: Sequence[int], drops: Sequence[int], pairs: Ints
) -> Ints:
    """
    What every trip that takes somebody between two stops comes to at the least.

    Parameters
    ----------
    pairs
        Numbers of the pairs, origin by origin.

    Returns
    -------
    (n, 2) pairs with their routes, as ``ways.route_of`` packs them.
    """
    places = [depot, *origins, *drops]
    metres, seconds = shortest(problem.metres, places), shortest(problem.seconds, places)
    on = 1 + pairs // len(drops)
    off = 1 + len(origins) + pairs % len(drops)
    length = metres[0, on] + metres[on, off] + metres[off, 0]
    days = np.ones_like(pairs)
    drivers = np.ones_like(pairs)
    if problem.by_day:
        days += metres[on, off] > problem.two_days_past
        drivers += seconds[0, on] + seconds[on, off] > problem.second_driver_past
    else:
        minutes = (seconds[0, on] + seconds[on, off] + seconds[off, 0]) // 60
        days = np.maximum(1, -(-minutes // 1440))
        drivers += metres[on, off] > problem.crew.two_drivers_past
    route = length << 15 | np.minimum(days, 7) << 3 | drivers
    keep = length < FAR
    return np.ascontiguousarray(np.stack([pairs[keep], route[keep]], axis=1))


@small
def _most_riders(q: Ints, k: int) -> int:
    return max(
        at(q, POOLS, k, P_SEATS), max(at(q, POOLS, k, P_SEATS + 1), at(q, POOLS, k, P_SEATS + 2))
    )


@small
def _price(m: Ints, q: Ints, k: int, route: int) -> int:
    held, first = 0, q[DAY]
    if m[net.BY_DAY]:  # by the day a unit is held from the day of the trip on
        end = min(first + ((route >> 3) & 7), q[N_MOMENTS])
        held = at(q, HELD, k, end) - at(q, HELD, k, first)
    return UNIT * cents_of(m, q, k, route) + held


@small
def _worth(q: Ints, n: int, seats: int) -> int:
    room, worth = seats, 0
    for f in range(n):
        e = at(q, FILLS, 0, f)
        people = min(room, at(q, ENTRIES, e, E_PEOPLE))
        if people <= 0:
            break
        worth += people * at(q, ENTRIES, e, E_WORTH)
        room -= people
    return worth


@small
def _board(q: Ints, pair: int, n: int) -> int:
    """Put the people of a pair among those who may ride, in order of worth; how many there are."""
    for e in range(at(q, ACTIVE, pair, 0), at(q, ACTIVE, pair, 1)):
        worth = at(q, ENTRIES, e, E_WORTH)
        if worth <= 0:
            break
        at_ = n
        while at_ > 0 and at(q, ENTRIES, at(q, FILLS, 0, at_ - 1), E_WORTH) < worth:
            put(q, FILLS, 0, at_, at(q, FILLS, 0, at_ - 1))
            at_ -= 1
        put(q, FILLS, 0, at_, e)
        n += 1
    return n


@compiled
def price_loosely(m: Ints, q: Ints, routes: Ints, rows: int, order: Ints, out: Ints) -> int:
    """
    Price all trips of a block as this file says.

    Parameters
    ----------
    routes
        ``lone_routes``.
    order
        For each pool, the rows of ``routes`` in order of what they cost it.
    out
        The best trip of each pool that has one of negative reduced cost: the row of its dearest
        pair, the pool, the reduced cost. How many are returned.
    """
    found = 0
    for k in range(q[N_POOLS]):
        best, best_row, n, seats = 0, -1, 0, _most_riders(q, k)
        for i in range(rows):
            row = order[k * rows + i]
            more = _board(q, routes[2 * row], n)
            if more == n:
                continue
            n = more
            reduced = _price(m, q, k, routes[2 * row + 1]) - _worth(q, n, seats)
            if reduced < best:
                best, best_row = reduced, row
        put(q, POOLS, k, P_BEST, best)
        if best_row >= 0:
            out[3 * found], out[3 * found + 1], out[3 * found + 2] = best_row, k, best
            found += 1
    return found


@compiled
def load_loosely(
    q: Ints, routes: Ints, rows: int, order: Ints, last: int, k: int, out: Ints
) -> int:
    """Who fills such a trip, as ``load_way`` says it."""
    n, pairs = 0, 0
    for i in range(rows):
        row = order[k * rows + i]
        n = _board(q, routes[2 * row], n)
        if row == last:
            break
    room = _most_riders(q, k)
    for f in range(n):
        e = at(q, FILLS, 0, f)
        people = min(room, at(q, ENTRIES, e, E_PEOPLE))
        if people <= 0:
            break
        out[2 * pairs], out[2 * pairs + 1] = e, people
        pairs += 1
        room -= people
    return pairs
