"""Whether a scenario, a plan, events and a moment go together; one clear fault if not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from p2p_dispatch.check import check
from p2p_dispatch.events.model import (
    Event,
    IntakeChanged,
    Late,
    PostsChanged,
    Status,
    UnitDown,
    WalkUp,
    in_time,
)
from p2p_dispatch.life.rest import leaving
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.life import Life, strangers
from p2p_dispatch.plan.model import Batch, Trip
from p2p_dispatch.plan.strange import strange_names
from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.scenario import Scenario


def news(
    scenario: Scenario, plan: Plan, events: Sequence[Event], as_of: datetime
) -> tuple[Event, ...]:
    """
    The events that a plan was not made with, in order of time.

    Raises
    ------
    InputError
        P2P3101, P2P3102, P2P3104 or P2P3105, with all faults of that kind.
    """
    if faults := list(_strange(scenario, plan)):
        raise InputError(faults)
    known = plan.events[: plan.applied]
    new = tuple(dict.fromkeys((*plan.events[plan.applied :], *events)))
    new = tuple(event for event in new if event not in known)
    made = plan.as_of.replace(tzinfo=None)
    if as_of < made:
        found = f"the moment {as_of:%Y-%m-%d %H:%M} is before {made:%Y-%m-%d %H:%M}"
        right = "a moment after the plan was made"
        raise InputError([_fault("P2P3104", "as-of", f"{found}, when the plan was made", right)])
    faults = [*_out_of_time(new, made, as_of), *_unknown(scenario, plan, new)]
    faults = faults or list(_impossible(plan, new))
    if faults:
        raise InputError(faults)
    return in_time(new)


def _strange(scenario: Scenario, plan: Plan) -> Iterator[Fault]:
    """A plan of another scenario."""
    right = "the scenario that the plan was made for; of one made again, that beside it"
    if plan.scenario != scenario.name:
        found = f"the plan is for {plan.scenario}, the scenario is {scenario.name}"
        yield _fault("P2P3105", "scenario", found, right)
        return
    if names := strange_names(scenario, plan):
        yield _fault("P2P3105", "trips", f"the scenario does not know {names}", right)


def _out_of_time(events: Sequence[Event], made: datetime, as_of: datetime) -> Iterator[Fault]:
    for event in events:
        if event.when > as_of:
            found = f"it is after {as_of:%Y-%m-%d %H:%M}, the moment of planning"
            yield _fault("P2P3104", _name(event), found, "leave it out, or plan at a later moment")
        elif event.when < made:
            found = f"it is before {made:%Y-%m-%d %H:%M}, when the plan was made"
            yield _fault("P2P3104", _name(event), found, "leave it out: the plan knows it already")


def _unknown(scenario: Scenario, plan: Plan, events: Sequence[Event]) -> Iterator[Fault]:
    right = "an id of the plan or the scenario"
    for event, words in strangers(plan, events):
        yield _fault("P2P3101", _name(event), words, right)
    pools, sites = {p.id for p in scenario.pools}, {s.id for s in scenario.sites}
    for event in events:
        if event.about_plan or isinstance(event, WalkUp):
            continue
        known, what = set(scenario.places), "place"
        if isinstance(event, UnitDown):
            known, what = pools, "pool"
        elif isinstance(event, PostsChanged | IntakeChanged):
            known, what = sites, "site"
        if event.subject not in known:
            found = f"the scenario has no {what} {event.subject}"
            yield _fault("P2P3101", _name(event), found, right)


def _impossible(plan: Plan, events: Sequence[Event]) -> Iterator[Fault]:
    """Events that cannot follow each other."""
    life = Life(plan)
    known = set(plan.events)
    trips = {trip.id: trip for trip in plan.trips}
    for event in in_time(tuple(events)):
        words = None if event in known else life.why_not(event)
        if isinstance(event, Late):
            trip = trips[event.subject]
            leaves = leaving(trip)
            if event.when > leaves and not plan.by_day:
                words = f"{trip.id} has left at {leaves:%Y-%m-%d %H:%M}"
            elif plan.by_day:
                words = "the plan is by the day, nothing is late in it"
            elif trip.service and leaves.hour * 60 + leaves.minute + event.value >= 1440:
                words = f"{trip.id} would leave on another day; it is cancelled then"
        if words:
            right = "add what comes before it first, or leave it out"
            yield _fault("P2P3102", _name(event), words, right)
        if event not in known:
            life.add(event)


Asleep = TypeVar("Asleep", Trip, Batch)


def judged(scenario: Scenario, plan: Plan, now: Plan, events: Sequence[Event]) -> None:
    """
    Stop where a plan is broken already.

    Raises
    ------
    InputError
        P2P3106, with the first findings.
    """
    bare = plan.model_copy(
        update={
            "trips": tuple(_asleep(trip) for trip in plan.trips),
            "batches": tuple(_asleep(batch) for batch in plan.batches),
            "events": (),
        }
    ).with_travel_of(plan)
    findings = check(scenario, bare)
    findings += check(scenario, now, only=("life",)) if events else []
    if findings:
        more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
        found = f"it breaks rules: {findings[0]}{more}"
        right = "a plan that check finds nothing in; was it edited by hand?"
        raise InputError([_fault("P2P3106", "plan", found, right)])


def _asleep(part: Asleep) -> Asleep:
    """A trip or batch as it was planned, whatever happened to it."""
    quiet = part.status in (Status.ORGANISED, Status.ORDERED, Status.TOLD)
    return part if quiet else part.model_copy(update={"status": Status.TOLD})


def _name(event: Event) -> str:
    return f"{event.kind} of {event.when:%Y-%m-%d %H:%M}"


def _fault(code: str, field: str, found: str, right: str) -> Fault:
    return Fault(code=code, mark=Mark("replan", 0), field=field, found=found, right=right)
