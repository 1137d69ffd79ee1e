"""
The least reduced cost of all trips of a block whose patterns are too many to be kept.

Compiled. Every set of pick-ups meets every set of drops anew at every pricing, but most are passed
over at once: a trip is charged for no less than the shortest way over its pick-ups and the dearest
of its drops, and what its people are worth is no more than all who could ride between its stops.
Only where this leaves something to gain the shortest order is found, then who fills the seats, and
only where there still is something the rules are asked of every order. So the least reduced cost is
that of all patterns, as if they had been kept.

Sets of drops are looked at by the dearest of them, the others in order of what they are worth, so
that one that gains nothing ends all that would come after it.
"""

from __future__ import annotations

import numpy as np

from p2p_dispatch.problem import Problem, net
from p2p_dispatch.problem.basics import NO_ROAD, Ints
from p2p_dispatch.problem.compiled import at, compiled, put, small
from p2p_solvers.proof.blocks import Block
from p2p_solvers.proof.memory import (
    DAY,
    HELD,
    LATE,
    MOST_OFF,
    MOST_PICKS,
    N_DROPS,
    N_MOMENTS,
    N_ORIGINS,
    N_POOLS,
    P_BEST,
    POOLS,
    TURNAROUND,
    UNIT,
    WAY,
    WORTH,
)
from p2p_solvers.proof.pricing import (
    cents_of,
    cost_of,
    fill,
    fill_way,
    held_for,
    moments_before,
    most_seats,
    risk_of,
    weigh_pairs,
    worth_on,
)
from p2p_solvers.proof.ways import (
    ANYBODY,
    FAR,
    lay_picks,
    packed,
    rides,
    route_of,
    stop_of,
    ways_by_clock,
    ways_by_day,
)

SPAN, SPANS = 30, 6 * 48 + 8
"""Minutes of a step, and steps, by which the least price of a unit is told by the clock."""

WORTH_TRYING = 4
"""Trips that gain less than the best of the block divided by this are not looked for."""

N_DROP, N_MASK, N_WORTH, N_COST, N_ROAD, N_LOADED, N_TIME = range(7)
"""
Rows of the table of drops near some pick-ups: drop, pick-ups from which somebody rides there, what
these people are worth at most, what a trip costs at the least that goes there; metres from the
depot over all pick-ups to the drop, metres of these with people on board, time.
"""
NEAR_ROWS = 7

R_HOME, R_LOADED, R_TIME = range(3)
"""Tables of the rest of a way from a pick-up over a drop (``rest_of``)."""


def rest_of(problem: Problem, block: Block) -> Ints:
    """
    What is left of a trip from its last pick-up on at the least, if it comes by a drop.

    Returns
    -------
    (3, n_origins, n_drops) metres until the depot; metres to the drop; by the day seconds to the
    drop, by the clock minutes of driving until the depot. Over two other drops, if that is shorter.
    """
    depot = [int(problem.depot[block.pools[0]])]
    on, off = list(block.origins), list(block.drops)
    found = []
    times = problem.seconds if problem.by_day else problem.minutes
    for roads in (problem.metres, times):
        there, among, home = (
            np.where(part == NO_ROAD, FAR, part)
            for part in (roads[np.ix_(on, off)], roads[np.ix_(off, off)], roads[np.ix_(off, depot)])
        )
        home = home[:, 0]
        for _ in range(2):
            there = np.minimum(there, _over(there, among))
            home = np.minimum(home, (among + home[None, :]).min(axis=1))
        found.append((there, np.minimum(there + home[None, :], FAR)))
    (loaded, whole), (time, around) = found
    rest = np.stack([whole, np.minimum(loaded, FAR), time if problem.by_day else around])
    return np.ascontiguousarray(np.minimum(rest, FAR).astype(np.int64))


def _over(there: Ints, among: Ints) -> Ints:
    """(n_origins, n_drops) shortest ways over one drop more."""
    return np.stack([(row[:, None] + among).min(axis=0) for row in there])


