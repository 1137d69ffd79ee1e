"""The board: trips are booked on it with all they use of what trips share, and taken off again."""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import NEVER, add, at, compiled, put, small
from p2p_dispatch.problem.timing import column_of
from p2p_solvers.engine.memory import (
    AFTER_DAY,
    ARRIVES,
    BEFORE_DAY,
    CHECKED,
    COSTS,
    DROP_END,
    DROP_FROM,
    DROPS,
    DUE,
    FILLED,
    FREE,
    FREED,
    GOES,
    GROUPS,
    HAS_CEILINGS,
    HAS_SLOTS,
    HAS_TOLD,
    HEAD,
    HELD,
    IN_LANE,
    IN_SLOT,
    LATE_DAY,
    LEFT,
    LOADS,
    LOAN,
    MONEY,
    MOST_ROWS,
    N_PAYERS,
    OF_DAY,
    OF_HOUR,
    OF_LANE,
    OF_PLACE,
    OF_VEHICLE,
    OPENING,
    ORIGIN,
    OUT,
    PAID,
    PAID_BY,
    READY_DAY,
    ROWS,
    SITE,
    SLOTS,
    SLOTS_A_DAY,
    STOPS,
    SUBSIDY,
    T_AT,
    T_BACK,
    T_COST,
    T_DAY,
    T_DAYS,
    T_DEPART,
    T_LEAVE,
    T_LOADS,
    T_PEOPLE,
    T_PICKS,
    T_POOL,
    T_STOPS,
    TAKEN,
    TOLD_DAY,
    TOLD_DROP,
    TOLD_MINUTE,
    TOLD_POOL,
    TRIPS,
    TURNAROUND,
    UNITS,
    VALUE,
    WAITING,
    WAITING_DAY,
)


@compiled
def free_row(s: Ints) -> int:
    """A row for a new trip; -1 if the board is full."""
    if s[FREE]:
        s[FREE] -= 1
        return at(s, FREED, s[FREE], 0)
    if s[ROWS] == s[MOST_ROWS]:
        return -1
    s[ROWS] += 1
    return s[ROWS] - 1  # type: ignore[no-any-return]


@small
def lane_of(m: Ints, pool: int, day: int) -> int:
    """The list of the trips of a pool on a day."""
    return pool * m[net.N_DAYS] + day  # type: ignore[no-any-return]


@compiled
def hang(m: Ints, s: Ints, row: int) -> None:
    """Put a trip into the list of its pool and day."""
    lane = lane_of(m, at(s, TRIPS, row, T_POOL), at(s, TRIPS, row, T_DAY))
    count = at(s, IN_LANE, lane, 0)
    put(s, TRIPS, row, T_AT, count)
    put(s, OF_LANE, lane, count, row)
    put(s, IN_LANE, lane, 0, count + 1)


@small
def _out_of_lane(m: Ints, s: Ints, row: int) -> None:
    lane = lane_of(m, at(s, TRIPS, row, T_POOL), at(s, TRIPS, row, T_DAY))
    place, count = at(s, TRIPS, row, T_AT), at(s, IN_LANE, lane, 0) - 1
    put(s, IN_LANE, lane, 0, count)
    last = at(s, OF_LANE, lane, count)
    put(s, OF_LANE, lane, place, last)
    put(s, TRIPS, last, T_AT, place)


@compiled
def unhang(m: Ints, s: Ints, row: int) -> None:
    """Take a trip out of its list, and free its row."""
    _out_of_lane(m, s, row)
    put(s, TRIPS, row, T_LOADS, 0)
    put(s, FREED, s[FREE], 0, row)
    s[FREE] += 1


@small
def move_to(m: Ints, s: Ints, row: int, pool: int) -> None:
    """Let another pool make a trip that is not booked."""
    if pool != at(s, TRIPS, row, T_POOL):
        _out_of_lane(m, s, row)
        put(s, TRIPS, row, T_POOL, pool)
        hang(m, s, row)


@small
def take_back(s: Ints, row: int) -> None:
    """A row that was freed is in use again."""
    for i in range(s[FREE]):
        if at(s, FREED, i, 0) == row:
            s[FREE] -= 1
            put(s, FREED, i, 0, at(s, FREED, s[FREE], 0))
            return


