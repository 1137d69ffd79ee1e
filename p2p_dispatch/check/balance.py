"""``balance``: everybody is moved once or left behind once, and every part of the plan agrees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from p2p_dispatch.check.batches import batches
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import Run
from p2p_dispatch.plan.model import Itinerary, Unserved

RULE = "balance"


def balance(facts: Facts) -> Iterator[Finding]:
    """Moved + unserved = roster, and itineraries agree with the trips they name."""
    yield from _cohorts(facts)
    yield from _itineraries(facts)
    yield from _trips(facts)
    yield from _sums(facts)
    yield from batches(facts)


def _cohorts(facts: Facts) -> Iterator[Finding]:
    parts: dict[str, list[Itinerary | Unserved]] = {cohort: [] for cohort in facts.cohorts}
    for part in facts.parts:
        parts.setdefault(part.cohort, []).append(part)
        if part.count < 1:
            words = f"an itinerary or unserved part of {part.count} people"
            yield Finding(rule=RULE, where=f"cohort {part.cohort}", words=words)
    for name, some in parts.items():
        cohort, where = facts.cohorts.get(name), f"cohort {name}"
        if cohort is None:
            yield Finding(rule=RULE, where=where, words="the scenario has no such cohort")
            continue
        moved = sum(part.count for part in some if isinstance(part, Itinerary))
        left = sum(part.count for part in some if isinstance(part, Unserved))
        if moved + left != cohort.count:
            words = f"{moved} moved and {left} unserved make {moved + left} of {cohort.count}"
            yield Finding(rule=RULE, where=where, words=words)


def _itineraries(facts: Facts) -> Iterator[Finding]:
    for itinerary in facts.plan.itineraries:
        where = f"cohort {itinerary.cohort}"
        if len(itinerary.trips) != 1:
            words = (
                f"an itinerary of {len(itinerary.trips)} trips; nobody changes yet, so one it is"
            )
            yield Finding(rule=RULE, where=where, words=words)
        for trip in itinerary.trips:
            if trip not in facts.by_trip:
                yield Finding(rule=RULE, where=where, words=f"the plan has no trip {trip}")


def _trips(facts: Facts) -> Iterator[Finding]:
    through: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for itinerary in facts.plan.itineraries:
        for trip in itinerary.trips:
            through[trip][itinerary.cohort] += itinerary.count
    for run in facts.runs:
        yield from _places(facts, run)
        yield from _flows(run, through[run.trip.id])


def _places(facts: Facts, run: Run) -> Iterator[Finding]:
    """Everybody boards at their origin and gets off at their gate or a hub of their site."""
    for stop in run.stops:
        for riders in (*stop.board, *stop.alight):
            if riders.count < 1:
                words = f"{riders.count} people of {riders.cohort} at {stop.place}"
                yield Finding(rule=RULE, where=run.where, words=words)
            if riders.cohort not in facts.cohorts:
                words = f"the scenario has no cohort {riders.cohort}"
                yield Finding(rule=RULE, where=run.where, words=words)
        for riders in stop.board:
            cohort = facts.cohorts.get(riders.cohort)
            if cohort and stop.place != cohort.origin:
                words = f"{cohort.id} boards at {stop.place}, not at its origin {cohort.origin}"
                yield Finding(rule=RULE, where=run.where, words=words)
        for riders in stop.alight:
            ends = _ends(facts, riders.cohort)
            if ends is not None and stop.place not in ends:
                words = f"{riders.cohort} gets off at {stop.place}, not at {' or '.join(ends)}"
                yield Finding(rule=RULE, where=run.where, words=words)


def _ends(facts: Facts, cohort: str) -> list[str] | None:
    """Where a cohort may get off; None for a cohort that nobody knows."""
    known = facts.cohorts.get(cohort)
    site = facts.sites.get(known.site) if known else None
    return [*([site.id] if site.gate else []), *site.handover] if site else None


def _flows(run: Run, through: Counter[str]) -> Iterator[Finding]:
    """Boarding, getting off and itineraries agree, and nobody gets off before boarding."""
    on: Counter[str] = Counter()
    off: Counter[str] = Counter()
    for stop in run.stops:
        for riders in stop.alight:
            off[riders.cohort] += riders.count
            if off[riders.cohort] > on[riders.cohort]:
                words = f"{riders.cohort} gets off at {stop.place} before boarding"
                yield Finding(rule=RULE, where=run.where, words=words)
        for riders in stop.board:
            on[riders.cohort] += riders.count
    for cohort in sorted(on.keys() | off.keys() | through.keys()):
        if not on[cohort] == off[cohort] == through[cohort]:
            words = (
                f"of {cohort} {on[cohort]} board and {off[cohort]} get off, "
                f"its itineraries have {through[cohort]}"
            )
            yield Finding(rule=RULE, where=run.where, words=words)


def _sums(facts: Facts) -> Iterator[Finding]:
    plan, moved = facts.plan, sum(itinerary.count for itinerary in facts.plan.itineraries)
    if plan.people != facts.scenario.people:
        words = f"the plan counts {plan.people} people, the roster has {facts.scenario.people}"
        yield Finding(rule=RULE, where="plan", words=words)
    if plan.moved != moved:
        words = f"the plan says {plan.moved} are moved, its itineraries have {moved}"
        yield Finding(rule=RULE, where="plan", words=words)
