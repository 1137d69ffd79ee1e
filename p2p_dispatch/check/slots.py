"""``slots``: a place handles so many coaches at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, time
from math import floor

from p2p_dispatch.check.clock import TINY
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import Run

RULE = "slots"


def slots(facts: Facts) -> Iterator[Finding]:
    """Coaches that leave an origin, or whose people arrive, within a slot are at most its trips."""
    used: Counter[tuple[str, date, int]] = Counter()
    for run in facts.runs:
        for place, minute in _calls(facts, run):
            limit = facts.places[place].slots
            if limit:
                day = facts.clock.day(minute)
                passed = minute - facts.clock.at(day, time())
                used[place, day, floor((passed + TINY) / limit.minutes)] += 1
    for (place, day, number), trips in used.items():
        limit = facts.places[place].slots
        if limit and trips > limit.trips:
            begins = facts.clock.at(day, time()) + number * limit.minutes
            words = (
                f"{trips} coaches in the {limit.minutes} min from {facts.clock.text(begins)}, "
                f"at most {limit.trips}"
            )
            yield Finding(rule=RULE, where=f"{place} on {day}", words=words)


def _calls(facts: Facts, run: Run) -> Iterator[tuple[str, float]]:
    """Where and when a coach takes a place in a slot."""
    if run.times is None:
        return
    for i in run.boards:
        if run.stops[i].place in facts.origins:
            yield run.stops[i].place, run.times.go[i]
    for i in run.alights:
        arrives, place = run.times.off[i], run.stops[i].place
        if arrives is not None and place in facts.places and place not in facts.origins:
            yield place, arrives