@small
def stop_at(s: Ints, row: int, place: int, first: int, end: int) -> int:
    """Number of the stop at a place, among the stops from ``first`` to ``end``; -1 if none."""
    for i in range(first, end):
        if at(s, STOPS, row, i) == place:
            return i
    return -1


@small
def onward_of(m: Ints, group: int, drop: int) -> int:
    """Cents per person that are paid beside the trip: the onward leg less the subsidy."""
    cents = -at(m, GROUPS, group, SUBSIDY)
    for i in range(at(m, GROUPS, group, DROP_FROM), at(m, GROUPS, group, DROP_END)):
        if at(m, DROPS, i, 0) == drop:
            cents += at(m, DROPS, i, 1)
    return cents


@small
def otherwise(m: Ints, group: int, pool: int, drop: int, day: int, goes: int) -> int:
    """Cents for telling one person of a group otherwise than they were told."""
    cents = 0
    if at(m, GROUPS, group, TOLD_DAY) >= 0 and day != at(m, GROUPS, group, TOLD_DAY):
        cents += m[OF_DAY]
    elif at(m, GROUPS, group, TOLD_MINUTE) >= 0 and goes != at(m, GROUPS, group, TOLD_MINUTE):
        cents += m[OF_HOUR]
    if at(m, GROUPS, group, TOLD_POOL) != -1 and pool != at(m, GROUPS, group, TOLD_POOL):
        cents += m[OF_VEHICLE]
    if at(m, GROUPS, group, TOLD_DROP) >= 0 and drop != at(m, GROUPS, group, TOLD_DROP):
        cents += m[OF_PLACE]
    return cents


