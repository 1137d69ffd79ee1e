"""Random events over several days, and the plans that go on from each other."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.events.model import Event, Events
from p2p_dispatch.life import Replanned, replan
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.life import people_by_batch
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import travel_of

PRICES = {"changed_day": 120, "changed_hour": 40, "changed_vehicle": 60, "changed_place": 60}


@dataclass(frozen=True)
class Step:
    """A plan, what happened, and the plan made of both."""

    before: Plan
    events: tuple[Event, ...]
    after: Replanned


def with_prices(scenario: Scenario, **risk: Any) -> Scenario:
    """A scenario in which promises have prices."""
    parts = scenario.model_dump(by_alias=True)
    parts["prices"] |= PRICES
    parts["rules"]["risk"] |= risk
    return Scenario.model_validate(parts)


def stream(scenario: Scenario, seed: int, solver: str, iterations: int = 30) -> Iterator[Step]:
    """Plans of a season, each made of the one before and of what happened since."""
    draw = random.Random(seed)
    plan = solve_scenario(
        scenario, solver, iterations=iterations, threads=1, travel=travel_of(scenario)
    )
    first = datetime.combine(scenario.days.first, time())
    moments = sorted(
        first + timedelta(minutes=draw.randrange(-600, 1440 * len(scenario.dates)))
        for _ in range(3)
    )
    now = plan.as_of.replace(tzinfo=None)
    for moment in moments:
        events = tuple(_events(draw, scenario, plan, now, moment))
        again = replan(
            scenario, plan, events, moment, solver=solver, iterations=iterations, threads=1
        )
        yield Step(plan, events, again)
        scenario, plan, now = again.scenario, again.plan, moment


def _events(
    draw: random.Random, scenario: Scenario, plan: Plan, after: datetime, moment: datetime
) -> list[Event]:
    """Some that may happen: each about another trip, batch or part of the scenario."""
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    for _ in range(draw.randint(0, 4)):
        when = after + (moment - after) * draw.random()
        event = _one(draw, scenario, plan, when.replace(microsecond=0))
        if event and event["subject"] not in seen:
            seen.add(event["subject"])
            found.append(event)
    return list(Events.model_validate({"events": found}).events)


def _one(
    draw: random.Random, scenario: Scenario, plan: Plan, when: datetime
) -> dict[str, Any] | None:
    kind = draw.choice(
        ["no-show", "walk-up", "unit-down", "cancelled", "late", "closed", "risk", "intake"]
    )
    common = {"time": when, "kind": kind}
    known = {trip.id: trip for trip in plan.trips}
    left = {trip.id for trip in scenario.frozen}
    to_come = [
        trip
        for trip in plan.trips
        if trip.id not in left and (trip.stops[0].depart is None or _local(trip) > when)
    ]
    if kind in ("no-show", "walk-up"):
        batches = [b for b in plan.batches if known[b.trip] in to_come]
        if not batches:
            return None
        batch = draw.choice(batches)
        cohort, people = draw.choice(sorted(people_by_batch(plan)[batch.id].items()))
        if kind == "walk-up":
            return {**common, "subject": cohort, "value": draw.randint(1, 3)}
        value = draw.randint(1, people)
        return {**common, "subject": batch.id, "cohort": cohort, "value": value}
    if kind == "unit-down":
        return {**common, "subject": draw.choice(scenario.pools).id, "value": 1}
    if kind in ("cancelled", "late"):
        if not to_come or (kind == "late" and plan.by_day):
            return None
        trip = draw.choice(to_come)
        if kind == "cancelled":
            return {**common, "subject": trip.id}
        leaves = _local(trip)
        minutes = draw.choice([20, 60, 150])
        if trip.service and leaves.hour * 60 + leaves.minute + minutes >= 1440:
            return None
        return {**common, "subject": trip.id, "value": minutes}
    if kind == "closed":
        return {**common, "subject": draw.choice([*scenario.origins, *scenario.sites]).id,
                "last": when.date() + timedelta(days=1)}  # fmt: skip
    if kind == "risk":
        subject = draw.choice([*scenario.origins, *scenario.sites]).id
        return {**common, "subject": subject, "value": draw.choice(["medium", "high"])}
    return {**common, "subject": draw.choice(scenario.sites).id, "value": draw.randint(0, 30)}


def _local(trip: Any) -> datetime:
    return trip.stops[0].depart.replace(tzinfo=None)  # type: ignore[no-any-return]
