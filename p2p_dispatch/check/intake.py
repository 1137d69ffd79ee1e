"""``intake``: a site takes so many people a day, at its gate or at a hub."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding

RULE = "intake"


def intake(facts: Facts) -> Iterator[Finding]:
    """People of a site who arrive on a day are at most those it takes on that day."""
    arriving: Counter[tuple[str, date]] = Counter()
    for run in facts.runs:
        for i in run.alights:
            arrives = run.times.off[i] if run.times else None
            day = facts.clock.day(arrives) if arrives is not None else run.day
            for riders in run.stops[i].alight:
                if riders.cohort in facts.cohorts:
                    arriving[facts.cohorts[riders.cohort].site, day] += riders.count
    for (name, day), number in arriving.items():
        site = facts.sites.get(name)
        limit = site.intake_per_day(day) if site else None
        if limit is not None and number > limit:
            words = f"{number} people come, the site takes {limit}"
            yield Finding(rule=RULE, where=f"{name} on {day}", words=words)
