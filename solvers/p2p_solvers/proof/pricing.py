"""
The least reduced cost of all trips of a block.

Compiled. A trip fills its seats with whoever is worth most: people may be split at will and every
seat is alike, so that no other load of the same stops is worth more. Everybody is counted where
they are worth most, at the gate or at a hub.
"""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import at, compiled, put, small
from p2p_solvers.proof.blocks import NEXT_DAY, TONIGHT
from p2p_solvers.proof.memory import (
    ACTIVE,
    BEYOND,
    DAY,
    E_COHORT,
    E_NEEDS,
    E_PEOPLE,
    E_WORTH,
    ENTRIES,
    FILLS,
    FIRST_MOMENT,
    HEADS,
    HELD,
    N_DROPS,
    N_MOMENTS,
    N_ORIGINS,
    N_POOLS,
    ORIGINS,
    P_BESIDE,
    P_BEST,
    P_DAY,
    P_KM,
    P_LEAST,
    P_RATIO,
    P_SEATS,
    PARTS,
    POOLS,
    RISK,
    STAMP,
    STEP,
    TAKEN,
    TURNAROUND,
    UNIT,
    WAY,
    WORTH,
)
from p2p_solvers.proof.ways import ANYBODY, after_of, before_of, next_day_of, stop_of, tonight_of

PICKS = (1 << 30) - 1
"""The bits of a pattern's stops that are its pick-ups."""


@small
def most_seats(q: Ints) -> int:
    """Seats of the largest unit of a block."""
    most = 0
    for k in range(q[N_POOLS]):
        for risk in range(3):
            most = max(most, at(q, POOLS, k, P_SEATS + risk))
    return most


@small
def weigh_pairs(q: Ints) -> None:
    """What the people of each pair are worth at most, as many as fit on the largest unit."""
    seats = most_seats(q)
    for pair in range(q[N_ORIGINS] * q[N_DROPS]):
        room, worth = seats, 0
        for e in range(at(q, ACTIVE, pair, 0), at(q, ACTIVE, pair, 1)):
            each = at(q, ENTRIES, e, E_WORTH)
            if each <= 0 or room == 0:
                break
            people = min(room, at(q, ENTRIES, e, E_PEOPLE))
            worth += people * each
            room -= people
        put(q, WORTH, pair, 0, worth)


