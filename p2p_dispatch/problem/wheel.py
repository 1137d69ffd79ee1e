"""
Who drives when: one coach and its crew, moved along the clock within the driving hours.

The coach goes on as long as somebody may drive, the driver who may drive longest first, of
equal ones whoever has driven least, and stands otherwise. That is one schedule among many; it is
never illegal, and with one or two drivers seldom longer than it must be.

``m`` is the problem (``net``), ``w`` the room to work in (``work``).
"""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import NEVER, add, at, compiled, put, small
from p2p_dispatch.problem.work import (
    BY_NIGHT,
    CREW,
    DRIVEN,
    DRIVER,
    END,
    FREE_SINCE,
    LEG_BEGINS,
    MOST_DRIVERS,
    MOST_STRETCHES,
    MOVED_UNTIL,
    N_STRETCHES,
    SHIFT,
    SHIFT_START,
    SPELL,
    START,
    STRETCHES,
    WORKED,
)

LEAST_STRETCH = 15
"""Minutes: a driver takes the wheel for less only to finish a leg."""


@small
def board(w: Ints) -> None:
    """A rested crew takes over."""
    for driver in range(MOST_DRIVERS):
        for column in range(6):
            put(w, CREW, driver, column, 0)
        put(w, CREW, driver, FREE_SINCE, -NEVER)
    w[MOVED_UNTIL] = -NEVER
    w[SHIFT_START] = w[N_STRETCHES] = w[LEG_BEGINS] = 0


@small
def stand(w: Ints, minutes: int) -> None:
    """The crew works at a stop for so many minutes."""
    for driver in range(MOST_DRIVERS):
        add(w, CREW, driver, WORKED, minutes)


