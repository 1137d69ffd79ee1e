"""
Patterns: sets of pick-ups and drops that the rules allow, each with its cheapest orders.

Compiled. ``m`` is the problem, ``w`` the room to work in, ``q`` a block (``memory``).

By the day, of the orders of a pattern one is kept where no other is at most as long, holds its unit
for at most as many days and needs at most as many drivers: that other costs every pool no more,
whatever the prices of units, so nothing is lost.
"""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import CREW, KEPT, NEVER, NOTICE, at, compiled, put, small
from p2p_dispatch.problem.timing import (
    lay_road,
    least_days,
    least_drivers,
    opening,
    rides_astray,
    run,
)
from p2p_dispatch.problem.work import (
    DAYS,
    FIGURES,
    LEGS,
    LENGTH,
    MINUTES,
    N_PICKS,
    N_RIDERS,
    N_STOPS,
    POOL,
    READY,
    STOPS,
)
from p2p_solvers.proof.memory import (
    ACTIVE,
    DAY,
    DROPS,
    DROPS_IN,
    FEWEST_DAYS,
    FEWEST_DRIVERS,
    FIRST,
    LAST,
    LATE,
    MOST_OFF,
    MOST_PICKS,
    N_DROPS,
    N_ORIGINS,
    N_POOLS,
    NEAR,
    ORDERS,
    ORIGINS,
    P_DAY,
    P_POOL,
    PERMUTED,
    PICKS_IN,
    POOLS,
    SECONDS,
    TOTAL,
    WAY,
    WITH,
    WITHIN,
)

ANYBODY = (1 << 9) - 1
"""All pairs of three pick-ups and three drops."""

OPTIONS = 4
"""Orders of one pattern that are kept at the most."""

FAR = 1 << 40
"""Stands for a leg without a road in sums that only choose what is tried."""


@small
def packed(first: int, second: int, third: int) -> int:
    """Up to three stops of a block as one number; -1: there is none."""
    return (first + 1) | (second + 1) << 10 | (third + 1) << 20


@small
def stop_of(stops: int, which: int) -> int:
    """One of the stops of a pattern, pick-ups from 0 and drops from 3; -1: there is none."""
    return ((stops >> 10 * which) & 1023) - 1


@small
def route_of(metres: int, pairs: int, days: int, drivers: int) -> int:
    """What a pattern comes to, as one number; ``pairs`` has a bit for each pair of its stops."""
    return metres << 15 | pairs << 6 | days << 3 | drivers


@small
def times_of(tonight: int, next_day: int, before: int, after: int) -> int:
    """When a pattern runs by the clock, as one number: pairs of stops as bits, minutes."""
    return next_day << 49 | tonight << 40 | before << 20 | after


@small
def tonight_of(times: int) -> int:
    """Bits of the pairs of stops whose drop is reached on the day of the last pick-up."""
    return times >> 40 & ANYBODY


@small
def next_day_of(times: int) -> int:
    """Bits of the pairs of stops whose pick-up is not the first: it may be on a later day."""
    return times >> 49


@small
def before_of(times: int) -> int:
    """Minutes before a trip leaves its first stop."""
    return (times >> 20) & ((1 << 20) - 1)


@small
def after_of(times: int) -> int:
    """Minutes after that."""
    return times & ((1 << 20) - 1)


@small
def rides(q: Ints, origin: int, drop: int) -> bool:
    """Whether somebody rides between two stops of a block."""
    pair = origin * q[N_DROPS] + drop
    return at(q, ACTIVE, pair, 0) < at(q, ACTIVE, pair, 1)


@small
def _orders(n: int) -> int:
    return 6 if n == 3 else n


@small
def _turn(q: Ints, n: int, order: int, i: int) -> int:
    """Which of ``n`` stops comes as ``i``-th in an order."""
    return at(q, PERMUTED, 2 * order if n == 2 else order, i)


@small
def _leg(m: Ints, a: int, b: int) -> int:
    metres = at(m, net.METRES, a, b)
    return FAR if metres < 0 else metres


