"""
The rules of one trip, compiled: its road, its times, its cost, the first rule broken.

``m`` is the problem (``net``), ``w`` the room to work in with the trip (``work``).
"""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import (
    CREW,
    KEPT,
    NEVER,
    NOTICE,
    STOPS,
    WINDOWS,
    at,
    compiled,
    put,
    small,
)
from p2p_dispatch.problem.wheel import board, drive, stand
from p2p_dispatch.problem.work import (
    ARRIVES,
    BACK,
    BEST,
    BEST_BEGIN,
    BEST_COST,
    BEST_DEPART,
    BEST_DRIVERS,
    BEST_THEN,
    BOARD_DAY,
    COMES,
    COST,
    DAYS,
    FIGURES,
    GOES,
    LATEST,
    LEAVE,
    LEGS,
    LENGTH,
    LOADED,
    METRES,
    MINUTES,
    N_PICKS,
    N_RIDERS,
    N_STOPS,
    N_STRETCHES,
    OFF,
    ON,
    POOL,
    READY,
    RIDERS,
    SECONDS,
    START,
    STRETCHES,
    TIMES,
)
from p2p_dispatch.problem.work import STOPS as PLACES

LONGEST_TRIP = 6 * 1440
"""Minutes from leaving the depot to being back; the calendar's padding is longer."""


COARSE = 150
"""Minutes between the departures that ``good_departure`` tries first."""


@small
def _sum(w: Ints, row: int, first: int, end: int) -> int:
    total = 0
    for i in range(first, end):
        total += at(w, LEGS, row, i)
    return total


@small
def _strays(m: Ints, way: int, direct: int) -> bool:
    # the direct road was rounded up like all others; here that would favour the planner
    most = m[net.DETOUR_PPM] * max(direct - 1, 0) + m[net.DETOUR_METRES] * 1_000_000
    return way * 1_000_000 > most  # type: ignore[no-any-return]


@small
def rides_astray(m: Ints, w: Ints, on: int, off: int) -> bool:
    """Whether people between two stops of a road that was laid ride too long or too far round."""
    # breaks and waiting can only lengthen the ride
    ride = _sum(w, MINUTES, on + 1, off + 1) + m[net.STOP_MINUTES] * (off - on - 1)
    way = _sum(w, METRES, on + 1, off + 1)
    direct = at(m, net.METRES, at(w, PLACES, 0, on), at(w, PLACES, 0, off))
    # whoever is driven straight there makes no detour, however it is rounded
    return ride > m[net.LONGEST_RIDE] or (off > on + 1 and _strays(m, way, direct))


@compiled
def lay_road(m: Ints, w: Ints) -> int:
    """Fill in the legs; the first rule that the trip breaks whenever it leaves."""
    n, n_picks = w[N_STOPS], w[N_PICKS]
    if n_picks < 1 or n_picks > m[net.MOST_PICKUPS]:
        return STOPS
    if n <= n_picks or n - n_picks > m[net.MOST_DROPS]:
        return STOPS
    depot = at(m, net.BASES, w[POOL], net.DEPOT)
    length = 0
    for i in range(n + 1):
        a = depot if i == 0 else at(w, PLACES, 0, i - 1)
        b = depot if i == n else at(w, PLACES, 0, i)
        metres = at(m, net.METRES, a, b)
        if metres < 0:
            return WINDOWS
        length += metres
        put(w, LEGS, METRES, i, metres)
        put(w, LEGS, SECONDS, i, at(m, net.SECONDS, a, b))
        put(w, LEGS, MINUTES, i, at(m, net.MINUTES, a, b))
    loaded = _sum(w, METRES, 1, n)
    put(w, FIGURES, 0, LENGTH, length)
    put(w, FIGURES, 0, LOADED, loaded)
    if m[net.BY_DAY]:
        # detour and ride are those of the whole trip, all stops' standing included
        ride = _sum(w, SECONDS, 1, n) + 60 * m[net.STOP_MINUTES] * n
        direct = at(m, net.METRES, at(w, PLACES, 0, 0), at(w, PLACES, 0, n - 1))
        astray = ride > 60 * m[net.LONGEST_RIDE] or (n > 2 and _strays(m, loaded, direct))
        return STOPS if astray else KEPT
    for r in range(w[N_RIDERS]):
        if rides_astray(m, w, at(w, RIDERS, r, ON), at(w, RIDERS, r, OFF)):
            return STOPS
    return KEPT


