"""Put groups on trips, the best offer first."""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import NEVER, add, at, compiled, put, small
from p2p_dispatch.problem.work import (
    ARRIVES,
    BACK,
    COST,
    DAYS,
    FIGURES,
    GOES,
    LEAVE,
    LENGTH,
    N_PICKS,
    N_STOPS,
    TIMES,
)
from p2p_dispatch.problem.work import STOPS as DRAFT
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.board import (
    book_ride,
    book_rides,
    book_run,
    free_row,
    hang,
    lane_of,
    move_to,
    onward_of,
    stop_at,
)
from p2p_solvers.engine.chance import draw
from p2p_solvers.engine.log import note
from p2p_solvers.engine.memory import (
    BLINKS,
    CENTS,
    CHOSEN_DROP,
    CHOSEN_POOL,
    CHOSEN_PRICE,
    DEPART,
    DRAFTED,
    DRIVERS,
    DROP_END,
    DROP_FROM,
    DROPS,
    GROUPS,
    IN_LANE,
    KEYS,
    LEAST,
    LOADS,
    O_BOUND,
    O_DROP,
    O_POOL,
    O_ROW,
    OF_LANE,
    OFFERS,
    ORDER,
    ORIGIN,
    POOLS,
    SEATS,
    SERVED_BY,
    STOPS,
    T_BACK,
    T_COST,
    T_DAY,
    T_DAYS,
    T_DEPART,
    T_DRIVERS,
    T_LEAVE,
    T_LENGTH,
    T_LOADS,
    T_LOCKED,
    T_PEOPLE,
    T_PICKS,
    T_POOL,
    T_STOPS,
    TRIPS,
)
from p2p_solvers.engine.offer import offer_new, offer_on, posts_left, waiting


@compiled
def put_times(s: Ints, w: Ints, row: int) -> None:
    """Write the stops and times of the draft into a row that is not booked."""
    n = w[N_STOPS]
    put(s, TRIPS, row, T_STOPS, n)
    put(s, TRIPS, row, T_PICKS, w[N_PICKS])
    put(s, TRIPS, row, T_DEPART, w[DEPART])
    put(s, TRIPS, row, T_DRIVERS, w[DRIVERS])
    put(s, TRIPS, row, T_COST, at(w, FIGURES, 0, COST))
    put(s, TRIPS, row, T_LENGTH, at(w, FIGURES, 0, LENGTH))
    put(s, TRIPS, row, T_DAYS, at(w, FIGURES, 0, DAYS))
    put(s, TRIPS, row, T_LEAVE, at(w, FIGURES, 0, LEAVE))
    put(s, TRIPS, row, T_BACK, at(w, FIGURES, 0, BACK))
    for i in range(n):
        put(s, STOPS, row, i, at(w, DRAFT, 0, i))
        put(s, e.ARRIVES, row, i, at(w, TIMES, ARRIVES, i))
        put(s, e.GOES, row, i, at(w, TIMES, GOES, i))


@compiled
def put_on(s: Ints, w: Ints, row: int, group: int, drop: int, people: int) -> int:
    """
    Write the draft, with some people of a group on board, into a row that is not booked.

    Returns
    -------
    Which of the trip's loads they are part of.
    """
    put_times(s, w, row)
    add(s, TRIPS, row, T_PEOPLE, people)
    loads = at(s, TRIPS, row, T_LOADS)
    for i in range(loads):
        if at(s, LOADS, row, 3 * i) == group and at(s, LOADS, row, 3 * i + 2) == drop:
            add(s, LOADS, row, 3 * i + 1, people)
            return i
    put(s, LOADS, row, 3 * loads, group)
    put(s, LOADS, row, 3 * loads + 1, people)
    put(s, LOADS, row, 3 * loads + 2, drop)
    add(s, TRIPS, row, T_LOADS, 1)
    return loads