@small
def lay_picks(m: Ints, q: Ints, stops: int, n: int) -> None:
    """Sums for all orders of some pick-ups, from the depot to the last of them."""
    depot = at(m, net.BASES, at(q, POOLS, 0, P_POOL), net.DEPOT)
    for order in range(_orders(n)):
        before, metres, seconds, lead = depot, 0, 0, 0
        for i in range(n):
            place = at(q, ORIGINS, 0, stop_of(stops, _turn(q, n, order, i)))
            if i == 0:
                put(q, PICKS_IN, order, FIRST, place)
                lead = _leg(m, before, place)
            else:
                metres += _leg(m, before, place)
            seconds += at(m, net.SECONDS, before, place)
            before = place
        put(q, PICKS_IN, order, LAST, before)
        put(q, PICKS_IN, order, WITH, lead + metres)
        put(q, PICKS_IN, order, WITHIN, metres)
        put(q, PICKS_IN, order, SECONDS, seconds)


@small
def _lay_drops(m: Ints, q: Ints, stops: int, n: int) -> None:
    """Sums for all orders of some drops, from the first of them to the depot."""
    depot = at(m, net.BASES, at(q, POOLS, 0, P_POOL), net.DEPOT)
    for order in range(_orders(n)):
        before, metres, seconds = -1, 0, 0
        for i in range(n):
            place = at(q, DROPS, 0, stop_of(stops, 3 + _turn(q, n, order, i)))
            if i == 0:
                put(q, DROPS_IN, order, FIRST, place)
            else:
                metres += _leg(m, before, place)
                seconds += at(m, net.SECONDS, before, place)
            before = place
        put(q, DROPS_IN, order, LAST, before)
        put(q, DROPS_IN, order, WITH, metres + _leg(m, before, depot))
        put(q, DROPS_IN, order, WITHIN, metres)
        put(q, DROPS_IN, order, SECONDS, seconds)


@small
def _sum_orders(m: Ints, q: Ints, picks: int, drops: int) -> None:
    """How long every order is, and how many days and drivers it needs at the least."""
    for i in range(_orders(picks)):
        last = at(q, PICKS_IN, i, LAST)
        for j in range(_orders(drops)):
            first = at(q, DROPS_IN, j, FIRST)
            leg = _leg(m, last, first)
            loaded = at(q, PICKS_IN, i, WITHIN) + leg + at(q, DROPS_IN, j, WITHIN)
            seconds = at(q, PICKS_IN, i, SECONDS) + at(m, net.SECONDS, last, first)
            seconds += at(q, DROPS_IN, j, SECONDS)
            row = 6 * i + j
            put(q, ORDERS, row, TOTAL, at(q, PICKS_IN, i, WITH) + leg + at(q, DROPS_IN, j, WITH))
            put(q, ORDERS, row, FEWEST_DAYS, 2 if loaded > m[net.TWO_DAYS_PAST] else 1)
            lone = seconds <= m[net.SECOND_DRIVER_PAST]
            put(q, ORDERS, row, FEWEST_DRIVERS, 1 if lone else 2)


