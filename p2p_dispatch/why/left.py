"""Some people who are left behind, and what of the scenario they have to do with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from p2p_dispatch.plan.model import Unserved
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.fleet import Coach, Pool
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.scenario.places import Depot, Origin, Site


@dataclass(frozen=True, eq=False)
class Left:
    """Some people who are left behind, and what of the scenario they have to do with."""

    scenario: Scenario
    part: Unserved

    @cached_property
    def cohort(self) -> Cohort:
        """The cohort that they are of."""
        return next(c for c in self.scenario.cohorts if c.id == self.part.cohort)

    @property
    def people(self) -> int:
        """How many they are."""
        return self.part.count

    @cached_property
    def origin(self) -> Origin:
        """Where they board."""
        place = self.scenario.places[self.cohort.origin]
        assert isinstance(place, Origin)
        return place

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """Where they are wanted: their site, or those with posts of their trade."""
        cohort = self.cohort
        return tuple(
            site
            for site in self.scenario.sites
            if site.id == cohort.site or self.scenario.may_fill(cohort, site)
        )

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Days of the horizon on which they may leave."""
        late = timedelta(days=self.scenario.rules.priority.late_days)
        first, last = day_of(self.cohort.ready), day_of(self.cohort.due) + late
        return tuple(day for day in self.scenario.dates if first <= day <= last)

    @cached_property
    def arrivals(self) -> tuple[date, ...]:
        """Days on which they may arrive; the last may lie past the horizon."""
        late = timedelta(days=self.scenario.rules.priority.late_days)
        last = day_of(self.cohort.due) + late
        if not self.days or self.scenario.by_day:
            return self.days
        return tuple(
            self.days[0] + timedelta(days=n) for n in range((last - self.days[0]).days + 1)
        )

    @cached_property
    def pools(self) -> tuple[tuple[Pool, Coach, Depot], ...]:
        """Coaches that may collect them, with their type and depot."""
        types = {coach.id: coach for coach in self.scenario.coaches}
        depots = {depot.id: depot for depot in self.scenario.depots}
        every = ((p, types[p.unit_type], depots[p.depot]) for p in self.scenario.pools)
        return tuple(
            (pool, coach, depot)
            for pool, coach, depot in every
            if depot.serves is None or self.origin.id in depot.serves
        )

    @cached_property
    def coaches(self) -> tuple[Coach, ...]:
        """Types of these coaches."""
        return tuple({coach.id: coach for _, coach, _ in self.pools}.values())

    @property
    def worth(self) -> float:
        """What leaving all of them behind counts."""
        classes = {p.id: p.left_behind for p in self.scenario.priorities}
        price = classes.get(self.cohort.priority or "", self.scenario.prices.left_behind)
        return self.people * price