@small
def _first(m: Ints, spans: int, count: int, now: int) -> int:
    """The first of the nights or bans that may still be on; they are a day apart, more or less."""
    return max(0, min(count - 1, (now - at(m, spans, 0, 0)) // 1440 - 1))


@small
def _rest(m: Ints, drivers: int) -> int:
    return m[net.SHIFT_TEAM_REST] if drivers > 1 else m[net.SHIFT_REST]  # type: ignore[no-any-return]


@compiled
def _refresh(m: Ints, w: Ints, drivers: int, now: int) -> None:
    """End spells and shifts that the standing until now has ended."""
    if m[net.HAS_SHIFT] and now - w[MOVED_UNTIL] >= _rest(m, drivers):
        w[SHIFT_START] = now
        for driver in range(drivers):
            put(w, CREW, driver, SHIFT, 0)
    for driver in range(drivers):
        free = now - at(w, CREW, driver, FREE_SINCE) - at(w, CREW, driver, WORKED)
        if free >= m[net.CREW_PAUSE]:
            put(w, CREW, driver, SPELL, 0)
            put(w, CREW, driver, BY_NIGHT, 0)


@compiled
def _take(m: Ints, w: Ints, who: int, start: int, end: int) -> None:
    add(w, CREW, who, SPELL, end - start)
    add(w, CREW, who, SHIFT, end - start)
    add(w, CREW, who, DRIVEN, end - start)
    for i in range(_first(m, net.NIGHTS, m[net.N_NIGHTS], start), m[net.N_NIGHTS]):
        begins, ends = at(m, net.NIGHTS, i, 0), at(m, net.NIGHTS, i, 1)
        if begins >= end:
            break
        add(w, CREW, who, BY_NIGHT, max(0, min(end, ends) - max(start, begins)))
    put(w, CREW, who, FREE_SINCE, end)
    put(w, CREW, who, WORKED, 0)
    w[MOVED_UNTIL] = end
    last = w[N_STRETCHES] - 1
    on_this_leg = last >= w[LEG_BEGINS]
    if (
        on_this_leg
        and at(w, STRETCHES, last, DRIVER) == who
        and at(w, STRETCHES, last, END) == start
    ):
        put(w, STRETCHES, last, END, end)
        return
    put(w, STRETCHES, last + 1, DRIVER, who)
    put(w, STRETCHES, last + 1, START, start)
    put(w, STRETCHES, last + 1, END, end)
    w[N_STRETCHES] += 1


@small
def _sooner(chance: int, minute: int, now: int) -> int:
    return min(chance, minute) if minute > now else chance


@compiled
def _next_chance(m: Ints, w: Ints, drivers: int, banned: bool, now: int) -> int:
    """The next minute at which somebody may be able to drive who cannot now."""
    chance = NEVER
    if banned:
        for i in range(_first(m, net.BANS, m[net.N_BANS], now), m[net.N_BANS]):
            if now < at(m, net.BANS, i, 1):
                if at(m, net.BANS, i, 0) <= now:
                    chance = min(chance, at(m, net.BANS, i, 1))
                break
    for i in range(_first(m, net.NIGHTS, m[net.N_NIGHTS], now), m[net.N_NIGHTS]):
        if at(m, net.NIGHTS, i, 1) > now:
            chance = min(chance, at(m, net.NIGHTS, i, 1))
            break
    for driver in range(drivers):
        paused = at(w, CREW, driver, FREE_SINCE) + at(w, CREW, driver, WORKED) + m[net.CREW_PAUSE]
        chance = _sooner(chance, paused, now)
    for s in range(w[N_STRETCHES]):
        for i in range(m[net.N_ROLLING]):
            free = at(w, STRETCHES, s, START) + at(m, net.ROLLING, i, 1)
            chance = _sooner(chance, free, now)
    if m[net.HAS_SHIFT]:
        chance = _sooner(chance, w[MOVED_UNTIL] + _rest(m, drivers), now)
    return chance


@compiled
def _within_nights(m: Ints, now: int, longest: int, most: int) -> int:
    """How much of ``longest`` minutes from now leaves at most ``most`` of them in the nights."""
    used = 0
    for i in range(_first(m, net.NIGHTS, m[net.N_NIGHTS], now), m[net.N_NIGHTS]):
        begins, ends = at(m, net.NIGHTS, i, 0), at(m, net.NIGHTS, i, 1)
        if begins >= now + longest:
            break
        inside = min(now + longest, ends) - max(now, begins)
        if inside > 0:
            if used + inside > most:
                return max(now, begins) + (most - used) - now
            used += inside
    return longest


@small
def _within_rolling(w: Ints, who: int, now: int, longest: int, most: int, within: int) -> int:
    """How much of ``longest`` minutes from now keeps every window at ``most`` or less."""
    if at(w, CREW, who, DRIVEN) + longest <= most:
        return longest
    opened = begins = now - within
    spare = most
    for s in range(w[N_STRETCHES]):
        if at(w, STRETCHES, s, DRIVER) == who and at(w, STRETCHES, s, END) > begins:
            spare -= at(w, STRETCHES, s, END) - max(at(w, STRETCHES, s, START), begins)
    if spare < 0:
        return 0
    # the window moves on: a minute of driving that it leaves behind makes room for a new one
    for s in range(w[N_STRETCHES]):
        if at(w, STRETCHES, s, DRIVER) == who and at(w, STRETCHES, s, END) > opened:
            idle = max(0, at(w, STRETCHES, s, START) - opened)
            if idle > spare:
                break
            spare -= idle
            opened = at(w, STRETCHES, s, END)
    return min(longest, opened + spare - begins)


@small
def _until_ban(m: Ints, now: int) -> int:
    """Minutes until the next ban begins; 0 within one."""
    for i in range(_first(m, net.BANS, m[net.N_BANS], now), m[net.N_BANS]):
        if now < at(m, net.BANS, i, 1):
            return max(0, at(m, net.BANS, i, 0) - now)
    return NEVER


@compiled
def _may_drive(m: Ints, w: Ints, drivers: int, who: int, banned: bool, now: int) -> int:
    """Minutes that a driver may drive from now on without a pause."""
    longest = m[net.CREW_SPELL] - at(w, CREW, who, SPELL)
    if banned:
        longest = min(longest, _until_ban(m, now))
    if m[net.HAS_SHIFT]:
        span = m[net.SHIFT_TEAM_SPAN] if drivers > 1 else m[net.SHIFT_SPAN]
        longest = min(longest, m[net.SHIFT_DRIVING] - at(w, CREW, who, SHIFT))
        longest = min(longest, span - (now - w[SHIFT_START]))
    if longest <= 0:
        return 0
    longest = _within_nights(m, now, longest, m[net.CREW_NIGHT_SPELL] - at(w, CREW, who, BY_NIGHT))
    for i in range(m[net.N_ROLLING]):
        most, within = at(m, net.ROLLING, i, 0), at(m, net.ROLLING, i, 1)
        longest = _within_rolling(w, who, now, longest, most, within)
    return longest


@small
def _freshest(w: Ints, drivers: int) -> int:
    """The driver who has driven least, the first of them."""
    who = 0
    for driver in range(1, drivers):
        if at(w, CREW, driver, DRIVEN) < at(w, CREW, who, DRIVEN):
            who = driver
    return who


@compiled
def drive(
    m: Ints, w: Ints, drivers: int, banned: bool, start: int, minutes: int, latest: int
) -> int:
    """
    Drive for some minutes, with breaks, reliefs and rests as needed.

    Parameters
    ----------
    drivers
        How many are on board.
    banned
        Whether the hours of the ban hold on this trip.
    start
        Minute at which the coach is ready to go.
    minutes
        Driving time of the leg.
    latest
        Minute by which it must be done.

    Returns
    -------
    The minute at which the leg is done; ``NEVER`` if that is later than ``latest``.
    """
    now, left = start, minutes
    w[LEG_BEGINS] = w[N_STRETCHES]
    while left > 0:
        if now + left > latest or w[N_STRETCHES] >= MOST_STRETCHES:
            return NEVER
        _refresh(m, w, drivers, now)
        who = fresh = _freshest(w, drivers)
        longest = min(left, _may_drive(m, w, drivers, fresh, banned, now))
        for driver in range(drivers if longest < left else 0):
            if driver != fresh:
                may = min(left, _may_drive(m, w, drivers, driver, banned, now))
                less = at(w, CREW, driver, DRIVEN) < at(w, CREW, who, DRIVEN)
                if may > longest or (may == longest and less):
                    who, longest = driver, may
        if longest < min(left, LEAST_STRETCH):
            now = _next_chance(m, w, drivers, banned, now)
            continue
        _take(m, w, who, now, now + longest)
        now += longest
        left -= longest
    return now