@small
def price_of(m: Ints, group: int, pool: int, drop: int, day: int, goes: int, arrives: int) -> int:
    """
    Cents that one person of a group costs beside the trip.

    Waiting, onward leg, late days, and being told otherwise than before.
    """
    cents = (day - at(m, GROUPS, group, READY_DAY)) * m[WAITING_DAY] + onward_of(m, group, drop)
    late = arrives - at(m, GROUPS, group, DUE)
    if late > 0:
        cents += -(-late // 1440) * at(m, GROUPS, group, LATE_DAY)
    if m[HAS_TOLD]:
        cents += otherwise(m, group, pool, drop, day, goes)
    return cents  # type: ignore[no-any-return]


@compiled
def slot_of(m: Ints, place: int, minute: int) -> int:
    """Number of the slot of a place in which a minute lies; slots begin anew at midnight."""
    column = column_of(m, minute)
    within = (minute - at(m, net.MIDNIGHTS, 0, column)) // at(m, SLOTS, place, 0)
    return column * SLOTS_A_DAY + min(max(within, 0), SLOTS_A_DAY - 1)


@small
def ride_times(m: Ints, s: Ints, row: int, group: int, drop: int) -> tuple[int, int, int, int]:
    """Calendar columns of boarding and arriving, and the minutes of leaving and arriving."""
    if m[net.BY_DAY]:
        column = at(s, TRIPS, row, T_DAY) + m[net.PAD]
        return column, column, at(s, TRIPS, row, T_DEPART), at(s, TRIPS, row, T_DEPART)
    n, picks = at(s, TRIPS, row, T_STOPS), at(s, TRIPS, row, T_PICKS)
    goes = at(s, GOES, row, stop_at(s, row, at(m, GROUPS, group, ORIGIN), 0, picks))
    arrives = at(s, ARRIVES, row, stop_at(s, row, drop, picks, n))
    return column_of(m, goes), column_of(m, arrives), goes, arrives


@compiled
def value_of_ride(m: Ints, s: Ints, row: int, i: int) -> int:
    """Cents by which one load of a trip makes the costs lower or higher, beside the trip itself."""
    group, drop = at(s, LOADS, row, 3 * i), at(s, LOADS, row, 3 * i + 2)
    boarded, _, goes, arrives = ride_times(m, s, row, group, drop)
    pool = at(s, TRIPS, row, T_POOL)
    price = price_of(m, group, pool, drop, boarded - m[net.PAD], goes, arrives)
    return at(s, LOADS, row, 3 * i + 1) * (price - at(m, GROUPS, group, VALUE))


@compiled
def book_ride(m: Ints, s: Ints, row: int, i: int, sign: int) -> None:
    """Book one load of a trip; with -1 take it off."""
    group, riders = at(s, LOADS, row, 3 * i), sign * at(s, LOADS, row, 3 * i + 1)
    drop = at(s, LOADS, row, 3 * i + 2)
    boarded, arrived, goes, arrives = ride_times(m, s, row, group, drop)
    add(s, CHECKED, at(m, GROUPS, group, ORIGIN), boarded, riders)
    add(s, TAKEN, at(m, GROUPS, group, SITE), arrived, riders)
    add(s, WAITING, at(m, GROUPS, group, HEAD), 0, -riders)
    s[LEFT] -= riders
    if at(m, GROUPS, group, OPENING) >= 0:
        add(s, FILLED, at(m, GROUPS, group, OPENING), 0, riders)
    if at(m, GROUPS, group, LOAN) >= 0:
        add(s, FILLED, at(m, GROUPS, group, LOAN), 0, riders)
    pool = at(s, TRIPS, row, T_POOL)
    price = price_of(m, group, pool, drop, boarded - m[net.PAD], goes, arrives)
    s[COSTS] += riders * (price - at(m, GROUPS, group, VALUE))
    onward = onward_of(m, group, drop)
    s[MONEY] += riders * onward
    if m[HAS_CEILINGS]:
        each = at(s, TRIPS, row, T_COST) // at(s, TRIPS, row, T_PEOPLE) + onward
        for payer in range(m[N_PAYERS]):
            part = abs(riders) * each * at(m, PAID_BY, group, payer) // 1_000_000
            add(s, PAID, payer, 0, sign * part)


@compiled
def book_run(m: Ints, s: Ints, row: int, sign: int) -> None:
    """Book what a trip costs and uses whoever rides; with -1 take it off."""
    s[COSTS] += sign * at(s, TRIPS, row, T_COST)
    s[MONEY] += sign * at(s, TRIPS, row, T_COST)
    if m[net.BY_DAY]:
        pool, column = at(s, TRIPS, row, T_POOL), at(s, TRIPS, row, T_DAY) + m[net.PAD]
        end = min(column + at(s, TRIPS, row, T_DAYS), m[net.PAD] + m[net.N_DAYS])
        for held in range(column, end):
            add(s, HELD, pool, held, sign)
    else:
        midnight = at(m, net.MIDNIGHTS, 0, at(s, TRIPS, row, T_DAY) + m[net.PAD])
        s[BEFORE_DAY] = max(s[BEFORE_DAY], midnight - at(s, TRIPS, row, T_LEAVE))
        s[AFTER_DAY] = max(s[AFTER_DAY], at(s, TRIPS, row, T_BACK) - midnight)
    if m[HAS_SLOTS]:
        picks = at(s, TRIPS, row, T_PICKS)
        for i in range(at(s, TRIPS, row, T_STOPS)):
            minute = at(s, GOES, row, i) if i < picks else at(s, ARRIVES, row, i)
            place = at(s, STOPS, row, i)
            add(s, IN_SLOT, place, slot_of(m, place, minute), sign)


@compiled
def book_rides(m: Ints, s: Ints, row: int, sign: int) -> None:
    """Book all loads of a trip; with -1 take them off."""
    for i in range(at(s, TRIPS, row, T_LOADS)):
        book_ride(m, s, row, i, sign)


@compiled
def book(m: Ints, s: Ints, row: int, sign: int) -> None:
    """Book a trip with all its riders; with -1 take it off."""
    book_run(m, s, row, sign)
    book_rides(m, s, row, sign)


@small
def _days_near(m: Ints, s: Ints, leave: int, back: int) -> tuple[int, int]:
    """First of the days whose trips may be out, or in turnaround, between two minutes; the end."""
    first = column_of(m, leave - m[TURNAROUND] - s[AFTER_DAY]) - m[net.PAD]
    end = column_of(m, back + m[TURNAROUND] + s[BEFORE_DAY]) - m[net.PAD] + 1
    return max(0, first), min(m[net.N_DAYS], end)


@compiled
def _list_out(m: Ints, s: Ints, pool: int, leave: int, back: int, skip: int) -> int:
    """How many trips of a pool are out, or in turnaround, during another; into ``OUT``."""
    first, end = _days_near(m, s, leave, back)
    n = 0
    for day in range(first, end):
        lane = lane_of(m, pool, day)
        for i in range(at(s, IN_LANE, lane, 0)):
            row = at(s, OF_LANE, lane, i)
            start, there = at(s, TRIPS, row, T_LEAVE), at(s, TRIPS, row, T_BACK) + m[TURNAROUND]
            if row != skip and start < back + m[TURNAROUND] and there > leave:
                put(s, OUT, n, 0, start)
                put(s, OUT, n, 1, there)
                n += 1
    return n


@small
def _room(m: Ints, s: Ints, pool: int, n: int, minute: int) -> bool:
    """Whether a unit of a pool is at its depot at a minute of the trip for which ``OUT`` is."""
    out = 0
    for i in range(n):
        out += 1 if at(s, OUT, i, 0) <= minute < at(s, OUT, i, 1) else 0
    return out < at(m, UNITS, pool, column_of(m, minute))


@compiled
def _held_free(m: Ints, s: Ints, pool: int, day: int, days: int, skip: int) -> bool:
    """The same by the day: whether a unit is free on all the days for which it is held."""
    column = day + m[net.PAD]
    for held in range(column, min(column + days, m[net.PAD] + m[net.N_DAYS])):
        mine = 0
        if skip >= 0 and at(s, TRIPS, skip, T_POOL) == pool:
            first = at(s, TRIPS, skip, T_DAY) + m[net.PAD]
            mine = 1 if first <= held < first + at(s, TRIPS, skip, T_DAYS) else 0
        if at(s, HELD, pool, held) - mine >= at(m, UNITS, pool, held):
            return False
    return True


@compiled
def unit_free(
    m: Ints, s: Ints, pool: int, day: int, days: int, leave: int, back: int, skip: int
) -> bool:
    """Whether a pool has a unit for a trip; the trip in row ``skip`` is not counted."""
    if at(s, IN_LANE, lane_of(m, pool, day), 0) >= s[OF_LANE + 1]:
        return False
    if m[net.BY_DAY]:
        return _held_free(m, s, pool, day, days, skip)
    n = _list_out(m, s, pool, leave, back, skip)
    # overlap changes only where a trip starts, what a pool has only at midnight
    if not _room(m, s, pool, n, leave):
        return False
    for i in range(n):
        start = at(s, OUT, i, 0)
        if start > leave and not _room(m, s, pool, n, start):
            return False
    for column in range(column_of(m, leave) + 1, column_of(m, back) + 1):
        if not _room(m, s, pool, n, at(m, net.MIDNIGHTS, 0, column)):
            return False
    return True


@compiled
def _taken_until(m: Ints, s: Ints, pool: int, leave: int, back: int, skip: int) -> int:
    """When a unit may be there again if none is there at some minute of a trip; else 0."""
    n = _list_out(m, s, pool, leave, back, skip)
    taken = 0 if _room(m, s, pool, n, leave) else leave
    for i in range(n):
        start = at(s, OUT, i, 0)
        if start > max(leave, taken) and not _room(m, s, pool, n, start):
            taken = start
    for column in range(column_of(m, leave) + 1, column_of(m, back) + 1):
        start = at(m, net.MIDNIGHTS, 0, column)
        if start > taken and not _room(m, s, pool, n, start):
            taken = start
    if not taken:
        return 0
    until = at(m, net.MIDNIGHTS, 0, column_of(m, taken) + 1)
    for i in range(n):
        if at(s, OUT, i, 0) <= taken < at(s, OUT, i, 1):
            until = min(until, at(s, OUT, i, 1))
    return until


@compiled
def free_from(m: Ints, s: Ints, pool: int, leave: int, last: int, out: int, skip: int) -> int:
    """
    First minute up to ``last`` at which a unit can leave for so many minutes; ``NEVER``: none.

    By the clock; the trip in row ``skip`` is not counted.
    """
    while leave <= last:
        until = _taken_until(m, s, pool, leave, leave + out, skip)
        if not until:
            return leave
        leave = until
    return NEVER