@compiled
def _least_detour(m: Ints, s: Ints, row: int, place: int, first: int, end: int) -> int:
    """Least metres that a place between two neighbouring stops of ``first`` .. ``end`` adds."""
    depot = at(m, net.BASES, at(s, TRIPS, row, T_POOL), net.DEPOT)
    n, least = at(s, TRIPS, row, T_STOPS), NEVER
    for i in range(first, end):
        a = depot if i < 0 else at(s, STOPS, row, i)
        b = depot if i + 1 >= n else at(s, STOPS, row, i + 1)
        there, on = at(m, net.METRES, a, place), at(m, net.METRES, place, b)
        if there >= 0 and on >= 0:
            least = min(least, there + on - at(m, net.METRES, a, b))
    return max(0, least)


@compiled
def _more_metres(m: Ints, s: Ints, row: int, group: int, drop: int) -> int:
    """Least metres that people of a group add to a trip; ``NEVER``: it has no stop for them."""
    n, picks = at(s, TRIPS, row, T_STOPS), at(s, TRIPS, row, T_PICKS)
    origin, metres = at(m, GROUPS, group, ORIGIN), 0
    # people change at a hub: there a trip may fetch some, or bring some
    if stop_at(s, row, origin, picks, n) >= 0 or stop_at(s, row, drop, 0, picks) >= 0:
        return NEVER
    boards_here = stop_at(s, row, origin, 0, picks) >= 0
    if not boards_here and picks >= m[net.MOST_PICKUPS]:
        return NEVER
    if stop_at(s, row, drop, picks, n) < 0:
        if n - picks >= m[net.MOST_DROPS]:
            return NEVER
        metres = _least_detour(m, s, row, drop, picks - 1, n)
    if not boards_here:
        metres += _least_detour(m, s, row, origin, -1, picks)
    return metres


@compiled
def _bound_on(m: Ints, s: Ints, row: int, pool: int, metres: int, want: int) -> int:
    """A pool makes a trip with people and metres more for no less each; ``NEVER``: it is full."""
    free = at(m, SEATS, pool, (at(s, TRIPS, row, T_DAY) + m[net.PAD]) * 3)
    free -= at(s, TRIPS, row, T_PEOPLE)
    if free <= 0:
        return NEVER
    own = at(s, TRIPS, row, T_POOL)
    cents = metres * at(m, net.BASES, pool, net.PER_KM)
    if pool != own:
        days, length = at(s, TRIPS, row, T_DAYS), at(s, TRIPS, row, T_LENGTH)
        per_km = at(m, net.BASES, pool, net.PER_KM) - at(m, net.BASES, own, net.PER_KM)
        per_day = at(m, net.BASES, pool, net.PER_DAY) - at(m, net.BASES, own, net.PER_DAY)
        cents += length * per_km + 1000 * days * per_day
    return cents // (1000 * min(free, want))


@compiled
def _list_pools(m: Ints, s: Ints, n: int, row: int, group: int, drop_row: int, best: int) -> int:
    """
    Ways in which a trip may take people of a group, into ``OFFERS`` from ``n`` on.

    As it is; or made by another pool of its depot, where it has not seats enough for them.
    """
    metres = _more_metres(m, s, row, group, at(m, DROPS, drop_row, 0))
    if metres >= NEVER:
        return n
    own, day, origin = (
        at(s, TRIPS, row, T_POOL),
        at(s, TRIPS, row, T_DAY),
        at(m, GROUPS, group, ORIGIN),
    )
    column, want = (day + m[net.PAD]) * 3, waiting(m, s, group)
    beside = (day - at(m, GROUPS, group, e.READY_DAY)) * m[e.WAITING_DAY]
    beside += at(m, DROPS, drop_row, 1) - at(m, GROUPS, group, e.SUBSIDY)
    seats = at(m, SEATS, own, column)
    enough = seats - at(s, TRIPS, row, T_PEOPLE) >= want
    for p in range(at(m, SERVED_BY, origin, 0), at(m, SERVED_BY, origin + 1, 0)):
        pool = at(m, POOLS, p, e.POOL)
        if pool != own:
            apart = at(m, net.BASES, pool, net.DEPOT) != at(m, net.BASES, own, net.DEPOT)
            if enough or apart or at(m, SEATS, pool, column) <= seats:
                continue
        bound = _bound_on(m, s, row, pool, metres, want) + beside
        if bound < best:
            put(s, OFFERS, n, O_BOUND, bound)
            put(s, OFFERS, n, O_ROW, row)
            put(s, OFFERS, n, O_DROP, drop_row)
            put(s, OFFERS, n, O_POOL, p)
            n += 1
    return n