@small
def _pair_of(q: Ints, stops: int, which: int) -> int:
    """One of the nine pairs of stops of a pattern as its number in the block; -1: there is none."""
    origin, drop = stop_of(stops, which // 3), stop_of(stops, 3 + which % 3)
    return origin * q[N_DROPS] + drop if origin >= 0 and drop >= 0 else -1


@small
def _worth_at_most(q: Ints, stops: int) -> int:
    worth = 0
    for which in range(9):
        pair = _pair_of(q, stops, which)
        if pair >= 0:
            worth += at(q, WORTH, pair, 0)
    return worth


@small
def risk_of(q: Ints, stops: int) -> int:
    """The highest risk of the stops of a pattern."""
    risk = 0
    for i in range(6):
        stop = stop_of(stops, i)
        if stop >= 0:
            risk = max(risk, at(q, RISK, 0, stop if i < 3 else q[N_ORIGINS] + stop))
    return risk


@small
def cents_of(m: Ints, q: Ints, k: int, route: int) -> int:
    """
    What a trip costs without its riders.

    Km are charged to the cent below, which no rounding of them is less than.
    """
    metres, days, drivers = route >> 15, (route >> 3) & 7, route & 7
    cents = days * (at(q, POOLS, k, P_DAY) + drivers * m[net.DRIVER_DAY])
    cents += at(q, POOLS, k, P_BESIDE)
    return cents + metres * at(q, POOLS, k, P_KM) // 1000  # type: ignore[no-any-return]


@small
def moments_before(q: Ints, minute: int) -> int:
    """How many moments lie before a minute."""
    number = -((q[FIRST_MOMENT] - minute) // q[STEP])
    return min(max(number, 0), q[N_MOMENTS])  # type: ignore[no-any-return]


@small
def held_for(q: Ints, k: int, first: int, end: int) -> int:
    """What a unit of a pool costs from one moment to another."""
    return at(q, HELD, k, end) - at(q, HELD, k, first) if end > first else 0


@compiled
def cheapest_hold(m: Ints, q: Ints, ways: Ints, row: int, k: int) -> int:
    """
    The moments at which a trip's unit is out, where that costs least: the first and the one after
    the last, as ``first << 20 | end``.

    By the clock it may leave its first stop at any minute of the day at which one of its pick-ups
    is open. What is out at a moment changes where the coach leaves, or comes back, just then.
    """
    stops, route = ways[WAY * row], ways[WAY * row + 1]
    if m[net.BY_DAY]:
        day = q[DAY]
        return day << 20 | min(day + ((route >> 3) & 7), q[N_MOMENTS])  # type: ignore[no-any-return]
    # plans may keep seconds: a minute less, so that whole minutes miss none of what they could do
    times = ways[WAY * row + 2]
    before, after = before_of(times), after_of(times) + q[TURNAROUND] - 1
    column = q[DAY] + m[net.PAD]
    first, last = at(m, net.MIDNIGHTS, 0, column + 1) - 1, at(m, net.MIDNIGHTS, 0, column)
    for i in range(3):
        origin = stop_of(stops, i)
        if origin >= 0:
            place = at(q, ORIGINS, 0, origin)
            first = min(first, at(m, net.OPENS, place, column))
            last = max(last, at(m, net.SHUTS, place, column))
    first = max(first, at(m, net.MIDNIGHTS, 0, column))
    last = min(last, at(m, net.MIDNIGHTS, 0, column + 1))
    best, cheapest, leave = -1, 0, first
    while leave <= last or best < 0:
        begin, end = moments_before(q, leave - before), moments_before(q, leave + after)
        price = held_for(q, k, begin, end)
        if best < 0 or price < cheapest:
            best, cheapest = begin << 20 | end, price
        # the next minute at which the coach leaves just after a moment, or comes back after one
        passed = q[FIRST_MOMENT] + begin * q[STEP] + before + 1
        back = q[FIRST_MOMENT] + end * q[STEP] - after + 1
        leave = min(max(passed, leave + 1), max(back, leave + 1))
    return best


@small
def cost_of(m: Ints, q: Ints, ways: Ints, row: int, k: int) -> int:
    """What a trip costs a pool of the block, with the price of its unit."""
    held = cheapest_hold(m, q, ways, row, k)
    first, end = held >> 20, held & ((1 << 20) - 1)
    return UNIT * cents_of(m, q, k, ways[WAY * row + 1]) + held_for(q, k, first, end)


@small
def fill(q: Ints, stops: int, pairs: int, tonight: int, next_day: int, seats: int) -> int:
    """
    Put those on board who are worth most, in that order; how many entries that are.

    Parameters
    ----------
    pairs, tonight, next_day
        Bits of the pairs of stops between which people may ride, and of those which offer what some
        of them need.
    """
    heads = 0
    for which in range(9):
        pair = _pair_of(q, stops, which)
        if pair >= 0 and pairs & (1 << which):
            begins, ends = at(q, ACTIVE, pair, 0), at(q, ACTIVE, pair, 1)
            if begins < ends:
                put(q, HEADS, heads, 0, begins)
                put(q, HEADS, heads, 1, ends)
                offers = TONIGHT * (tonight >> which & 1) | NEXT_DAY * (next_day >> which & 1)
                put(q, HEADS, heads, 2, offers)
                heads += 1
    q[STAMP] += 1
    filled, room = 0, seats
    while room > 0:
        best, most = -1, 0
        for h in range(heads):
            e = at(q, HEADS, h, 0)
            if e < at(q, HEADS, h, 1):
                worth = at(q, ENTRIES, e, E_WORTH)
                if best < 0 or worth > most:
                    best, most = h, worth
        if best < 0:
            break
        e = at(q, HEADS, best, 0)
        put(q, HEADS, best, 0, e + 1)
        needs = at(q, ENTRIES, e, E_NEEDS)
        if needs & at(q, HEADS, best, 2) != needs:
            continue
        cohort = at(q, ENTRIES, e, E_COHORT)
        if at(q, TAKEN, 0, cohort) == q[STAMP]:
            continue  # they are on board for another drop
        put(q, TAKEN, 0, cohort, q[STAMP])
        people = min(room, at(q, ENTRIES, e, E_PEOPLE))
        put(q, FILLS, 0, filled, e)
        put(q, FILLS, 1, filled, people)
        filled += 1
        room -= people
    return filled


@small
def fill_way(q: Ints, ways: Ints, row: int) -> int:
    """The same for a pattern of those that were found."""
    stops, pairs, times = ways[WAY * row], ways[WAY * row + 1] >> 6 & ANYBODY, ways[WAY * row + 2]
    return fill(q, stops, pairs, tonight_of(times), next_day_of(times), most_seats(q))


NO_TRIP = -(1 << 60)
"""Worth of people who are too few for the least load."""


@small
def worth_on(q: Ints, filled: int, k: int, risk: int) -> int:
    """What a unit's people are worth: as many as pay, and no fewer than its least load."""
    room, least, worth = at(q, POOLS, k, P_SEATS + risk), at(q, POOLS, k, P_LEAST), 0
    for f in range(filled):
        each = at(q, ENTRIES, at(q, FILLS, 0, f), E_WORTH)
        people = min(room, at(q, FILLS, 1, f))
        if each <= 0:
            people = min(people, least)
        if people <= 0:
            break
        worth += people * each
        room -= people
        least -= people
    return NO_TRIP if least > 0 else worth


@small
def share_of(worth: int, cost: int) -> int:
    """What people are worth, in ``PARTS`` of a cost, rounded up; at least all of them."""
    if worth <= cost:
        return PARTS
    if cost <= 0 or worth // cost >= BEYOND // PARTS:
        return BEYOND
    whole, left = worth // cost, worth % cost
    if left >= 1 << 42:  # or the product is too large
        left, cost = (left >> 20) + 1, cost >> 20
    return whole * PARTS + left * PARTS // cost + 1


@compiled
def price_ways(m: Ints, q: Ints, ways: Ints, rows: int, more: Ints, priced: int, out: Ints) -> int:
    """
    Price all patterns of a block on all its pools.

    ``more`` is what each pattern costs each pool besides, if anything (``priced``).

    Writes the least reduced cost of each pool into ``POOLS``, with what people of a trip are worth
    at the most, and into ``out`` the best trip of each set of pick-ups that has one of negative
    reduced cost. Returns how many these are.
    """
    weigh_pairs(q)
    n_pools = q[N_POOLS]
    for k in range(n_pools):
        put(q, POOLS, k, P_BEST, 0)
        put(q, POOLS, k, P_RATIO, PARTS)
    found, picks, best, best_row, best_pool = 0, -1, 0, -1, -1
    for row in range(rows):
        stops, route = ways[WAY * row], ways[WAY * row + 1]
        if stops & PICKS != picks:
            if best < 0:
                out[3 * found], out[3 * found + 1], out[3 * found + 2] = best_row, best_pool, best
                found += 1
            picks, best = stops & PICKS, 0
        at_most = _worth_at_most(q, stops)
        filled, risk = -1, 0
        for k in range(n_pools):
            besides = more[row * n_pools + k] if priced else 0
            if UNIT * cents_of(m, q, k, route) + besides >= at_most:
                continue
            cost = cost_of(m, q, ways, row, k) + besides
            if cost >= at_most:
                continue
            if filled < 0:
                risk = risk_of(q, stops)
                filled = fill_way(q, ways, row)
            worth = worth_on(q, filled, k, risk)
            reduced = cost - worth
            if reduced < 0:
                put(q, POOLS, k, P_RATIO, max(at(q, POOLS, k, P_RATIO), share_of(worth, cost)))
            if reduced < at(q, POOLS, k, P_BEST):
                put(q, POOLS, k, P_BEST, reduced)
            if reduced < best:
                best, best_row, best_pool = reduced, row, k
    if best < 0:
        out[3 * found], out[3 * found + 1], out[3 * found + 2] = best_row, best_pool, best
        found += 1
    return found


@compiled
def price_each(
    m: Ints, q: Ints, ways: Ints, rows: int, more: Ints, priced: int, past: int, out: Ints
) -> None:
    """
    The least reduced cost of every pattern of a block on each of its pools, into ``out``.

    Where it is more than ``past`` whoever rides, something between the two may stand there instead.
    """
    weigh_pairs(q)
    n_pools = q[N_POOLS]
    for row in range(rows):
        stops = ways[WAY * row]
        at_most = _worth_at_most(q, stops)
        filled, risk = -1, 0
        for k in range(n_pools):
            besides = more[row * n_pools + k] if priced else 0
            cost = cost_of(m, q, ways, row, k) + besides
            out[row * n_pools + k] = cost - at_most
            if cost - at_most > past:
                continue
            if filled < 0:
                risk = risk_of(q, stops)
                filled = fill_way(q, ways, row)
            out[row * n_pools + k] = cost - worth_on(q, filled, k, risk)


@compiled
def load_way(q: Ints, ways: Ints, row: int, k: int, out: Ints) -> int:
    """
    Who fills a trip, as pairs of rows of ``ENTRIES`` and people; how many pairs there are.
    """
    stops = ways[WAY * row]
    risk = risk_of(q, stops)
    filled = fill_way(q, ways, row)
    room, least, pairs = at(q, POOLS, k, P_SEATS + risk), at(q, POOLS, k, P_LEAST), 0
    for f in range(filled):
        e = at(q, FILLS, 0, f)
        people = min(room, at(q, FILLS, 1, f))
        if at(q, ENTRIES, e, E_WORTH) <= 0:
            people = min(people, least)
        if people <= 0:
            break
        out[2 * pairs], out[2 * pairs + 1] = e, people
        pairs += 1
        room -= people
        least -= people
    return pairs
