"""``medical``: an origin checks so many people a day, and everyone who leaves is checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.people import home_of, starting

RULE = "medical"


def medical(facts: Facts) -> Iterator[Finding]:
    """People who leave an origin on a day are at most those it can check on that day."""
    leaving: Counter[tuple[str, date]] = Counter()
    for run in facts.runs:
        for i in run.boards:
            day = facts.clock.day(run.times.go[i]) if run.times else run.day
            for cohort, number in starting(facts, run, i):
                leaving[home_of(facts, run.stops[i].place, cohort), day] += number
    for (place, day), number in leaving.items():
        origin = facts.origins.get(place)
        limit = origin.medical_per_day(day) if origin else None
        if limit is not None and number > limit:
            words = f"{number} people leave, {limit} can be checked"
            yield Finding(rule=RULE, where=f"{place} on {day}", words=words)
