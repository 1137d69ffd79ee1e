"""Everything a strategy may know, in indices, minutes, metres, cents and seats."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

NO_LIMIT = 1 << 40
"""Stands for no limit on people, metres or minutes."""

NO_ROAD = -1
"""Stands for no road in ``metres``, ``seconds`` and ``minutes``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Limits between two rests, minutes; for one driver and for a team."""

    driving: int
    span: tuple[int, int]
    rest: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """
    Limits on driving, minutes.

    Attributes
    ----------
    spell, night_spell
        Longest spell at the wheel, and the most of it by night.
    pause
        Shortest pause that ends a spell.
    rolling
        Pairs (most, within): driving in any window.
    nights, bans
        (start, end) of every night and of every ban around the horizon, in order.
    ban_exempt
        Loaded way in metres up to which the ban does not hold.
    two_drivers_past
        Loaded way in metres past which two drivers are needed.
    """

    spell: int
    night_spell: int
    pause: int
    rolling: tuple[tuple[int, int], ...]
    shift: Shift | None
    nights: tuple[tuple[int, int], ...]
    bans: tuple[tuple[int, int], ...]
    ban_exempt: int
    two_drivers_past: int
    most_drivers: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Problem:
    """
    One scenario, ready to be solved; arrays are read-only.

    Minutes count from the first midnight of the horizon, local time. Columns of everything
    that differs by day are *calendar* days: the horizon with some days before and after, since
    a coach may leave its depot before the first day and be back after the last.

    Attributes
    ----------
    by_day
        Planned by the day; then times are midnights and crews are counted, not timed.
    pad
        Calendar days before the horizon; day 0 of the horizon is column ``pad``.
    n_days
        Days of the horizon.
    midnights
        (n_calendar + 1,) first minute of each calendar day and the end of the last.
    metres, seconds, minutes
        (n_places, n_places) road from row to column, rounded up; ``NO_ROAD`` where there is none.
        Minutes are for the clock, seconds for sums over a trip.
    opens, shuts
        (n_places, n_calendar) minutes between which people may board or get off; opens after
        shuts on a closed day.
    risk
        (n_places, n_calendar) 0, 1 or 2.
    medical, intake
        (n_places, n_calendar) people an origin can check, people a site takes.
    origin, site
        (n_cohorts,) places.
    people
        (n_cohorts,) people in each cohort.
    ready, due
        (n_cohorts,) first minute of boarding, last minute of arriving; by the day, the first
        minutes of the first and the last day of departure.
    ready_day
        (n_cohorts,) horizon day from which waiting is counted.
    value
        (n_cohorts,) cents that leaving one person behind costs.
    parties
        Per cohort the sizes of the parties that stay together, largest first.
    drops
        Per cohort the places where it may get off, each with the cents per person from there on.
    city
        (n_places,) number of the site's city; -1 elsewhere.
    unit_type, depot
        (n_pools,)
    units
        (n_pools, n_calendar) units of the pool.
    serves
        (n_pools, n_places) whether its depot serves the origin.
    per_day, per_km
        (n_types,) cents.
    allowed, staff
        (n_types, n_calendar, 3) seats by the stricter risk of the two ends, and how many of
        them staff takes.
    """

    by_day: bool
    pad: int
    n_days: int
    midnights: Ints
    metres: Ints
    seconds: Ints
    minutes: Ints
    opens: Ints
    shuts: Ints
    risk: Ints
    medical: Ints
    intake: Ints
    origin: Ints
    site: Ints
    people: Ints
    ready: Ints
    due: Ints
    ready_day: Ints
    value: Ints
    parties: tuple[tuple[int, ...], ...]
    drops: tuple[tuple[tuple[int, int], ...], ...]
    city: Ints
    unit_type: Ints
    depot: Ints
    units: Ints
    serves: NDArray[np.bool_]
    per_day: Ints
    per_km: Ints
    allowed: Ints
    staff: Ints
    driver_day: int
    waiting_day: int
    stop_minutes: int
    turnaround: int
    depart_every: int
    most_pickups: int
    most_drops: int
    detour_factor: float
    detour_metres: int
    longest_ride: int
    """Minutes."""
    crew: Crew
    two_days_past: int
    """Loaded metres past which a unit is held two days; by the day."""
    second_driver_past: int
    """Seconds of driving past which a second driver is needed; by the day."""

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            array = getattr(self, name)
            if isinstance(array, np.ndarray):
                array.setflags(write=False)

    @property
    def n_cohorts(self) -> int:
        """How many cohorts there are."""
        return len(self.people)

    @property
    def n_pools(self) -> int:
        """How many pools there are."""
        return len(self.unit_type)

    def column(self, minute: int) -> int:
        """Calendar column of a minute."""
        last = len(self.midnights) - 2
        return min(max(bisect_right(self.midnights, minute) - 1, 0), last)

    def day(self, minute: int) -> int:
        """Day of the horizon of a minute; negative before the first."""
        return self.column(minute) - self.pad

    def midnight(self, day: int) -> int:
        """First minute of a day of the horizon."""
        return int(self.midnights[day + self.pad])

    def onward(self, cohort: int, place: int) -> int | None:
        """Cents per person from a drop to the gate; None if the cohort may not get off there."""
        return dict(self.drops[cohort]).get(place)
