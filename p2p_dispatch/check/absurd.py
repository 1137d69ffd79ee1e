"""Numbers that no plan has; the arithmetic of the rules stops before them."""

from __future__ import annotations

from collections.abc import Iterator

from p2p_dispatch.check.finding import Finding
from p2p_dispatch.plan.model import Itinerary, Plan, Unserved

MOST = 10**9
"""No count of a plan is beyond this: more than anybody moves, less than floats can hold."""


def absurd(plan: Plan) -> list[Finding]:
    """Findings of ``balance`` for counts beyond all measure; an edited plan may say anything."""
    return [
        Finding(rule="balance", where=where, words=f"a count beyond {MOST:,}")
        for where, count in _counts(plan)
        if not -MOST <= count <= MOST
    ]


def _counts(plan: Plan) -> Iterator[tuple[str, int]]:
    for trip in plan.trips:
        where = f"trip {trip.id}"
        for count in (
            trip.drivers,
            trip.days,
            trip.allowed,
            *trip.staff.values(),
            *trip.carriages.values(),
        ):
            yield where, count
        for stop in trip.stops:
            for riders in (*stop.board, *stop.alight):
                yield where, riders.count
    parts: tuple[Itinerary | Unserved, ...] = (*plan.itineraries, *plan.unserved)
    for part in parts:
        for count in (part.count, part.accessible, *part.parties):
            yield f"cohort {part.cohort}", count
    for batch in plan.batches:
        yield f"batch {batch.id}", batch.people
    yield "plan", plan.people
    yield "plan", plan.moved
