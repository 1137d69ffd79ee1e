"""``seats``, second part: accessible places and luggage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import Run
from p2p_dispatch.check.seat_parts import parts_of

RULE = "seats"


def load(facts: Facts) -> Iterator[Finding]:
    """People who need an accessible place, and luggage, fit after every stop."""
    need: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for itinerary in facts.plan.itineraries:
        for trip in itinerary.trips:
            need[trip][itinerary.cohort] += itinerary.accessible
    for run in facts.runs:
        unit_type = facts.unit_types.get(run.trip.unit_type)
        if unit_type is None:
            continue  # a finding of ``fleet``
        places, pieces = _most(facts, run, need[run.trip.id])
        parts = parts_of(facts, run, unit_type)
        there = sum(number * part.accessible for part, number in parts)
        if places > there:
            words = f"{places} people need an accessible place, there are {there}"
            yield Finding(rule=RULE, where=run.where, words=words)
        room = [(part.luggage, number) for part, number in parts]
        holds = sum(number * (each or 0) for each, number in room)
        if all(each is not None for each, _ in room) and pieces > holds:
            words = f"{pieces} pieces of luggage, there is room for {holds}"
            yield Finding(rule=RULE, where=run.where, words=words)


def _most(facts: Facts, run: Run, need: Counter[str]) -> tuple[int, int]:
    """Most accessible places and most pieces of luggage that are needed after a stop."""
    aboard: Counter[str] = Counter()
    places = pieces = 0
    for stop in run.stops:
        for riders in stop.alight:
            aboard[riders.cohort] -= riders.count
        for riders in stop.board:
            aboard[riders.cohort] += riders.count
        # Where a cohort gets off at two places, nobody says who gets off first: take it that
        # those who need a place stay on board.
        places = max(places, sum(min(need[cohort], aboard[cohort]) for cohort in aboard))
        bags = (
            (facts.cohorts[c].luggage if c in facts.cohorts else 0, n) for c, n in aboard.items()
        )
        pieces = max(pieces, sum(each * number for each, number in bags))
    return places, pieces
