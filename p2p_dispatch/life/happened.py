"""What events make of a scenario, and of the people and times of a plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from p2p_dispatch.events.model import (
    Cancelled,
    Closed,
    Event,
    IntakeChanged,
    Late,
    NoShow,
    PostsChanged,
    RiskChanged,
    Status,
    StatusChanged,
    UnitDown,
    WalkUp,
    in_time,
)
from p2p_dispatch.life.parts import Party, less
from p2p_dispatch.plan.model import Plan, Trip
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.altered import altered


@dataclass
class Situation:
    """
    A scenario and a plan after some events.

    Attributes
    ----------
    trips
        By id, with the times at which they left or will leave.
    parts
        Who does what, as they were told.
    cancelled
        Trips that do not run.
    late
        Coaches that leave later than people were told.
    departed
        Trips of which an event says that they have left.
    """

    scenario: Scenario
    plan: Plan
    trips: dict[str, Trip]
    parts: list[Party]
    cancelled: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)
    departed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.known = self.scenario.cohorts
        self._homes = {cohort.id: cohort.origin for cohort in self.known}
        self._batches = {batch.id: batch for batch in self.plan.batches}
        self._leaving: defaultdict[str, list[int]] = defaultdict(list)
        for i, part in enumerate(self.parts):
            for trip in part.trips[:1]:
                self._leaving[trip].append(i)
        self._more: Counter[str] = Counter()

    def happen(self, events: Sequence[Event]) -> None:
        """Let events happen, in order of time; once."""
        for event in in_time(tuple(events)):
            self._one(event)
        self.parts = [part for part in self.parts if part.count]
        if self._more:
            self._count(self._more)

    def _one(self, event: Event) -> None:
        if isinstance(event, StatusChanged):
            if event.value is Status.CANCELLED:
                self._cancel(event.subject)
            elif event.value.rank >= Status.DEPARTED.rank:
                self.departed.add(event.subject)
        elif isinstance(event, Cancelled):
            self._cancel(event.subject)
        elif isinstance(event, NoShow):
            self._no_show(event)
        elif isinstance(event, WalkUp):
            self._walk_up(event)
        elif isinstance(event, Late):
            self._late(event)
        else:
            self.scenario = changed(self.scenario, event)

    def _cancel(self, subject: str) -> None:
        trip = self.trips.get(subject)
        if trip is None:  # a batch: its people are to be planned anew
            batch = self._batches[subject]
            for i in self._leaving[batch.trip]:
                part = self.parts[i]
                if part.trips and self._homes[part.cohort] == batch.origin:
                    self.parts[i] = replace(part, trips=(), changes=(), drop="", moved=False)
            return
        self.cancelled.add(subject)
        self.departed.discard(subject)
        if trip.service:
            services = tuple(
                each.model_copy(update={"cancelled_on": (*each.cancelled_on, trip.day)})
                if each.id == trip.service
                else each
                for each in self.scenario.services
            )
            self.scenario = altered(self.scenario, services=services)

    def _late(self, event: Late) -> None:
        trip, minutes = self.trips[event.subject], event.value
        if trip.service:
            services = tuple(
                each.model_copy(
                    update={
                        "late_on": {
                            **each.late_on,
                            trip.day: each.late_on.get(trip.day, 0) + minutes,
                        }
                    }
                )
                if each.id == trip.service
                else each
                for each in self.scenario.services
            )
            self.scenario = altered(self.scenario, services=services)
        else:
            self.late.add(trip.id)
        self.trips[trip.id] = later(trip, minutes)

    def _of_batch(self, batch_id: str, cohort: str | None) -> list[int]:
        """
        The parts of a batch, those of one cohort where it is named.

        Who is named need not have the batch's origin: at a hub people of several gather.
        """
        batch, found = self._batches[batch_id], []
        for i in self._leaving[batch.trip]:
            part = self.parts[i]
            own = self._homes[part.cohort] == batch.origin
            if part.count and part.moved and (own if cohort is None else part.cohort == cohort):
                found.append(i)
        return found

    def _no_show(self, event: NoShow) -> None:
        left = event.value
        for i in self._of_batch(event.subject, event.cohort):
            part = self.parts[i]
            some = min(left, part.count)
            self.parts[i] = less(part, some) or replace(part, count=0, parties=(), accessible=0)
            self._more[part.cohort] -= some
            left -= some

    def _walk_up(self, event: WalkUp) -> None:
        cohort, batch = event.cohort, event.subject
        some: list[int] = []
        if batch in self._batches:
            some = self._of_batch(batch, cohort)
            cohort = cohort or (self.parts[some[0]].cohort if some else None)
        else:
            cohort = event.subject
        if cohort is None:
            return
        if some:
            part = self.parts[some[0]]
            self.parts[some[0]] = replace(part, count=part.count + event.value)
        else:
            self.parts.append(Party(cohort=cohort, count=event.value, moved=False))
        self._more[cohort] += event.value

    def _count(self, more: Counter[str]) -> None:
        """People more or fewer on the roster, with the parties that are left."""
        parts: defaultdict[str, list[Party]] = defaultdict(list)
        for part in self.parts:
            parts[part.cohort].append(part)
        cohorts = []
        for cohort in self.known:
            mine = parts[cohort.id]
            update = {
                "count": cohort.count + more[cohort.id],
                "parties": tuple(size for part in mine for size in part.parties),
                "accessible": sum(part.accessible for part in mine),
            }
            if cohort.id not in more:
                cohorts.append(cohort)
            elif update["count"]:
                cohorts.append(cohort.model_copy(update=update))
        self.scenario = altered(self.scenario, cohorts=tuple(cohorts))


def later(trip: Trip, minutes: int) -> Trip:
    """A trip so many minutes later."""
    by = timedelta(minutes=minutes)

    def moved(moment: datetime | None) -> datetime | None:
        return None if moment is None else moment + by

    return trip.model_copy(
        update={
            "stops": tuple(
                stop.model_copy(update={"arrive": moved(stop.arrive), "depart": moved(stop.depart)})
                for stop in trip.stops
            ),
            "driving": tuple(
                spell.model_copy(update={"start": spell.start + by, "end": spell.end + by})
                for spell in trip.driving
            ),
        }
    )


def changed(scenario: Scenario, event: Event) -> Scenario:
    """A scenario after something that is not about the plan; its subject is there."""
    if isinstance(event, UnitDown):
        days = event.days(_around(scenario))
        return _with(
            scenario,
            "pools",
            event.subject,
            lambda pool: {
                "on": {
                    **pool.on,
                    **{day: max(0, pool.units_on(day) - event.value) for day in days},
                }
            },
        )
    if isinstance(event, PostsChanged):
        posts = {event.trade: event.value}
        return _with(
            scenario, "sites", event.subject, lambda site: {"posts": {**site.posts, **posts}}
        )
    if isinstance(event, IntakeChanged):
        days = event.days(_around(scenario))
        return _with(
            scenario,
            "sites",
            event.subject,
            lambda site: {
                "intake_per_day": site.intake_per_day.model_copy(
                    update={"on": {**site.intake_per_day.on, **dict.fromkeys(days, event.value)}}
                )
            },
        )
    kind = next(
        kind
        for kind in ("depots", "origins", "sites", "hubs")
        if any(place.id == event.subject for place in getattr(scenario, kind))
    )
    if isinstance(event, Closed):
        days = event.days(_around(scenario))
        return _with(
            scenario,
            kind,
            event.subject,
            lambda place: {"closed_on": (*place.closed_on, *set(days) - set(place.closed_on))},
        )
    assert isinstance(event, RiskChanged)
    return _with(scenario, kind, event.subject, lambda place: {"risk_from": _levels(place, event)})


def _levels(place: Any, event: RiskChanged) -> dict[date, Any]:
    """The levels of a place from day to day, with another one for a while."""
    first = event.first or event.when.date()
    levels = {day: level for day, level in place.risk_from.items() if day < first}
    levels[first] = event.value
    if event.last is not None:
        after = event.last + timedelta(days=1)
        levels[after] = place.risk_on(after)
        levels |= {day: level for day, level in place.risk_from.items() if day > after}
    return levels


def _around(scenario: Scenario) -> tuple[date, ...]:
    """The days of the horizon, and some after it on which coaches may still be out."""
    last = scenario.days.last
    return (*scenario.dates, *(last + timedelta(days=d) for d in range(1, 4)))


def _with(scenario: Scenario, kind: str, subject: str, update: Any) -> Scenario:
    parts = tuple(
        part.model_copy(update=update(part)) if part.id == subject else part
        for part in getattr(scenario, kind)
    )
    return altered(scenario, **{kind: parts})
