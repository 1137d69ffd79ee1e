"""
Who drives when: one coach and its crew, moved along the clock within the driving hours.

The coach goes on as long as somebody may drive, the driver who may drive longest first, and
stands otherwise. That is one schedule among many; it is never illegal, and with one or two
drivers seldom longer than it must be.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from p2p_dispatch.problem.problem import NO_LIMIT, Crew

LEAST_STRETCH = 15
"""Minutes: a driver takes the wheel for less only to finish a leg."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One driver at the wheel, from one minute to another."""

    driver: int
    start: int
    end: int


@dataclass(slots=True)
class _Driver:
    """What counts against one driver."""

    driven: list[tuple[int, int]] = field(default_factory=list)
    spell: int = 0
    spell_by_night: int = 0
    free_since: int = -NO_LIMIT
    worked: int = 0
    """Minutes of standing at stops since ``free_since``: work, not a pause."""
    shift: int = 0


class Wheel:
    """
    The crew of one coach on one trip.

    Parameters
    ----------
    crew
        The limits.
    drivers
        How many are on board; all rested when the trip begins.
    banned
        Whether the hours of the ban hold on this trip.
    """

    def __init__(self, crew: Crew, drivers: int, *, banned: bool):
        self.crew = crew
        self.bans = crew.bans if banned else ()
        self.team = 1 if drivers > 1 else 0
        self.drivers = [_Driver() for _ in range(drivers)]
        self.stretches: list[Stretch] = []
        self.leg_begins = 0
        self.moved_until = -NO_LIMIT
        self.shift_start = 0

    def stand(self, minutes: int) -> None:
        """Note that the crew works at a stop for so many minutes."""
        for driver in self.drivers:
            driver.worked += minutes

    def drive(self, start: int, minutes: int, latest: int) -> int | None:
        """
        Drive for some minutes, with breaks, reliefs and rests as needed.

        Parameters
        ----------
        start
            Minute at which the coach is ready to go.
        minutes
            Driving time of the leg.
        latest
            Minute by which it must be done.

        Returns
        -------
        The minute at which the leg is done; None if that is later than ``latest`` or never.
        """
        now, left = start, minutes
        self.leg_begins = len(self.stretches)
        while left > 0:
            if now + left > latest:
                return None
            self._refresh(now)
            who, longest = max(
                ((d, self._may_drive(driver, now)) for d, driver in enumerate(self.drivers)),
                key=lambda choice: (min(choice[1], left), -choice[0]),
            )
            if longest < min(left, LEAST_STRETCH):
                later = self._next_chance(now)
                if later is None:
                    return None
                now = later
                continue
            stretch = min(longest, left)
            self._take(who, now, now + stretch)
            now += stretch
            left -= stretch
        return now

    def _refresh(self, now: int) -> None:
        """End spells and shifts that the standing until now has ended."""
        shift = self.crew.shift
        if shift and now - self.moved_until >= shift.rest[self.team]:
            self.shift_start = now
            for driver in self.drivers:
                driver.shift = 0
        for driver in self.drivers:
            if now - driver.free_since - driver.worked >= self.crew.pause:
                driver.spell = driver.spell_by_night = 0

    def _take(self, who: int, start: int, end: int) -> None:
        driver = self.drivers[who]
        driver.driven.append((start, end))
        driver.spell += end - start
        driver.spell_by_night += _overlap(self.crew.nights, start, end)
        driver.shift += end - start
        driver.free_since, driver.worked = end, 0
        self.moved_until = end
        on_this_leg = self.stretches[self.leg_begins :]
        if on_this_leg and on_this_leg[-1].driver == who and on_this_leg[-1].end == start:
            start = self.stretches.pop().start
        self.stretches.append(Stretch(who, start, end))

    def _may_drive(self, driver: _Driver, now: int) -> int:
        """Minutes that a driver may drive from now on without a pause."""
        crew = self.crew
        longest = min(crew.spell - driver.spell, _until_window(self.bans, now))
        if crew.shift:
            span = crew.shift.span[self.team] - (now - self.shift_start)
            longest = min(longest, crew.shift.driving - driver.shift, span)
        if longest <= 0:
            return 0
        longest = _within_nights(
            crew.nights, now, longest, crew.night_spell - driver.spell_by_night
        )
        for most, within in crew.rolling:
            longest = _within_rolling(driver.driven, now, longest, most, within)
        return longest

    def _next_chance(self, now: int) -> int | None:
        """The next minute at which somebody may be able to drive who cannot now."""
        crew = self.crew
        chances = [end for start, end in self.bans if start <= now < end]
        for driver in self.drivers:
            chances.append(driver.free_since + driver.worked + crew.pause)
            chances += [s + within for s, _ in driver.driven for _, within in crew.rolling]
        chances += [end for _, end in crew.nights]
        if crew.shift:
            chances.append(self.moved_until + crew.shift.rest[self.team])
        return min((chance for chance in chances if chance > now), default=None)


def _overlap(windows: tuple[tuple[int, int], ...], start: int, end: int) -> int:
    """Minutes between ``start`` and ``end`` that lie in the windows."""
    return sum(max(0, min(end, shut) - max(start, begin)) for begin, shut in windows)


def _until_window(windows: tuple[tuple[int, int], ...], now: int) -> int:
    """Minutes until the next window begins; 0 within one."""
    i = bisect_right(windows, (now, NO_LIMIT)) - 1
    if i >= 0 and now < windows[i][1]:
        return 0
    return windows[i + 1][0] - now if i + 1 < len(windows) else NO_LIMIT


def _within_nights(nights: tuple[tuple[int, int], ...], now: int, longest: int, most: int) -> int:
    """How much of ``longest`` minutes from now leaves at most ``most`` of them in the nights."""
    used = 0
    for begin, shut in nights:
        inside = min(now + longest, shut) - max(now, begin)
        if inside <= 0:
            continue
        if used + inside > most:
            return max(now, begin) + (most - used) - now
        used += inside
    return longest


def _within_rolling(
    driven: list[tuple[int, int]], now: int, longest: int, most: int, within: int
) -> int:
    """How much of ``longest`` minutes from now keeps every window at ``most`` or less."""

    def window(minutes: int) -> int:
        opened = now + minutes - within
        return minutes + sum(end - max(start, opened) for start, end in driven if end > opened)

    if window(longest) <= most:
        return longest
    low, high = 0, longest
    # driving a minute more never makes the last window shorter, so halving finds the border
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if window(middle) <= most else (low, middle)
    return low
