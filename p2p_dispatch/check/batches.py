"""``balance``, second part: batches, ids, and what is cancelled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.people import home_of, starting
from p2p_dispatch.events.model import Status
from p2p_dispatch.plan.model import Batch

RULE = "balance"


def batches(facts: Facts) -> Iterator[Finding]:
    """One batch for each origin and trip on which people leave it, and no batch without."""
    yield from _ids(facts)
    yield from _agree(facts)
    yield from _cancelled(facts)


def _ids(facts: Facts) -> Iterator[Finding]:
    names = {
        "trip": Counter(trip.id for trip in facts.plan.trips),
        "batch": Counter(batch.id for batch in facts.plan.batches),
    }
    for kind, ids in names.items():
        for name, times in ids.items():
            if times > 1:
                words = f"{times} have this id; the next plan could not tell them apart"
                yield Finding(rule=RULE, where=f"{kind} {name}", words=words)


def _agree(facts: Facts) -> Iterator[Finding]:
    boarding: Counter[tuple[str, str]] = Counter()
    for run in facts.runs:
        for i in run.boards:
            for cohort, number in starting(facts, run, i):
                boarding[run.trip.id, home_of(facts, run.stops[i].place, cohort)] += number
    listed: defaultdict[tuple[str, str], list[Batch]] = defaultdict(list)
    for batch in facts.plan.batches:
        listed[batch.trip, batch.origin].append(batch)
    for trip, origin in sorted(boarding.keys() | listed.keys()):
        found = listed.get((trip, origin), [])
        have = " and ".join(f"{batch.id} of {batch.people}" for batch in found) or "none"
        if (trip, origin) not in boarding:
            words = f"nobody boards at {origin}, the plan has batch {have}"
            yield Finding(rule=RULE, where=f"trip {trip}", words=words)
        elif [batch.people for batch in found] != [boarding[trip, origin]]:
            number = boarding[trip, origin]
            words = f"{number} people board at {origin} and make one batch, the plan has {have}"
            yield Finding(rule=RULE, where=f"trip {trip}", words=words)


def _cancelled(facts: Facts) -> Iterator[Finding]:
    for run in facts.runs:
        if run.trip.status is Status.CANCELLED and run.boards:
            words = "is cancelled, and people are to board it"
            yield Finding(rule=RULE, where=run.where, words=words)
    for batch in facts.plan.batches:
        if batch.status is Status.CANCELLED:
            words = f"is cancelled, and its {batch.people} people are still on trip {batch.trip}"
            yield Finding(rule=RULE, where=f"batch {batch.id}", words=words)
