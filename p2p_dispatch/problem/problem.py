"""Everything a strategy may know, in indices, minutes, metres, cents and seats."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.choice import TripChoice
from p2p_dispatch.problem.compiled import pack
from p2p_dispatch.problem.crew import Crew
from p2p_dispatch.problem.jobs import Jobs, Sharing
from p2p_dispatch.problem.net import scalars_of, tables_of
from p2p_dispatch.problem.promises import Start, Told
from p2p_dispatch.problem.services import Services

if TYPE_CHECKING:
    from p2p_dispatch.problem.trip import TripRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A trip that stands, and what it costs per rider to give it up; None: it cannot be."""

    trip: TripChoice
    changing: int | None
    run: TripRun | None = None
    """What became of it, of a trip that has left: no rule judges it any more, and nobody else may
    board it."""


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
    latest, late_day
        (n_cohorts,) last minute of arriving if late; cents for each day late.
    ready_day
        (n_cohorts,) horizon day from which waiting is counted.
    value, subsidy
        (n_cohorts,) cents that leaving one person behind costs, with the post that is then empty
        where their job was open; that moving one earns.
    own_risk
        (n_cohorts,) their own level, where it is stricter than that of their origin.
    accessible, luggage
        (n_cohorts,) how many need an accessible place; pieces per person.
    class_of
        (n_cohorts,) number of the priority class; -1: none.
    class_share, origin_share
        (n_classes,) and one for all origins: share of the people that a plan must move.
    payer_share
        (n_cohorts, n_payers) share of each payer in what is paid for a cohort.
    payer_ceiling, ceiling
        (n_payers,) and in all: most that may be paid, cents.
    parties
        Per cohort the sizes of the parties that stay together, largest first.
    drops
        Per cohort the places where it may get off, each with the cents per person from there on.
    city
        (n_places,) number of the site's city; -1 elsewhere.
    slot_minutes, slot_trips
        (n_places,) length of a slot and coaches in it; no limit: any number.
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
    minimum_load, places, bags
        (n_types,) least riders; accessible places; pieces of luggage.
    earliest
        (n_types,) first minute at which a unit may leave: it must be ordered before.
    stay_from, shut_from
        Levels of people and of sites from which on nobody travels; 3: all do.
    apart
        Whether people of different levels may not share a vehicle.
    coach_to_coach
        Whether people may change from one coach to another.
    frozen
        Trips that stand, in the order of the scenario.
    services
        What runs beside coaches; none: nothing does.
    jobs
        Who looks for posts, and which there are; none: everybody is bound for a site.
    sharing
        Cohorts that are the same people or fill the same posts; none: each is its own people.
    told
        What people were told, with the prices of telling them otherwise; none: nothing.
    start
        A plan to start from; none: there is none.
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
    latest: Ints
    late_day: Ints
    ready_day: Ints
    value: Ints
    subsidy: Ints
    own_risk: Ints
    accessible: Ints
    luggage: Ints
    class_of: Ints
    class_share: NDArray[np.float64]
    origin_share: float
    payer_share: NDArray[np.float64]
    payer_ceiling: Ints
    ceiling: int
    parties: tuple[tuple[int, ...], ...]
    drops: tuple[tuple[tuple[int, int], ...], ...]
    city: Ints
    slot_minutes: Ints
    slot_trips: Ints
    unit_type: Ints
    depot: Ints
    units: Ints
    serves: NDArray[np.bool_]
    per_day: Ints
    per_km: Ints
    allowed: Ints
    staff: Ints
    minimum_load: Ints
    places: Ints
    bags: Ints
    earliest: Ints
    stay_from: int
    shut_from: int
    apart: bool
    frozen: tuple[Frozen, ...]
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
    coach_to_coach: bool = True
    services: Services | None = None
    jobs: Jobs | None = None
    sharing: Sharing | None = None
    people_first: bool = False
    """Whether people left behind, cost and time are to be minimised tier after tier."""
    told: Told | None = None
    start: Start | None = None

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
    def everybody(self) -> int:
        """How many people there are, each counted once; those whose job is open are among them."""
        own = self.people if self.sharing is None else self.people[self.sharing.seeker < 0]
        jobs = self.sharing.jobs if self.sharing else self.jobs
        return int(own.sum()) + (int(jobs.people.sum()) if jobs else 0)

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

    def level(self, cohort: int, day: int) -> int:
        """Risk level of a cohort's people on a day: their origin's, or their own if stricter."""
        column = day + self.pad
        return max(int(self.risk[self.origin[cohort], column]), int(self.own_risk[cohort]))

    def late_days(self, cohort: int, minute: int) -> int:
        """Days, begun ones whole, between a cohort's due minute and a later one of arriving."""
        return max(0, -(-(minute - int(self.due[cohort])) // 1440))

    @cached_property
    def memory(self) -> Ints:
        """What the rules of one trip need of it, as compiled functions take it."""
        return pack(scalars_of(self), tables_of(self))
