"""``life``: batches and trips come from one status to the next in order, none too early."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.events.model import Medical, Status, StatusChanged
from p2p_dispatch.plan.model import Batch, Trip

RULE = "life"

Steps = list[tuple[datetime, Status]]
"""What a trip or a batch has reached, by time."""


def life(facts: Facts) -> Iterator[Finding]:
    """Statuses go forward; a released trip was ordered and all of its people were checked."""
    steps = _steps(facts)
    batches: defaultdict[str, list[Batch]] = defaultdict(list)
    for batch in facts.plan.batches:
        batches[batch.trip].append(batch)
        for words in _in_order(steps[batch.id], batch.status):
            yield Finding(rule=RULE, where=f"batch {batch.id}", words=words)
    for trip in facts.plan.trips:
        some = batches[trip.id]
        for words in (*_in_order(steps[trip.id], trip.status), *_ready(facts, trip, steps, some)):
            yield Finding(rule=RULE, where=f"trip {trip.id}", words=words)


def _steps(facts: Facts) -> defaultdict[str, Steps]:
    steps: defaultdict[str, Steps] = defaultdict(list)
    for event in facts.plan.events:
        if isinstance(event, StatusChanged):
            steps[event.subject].append((event.when, event.value))
    for each in steps.values():
        each.sort(key=lambda step: step[0])
    return steps


def _in_order(steps: Steps, status: Status) -> Iterator[str]:
    for (_, before), (when, after) in pairwise(steps):
        if after.rank <= before.rank:
            yield f"is {after} at {when:%Y-%m-%d %H:%M}, after it was {before}"
    if steps and status.rank < steps[-1][1].rank:
        yield f"is {status} in the plan, its last event made it {steps[-1][1]}"


def _ready(
    facts: Facts, trip: Trip, steps: dict[str, Steps], batches: list[Batch]
) -> Iterator[str]:
    """What a trip lacked when it was released, or has gone on without being released."""
    if not Status.RELEASED.rank <= trip.status.rank < Status.CANCELLED.rank:
        return
    mine = steps.get(trip.id, [])
    gone = next((when for when, status in mine if status.rank >= Status.RELEASED.rank), None)
    if not any(
        status is Status.ORDERED and (gone is None or when <= gone) for when, status in mine
    ):
        yield f"is {trip.status}, and was not ordered before"
    for batch in batches:
        if batch.status is Status.CANCELLED:
            yield f"is {trip.status}, and its batch {batch.id} is cancelled"
        checked = sum(
            event.value
            for event in facts.plan.events
            if isinstance(event, Medical)
            and event.subject == batch.id
            and (gone is None or event.when <= gone)
        )
        coming = batch.people - batch.absent
        if checked < coming:
            yield (
                f"is {trip.status}, and {checked} of the {coming} people of batch {batch.id} were "
                "checked before"
            )
