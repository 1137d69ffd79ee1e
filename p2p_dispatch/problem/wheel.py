"""
Who drives when: one coach and its crew, moved along the clock within the driving hours.

The coach goes on as long as somebody may drive, the driver who may drive longest first, and
stands otherwise. That is one schedule among many; it is never illegal, and with one or two
drivers seldom longer than it must be.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import NEVER, compiled
from p2p_dispatch.problem.crew import CrewNet

LEAST_STRETCH = 15
"""Minutes: a driver takes the wheel for less only to finish a leg."""

MOST_STRETCHES = 256
"""Longest list of stretches of one trip; a trip that needs more is given up."""

MOST_DRIVERS = 4

SPELL, BY_NIGHT, FREE_SINCE, WORKED, SHIFT = range(5)
"""Columns of ``Wheel.drivers``: minutes in this spell, of them by night; when the wheel was left;
minutes of standing at stops since then, which are work; minutes since the last rest."""

MOVED_UNTIL, SHIFT_START, STRETCHES, LEG_BEGINS = range(4)
"""Columns of ``Wheel.coach``: last movement, first minute of the shift, how many stretches there
are, and how many there were when the leg began."""


class Wheel(NamedTuple):
    """
    The crew of one coach on one trip; the same arrays serve trip after trip.

    Attributes
    ----------
    drivers
        (MOST_DRIVERS, 5) what counts against each driver.
    coach
        (4,) what counts for the coach.
    stretches
        (MOST_STRETCHES, 3) driver, start and end of each time at the wheel.
    """

    drivers: Ints
    coach: Ints
    stretches: Ints


def new_wheel() -> Wheel:
    """Room for the crew of one coach."""
    return Wheel(
        drivers=np.zeros((MOST_DRIVERS, 5), dtype=np.int64),
        coach=np.zeros(4, dtype=np.int64),
        stretches=np.zeros((MOST_STRETCHES, 3), dtype=np.int64),
    )


@compiled
def board(wheel: Wheel) -> None:
    """A rested crew takes over."""
    wheel.drivers[:] = 0
    wheel.drivers[:, FREE_SINCE] = -NEVER
    wheel.coach[:] = 0
    wheel.coach[MOVED_UNTIL] = -NEVER


@compiled
def stand(wheel: Wheel, minutes: int) -> None:
    """The crew works at a stop for so many minutes."""
    wheel.drivers[:, WORKED] += minutes


@compiled
def drive(
    crew: CrewNet,
    wheel: Wheel,
    drivers: int,
    banned: bool,
    start: int,
    minutes: int,
    latest: int,
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
    wheel.coach[LEG_BEGINS] = wheel.coach[STRETCHES]
    while left > 0:
        if now + left > latest or wheel.coach[STRETCHES] >= MOST_STRETCHES:
            return NEVER
        _refresh(crew, wheel, drivers, now)
        who, longest = 0, -1
        for driver in range(drivers):
            may = min(left, _may_drive(crew, wheel, drivers, driver, banned, now))
            if may > longest:
                who, longest = driver, may
        if longest < min(left, LEAST_STRETCH):
            now = _next_chance(crew, wheel, drivers, banned, now)
            continue
        _take(crew, wheel, who, now, now + longest)
        now += longest
        left -= longest
    return now


@compiled
def _refresh(crew: CrewNet, wheel: Wheel, drivers: int, now: int) -> None:
    """End spells and shifts that the standing until now has ended."""
    if len(crew.shift):
        rest = crew.shift[4] if drivers > 1 else crew.shift[3]
        if now - wheel.coach[MOVED_UNTIL] >= rest:
            wheel.coach[SHIFT_START] = now
            wheel.drivers[:, SHIFT] = 0
    for driver in range(drivers):
        state = wheel.drivers[driver]
        if now - state[FREE_SINCE] - state[WORKED] >= crew.pause:
            state[SPELL] = 0
            state[BY_NIGHT] = 0


@compiled
def _take(crew: CrewNet, wheel: Wheel, who: int, start: int, end: int) -> None:
    state, coach = wheel.drivers[who], wheel.coach
    state[SPELL] += end - start
    state[SHIFT] += end - start
    for begin, shut in crew.nights:
        state[BY_NIGHT] += max(0, min(end, shut) - max(start, begin))
    state[FREE_SINCE] = end
    state[WORKED] = 0
    coach[MOVED_UNTIL] = end
    last = coach[STRETCHES] - 1
    if last >= coach[LEG_BEGINS]:
        on = wheel.stretches[last]
        if on[0] == who and on[2] == start:
            on[2] = end
            return
    stretch = wheel.stretches[last + 1]
    stretch[0], stretch[1], stretch[2] = who, start, end
    coach[STRETCHES] += 1


@compiled
def _may_drive(crew: CrewNet, wheel: Wheel, drivers: int, who: int, banned: bool, now: int) -> int:
    """Minutes that a driver may drive from now on without a pause."""
    state = wheel.drivers[who]
    longest = crew.spell - state[SPELL]
    if banned:
        longest = min(longest, _until_window(crew.bans, now))
    if len(crew.shift):
        span = crew.shift[2] if drivers > 1 else crew.shift[1]
        longest = min(longest, crew.shift[0] - state[SHIFT])
        longest = min(longest, span - (now - wheel.coach[SHIFT_START]))
    if longest <= 0:
        return 0
    longest = _within_nights(crew.nights, now, longest, crew.night_spell - state[BY_NIGHT])
    for i in range(len(crew.rolling)):
        most, within = crew.rolling[i, 0], crew.rolling[i, 1]
        longest = _within_rolling(wheel, who, now, longest, most, within)
    return longest


@compiled
def _next_chance(crew: CrewNet, wheel: Wheel, drivers: int, banned: bool, now: int) -> int:
    """The next minute at which somebody may be able to drive who cannot now."""
    chance = NEVER
    if banned:
        for begin, end in crew.bans:
            if begin <= now < end:
                chance = min(chance, end)
    for _, end in crew.nights:
        if end > now:
            chance = min(chance, end)
    for driver in range(drivers):
        state = wheel.drivers[driver]
        paused = state[FREE_SINCE] + state[WORKED] + crew.pause
        if paused > now:
            chance = min(chance, paused)
    for s in range(wheel.coach[STRETCHES]):
        for i in range(len(crew.rolling)):
            free = wheel.stretches[s, 1] + crew.rolling[i, 1]
            if free > now:
                chance = min(chance, free)
    if len(crew.shift):
        rested = wheel.coach[MOVED_UNTIL] + (crew.shift[4] if drivers > 1 else crew.shift[3])
        if rested > now:
            chance = min(chance, rested)
    return chance


@compiled
def _until_window(windows: Ints, now: int) -> int:
    """Minutes until the next window begins; 0 within one."""
    for begin, shut in windows:
        if now < shut:
            return int(max(0, begin - now))
    return NEVER


@compiled
def _within_nights(nights: Ints, now: int, longest: int, most: int) -> int:
    """How much of ``longest`` minutes from now leaves at most ``most`` of them in the nights."""
    used = 0
    for begin, shut in nights:
        inside = min(now + longest, shut) - max(now, begin)
        if inside > 0:
            if used + inside > most:
                return int(max(now, begin) + (most - used) - now)
            used += inside
    return longest


@compiled
def _within_rolling(wheel: Wheel, who: int, now: int, longest: int, most: int, within: int) -> int:
    """How much of ``longest`` minutes from now keeps every window at ``most`` or less."""
    if _window(wheel, who, now, longest, within) <= most:
        return longest
    low, high = 0, longest
    # driving a minute more never makes the last window shorter, so halving finds the border
    while high - low > 1:
        middle = (low + high) // 2
        if _window(wheel, who, now, middle, within) <= most:
            low = middle
        else:
            high = middle
    return low


@compiled
def _window(wheel: Wheel, who: int, now: int, minutes: int, within: int) -> int:
    """Minutes at the wheel in the window that ends after driving for ``minutes`` from now."""
    opened = now + minutes - within
    total = minutes
    for s in range(wheel.coach[STRETCHES]):
        stretch = wheel.stretches[s]
        if stretch[0] == who and stretch[2] > opened:
            total += stretch[2] - max(stretch[1], opened)
    return total
