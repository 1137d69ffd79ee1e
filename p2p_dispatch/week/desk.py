"""The desk of a season: who waits, which trips stand, and the scenario as known on a morning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import Trip
from p2p_dispatch.plan.rides import rides
from p2p_dispatch.plan.standing import frozen_of
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.altered import altered
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.frozen import FrozenRiders, FrozenTrip
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.scenario.planning import ByClock
from p2p_dispatch.week.signups import signed_up

MORNING = time(6)
"""When the day's decisions are made, where the as-of moment of the scenario is on no day of the
season. ASSUMPTION; by the day it is midnight."""


@dataclass(frozen=True, slots=True)
class Some:
    """Some people of a cohort."""

    count: int
    parties: tuple[int, ...] = ()
    accessible: int = 0

    def less(self, other: Some) -> Some:
        """Those who are left when others go."""
        parties = list(self.parties)
        for size in other.parties:
            parties.remove(size)
        left = Some(self.count - other.count, tuple(parties), self.accessible - other.accessible)
        assert left.count >= sum(left.parties) + left.accessible >= 0, "somebody would go twice"
        return left


@dataclass(frozen=True, slots=True)
class Seat:
    """Some people of a cohort on a trip, and where they get off."""

    cohort: str
    some: Some
    drop: str


@dataclass(frozen=True)
class Standing:
    """
    A trip that was ordered: its people were told, or have left.

    Attributes
    ----------
    trip
        As the scenario of a morning holds it; its riders are cohorts of their own.
    day
        When it leaves.
    back
        Last day on which its unit is out, or its people are on the way.
    ordered
        The morning on which it was ordered.
    """

    trip: FrozenTrip
    day: date
    back: date
    ordered: date


@dataclass
class Desk:
    """
    Who waits, and which trips stand.

    People on a trip that stands are cohorts of their own, so that nobody is put on a trip that has
    left: who waits is ready this morning and no sooner.

    Attributes
    ----------
    season
        Everybody who ever signs up; what is not known yet is not looked at.
    waiting
        Who has no trip yet, by cohort.
    standing
        The trips that were ordered.
    parts
        The people on them: cohorts of their own by id.
    of
        Which cohort each of them is a part of.
    """

    season: Scenario
    waiting: dict[str, Some] = field(default_factory=dict)
    standing: dict[str, Standing] = field(default_factory=dict)
    parts: dict[str, Cohort] = field(default_factory=dict)
    of: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """
        Everybody waits but those on the trips that the scenario has frozen.

        Shares that must be moved are asked of a whole season and not of a morning.
        """
        self.season = _without_shares(self.season)
        self.cohorts = {cohort.id: cohort for cohort in self.season.cohorts}
        self.waiting = {
            c.id: Some(c.count, tuple(c.parties), c.accessible) for c in self.season.cohorts
        }
        for trip in self.season.frozen:
            seats = [Seat(r.cohort, Some(r.count, tuple(r.parties)), r.drop) for r in trip.riders]
            # What was told is not told otherwise here, whatever that would cost.
            bare = trip.model_copy(update={"riders": (), "changing": None})
            # When it is back is not known without its roads: it is kept until the end.
            self._stand(Standing(bare, day_of(trip.leaves), date.max, date.min), seats)

    @property
    def morning(self) -> time:
        """When the day's decisions are made."""
        as_of = self.season.as_of
        if self.season.by_day:
            return time()
        within = isinstance(as_of, datetime) and as_of.date() >= self.season.days.first
        return as_of.time() if isinstance(as_of, datetime) and within else MORNING

    @property
    def begin(self) -> date:
        """The first morning: that of the as-of moment, or of the first day."""
        return max(day_of(self.season.as_of), self.season.days.first)

    @property
    def dates(self) -> tuple[date, ...]:
        """Every morning of the season."""
        return tuple(day for day in self.season.dates if day >= self.begin)

    def as_of(self, today: date) -> datetime:
        """The moment of a morning's decisions."""
        return datetime.combine(today, self.morning)

    def target(self, today: date) -> date:
        """The day for which coaches ordered this morning leave: today, or as notice has it."""
        notice = max((coach.notice_hours for coach in self.season.coaches), default=0.0)
        earliest = self.as_of(today) + timedelta(hours=notice)
        whole = self.season.by_day and earliest.time() > time()
        return earliest.date() + timedelta(days=whole)

    def copy(self) -> Desk:
        """A desk on which something may be tried."""
        other = copy(self)
        other.become(self)
        return other

    def become(self, other: Desk) -> None:
        """Take over what another desk of the same season has ordered."""
        self.waiting, self.standing = dict(other.waiting), dict(other.standing)
        self.parts, self.of = dict(other.parts), dict(other.of)

    def known(self, today: date, *, leaving: date | None = None) -> Iterator[Cohort]:
        """
        Who waits and has signed up, ready this morning or later.

        Parameters
        ----------
        leaving
            First day on which they may leave, where that is not today.
        """
        for cohort in self.season.cohorts:
            some = self.waiting[cohort.id]
            if some.count and signed_up(cohort) <= today and self._may_still(cohort, today):
                now = self._as_of_today(cohort, some, today)
                if leaving is not None and day_of(now.ready) < leaving:
                    now = now.model_copy(update={"ready": leaving})
                yield now

    def gone(self, today: date) -> bool:
        """Whether nobody waits or will."""
        return not any(
            some.count and self._may_still(self.cohorts[name], today)
            for name, some in self.waiting.items()
        )

    def _may_still(self, cohort: Cohort, today: date) -> bool:
        late = self.season.rules.priority.late_days
        return day_of(cohort.due) + timedelta(days=late) >= today

    def _as_of_today(self, cohort: Cohort, some: Some, today: date) -> Cohort:
        ready, now = cohort.ready, self.as_of(today)
        if day_of(ready) <= today:
            clock = isinstance(ready, datetime) and ready > now
            ready = ready if clock else today if self.season.by_day else now
        return _part(cohort, cohort.id, some).model_copy(update={"ready": ready})

    def scenario(
        self, today: date, cohorts: Iterable[Cohort], last: date, *, also: Sequence[Cohort] = ()
    ) -> Scenario:
        """
        The scenario as known on a morning.

        Parameters
        ----------
        cohorts
            Who waits and is to be planned.
        last
            Last day of the plan.
        also
            Others: those expected.
        """
        out = [s for s in self.standing.values() if s.back >= today]
        riders = [self.parts[r.cohort] for s in out for r in s.trip.riders]
        first = min([today, *(s.day for s in out)])
        last = max([last, *(s.day for s in out)])
        return altered(
            self.season,
            as_of=self.as_of(today),
            days=self.season.days.model_copy(update={"first": first, "last": last}),
            cohorts=(*riders, *cohorts, *also),
            frozen=tuple(s.trip for s in out),
        )

    def whole(self) -> Scenario:
        """The season as it went: everybody, the trips that stand, and who was left."""
        left = [_part(self.cohorts[n], n, some) for n, some in self.waiting.items() if some.count]
        days = self.season.days
        last = max([days.last, *(s.day for s in self.standing.values())])
        return altered(
            self.season,
            as_of=self.as_of(days.first),
            days=days.model_copy(update={"last": last}),
            cohorts=(*self.parts.values(), *left),
            frozen=tuple(standing.trip for standing in self.standing.values()),
        )

    def take(self, plan: Plan, trips: Iterable[Trip], today: date) -> list[str]:
        """
        Order trips of a plan; people expected and not yet known are taken off them.

        Returns
        -------
        Ids of the trips that now stand: those on which somebody rides.
        """
        seats = self.seats(plan)
        done = []
        for trip in trips:
            if not seats.get(trip.id):
                continue
            self._stand(
                Standing(frozen_of(trip, ()), trip.day, self._back(trip), today), seats[trip.id]
            )
            done.append(trip.id)
        return done

    def board(self, plan: Plan) -> None:
        """Give people who wait the seats that the plan gives them on trips that stand."""
        for trip, seats in self.seats(plan).items():
            if trip in self.standing:
                self._stand(self.standing[trip], seats)

    def seats(self, plan: Plan) -> dict[str, list[Seat]]:
        """Who of those that wait rides which trip of a plan."""
        found: dict[str, list[Seat]] = {}
        for ride in rides(plan):
            if ride.cohort not in self.waiting:
                continue  # they ride it already, or are only expected
            itinerary = plan.itineraries[ride.itinerary]
            assert ride.people == itinerary.count, "one itinerary of a coach has one drop"
            some = Some(itinerary.count, itinerary.parties, itinerary.accessible)
            found.setdefault(ride.trip.id, []).append(Seat(ride.cohort, some, ride.alight.place))
        return found

    def _stand(self, standing: Standing, seats: Iterable[Seat]) -> None:
        riders = list(standing.trip.riders)
        for seat in seats:
            name = f"{seat.cohort[:60]}~{len(self.parts) + 1}"
            self.waiting[seat.cohort] = self.waiting[seat.cohort].less(seat.some)
            self.parts[name] = _part(self.cohorts[seat.cohort], name, seat.some)
            self.of[name] = seat.cohort
            count, parties = seat.some.count, seat.some.parties
            riders.append(FrozenRiders(cohort=name, count=count, parties=parties, drop=seat.drop))
        trip = standing.trip.model_copy(update={"riders": tuple(riders)})
        self.standing[trip.id] = replace(standing, trip=trip)

    def _back(self, trip: Trip) -> date:
        """Last day on which a trip holds its unit, cleaning included, or its people arrive."""
        planning = self.season.planning
        if self.season.rules.budget.ceiling or any(p.ceiling for p in self.season.payers):
            return date.max  # its money counts until the end
        if not isinstance(planning, ByClock):
            return trip.day + timedelta(days=trip.days - 1)
        back = trip.stops[-1].arrive
        assert back is not None
        return (back + timedelta(minutes=planning.turnaround_minutes)).date()


def _part(cohort: Cohort, name: str, some: Some) -> Cohort:
    parts = {"count": some.count, "parties": some.parties, "accessible": some.accessible}
    return cohort.model_copy(update={"id": name, **parts})


def _without_shares(season: Scenario) -> Scenario:
    rules, classes = season.rules, season.priorities
    if not (rules.priority.least_share or any(p.least_share for p in classes)):
        return season
    priority = rules.priority.model_copy(update={"least_share": 0.0})
    return altered(
        season,
        rules=rules.model_copy(update={"priority": priority}),
        priorities=tuple(p.model_copy(update={"least_share": 0.0}) for p in classes),
    )
