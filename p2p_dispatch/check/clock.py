"""The local clock of a scenario, and the straight line of minutes under it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from p2p_dispatch.scenario import Scenario

TINY = 1e-6
"""Comparisons allow so much of the unit for floating point."""

ONE_DAY = timedelta(days=1)

_FAR = timedelta(days=3660)
"""Moments further than this from the horizon are held at it. A plan may name any year; there it is
just as wrong ten years out, and no sum of days can leave the calendar."""


class Clock:
    """
    Moments as elapsed minutes, and back.

    Two aware datetimes of one zone are subtracted by what their clocks show, which is an hour wrong
    across a change of the clocks. So everything is put on one line first: minutes since 1970, UTC.
    """

    def __init__(self, scenario: Scenario):
        self.zone: ZoneInfo = scenario.zone
        margin = timedelta(days=7)
        self._first = max(scenario.days.first, date.min + margin + _FAR) - _FAR
        self._last = min(scenario.days.last, date.max - margin - _FAR) + _FAR
        self._at: dict[tuple[date, time], float] = {}

    def minute(self, moment: date | datetime) -> float:
        """Minute of a moment; without an offset it is local, and a day is its first minute."""
        day = moment.date() if isinstance(moment, datetime) else moment
        if day != self.held(day):
            return self.at(self.held(day), time())
        if not isinstance(moment, datetime):
            return self.at(moment, time())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone)
        return moment.timestamp() / 60

    def end(self, moment: date | datetime) -> float:
        """Minute of a deadline: a day ends at 24:00."""
        return self.minute(moment if isinstance(moment, datetime) else self.held(moment) + ONE_DAY)

    def at(self, day: date, clock: time) -> float:
        """Minute at which the local clock shows a time on a day."""
        known = self._at.get((day, clock))
        if known is None:
            known = datetime.combine(day, clock, self.zone).timestamp() / 60
            self._at[day, clock] = known
        return known

    def day(self, minute: float) -> date:
        """Local calendar day of a minute."""
        return datetime.fromtimestamp(minute * 60, self.zone).date()

    def held(self, day: date) -> date:
        """The day itself, or the nearest that is not absurdly far from the horizon."""
        return min(max(day, self._first), self._last)

    def within(self, starts: time, ends: time, begin: float, end: float) -> float:
        """Minutes from ``begin`` to ``end`` that lie between two clock times, past midnight too."""
        over_midnight = timedelta(days=ends <= starts)
        day, inside = self.day(begin) - ONE_DAY, 0.0
        while (opens := self.at(day, starts)) < end:
            closes = self.at(day + over_midnight, ends)
            inside += max(0.0, min(end, closes) - max(begin, opens))
            day += ONE_DAY
        return inside

    def text(self, minute: float) -> str:
        """A minute as the local clock shows it: ``2020-02-22 08:30``."""
        moment = datetime.fromtimestamp(round(minute * 60), self.zone)
        return f"{moment:%Y-%m-%d %H:%M:%S}" if moment.second else f"{moment:%Y-%m-%d %H:%M}"


def span(minutes: float) -> str:
    """A duration for people: ``4 h 05 min``, with seconds where there are any."""
    seconds = round(minutes * 60)
    sign, seconds = "-" if seconds < 0 else "", abs(seconds)
    hours, rest = divmod(seconds, 3600)
    whole = f"{hours} h {rest // 60:02d} min" if hours else f"{rest // 60} min"
    return sign + whole + (f" {rest % 60} s" if rest % 60 else "")