def legs_of(problem: Problem, block: Block) -> Ints:
    """
    Metres, then times as in ``rest_of``, between depot, origins and drops of a block.

    Returns
    -------
    (2, n, n), n = 1 + n_origins + n_drops
    """
    places = [int(problem.depot[block.pools[0]]), *block.origins, *block.drops]
    at_ = np.ix_(places, places)
    times = problem.seconds if problem.by_day else problem.minutes
    legs = np.stack([problem.metres[at_], times[at_]])
    return np.ascontiguousarray(np.where(legs == NO_ROAD, FAR, legs))


@small
def _days(m: Ints, loaded: int, time: int, stops: int) -> int:
    """Days that a trip takes at the least."""
    if m[net.BY_DAY]:
        return 2 if loaded > m[net.TWO_DAYS_PAST] else 1
    days = max(1, -(-(time + m[net.STOP_MINUTES] * stops) // 1440))
    for i in range(m[net.N_ROLLING]):
        if at(m, net.ROLLING, i, 1) <= 1440:
            days = max(days, -(-time // (m[net.CREW_MOST_DRIVERS] * at(m, net.ROLLING, i, 0))))
    return min(days, 7)  # type: ignore[no-any-return]


@small
def _drivers(m: Ints, loaded: int, time: int) -> int:
    """Drivers that a trip needs at the least."""
    if m[net.BY_DAY]:
        return 2 if time > m[net.SECOND_DRIVER_PAST] else 1
    return 2 if loaded > m[net.CREW_TWO_DRIVERS_PAST] else 1


@small
def _least_on(
    m: Ints, q: Ints, hold: Ints, k: int, metres: int, loaded: int, time: int, stops: int
) -> int:
    """What a trip costs a pool of the block at the least, with the price of its unit."""
    days = _days(m, loaded, time, stops)
    step = days
    if not m[net.BY_DAY]:
        span = time + m[net.STOP_MINUTES] * stops + q[TURNAROUND] - 1
        step = min(max(span // SPAN, 0), SPANS - 1)
    route = route_of(metres, 0, days, _drivers(m, loaded, time))
    return UNIT * cents_of(m, q, k, route) + hold[k * SPANS + step]  # type: ignore[no-any-return]


@small
def _least(m: Ints, q: Ints, hold: Ints, metres: int, loaded: int, time: int, stops: int) -> int:
    """What a trip costs at the least on any pool."""
    best = _least_on(m, q, hold, 0, metres, loaded, time, stops)
    for k in range(1, q[N_POOLS]):
        best = min(best, _least_on(m, q, hold, k, metres, loaded, time, stops))
    return best


@small
def _out(q: Ints, k: int, leave: int, minutes: int) -> int:
    """What a unit costs that leaves at a minute and is out for so many."""
    return held_for(q, k, moments_before(q, leave), moments_before(q, leave + minutes))


@compiled
def least_hold(m: Ints, q: Ints, lead: int, hold: Ints) -> None:
    """
    What a unit of each pool costs at the least that is out for so long.

    Parameters
    ----------
    lead
        Most minutes before a trip leaves its first stop, by the clock.
    hold
        (n_pools, ``SPANS``) by the day by days, by the clock by steps of ``SPAN`` minutes.
    """
    first = at(m, net.MIDNIGHTS, 0, q[DAY] + m[net.PAD]) - lead
    last = at(m, net.MIDNIGHTS, 0, q[DAY] + m[net.PAD] + 1)
    for k in range(q[N_POOLS]):
        for step in range(SPANS):
            if m[net.BY_DAY]:
                end = min(q[DAY] + step, q[N_MOMENTS])
                hold[k * SPANS + step] = at(q, HELD, k, end) - at(q, HELD, k, q[DAY])
                continue
            cheapest, leave = _out(q, k, first, SPAN * step), first
            while leave < last:
                leave += 1
                cheapest = min(cheapest, _out(q, k, leave, SPAN * step))
            hold[k * SPANS + step] = cheapest


@small
def _ending(legs: Ints, n: int, lead: int, a: int, b: int, c: int) -> int:
    """
    The shortest way over up to three pick-ups that ends at the first of them.

    Parameters
    ----------
    n
        Places of the block, of which ``legs`` has the roads; here as always in this file the depot
        is the first of them.
    lead
        0: what is driven before the first pick-up does not count.
    """
    if b < 0:
        return lead * legs[a]  # type: ignore[no-any-return]
    if c < 0:
        return lead * legs[b] + legs[b * n + a]  # type: ignore[no-any-return]
    one = lead * legs[b] + legs[b * n + c] + legs[c * n + a]
    other = lead * legs[c] + legs[c * n + b] + legs[b * n + a]
    return min(one, other)  # type: ignore[no-any-return]


@small
def _ending_in_time(legs: Ints, n: int, a: int, b: int, c: int) -> int:
    """The same in time."""
    t = n * n
    if b < 0:
        return legs[t + a]  # type: ignore[no-any-return]
    if c < 0:
        return legs[t + b] + legs[t + b * n + a]  # type: ignore[no-any-return]
    one = legs[t + b] + legs[t + b * n + c] + legs[t + c * n + a]
    other = legs[t + c] + legs[t + c * n + b] + legs[t + b * n + a]
    return min(one, other)  # type: ignore[no-any-return]


@small
def _beginning(legs: Ints, n: int, table: int, home: int, f: int, g: int, h: int) -> int:
    """The shortest way over up to three drops that begins at the first of them."""
    if g < 0:
        return home * legs[table + f * n]  # type: ignore[no-any-return]
    if h < 0:
        return legs[table + f * n + g] + home * legs[table + g * n]  # type: ignore[no-any-return]
    one = legs[table + f * n + g] + legs[table + g * n + h] + home * legs[table + h * n]
    other = legs[table + f * n + h] + legs[table + h * n + g] + home * legs[table + g * n]
    return min(one, other)  # type: ignore[no-any-return]


@small
def _way(q: Ints, legs: Ints, near: Ints, row: int, home: int, i: int, j: int, k: int) -> int:
    """
    The shortest way over up to three drops, ``row`` of ``near`` leading to the first of them.

    Parameters
    ----------
    home
        0: what is driven after the last drop does not count.
    """
    size, on = q[N_DROPS], 1 + q[N_ORIGINS]
    n = on + size
    table = n * n if row == N_TIME else 0
    a = on + near[N_DROP * size + i]
    b = on + near[N_DROP * size + j] if j >= 0 else -1
    c = on + near[N_DROP * size + k] if k >= 0 else -1
    best = near[row * size + i] + _beginning(legs, n, table, home, a, b, c)
    if b >= 0:
        best = min(best, near[row * size + j] + _beginning(legs, n, table, home, b, a, c))
    if c >= 0:
        best = min(best, near[row * size + k] + _beginning(legs, n, table, home, c, a, b))
    return best  # type: ignore[no-any-return]


@compiled
def _come_near(
    m: Ints, q: Ints, legs: Ints, rest: Ints, hold: Ints, near: Ints, a: int, b: int, c: int
) -> int:
    """The drops that people of some pick-ups ride to, the most worth first; how many there are."""
    on, size = q[N_ORIGINS], q[N_DROPS]
    n, table, found = 1 + on + size, on * size, 0
    picks = 1 + (b >= 0) + (c >= 0)
    for d in range(size):
        mask, worth = 0, 0
        for s in range(picks):
            p = a if s == 0 else (b if s == 1 else c)
            if rides(q, p, d):
                mask |= 1 << s
                worth += at(q, WORTH, p * size + d, 0)
        if not mask:
            continue
        road, loaded, time = FAR, FAR, FAR
        metres, within, lasts = FAR, FAR, FAR
        for s in range(picks):
            p = 1 + (a if s == 0 else (b if s == 1 else c))
            o = -1 if picks < 2 else 1 + (b if s == 0 else a)
            e = -1 if picks < 3 else 1 + (b if s == 2 else c)
            whole, bare = _ending(legs, n, 1, p, o, e), _ending(legs, n, 0, p, o, e)
            took = _ending_in_time(legs, n, p, o, e)
            leg, cell = p * n + 1 + on + d, (p - 1) * size + d
            road = min(road, whole + legs[leg])
            loaded = min(loaded, bare + legs[leg])
            time = min(time, took + legs[n * n + leg])
            metres = min(metres, whole + rest[R_HOME * table + cell])
            within = min(within, bare + rest[R_LOADED * table + cell])
            lasts = min(lasts, took + rest[R_TIME * table + cell])
        if metres >= FAR or within >= FAR or lasts >= FAR:
            continue
        cost = _least(m, q, hold, metres, within, lasts, picks + 1)
        i = found
        while i > 0 and near[N_WORTH * size + i - 1] < worth:
            for row in range(NEAR_ROWS):
                near[row * size + i] = near[row * size + i - 1]
            i -= 1
        near[N_DROP * size + i], near[N_MASK * size + i] = d, mask
        near[N_WORTH * size + i], near[N_COST * size + i] = worth, cost
        near[N_ROAD * size + i], near[N_LOADED * size + i] = road, loaded
        near[N_TIME * size + i] = time
        found += 1
    return found


@small
def _best_of_block(q: Ints) -> int:
    best = 0
    for k in range(q[N_POOLS]):
        best = min(best, at(q, POOLS, k, P_BEST))
    return best


@small
def _aim(q: Ints, k: int, best: int) -> int:
    """
    Reduced costs of a pool's trips that are worth knowing lie below this.

    Parameters
    ----------
    best
        The least reduced cost so far of the same pick-ups on any pool.
    """
    return max(at(q, POOLS, k, P_BEST), min(best, _best_of_block(q) // WORTH_TRYING))


@small
def _aim_of_all(q: Ints, best: int) -> int:
    aim = _aim(q, 0, best)
    for k in range(1, q[N_POOLS]):
        aim = max(aim, _aim(q, k, best))
    return aim


@small
def _stops_of(q: Ints, near: Ints, picked: int, i: int, j: int, k: int) -> int:
    """A pattern as one number, its drops in rising order."""
    size = q[N_DROPS]
    one = near[N_DROP * size + i]
    two = near[N_DROP * size + j] if j >= 0 else 1 << 20
    three = near[N_DROP * size + k] if k >= 0 else 1 << 20
    low, high = min(one, min(two, three)), max(one, max(two, three))
    middle = one + two + three - low - high
    drops = packed(low, middle if middle < 1 << 20 else -1, high if high < 1 << 20 else -1)
    return picked | drops << 30


@compiled
def _weigh(
    m: Ints,
    w: Ints,
    q: Ints,
    legs: Ints,
    hold: Ints,
    near: Ints,
    picked: int,
    i: int,
    j: int,
    k: int,
    best: int,
    ways: Ints,
    option: Ints,
    out: Ints,
    found: int,
) -> int:
    """
    Price one pattern: its pick-ups with up to three of the drops near them.

    Writes it as trip ``found`` if it is the best of its pick-ups. Returns the least reduced cost of
    these so far.
    """
    size = q[N_DROPS]
    picks = 1 + (stop_of(picked, 1) >= 0) + (stop_of(picked, 2) >= 0)
    drops = 1 + (j >= 0) + (k >= 0)
    worth = near[N_WORTH * size + i]
    worth += near[N_WORTH * size + j] if j >= 0 else 0
    worth += near[N_WORTH * size + k] if k >= 0 else 0
    metres = _way(q, legs, near, N_ROAD, 1, i, j, k)
    loaded = _way(q, legs, near, N_LOADED, 0, i, j, k)
    time = _way(q, legs, near, N_TIME, 0 if m[net.BY_DAY] else 1, i, j, k)
    if metres >= FAR or loaded >= FAR or time >= FAR:
        return best
    if _least(m, q, hold, metres, loaded, time, picks + drops) - worth >= _aim_of_all(q, best):
        return best
    stops = _stops_of(q, near, picked, i, j, k)
    risk, filled = risk_of(q, stops), fill(q, stops, ANYBODY, ANYBODY, ANYBODY, most_seats(q))
    hope = False
    for pool in range(q[N_POOLS]):
        least = _least_on(m, q, hold, pool, metres, loaded, time, picks + drops)
        hope = hope or least - worth_on(q, filled, pool, risk) < _aim(q, pool, best)
    if not hope:
        return best
    if m[net.BY_DAY]:
        rows = ways_by_day(m, w, q, option, 0, stops, picks, drops)
    else:
        rows = ways_by_clock(m, w, q, option, 0, stops, picks, drops)
    for row in range(rows):
        filled = fill_way(q, option, row)
        for pool in range(q[N_POOLS]):
            reduced = cost_of(m, q, option, row, pool) - worth_on(q, filled, pool, risk)
            if reduced < at(q, POOLS, pool, P_BEST):
                put(q, POOLS, pool, P_BEST, reduced)
            if reduced < best:
                best = reduced
                for number in range(WAY):
                    ways[WAY * found + number] = option[WAY * row + number]
                out[3 * found], out[3 * found + 1], out[3 * found + 2] = found, pool, best
    return best


@compiled
def _meet_drops(
    m: Ints,
    w: Ints,
    q: Ints,
    legs: Ints,
    hold: Ints,
    near: Ints,
    picked: int,
    count: int,
    ways: Ints,
    option: Ints,
    out: Ints,
    found: int,
) -> int:
    """
    Price some pick-ups with every set of the drops near them; their least reduced cost, or 0.
    """
    size, most, best = q[N_DROPS], q[MOST_OFF], 0
    full = 1 | (2 if stop_of(picked, 1) >= 0 else 0) | (4 if stop_of(picked, 2) >= 0 else 0)
    masks, worths, costs = N_MASK * size, N_WORTH * size, N_COST * size
    for i in range(count):
        cost, of_i = near[costs + i], near[masks + i]
        left = cost - near[worths + i]
        aim = _aim_of_all(q, best)
        if left - 2 * near[worths] >= aim:
            continue
        if left < aim and of_i == full:
            best = _weigh(
                m, w, q, legs, hold, near, picked, i, -1, -1, best, ways, option, out, found
            )
        for j in range(count if most > 1 else 0):
            if j == i or near[costs + j] > cost or (near[costs + j] == cost and j > i):
                continue
            aim = _aim_of_all(q, best)
            two = left - near[worths + j]
            if two - near[worths + j] >= aim:
                break
            of_two = of_i | near[masks + j]
            if two < aim and of_two == full:
                best = _weigh(
                    m, w, q, legs, hold, near, picked, i, j, -1, best, ways, option, out, found
                )
            for k in range(j + 1, count if most > 2 else 0):
                if two - near[worths + k] >= aim:
                    break
                if k == i or near[costs + k] > cost or (near[costs + k] == cost and k > i):
                    continue
                if of_two | near[masks + k] == full:
                    best = _weigh(
                        m, w, q, legs, hold, near, picked, i, j, k, best, ways, option, out, found
                    )
                    aim = _aim_of_all(q, best)
    return best


@compiled
def price_afresh(
    m: Ints,
    w: Ints,
    q: Ints,
    legs: Ints,
    rest: Ints,
    hold: Ints,
    near: Ints,
    first: int,
    end: int,
    ways: Ints,
    option: Ints,
    out: Ints,
    found: int,
) -> int:
    """
    Price all patterns of a block whose first pick-up is one of some origins.

    Writes the least reduced cost of each pool into ``POOLS`` and the best trip of each set of
    pick-ups as ``price_ways`` does.

    Parameters
    ----------
    legs, rest, hold
        ``legs_of``, ``rest_of``, ``least_hold``.
    near, option
        Room for (``NEAR_ROWS``, n_drops) numbers, and for ``OPTIONS`` patterns.
    first, end
        Origins of the block; the first call begins at 0.
    ways, out
        What is found: patterns as in ``ways``, and trips with the rows of their patterns.
    found
        How many trips the calls before this one found.

    Returns
    -------
    How many trips are found in all.
    """
    if first == 0:
        weigh_pairs(q)
        for pool in range(q[N_POOLS]):
            put(q, POOLS, pool, P_BEST, 0)
    on, most = q[N_ORIGINS], q[MOST_PICKS]
    for a in range(first, end):
        for b in range(a, on if most > 1 else a + 1):
            for c in range(b, on if most > 2 and b > a else b + 1):
                if q[LATE] and b == a:
                    continue
                second, third = b if b > a else -1, c if c > b else -1
                picked = packed(a, second, third)
                count = _come_near(m, q, legs, rest, hold, near, a, second, third)
                if m[net.BY_DAY]:
                    lay_picks(m, q, picked, 1 + (b > a) + (c > b))
                best = _meet_drops(
                    m, w, q, legs, hold, near, picked, count, ways, option, out, found
                )
                if best < 0:
                    found += 1
    return found
