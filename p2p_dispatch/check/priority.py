"""``priority``: whom a plan must not forget; how late people may be is judged by ``windows``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import ceil

from p2p_dispatch.check.clock import TINY
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding

RULE = "priority"


def priority(facts: Facts) -> Iterator[Finding]:
    """Of every origin and of every class a least share is moved."""
    moved, people = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for cohort in facts.cohorts.values():
        for group in ("origin", cohort.origin), ("class", cohort.priority or ""):
            people[group] += cohort.count
    for itinerary in facts.plan.itineraries:
        known = facts.cohorts.get(itinerary.cohort)
        if known:
            for group in ("origin", known.origin), ("class", known.priority or ""):
                moved[group] += itinerary.count
    least = {("origin", name): facts.scenario.rules.priority.least_share for name in facts.origins}
    least |= {("class", p.id): p.least_share for p in facts.scenario.priorities}
    for group, share in least.items():
        wanted = ceil(share * people[group] - TINY)
        if moved[group] < wanted:
            words = f"{moved[group]} of {people[group]} are moved, {share:.0%} are {wanted}"
            yield Finding(rule=RULE, where=" ".join(group), words=words)