@small
def _most_seats(m: Ints, origin: int, first: int, last: int) -> int:
    """Most seats of a pool that serves an origin, on some days."""
    most = 0
    for p in range(at(m, SERVED_BY, origin, 0), at(m, SERVED_BY, origin + 1, 0)):
        for day in range(first, last + 1):
            most = max(most, at(m, SEATS, at(m, POOLS, p, e.POOL), (day + m[net.PAD]) * 3))
    return most


@compiled
def _list_old(m: Ints, s: Ints, group: int, best: int) -> int:
    """Ways in which trips may take people of a group for less than ``best`` each."""
    n, origin = 0, at(m, GROUPS, group, ORIGIN)
    first, last = at(m, GROUPS, group, e.FIRST_DAY), at(m, GROUPS, group, e.LAST_DAY)
    most = _most_seats(m, origin, first, last)
    for p in range(at(m, SERVED_BY, origin, 0), at(m, SERVED_BY, origin + 1, 0)):
        for day in range(first, last + 1):
            lane = lane_of(m, at(m, POOLS, p, e.POOL), day)
            for i in range(at(s, IN_LANE, lane, 0)):
                row = at(s, OF_LANE, lane, i)
                if at(s, TRIPS, row, T_LOCKED) or at(s, TRIPS, row, T_PEOPLE) >= most:
                    continue
                for k in range(at(m, GROUPS, group, DROP_FROM), at(m, GROUPS, group, DROP_END)):
                    n = _list_pools(m, s, n, row, group, k, best)
    return n


@compiled
def _best_old(m: Ints, s: Ints, w: Ints, group: int, best: int) -> int:
    """
    The trip that takes people of a group for least each, and less than ``best``; -1 if none.

    Those that promise most are looked at first. The rows of its drop in ``DROPS`` and of its pool
    in ``POOLS`` are put into ``s``, with the price.
    """
    found, n = -1, _list_old(m, s, group, best)
    while n > 0:
        least = 0
        for i in range(1, n):
            if at(s, OFFERS, i, O_BOUND) < at(s, OFFERS, least, O_BOUND):
                least = i
        if at(s, OFFERS, least, O_BOUND) >= best:
            break
        row, p = at(s, OFFERS, least, O_ROW), at(s, OFFERS, least, O_POOL)
        k = at(s, OFFERS, least, O_DROP)
        n -= 1
        for column in range(4):
            put(s, OFFERS, least, column, at(s, OFFERS, n, column))
        if s[BLINKS] and draw(s, 1000) < s[BLINKS]:
            continue
        people = offer_on(m, s, w, row, p, group, at(m, DROPS, k, 0), best)
        if people > 0 and w[CENTS] // people < best:
            best, found = w[CENTS] // people, row
            s[CHOSEN_DROP], s[CHOSEN_POOL], s[CHOSEN_PRICE] = k, p, best
            s[DRAFTED] = people
        else:
            s[DRAFTED] = 0
    return found