@small
def _set_out(q: Ints, w: Ints, order: int, stops: int, picks: int, drops: int) -> None:
    """Put a pattern in one order into the room to work in."""
    for s in range(picks):
        at_ = _turn(q, picks, order // 6, s)
        put(w, STOPS, 0, s, at(q, ORIGINS, 0, stop_of(stops, at_)))
        put(w, READY, 0, s, -NEVER)
    for s in range(drops):
        at_ = _turn(q, drops, order % 6, s)
        put(w, STOPS, 0, picks + s, at(q, DROPS, 0, stop_of(stops, 3 + at_)))
    w[POOL], w[N_RIDERS] = at(q, POOLS, 0, P_POOL), 0
    w[N_STOPS], w[N_PICKS] = picks + drops, picks


@small
def _run_on_day(m: Ints, w: Ints, q: Ints) -> int:
    """Run a trip by the rules; days and drivers in one number, or -1."""
    if lay_road(m, w) != KEPT:
        return -1
    depart = at(m, net.MIDNIGHTS, 0, q[DAY] + m[net.PAD])
    drivers = 1
    broken = run(m, w, drivers, depart)
    if broken == CREW:
        drivers = 2
        broken = run(m, w, drivers, depart)
    if broken != KEPT and broken != NOTICE:  # notice differs from pool to pool
        return -1
    return at(w, FIGURES, 0, DAYS) << 3 | drivers


@small
def _no_more(days: int, drivers: int) -> int:
    """The bits of those who need no more days and no more drivers."""
    bits = 1 | (2 if drivers > 1 else 0)
    return bits | bits << 2 if days > 1 else bits


@compiled
def ways_by_day(
    m: Ints, w: Ints, q: Ints, out: Ints, row: int, stops: int, picks: int, drops: int
) -> int:
    """Write the cheapest orders of one pattern; how many rows of ``out`` there are then."""
    _lay_drops(m, q, stops, drops)
    _sum_orders(m, q, picks, drops)
    found = 0  # a bit for each pair of days and drivers that an order was kept with
    while True:
        best, shortest = -1, FAR
        for x in range(_orders(picks)):
            for y in range(_orders(drops)):
                total = at(q, ORDERS, 6 * x + y, TOTAL)
                if total < shortest:
                    days = at(q, ORDERS, 6 * x + y, FEWEST_DAYS)
                    drivers = at(q, ORDERS, 6 * x + y, FEWEST_DRIVERS)
                    if found & _no_more(days, drivers):
                        continue
                    best, shortest = 6 * x + y, total
        if best < 0:
            return row
        put(q, ORDERS, best, TOTAL, FAR)
        _set_out(q, w, best, stops, picks, drops)
        ran = _run_on_day(m, w, q)
        if ran >= 0 and not found & _no_more(ran >> 3, ran & 7):
            found |= 1 << 2 * ((ran >> 3) - 1) + (ran & 7) - 1
            out[WAY * row] = stops
            out[WAY * row + 1] = route_of(at(w, FIGURES, 0, LENGTH), ANYBODY, ran >> 3, ran & 7)
            out[WAY * row + 2] = 0
            row += 1


@small
def _pairs_in(m: Ints, w: Ints, q: Ints, order: int, stops: int, picks: int, drops: int) -> int:
    """Pairs of stops, as bits, between which people may ride in one order."""
    pairs, used_on, used_off = 0, 0, 0
    for i in range(picks):
        for j in range(drops):
            x, y = _turn(q, picks, order // 6, i), _turn(q, drops, order % 6, j)
            there = rides(q, stop_of(stops, x), stop_of(stops, 3 + y))
            if there and not rides_astray(m, w, i, picks + j):
                pairs |= 1 << 3 * x + y
                used_on |= 1 << x
                used_off |= 1 << y
    whole = used_on == (1 << picks) - 1 and used_off == (1 << drops) - 1
    return pairs if whole else 0


@small
def _midnight(m: Ints, q: Ints, day: int) -> int:
    """The end of the day of a block, or of one some days later."""
    return at(m, net.MIDNIGHTS, 0, q[DAY] + m[net.PAD] + 1 + day)


@small
def _next_day(m: Ints, w: Ints, q: Ints, picks: int) -> int:
    """First minute at which a pick-up that is not the first is left, if that is on a later day."""
    soonest, midnight = NEVER, _midnight(m, q, 0)
    for i in range(1, picks):
        soonest = min(soonest, opening(m, at(w, STOPS, 0, i), midnight - m[net.STOP_MINUTES]))
    return soonest + m[net.STOP_MINUTES]  # type: ignore[no-any-return]


@small
def _last_leave(m: Ints, w: Ints, q: Ints) -> int:
    """Last minute of the day at which the first stop is left."""
    place, column = at(w, STOPS, 0, 0), q[DAY] + m[net.PAD]
    shuts = at(m, net.SHUTS, place, column)
    # where it is shut all day it may be left just when the day begins
    if shuts < at(m, net.OPENS, place, column):
        return at(m, net.MIDNIGHTS, 0, column)
    return min(shuts, _midnight(m, q, 0))


@small
def _in_time(m: Ints, w: Ints, q: Ints, picks: int, drops: int, order: int) -> int:
    """
    Pairs of stops, as bits, whose drop the coach can reach on the day on which it has all people;
    -1: it has not all of them on its day, and should.

    It leaves its first stop as early as that may be, and nobody has to rest or to wait for others.
    """
    stop, found = m[net.STOP_MINUTES], 0
    midnight, goes = _midnight(m, q, q[LATE]), 0
    if q[LATE]:
        goes = _next_day(m, w, q, picks)
    else:
        begin = at(m, net.MIDNIGHTS, 0, q[DAY] + m[net.PAD]) - stop
        for i in range(picks):
            reached = goes + at(w, LEGS, MINUTES, i) if i else begin
            goes = opening(m, at(w, STOPS, 0, i), reached) + stop
            if goes >= midnight:
                return -1
    for i in range(picks, picks + drops):
        begin = opening(m, at(w, STOPS, 0, i), goes + at(w, LEGS, MINUTES, i))
        if begin > midnight:
            break
        drop = _turn(q, drops, order % 6, i - picks)
        found |= 1 << drop | 1 << 3 + drop | 1 << 6 + drop
        goes = begin + stop
    return found


@small
def _crew(m: Ints, w: Ints, q: Ints, out: int) -> int:
    """
    Days and drivers of a trip whose road has been laid, at the least: those that cost least.

    Where that differs from pool to pool the least of both. ``out``: minutes that it is out.
    """
    low, high = at(q, POOLS, 0, P_DAY), at(q, POOLS, 0, P_DAY)
    for k in range(1, q[N_POOLS]):
        low, high = min(low, at(q, POOLS, k, P_DAY)), max(high, at(q, POOLS, k, P_DAY))
    first, days, drivers = least_drivers(m, w), 7, 7
    for each in range(2):
        per_day, cheapest, some, team = (high if each else low), FAR, 7, 7
        for crew in range(first, m[net.CREW_MOST_DRIVERS] + 1):
            lasts = max(least_days(m, w, crew), -(-out // 1440))
            cost = lasts * (per_day + crew * m[net.DRIVER_DAY])
            if cost < cheapest:
                cheapest, some, team = cost, min(lasts, 7), crew
        days, drivers = min(days, some), min(drivers, team)
    return days << 3 | drivers


@small
def _no_better(one: int, other: int) -> bool:
    """Whether a route takes no more of anything than another, and as many people."""
    pairs = (one >> 6) & (other >> 6) & ANYBODY == (other >> 6) & ANYBODY
    crew = one & 7 <= other & 7 and (one >> 3) & 7 <= (other >> 3) & 7
    return one >> 15 <= other >> 15 and pairs and crew


@small
def _no_later(one: int, other: int) -> bool:
    """The same of times."""
    offers, asked = one >> 40, other >> 40
    sooner = before_of(one) <= before_of(other) and after_of(one) <= after_of(other)
    return offers & asked == asked and sooner


@small
def _keep(out: Ints, begin: int, end: int, stops: int, route: int, times: int) -> int:
    """
    Write an order of a pattern unless another is as good in all; how many rows there are then.

    Where there are too many, the last one becomes the best of both in every respect.
    """
    for row in range(begin, end):
        if _no_better(out[WAY * row + 1], route) and _no_later(out[WAY * row + 2], times):
            return end
    kept = begin
    for row in range(begin, end):
        if not (_no_better(route, out[WAY * row + 1]) and _no_later(times, out[WAY * row + 2])):
            out[WAY * kept + 1], out[WAY * kept + 2] = out[WAY * row + 1], out[WAY * row + 2]
            kept += 1
    if kept - begin == OPTIONS:
        kept -= 1
        other, then = out[WAY * kept + 1], out[WAY * kept + 2]
        route = route_of(
            min(route >> 15, other >> 15),
            (route | other) >> 6 & ANYBODY,
            min((route >> 3) & 7, (other >> 3) & 7),
            min(route & 7, other & 7),
        )
        times = times_of(
            tonight_of(times) | tonight_of(then),
            next_day_of(times) | next_day_of(then),
            min(before_of(times), before_of(then)),
            min(after_of(times), after_of(then)),
        )
    out[WAY * kept], out[WAY * kept + 1], out[WAY * kept + 2] = stops, route, times
    return kept + 1


@compiled
def ways_by_clock(
    m: Ints, w: Ints, q: Ints, out: Ints, row: int, stops: int, picks: int, drops: int
) -> int:
    """
    Write the orders of one pattern; how many rows there are then.

    By the clock orders differ in who may ride. Of each is written what it takes at the least,
    whenever it leaves on the day.
    """
    begin = row
    for x in range(_orders(picks)):
        for y in range(_orders(drops)):
            _set_out(q, w, 6 * x + y, stops, picks, drops)
            if lay_road(m, w) != KEPT:
                continue
            pairs = _pairs_in(m, w, q, 6 * x + y, stops, picks, drops)
            if not pairs:
                continue
            tonight = _in_time(m, w, q, picks, drops, 6 * x + y)
            if tonight < 0:
                continue
            lead = m[net.STOP_MINUTES] + at(w, LEGS, MINUTES, 0)
            boarding = m[net.STOP_MINUTES] * (picks - 1)
            rest = m[net.STOP_MINUTES] * drops
            for leg in range(1, picks + drops + 1):
                if leg < picks:
                    boarding += at(w, LEGS, MINUTES, leg)
                else:
                    rest += at(w, LEGS, MINUTES, leg)
            if q[LATE]:
                boarding = max(boarding, _next_day(m, w, q, picks) - _last_leave(m, w, q))
            if boarding + rest >= 1 << 20:
                continue
            crew = _crew(m, w, q, lead + boarding + rest)
            route = route_of(at(w, FIGURES, 0, LENGTH), pairs, crew >> 3, crew & 7)
            first = 7 << 3 * _turn(q, picks, x, 0)
            times = times_of(tonight & pairs, pairs & ~first, lead, boarding + rest)
            row = _keep(out, begin, row, stops, route, times)
    return row


@compiled
def find_ways(m: Ints, w: Ints, q: Ints, out: Ints, lay: int) -> int:
    """
    Every pattern of a block in which each stop is used by somebody, with its cheapest orders.

    Parameters
    ----------
    out
        ``WAY`` numbers for each row; patterns with the same pick-ups stand together.
    lay
        0: count the patterns only, whatever the rules say of them.

    Returns
    -------
    How many rows, or patterns, there are.
    """
    n_origins, n_drops, rows = q[N_ORIGINS], q[N_DROPS], 0
    most_picks, most_drops = q[MOST_PICKS], q[MOST_OFF]
    for a in range(n_origins):
        for b in range(a, n_origins if most_picks > 1 else a + 1):
            for c in range(b, n_origins if most_picks > 2 and b > a else b + 1):
                picks = 1 + (b > a) + (c > b)
                if q[LATE] and picks == 1:
                    continue
                full, near = (1 << picks) - 1, 0
                for d in range(n_drops):
                    mask = 1 if rides(q, a, d) else 0
                    mask |= 2 if b > a and rides(q, b, d) else 0
                    mask |= 4 if c > b and rides(q, c, d) else 0
                    if mask:
                        put(q, NEAR, 0, near, d)
                        put(q, NEAR, 1, near, mask)
                        near += 1
                picked = packed(a, b if b > a else -1, c if c > b else -1)
                if lay and m[net.BY_DAY]:
                    lay_picks(m, q, picked, picks)
                for i in range(near):
                    one = at(q, NEAR, 1, i)
                    for j in range(i, near if most_drops > 1 else i + 1):
                        two = one | at(q, NEAR, 1, j)
                        for k in range(j, near if most_drops > 2 and j > i else j + 1):
                            if two | at(q, NEAR, 1, k) != full:
                                continue
                            if not lay:
                                rows += 1
                                continue
                            drops = 1 + (j > i) + (k > j)
                            second = at(q, NEAR, 0, j) if j > i else -1
                            third = at(q, NEAR, 0, k) if k > j else -1
                            off = packed(at(q, NEAR, 0, i), second, third)
                            stops = picked | off << 30
                            if m[net.BY_DAY]:
                                rows = ways_by_day(m, w, q, out, rows, stops, picks, drops)
                            else:
                                rows = ways_by_clock(m, w, q, out, rows, stops, picks, drops)
    return rows
