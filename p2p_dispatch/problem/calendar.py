"""The days around the horizon, and moments as minutes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np

from p2p_dispatch.scenario import Scenario

PAD_DAYS = 7
"""Calendar days kept before and after the horizon: no coach is out longer than a week."""


class Calendar:
    """The days around the horizon and the minutes at which they begin."""

    def __init__(self, scenario: Scenario):
        self.zone = scenario.zone
        first = scenario.days.first - timedelta(days=PAD_DAYS)
        span = len(scenario.dates) + 2 * PAD_DAYS
        self.days = [first + timedelta(days=d) for d in range(span)]
        self._zero = datetime.combine(scenario.days.first, time(), self.zone).timestamp()
        starts = [self.minute(day) for day in (*self.days, first + timedelta(days=span))]
        self.midnights = np.array(starts, dtype=np.int64)

    def minute(self, moment: date | datetime) -> int:
        """Minutes from the first midnight of the horizon; elapsed, so a clock change counts."""
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time())
        return round((moment.replace(tzinfo=self.zone).timestamp() - self._zero) / 60)

    def end(self, moment: date | datetime) -> int:
        """The same for a deadline: a day ends at midnight."""
        late = moment if isinstance(moment, datetime) else moment + timedelta(days=1)
        return self.minute(late)

    def day_at(self, minute: float) -> date:
        """Local calendar day of a minute."""
        return datetime.fromtimestamp(self._zero + minute * 60, self.zone).date()

    def windows(self, starts: time, ends: time) -> tuple[tuple[int, int], ...]:
        """A nightly window on every day, past midnight where it ends before it starts."""
        over = timedelta(days=ends <= starts)
        return tuple(
            (
                self.minute(datetime.combine(day, starts)),
                self.minute(datetime.combine(day + over, ends)),
            )
            for day in self.days
        )