@compiled
def _least_price(m: Ints, p: int, day: int, group: int, drop: int, sharing: int) -> int:
    """No new trip can take people of a group for less each: one day, one driver, no waiting."""
    base, origin = at(m, POOLS, p, e.POOL), at(m, GROUPS, group, ORIGIN)
    depot = at(m, net.BASES, base, net.DEPOT)
    there, on = at(m, net.METRES, depot, origin), at(m, net.METRES, origin, drop)
    home = at(m, net.METRES, drop, depot)
    if there < 0 or on < 0 or home < 0:
        return NEVER
    cents = at(m, net.BASES, base, net.PER_DAY) + m[net.DRIVER_DAY]
    cents += (there + on + home) * at(m, net.BASES, base, net.PER_KM) // 1000
    wait = (day - at(m, GROUPS, group, e.READY_DAY)) * m[e.WAITING_DAY]
    return cents // sharing + wait + onward_of(m, group, drop)  # type: ignore[no-any-return]


@compiled
def _best_new(m: Ints, s: Ints, w: Ints, group: int, hope: int, best: int) -> int:
    """The day of the new trip that takes people for least each, likewise; -1 if none."""
    found, origin = -1, at(m, GROUPS, group, ORIGIN)
    first, last = at(m, GROUPS, group, e.FIRST_DAY), at(m, GROUPS, group, e.LAST_DAY)
    for p in range(at(m, SERVED_BY, origin, 0), at(m, SERVED_BY, origin + 1, 0)):
        pool, least = at(m, POOLS, p, e.POOL), at(m, POOLS, p, LEAST)
        for k in range(at(m, GROUPS, group, DROP_FROM), at(m, GROUPS, group, DROP_END)):
            drop = at(m, DROPS, k, 0)
            for day in range(first, last + 1):
                seats = at(m, SEATS, pool, (day + m[net.PAD]) * 3)
                hoped = max(hope * seats // 100, least, 1)
                most = max(hoped, min(seats, waiting(m, s, group)))
                if _least_price(m, p, day, group, drop, most) >= best:
                    continue
                people = offer_new(m, s, w, p, day, group, k, hoped, best)
                s[DRAFTED] = 0
                if people <= 0:
                    continue
                cost = at(w, FIGURES, 0, COST)
                each = cost // max(people, hoped) + (w[CENTS] - cost) // people
                if each < best:
                    best, found = each, day
                    s[CHOSEN_DROP], s[CHOSEN_POOL], s[CHOSEN_PRICE] = k, p, best
    return found


@small
def _best_mate(m: Ints, s: Ints, w: Ints, group: int, hope: int) -> tuple[int, int, int]:
    """
    Where people go who could go to several sites: the group, its trip and the day of a new one.

    Of all groups of the same people it is the one that spares the most: what leaving one of them
    behind and their post empty costs, less what taking one there costs. Trip and day are -1 as in
    ``_best_old`` and ``_best_new``.
    """
    chosen, row, day = group, -1, -1
    s[CHOSEN_PRICE] = at(m, GROUPS, group, e.VALUE)
    for mate in range(group, at(m, GROUPS, group, e.MATES_END)):
        if posts_left(m, s, mate) <= 0:
            continue
        drop, pool, price = s[CHOSEN_DROP], s[CHOSEN_POOL], s[CHOSEN_PRICE]
        limit = price + at(m, GROUPS, mate, e.VALUE) - at(m, GROUPS, chosen, e.VALUE)
        s[CHOSEN_PRICE] = limit
        old = _best_old(m, s, w, mate, limit)
        new = _best_new(m, s, w, mate, hope, s[CHOSEN_PRICE])
        if old >= 0 or new >= 0:
            chosen, row, day = mate, old, new
        else:
            s[CHOSEN_DROP], s[CHOSEN_POOL], s[CHOSEN_PRICE] = drop, pool, price
    return chosen, row, day


@small
def best_offer(m: Ints, s: Ints, w: Ints, head: int, hope: int, most: int) -> tuple[int, int, int]:
    """
    The group by which people are put on for least, its trip and the day of a new one.

    Trip and day are -1 as in ``_best_old`` and ``_best_new``, both if nothing takes them for less
    than ``most`` each, or for what they may cost. The price is put into ``s``.
    """
    if at(m, GROUPS, head, e.OPENING) >= 0:
        return _best_mate(m, s, w, head, hope)
    # the first of them go for least each: if that is too much, all of them are
    s[CHOSEN_PRICE] = min(most, s[e.SPARE] // max(1, waiting(m, s, head)) + 1)
    row = _best_old(m, s, w, head, s[CHOSEN_PRICE])
    return head, row, _best_new(m, s, w, head, hope, s[CHOSEN_PRICE])


@compiled
def least_each(m: Ints, s: Ints, w: Ints, head: int, hope: int, most: int) -> int:
    """Cents each for which people who have no choice of sites are put on; ``most``: for no less."""
    _, row, day = best_offer(m, s, w, head, hope, most)
    return s[CHOSEN_PRICE] if row >= 0 or day >= 0 else most


@compiled
def insert_on(m: Ints, s: Ints, w: Ints, group: int, row: int, day: int) -> bool:
    """Put people on a trip, or on a new one on a day, as ``best_offer`` says; False: on none."""
    k, p = s[CHOSEN_DROP], s[CHOSEN_POOL]
    drop = at(m, DROPS, k, 0)
    if day >= 0:
        people = offer_new(m, s, w, p, day, group, k, 1, NEVER)
        row = free_row(s)
        if row < 0:
            return False
        note(s, row)
        put(s, TRIPS, row, T_POOL, at(m, POOLS, p, e.POOL))
        put(s, TRIPS, row, T_DAY, day)
        put(s, TRIPS, row, T_PEOPLE, 0)
        put(s, TRIPS, row, T_LOADS, 0)
        put(s, TRIPS, row, T_LOCKED, 0)
        hang(m, s, row)
    elif row >= 0:
        people = s[DRAFTED]
        if people == 0:
            people = offer_on(m, s, w, row, p, group, drop, NEVER)
        note(s, row)
        book_run(m, s, row, -1)
        if m[e.RIDES_DIFFER]:
            book_rides(m, s, row, -1)
        move_to(m, s, row, at(m, POOLS, p, e.POOL))
    else:
        return False
    load = put_on(s, w, row, group, drop, people)
    book_run(m, s, row, 1)
    if m[e.RIDES_DIFFER]:
        book_rides(m, s, row, 1)
    else:
        all_of_it = at(s, LOADS, row, 3 * load + 1)
        put(s, LOADS, row, 3 * load + 1, people)
        book_ride(m, s, row, load, 1)
        put(s, LOADS, row, 3 * load + 1, all_of_it)
    return True


@compiled
def insert_one(m: Ints, s: Ints, w: Ints, head: int, hope: int) -> bool:
    """
    Put people on the trip that takes them for least each; False: on none.

    Parameters
    ----------
    head
        Their group, the first of those that are the same people.
    """
    group, row, day = best_offer(m, s, w, head, hope, at(m, GROUPS, head, e.VALUE))
    return insert_on(m, s, w, group, row, day)


@compiled
def sort_order(s: Ints, n: int) -> None:
    """Sort the first numbers of ``ORDER`` by their ``KEYS``, the least first (shell sort)."""
    gap = n // 2
    while gap > 0:
        for i in range(gap, n):
            key, value = at(s, KEYS, 0, i), at(s, ORDER, 0, i)
            j = i
            while j >= gap and at(s, KEYS, 0, j - gap) > key:
                put(s, KEYS, 0, j, at(s, KEYS, 0, j - gap))
                put(s, ORDER, 0, j, at(s, ORDER, 0, j - gap))
                j -= gap
            put(s, KEYS, 0, j, key)
            put(s, ORDER, 0, j, value)
        gap //= 2