@small
def price(m: Ints, w: Ints, pool: int, days: int, drivers: int) -> None:
    """Set the days and the cost of a trip whose road has been laid."""
    put(w, FIGURES, 0, DAYS, days)
    per_day = at(m, net.BASES, pool, net.PER_DAY) + drivers * m[net.DRIVER_DAY]
    per_km = at(m, net.BASES, pool, net.PER_KM)
    put(w, FIGURES, 0, COST, days * per_day + (at(w, FIGURES, 0, LENGTH) * per_km + 500) // 1000)


@small
def _arrivals(m: Ints, w: Ints) -> int:
    for r in range(w[N_RIDERS]):
        if at(w, TIMES, ARRIVES, at(w, RIDERS, r, OFF)) > at(w, RIDERS, r, LATEST):
            return WINDOWS
    earliest = at(m, net.BASES, w[POOL], net.EARLIEST)
    return NOTICE if at(w, FIGURES, 0, LEAVE) < earliest else KEPT


@small
def column_of(m: Ints, minute: int) -> int:
    """Calendar column of a minute."""
    last = m[net.N_CALENDAR] - 1
    column = min(max((minute - at(m, net.MIDNIGHTS, 0, 0)) // 1440, 0), last)
    # where clocks change a day is an hour longer or shorter
    while column > 0 and at(m, net.MIDNIGHTS, 0, column) > minute:
        column -= 1
    while column < last and at(m, net.MIDNIGHTS, 0, column + 1) <= minute:
        column += 1
    return column  # type: ignore[no-any-return]


@small
def opening(m: Ints, place: int, minute: int) -> int:
    """First minute from ``minute`` on at which a stop at the place can begin and be finished."""
    for column in range(column_of(m, minute), m[net.N_CALENDAR]):
        begin = max(minute, at(m, net.OPENS, place, column))
        if begin + m[net.STOP_MINUTES] <= at(m, net.SHUTS, place, column):
            return begin
    return NEVER


@compiled
def _run_by_clock(m: Ints, w: Ints, drivers: int, depart: int) -> int:
    board(w)
    loaded = at(w, FIGURES, 0, LOADED)
    if drivers < (2 if loaded > m[net.CREW_TWO_DRIVERS_PAST] else 1):
        return CREW
    banned = loaded > m[net.CREW_BAN_EXEMPT]
    now, latest = depart, depart + LONGEST_TRIP
    for i in range(w[N_STOPS]):
        boards = i < w[N_PICKS]
        limit = latest
        if not boards:
            # whoever boarded, boarded by now: nobody may arrive later than this
            limit = at(w, TIMES, GOES, w[N_PICKS] - 1) + m[net.LONGEST_RIDE]
        reached = drive(m, w, drivers, banned, now, at(w, LEGS, MINUTES, i), limit)
        if reached >= NEVER:
            return CREW if boards else STOPS
        begin = opening(
            m, at(w, PLACES, 0, i), max(reached, at(w, READY, 0, i)) if boards else reached
        )
        if begin >= NEVER:
            return WINDOWS
        now = begin + m[net.STOP_MINUTES]
        stand(w, m[net.STOP_MINUTES])
        put(w, TIMES, COMES, i, reached)
        put(w, TIMES, ARRIVES, i, begin)
        put(w, TIMES, GOES, i, now)
    back = drive(m, w, drivers, banned, now, at(w, LEGS, MINUTES, w[N_STOPS]), latest)
    if back >= NEVER:
        return CREW
    put(w, FIGURES, 0, LEAVE, depart)
    put(w, FIGURES, 0, BACK, back)
    day = column_of(m, at(w, TIMES, GOES, 0)) - m[net.PAD]
    put(w, FIGURES, 0, BOARD_DAY, day)
    price(m, w, w[POOL], max(1, -(-(back - depart) // 1440)), drivers)
    if not 0 <= day < m[net.N_DAYS]:
        return WINDOWS
    for r in range(w[N_RIDERS]):
        left = at(w, TIMES, GOES, at(w, RIDERS, r, ON))
        if at(w, TIMES, ARRIVES, at(w, RIDERS, r, OFF)) - left > m[net.LONGEST_RIDE]:
            return STOPS
    return _arrivals(m, w)


@compiled
def _run_by_day(m: Ints, w: Ints, drivers: int, depart: int) -> int:
    column = column_of(m, depart)
    day = column - m[net.PAD]
    days = 2 if at(w, FIGURES, 0, LOADED) > m[net.TWO_DAYS_PAST] else 1
    back = min(column + days, m[net.N_CALENDAR])
    price(m, w, w[POOL], days, drivers)
    put(w, FIGURES, 0, LEAVE, depart)
    put(w, FIGURES, 0, BACK, at(m, net.MIDNIGHTS, 0, back))
    put(w, FIGURES, 0, BOARD_DAY, day)
    for i in range(w[N_STOPS]):
        for row in range(3):
            put(w, TIMES, row, i, depart)
    lone = _sum(w, SECONDS, 0, w[N_STOPS]) <= m[net.SECOND_DRIVER_PAST]
    if drivers < (1 if lone else 2):
        return CREW
    if not 0 <= day < m[net.N_DAYS]:
        return WINDOWS
    for i in range(w[N_STOPS]):
        shut = at(m, net.OPENS, at(w, PLACES, 0, i), column) > at(
            m, net.SHUTS, at(w, PLACES, 0, i), column
        )
        if shut or (i < w[N_PICKS] and at(w, READY, 0, i) > depart):
            return WINDOWS
    return _arrivals(m, w)


@compiled
def run(m: Ints, w: Ints, drivers: int, depart: int) -> int:
    """
    Times and figures of a trip whose road has been laid, or the first rule broken.

    Parameters
    ----------
    depart
        Minute of leaving the depot; by the day, the first minute of the day.
    """
    if m[net.BY_DAY]:
        return _run_by_day(m, w, drivers, depart)
    return _run_by_clock(m, w, drivers, depart)


@small
def _shortest_ride(m: Ints, w: Ints, n: int) -> int:
    """Minutes from leaving the first stop to arriving at the last if nobody has to wait."""
    driving = _sum(w, MINUTES, 1, n)
    pauses = m[net.CREW_PAUSE] * (driving // max(1, m[net.CREW_SPELL]))
    return driving + pauses + m[net.STOP_MINUTES] * (n - 2)  # type: ignore[no-any-return]


@compiled
def _punctual(m: Ints, w: Ints, drivers: int, begin: int) -> int:
    """Run the trip so that it comes to its first stop in time and does not idle before."""
    depart = begin - at(w, LEGS, MINUTES, 0)
    broken = KEPT
    for _ in range(3):
        broken = run(m, w, drivers, depart)
        if broken == CREW:
            return broken
        late = at(w, TIMES, COMES, 0) - begin
        idle = 0
        if w[N_STRETCHES] and at(w, LEGS, MINUTES, 0):
            idle = at(w, STRETCHES, 0, START) - depart
        if late > 0 and idle == 0:
            depart -= late  # breaks on the empty way: leave so much earlier
        elif idle > 0:
            depart += idle
        else:
            return broken
    return run(m, w, drivers, depart)


@compiled
def _attempt(m: Ints, w: Ints, day: int, begin: int, drivers: int, for_fleet: bool) -> int:
    """Try one departure and one crew; what is best so far is kept in ``BEST``."""
    broken = _punctual(m, w, drivers, begin)
    if broken == KEPT and at(w, FIGURES, 0, BOARD_DAY) != day:
        broken = WINDOWS
    if broken != KEPT:
        return broken
    cost, then = at(w, FIGURES, 0, COST), at(w, FIGURES, 0, BACK) - at(w, FIGURES, 0, LEAVE)
    if not for_fleet:
        then = at(w, TIMES, ARRIVES, w[N_STOPS] - 1) - at(w, TIMES, GOES, 0)
    best, second = at(w, BEST, 0, BEST_COST), at(w, BEST, 0, BEST_THEN)
    if cost < best or (cost == best and then < second):
        put(w, BEST, 0, BEST_COST, cost)
        put(w, BEST, 0, BEST_THEN, then)
        put(w, BEST, 0, BEST_DEPART, at(w, FIGURES, 0, LEAVE))
        put(w, BEST, 0, BEST_DRIVERS, drivers)
        put(w, BEST, 0, BEST_BEGIN, begin)
    return KEPT


@small
def first_begin(m: Ints, w: Ints, day: int) -> int:
    """First minute of a day at which boarding can begin at the first stop."""
    return max(at(m, net.OPENS, at(w, PLACES, 0, 0), day + m[net.PAD]), at(w, READY, 0, 0))


@small
def last_begin(m: Ints, w: Ints, day: int) -> int:
    """Last minute of a day at which boarding can begin at the first stop."""
    column = day + m[net.PAD]
    end = at(m, net.SHUTS, at(w, PLACES, 0, 0), column) - m[net.STOP_MINUTES]
    return min(end, at(m, net.MIDNIGHTS, 0, column + 1) - 1)  # type: ignore[no-any-return]


@small
def least_drivers(m: Ints, w: Ints) -> int:
    """By the clock, a trip whose road has been laid needs no fewer, whenever it leaves."""
    return 2 if at(w, FIGURES, 0, LOADED) > m[net.CREW_TWO_DRIVERS_PAST] else 1


@small
def _least_out(m: Ints, w: Ints) -> int:
    """Minutes that a trip whose road has been laid is out at the least, with several drivers."""
    return _sum(w, MINUTES, 0, w[N_STOPS] + 1) + m[net.STOP_MINUTES] * w[N_STOPS]  # type: ignore[no-any-return]


@small
def least_days(m: Ints, w: Ints, drivers: int) -> int:
    """Whenever it leaves, a crew takes no fewer days for a trip whose road has been laid."""
    if m[net.BY_DAY]:
        return 2 if at(w, FIGURES, 0, LOADED) > m[net.TWO_DAYS_PAST] else 1
    driving, out = _sum(w, MINUTES, 0, w[N_STOPS] + 1), _least_out(m, w)
    if drivers == 1:
        out += m[net.CREW_PAUSE] * (max(0, driving - 1) // max(1, m[net.CREW_SPELL]))
    for i in range(m[net.N_ROLLING]):
        most, within = drivers * at(m, net.ROLLING, i, 0), at(m, net.ROLLING, i, 1)
        # what is too much for so many windows is driven after them
        full = max(0, driving - 1) // max(1, most)
        out = max(out, full * within + driving - full * most)
    return max(1, -(-out // 1440))


@compiled
def least_cost(m: Ints, w: Ints) -> int:
    """A trip whose road has been laid costs no less, whenever it leaves; cents."""
    pool, least = w[POOL], NEVER
    first = 1 if m[net.BY_DAY] else least_drivers(m, w)
    last = first if m[net.BY_DAY] else m[net.CREW_MOST_DRIVERS]
    for drivers in range(first, last + 1):
        per_day = at(m, net.BASES, pool, net.PER_DAY) + drivers * m[net.DRIVER_DAY]
        least = min(least, least_days(m, w, drivers) * per_day)
    return least + at(w, FIGURES, 0, LENGTH) * at(m, net.BASES, pool, net.PER_KM) // 1000


@small
def depart_by_day(m: Ints, w: Ints, day: int) -> int:
    """The same by the day, for a trip whose road has been laid."""
    depart, drivers = at(m, net.MIDNIGHTS, 0, day + m[net.PAD]), 1
    broken = run(m, w, drivers, depart)
    if broken == CREW:
        drivers = 2
        broken = run(m, w, drivers, depart)
    put(w, BEST, 0, BEST_DEPART, depart)
    put(w, BEST, 0, BEST_DRIVERS, drivers)
    return broken


@compiled
def best_departure(m: Ints, w: Ints, day: int) -> int:
    """
    The cheapest departure of a day; of equal ones that with the shortest ride, then the earliest.

    Returns
    -------
    The first rule broken in the last attempt if all failed. The minute of leaving the depot and the
    drivers stand in ``BEST``; else the work holds the last attempt, not the best.
    """
    broken = lay_road(m, w)
    if broken:
        return broken
    if m[net.BY_DAY]:
        return depart_by_day(m, w, day)
    put(w, BEST, 0, BEST_COST, NEVER)
    broken, begin, end = WINDOWS, first_begin(m, w, day), last_begin(m, w, day)
    least, shortest = least_drivers(m, w), _shortest_ride(m, w, w[N_STOPS])
    while begin <= end:
        for drivers in range(least, m[net.CREW_MOST_DRIVERS] + 1):
            result = _attempt(m, w, day, begin, drivers, False)
            if result != KEPT:
                broken = result
            # one day, the fewest drivers and no idle hours: nothing later is better
            elif (
                at(w, FIGURES, 0, DAYS) == 1
                and drivers == least
                and at(w, BEST, 0, BEST_THEN) <= shortest
            ):
                return KEPT
        begin += m[net.DEPART_EVERY]
    return KEPT if at(w, BEST, 0, BEST_COST) < NEVER else broken


@compiled
def depart_for(m: Ints, w: Ints, day: int, begin: int) -> int:
    """
    A departure with which boarding begins at a minute of a day, with as few drivers as can be.

    For a trip whose road has been laid. Returns the same.
    """
    put(w, BEST, 0, BEST_COST, NEVER)
    broken = CREW
    for drivers in range(least_drivers(m, w), m[net.CREW_MOST_DRIVERS] + 1):
        broken = _attempt(m, w, day, begin, drivers, True)
        if broken == KEPT:
            break
    return broken


@compiled
def _too_late(m: Ints, w: Ints, day: int) -> bool:
    """Whether some rider is late even if the coach leaves first and nobody has to rest."""
    now = first_begin(m, w, day)
    for i in range(w[N_STOPS]):
        if i:
            now += at(w, LEGS, MINUTES, i)
        if i < w[N_PICKS]:
            now = max(now, at(w, READY, 0, i))
        now = opening(m, at(w, PLACES, 0, i), now)
        put(w, TIMES, ARRIVES, i, now)
        now += m[net.STOP_MINUTES]
    for r in range(w[N_RIDERS]):
        if at(w, TIMES, ARRIVES, at(w, RIDERS, r, OFF)) > at(w, RIDERS, r, LATEST):
            return True
    return False


@compiled
def good_departure(m: Ints, w: Ints, day: int) -> int:
    """
    A departure of a day that is mostly the cheapest; of equal ones that with the least time out.

    By the clock, for a trip whose road has been laid. Departures some hours apart are tried, then
    those between the best of them and its neighbours. Where none of the former keeps the rules, all
    are tried. Returns the same.
    """
    put(w, BEST, 0, BEST_COST, NEVER)
    if _too_late(m, w, day):
        return WINDOWS
    first, end = first_begin(m, w, day), last_begin(m, w, day)
    least, most = least_drivers(m, w), m[net.CREW_MOST_DRIVERS]
    every = m[net.DEPART_EVERY]
    step = every * max(1, COARSE // every)
    begin, ideal, shortest = first, least_cost(m, w), _least_out(m, w)
    while begin <= end:
        for drivers in range(least, most + 1):
            if _attempt(m, w, day, begin, drivers, True) == KEPT:
                break  # one more driver seldom saves a day
        # a cent more: there the price of the road was rounded down
        if at(w, BEST, 0, BEST_COST) <= ideal + 1 and at(w, BEST, 0, BEST_THEN) <= shortest:
            return KEPT
        begin += step
    if at(w, BEST, 0, BEST_COST) >= NEVER:
        return best_departure(m, w, day)
    while step > every:
        step = max(every, step // 2 // every * every)
        middle, drivers = at(w, BEST, 0, BEST_BEGIN), at(w, BEST, 0, BEST_DRIVERS)
        for begin in (middle - step, middle + step):
            if first <= begin <= end:
                _attempt(m, w, day, begin, drivers, True)
    for drivers in range(at(w, BEST, 0, BEST_DRIVERS) + 1, most + 1):
        _attempt(m, w, day, at(w, BEST, 0, BEST_BEGIN), drivers, True)
    return KEPT
