"""The planner's question for one horizon."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr

from p2p_dispatch.reading.faults import Fault, Mark
from p2p_dispatch.reading.spots import Step
from p2p_dispatch.scenario.base import Day, Id, Moment, Part, Text
from p2p_dispatch.scenario.fleet import Coach, Pool, UnitType
from p2p_dispatch.scenario.frozen import FrozenTrip
from p2p_dispatch.scenario.people import Cohort, Payer, Priority
from p2p_dispatch.scenario.places import Depot, Hub, Origin, Place, Site
from p2p_dispatch.scenario.planning import ByClock, ByDay, Planning
from p2p_dispatch.scenario.prices import Prices
from p2p_dispatch.scenario.rules import Rules
from p2p_dispatch.scenario.services import Line, Service, ServicePool
from p2p_dispatch.scenario.source import Source
from p2p_dispatch.scenario.told import ToldPeople
from p2p_dispatch.scenario.travel import GreatCircle, TravelSource


class Horizon(Part):
    """The days the plan covers."""

    first: Day
    """First day on which people may leave."""

    last: Day
    """Last day on which people may leave; trips may end later."""


class Scenario(Part):
    """
    The planner's question: who is to travel, on what, under which rules.

    Lists may be written out or kept in a CSV beside the file: ``cohorts: cohorts.csv``.
    """

    name: Id
    """Name of the operation; with the ids of cohorts and trips it links one day's plan to the
    next."""

    title: Text = ""
    """One line for the top of every sheet."""

    as_of: Moment
    """What was known when: the moment at which this was true, on every plan and report."""

    time_zone: str = "Asia/Shanghai"
    """IANA name of the zone of all clock times."""

    currency: str = Field(default="CNY", pattern="^[A-Z]{3}$")
    """ISO 4217 code of all money."""

    planning: Planning = ByClock()
    """By the clock (times at every stop) or by the day (early in a season)."""

    days: Horizon
    """The days the plan covers."""

    origins: tuple[Origin, ...]
    """Assembly points."""

    sites: tuple[Site, ...]
    """Employers' gates."""

    hubs: tuple[Hub, ...] = ()
    """Points where people change or are handed over."""

    depots: tuple[Depot, ...]
    """Where units are based."""

    cohorts: tuple[Cohort, ...]
    """The people."""

    unit_types: tuple[UnitType, ...]
    """Kinds of vehicle."""

    pools: tuple[Pool, ...]
    """Coaches at the depots."""

    services: tuple[Service, ...] = ()
    """Special trains, booked carriages and charter planes that could run."""

    service_pools: tuple[ServicePool, ...] = ()
    """How many trips services may make together."""

    lines: tuple[Line, ...] = ()
    """Kinds of line and their speeds, for services without running times."""

    priorities: tuple[Priority, ...] = ()
    """Classes of people and what taking them along is worth."""

    payers: tuple[Payer, ...] = ()
    """Who pays."""

    frozen: tuple[FrozenTrip, ...] = ()
    """Trips of an earlier plan that have left, or were told."""

    told: tuple[ToldPeople, ...] = ()
    """Who was told what, where a plan is made again."""

    prices: Prices
    """What a driver, a day of waiting and a person left behind cost."""

    objective: Literal["money", "people-first"] = "money"
    """What is minimised. ``money``: everything at its price, people left behind too.
    ``people-first``: people left behind; then the cost, without waiting and being late; then
    person-days of both, tier after tier, whatever the prices."""

    rules: Rules = Rules()
    """What a plan must keep."""

    travel: TravelSource = GreatCircle()
    """Where road km and driving times come from."""

    _source: Source = PrivateAttr(default_factory=Source)

    @property
    def by_day(self) -> bool:
        """Whether it is planned by the day."""
        return isinstance(self.planning, ByDay)

    @property
    def now(self) -> datetime:
        """The as-of moment, local time; of a day its beginning."""
        as_of = self.as_of
        return as_of if isinstance(as_of, datetime) else datetime.combine(as_of, time())

    @property
    def people(self) -> int:
        """Everybody on the roster."""
        return sum(cohort.count for cohort in self.cohorts)

    @property
    def coaches(self) -> tuple[Coach, ...]:
        """The unit types that are coaches."""
        return tuple(unit_type for unit_type in self.unit_types if isinstance(unit_type, Coach))

    @property
    def placed(self) -> tuple[Cohort, ...]:
        """The cohorts that are bound for a site; the jobs of the others are open."""
        return tuple(cohort for cohort in self.cohorts if cohort.site is not None)

    @property
    def seeking(self) -> tuple[Cohort, ...]:
        """The cohorts whose jobs are open: they look for posts of their trade."""
        return tuple(cohort for cohort in self.cohorts if cohort.site is None)

    def may_fill(self, cohort: Cohort, site: Site) -> bool:
        """Whether people whose job is open may fill posts of a site, if there are any."""
        if cohort.site is not None or cohort.trade not in site.posts:
            return False
        lender = cohort.lent_by
        return lender in (None, site.id) or any(
            each.id == lender and site.id in each.lends for each in self.sites
        )

    def lending(self, cohort: Cohort, site: str | None) -> float:
        """What lending one person of a cohort to a site costs; 0 for nobody's and at their own."""
        if cohort.lent_by in (None, site):
            return 0.0
        lender = next(each for each in self.sites if each.id == cohort.lent_by)
        return lender.lends_at.get(site or "", 0.0)

    @property
    def coaches_only(self) -> bool:
        """Whether coaches to people's own sites are all there is to plan."""
        return not self.services and len(self.placed) == len(self.cohorts)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.time_zone)

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """Every day of the horizon."""
        span = (self.days.last - self.days.first).days + 1
        return tuple(self.days.first + timedelta(days=d) for d in range(span))

    @cached_property
    def places(self) -> dict[str, Place]:
        """All places by id: depots, origins, sites, hubs, in this order."""
        return {p.id: p for p in (*self.depots, *self.origins, *self.sites, *self.hubs)}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content; layout and comments of the file do not change it."""
        return hashlib.sha256(self.model_dump_json(by_alias=True).encode()).hexdigest()

    def notice_of(self, service: Service) -> tuple[float | None, int | None]:
        """Notice of a service in hours, or in calendar days: its own, or that of its mode."""
        if service.notice_hours is not None or service.notice_days is not None:
            return service.notice_hours, service.notice_days
        modes = (kind.mode for kind in self.unit_types if kind.id == service.unit_type)
        return self.rules.notice.of(next(modes, None))

    def in_time(self, service: Service, day: date) -> bool:
        """Whether a service can be ordered now for a day, by the clocks on the wall."""
        hours, days = self.notice_of(service)
        if hours is not None:
            return service.leaves_on(day) - self.now >= timedelta(hours=hours)
        return (day - self.now.date()).days >= (days or 0)

    def mark(self, *path: Step) -> Mark:
        """
        Where a value stands in the files, or what is next above it there.

        Parameters
        ----------
        *path
            Keys as they are written, and indices: ``mark("cohorts", 3, "due")``.
        """
        return self._source.spot.walk(path).mark

    @property
    def notices(self) -> tuple[Fault, ...]:
        """What was noticed on reading that refuses nothing."""
        return self._source.notices

    def keep(self, source: Source) -> None:
        """Remember where the scenario came from; for ``read_scenario``."""
        self._source = source
