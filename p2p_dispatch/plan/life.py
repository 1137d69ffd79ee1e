"""The life of batches and trips: what events make of a plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from p2p_dispatch.events.file import FILE
from p2p_dispatch.events.model import (
    Cancelled,
    Event,
    Medical,
    NoShow,
    Status,
    StatusChanged,
    WalkUp,
    in_time,
)
from p2p_dispatch.plan.model import Batch, Plan, Trip
from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.reading.near import nearest


def lived(plan: Plan, events: Sequence[Event], file: Path | str = FILE) -> Plan:
    """
    A plan with what happened to it: how far trips and batches are, who was checked, who came.

    Nothing else of it changes, so it is judged as it was made. Whether the events may follow each
    other is left to ``check``.

    Raises
    ------
    InputError
        P2P3101, when an event is about a trip, batch or cohort that the plan does not have.
    """
    if faults := [_unknown(event, words, file) for event, words in strangers(plan, events)]:
        raise InputError(faults)
    life = Life(plan)
    for event in in_time(tuple(events)):
        life.add(event)
    return plan.model_copy(
        update={
            "trips": tuple(life.trip(trip) for trip in plan.trips),
            "batches": tuple(life.batch(batch) for batch in plan.batches),
            "events": (*plan.events, *events),
        }
    ).with_travel_of(plan)


def strangers(plan: Plan, events: Sequence[Event]) -> Iterator[tuple[Event, str]]:
    """Events about what the plan does not have, each with a sentence."""
    trips, batches = {trip.id for trip in plan.trips}, {batch.id for batch in plan.batches}
    cohorts = {part.cohort for part in plan.itineraries}
    cohorts |= {part.cohort for part in plan.unserved}
    for event in events:
        known, what = trips | batches, "trip or batch"
        if isinstance(event, WalkUp):
            known, what = batches | cohorts, "batch or cohort"
        elif isinstance(event, Medical | NoShow):
            known, what = batches, "batch"
        elif isinstance(event, Cancelled) or event.kind == "late":
            known, what = trips, "trip"
        elif not event.about_plan:
            continue
        if event.subject not in known:
            yield event, _has_no(what, event.subject, known)
        elif isinstance(event, NoShow | WalkUp) and event.cohort and event.cohort not in cohorts:
            yield event, _has_no("cohort", event.cohort, cohorts)


def _has_no(what: str, subject: str, known: set[str]) -> str:
    """That it is not there, and what was probably meant."""
    near = nearest(subject, sorted(known))
    return f"the plan has no {what} {subject}" + (f"; did you mean {near}?" if near else "")


def _unknown(event: Event, words: str, file: Path | str) -> Fault:
    return Fault(
        code="P2P3101",
        mark=Mark(str(file), 0),
        field=f"{event.kind} of {event.when:%Y-%m-%d %H:%M}",
        found=words,
        right="an id of trips.csv, batches.csv or the cohorts beside it; was it another plan's?",
    )


@dataclass
class Life:
    """How far the trips and batches of a plan are, event by event in order of time."""

    plan: Plan
    status: dict[str, Status] = field(default_factory=dict)
    ordered: set[str] = field(default_factory=set)
    """Trips that were ordered."""
    checked: dict[str, int] = field(default_factory=dict)
    absent: dict[str, int] = field(default_factory=dict)
    walked_up: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.status = {trip.id: trip.status for trip in self.plan.trips}
        self._batches = {batch.id: batch for batch in self.plan.batches}
        self._trips = {trip.id for trip in self.plan.trips}
        for batch in self.plan.batches:
            self.status[batch.id] = batch.status
            self.checked[batch.id] = batch.checked
            self.absent[batch.id] = batch.absent
            self.walked_up[batch.id] = batch.walked_up
        self.ordered = {
            event.subject
            for event in self.plan.events
            if isinstance(event, StatusChanged) and event.value is Status.ORDERED
        }

    def add(self, event: Event) -> None:
        """Let something happen."""
        if isinstance(event, StatusChanged):
            self._reach(event.subject, event.value)
        elif isinstance(event, Cancelled):
            self._reach(event.subject, Status.CANCELLED)
        elif isinstance(event, Medical):
            self.checked[event.subject] += event.value
        elif isinstance(event, NoShow):
            self.absent[event.subject] += event.value
        elif isinstance(event, WalkUp) and event.subject in self.walked_up:
            self.walked_up[event.subject] += event.value

    def _reach(self, subject: str, status: Status) -> None:
        self.status[subject] = status
        if status is Status.ORDERED:
            self.ordered.add(subject)
        for batch in self.plan.batches:
            if batch.trip == subject and self.status[batch.id].rank < status.rank:
                self.status[batch.id] = status

    def trip(self, trip: Trip) -> Trip:
        """A trip with its status."""
        status = self.status[trip.id]
        return trip if status is trip.status else trip.model_copy(update={"status": status})

    def batch(self, batch: Batch) -> Batch:
        """A batch with its status and who came."""
        update = {
            "status": self.status[batch.id],
            "checked": self.checked[batch.id],
            "absent": self.absent[batch.id],
            "walked_up": self.walked_up[batch.id],
        }
        same = all(getattr(batch, name) == value for name, value in update.items())
        return batch if same else batch.model_copy(update=update)

    def why_not(self, event: Event) -> str | None:
        """
        Why an event cannot follow what happened before, a sentence; None where it can.

        A trip is released when it was ordered, none of its batches is cancelled and all of their
        people who are coming were checked.
        """
        if isinstance(event, Medical | NoShow):
            return self._too_many(event)
        if not isinstance(event, StatusChanged | Cancelled):
            return None
        status = event.value if isinstance(event, StatusChanged) else Status.CANCELLED
        here = self.status[event.subject]
        if here is Status.CANCELLED:
            return f"{event.subject} is cancelled"
        if status is Status.CANCELLED and here.rank >= Status.DEPARTED.rank:
            return f"{event.subject} has {here}, it can no more be cancelled"
        if status.rank <= here.rank:
            return f"{event.subject} is {here} already"
        is_trip = event.subject in self._trips
        if is_trip and Status.RELEASED.rank <= status.rank < Status.CANCELLED.rank:
            return self._not_ready(event.subject)
        return None

    def _too_many(self, event: Medical | NoShow) -> str | None:
        batch = self._batches[event.subject]
        said = self.checked if isinstance(event, Medical) else self.absent
        left = batch.people - said[batch.id]
        if event.value <= left:
            return None
        return f"{event.value} of {batch.id}, of whose {batch.people} people {left} are left"

    def _not_ready(self, trip: str) -> str | None:
        if trip not in self.ordered:
            return f"{trip} was not ordered"
        for batch in self.plan.batches:
            if batch.trip != trip:
                continue
            if self.status[batch.id] is Status.CANCELLED:
                return f"batch {batch.id} of it is cancelled"
            missing = batch.people - self.absent[batch.id] - self.checked[batch.id]
            if missing > 0:
                return f"{missing} of the {batch.people} people of batch {batch.id} are not checked"
        return None


def people_by_batch(
    plan: Plan, origins: Mapping[str, str] | None = None
) -> dict[str, dict[str, int]]:
    """
    The people of each batch by cohort; by the id of the batch.

    Parameters
    ----------
    origins
        Where cohorts leave home, as the scenario says. None: a plan alone does not tell apart
        people of several origins who gather at one hub.
    """
    leaving: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for part in plan.itineraries:
        leaving[part.trips[0]][part.cohort] += part.count
    theirs = _from(origins, leaving) if origins else _boarding(plan, leaving)
    return {
        batch.id: {
            cohort: people
            for cohort, people in leaving[batch.trip].items()
            if cohort in theirs[batch.trip, batch.origin]
        }
        for batch in plan.batches
    }


_ByBatch = defaultdict[tuple[str, str], set[str]]
"""Cohorts by trip and origin."""


def _from(origins: Mapping[str, str], leaving: Mapping[str, Counter[str]]) -> _ByBatch:
    found: _ByBatch = defaultdict(set)
    for trip, cohorts in leaving.items():
        for cohort in cohorts:
            found[trip, origins[cohort]].add(cohort)
    return found


def _boarding(plan: Plan, leaving: Mapping[str, Counter[str]]) -> _ByBatch:
    """The same by where they board; those of a batch without a stop of its own gather at a hub."""
    found: _ByBatch = defaultdict(set)
    for trip in plan.trips:
        for stop in trip.stops:
            found[trip.id, stop.place] |= {riders.cohort for riders in stop.board}
    others: defaultdict[str, set[str]] = defaultdict(set)
    for batch in plan.batches:
        others[batch.trip] |= found[batch.trip, batch.origin]
    for batch in plan.batches:
        if not found[batch.trip, batch.origin]:
            found[batch.trip, batch.origin] = set(leaving[batch.trip]) - others[batch.trip]
    return found
