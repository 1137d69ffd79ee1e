"""``intake``: a site takes so many people a day, so many of a trade, and so many of other sites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.people import leaving, lent

RULE = "intake"


def intake(facts: Facts) -> Iterator[Finding]:
    """People who arrive on a day are at most those the site takes on it, and fill its posts."""
    arriving: Counter[tuple[str, date]] = Counter()
    for run in facts.runs:
        for i in run.alights:
            arrives = run.times.off[i] if run.times else None
            day = facts.clock.day(arrives) if arrives is not None else run.day
            for off in leaving(facts, run, i):
                if off.ends and off.cohort in facts.cohorts:
                    arriving[off.site, day] += off.count
    for (name, day), number in arriving.items():
        site = facts.sites.get(name)
        limit = site.intake_per_day(day) if site else None
        if limit is not None and number > limit:
            words = f"{number} people come, the site takes {limit}"
            yield Finding(rule=RULE, where=f"{name} on {day}", words=words)
    yield from _posts(facts)
    yield from _lent(facts)


def _posts(facts: Facts) -> Iterator[Finding]:
    """Open posts by trade; a site of its own is a post of its own."""
    filled: Counter[tuple[str, str]] = Counter()
    for itinerary in facts.plan.itineraries:
        cohort = facts.cohorts.get(itinerary.cohort)
        if cohort and cohort.site is None:
            filled[itinerary.site, cohort.trade or ""] += itinerary.count
    for (name, trade), number in filled.items():
        site = facts.sites.get(name)
        posts = site.posts.get(trade, 0) if site else number
        if number > posts:
            words = f"{number} people with the trade {trade} come, it has {posts} posts"
            yield Finding(rule=RULE, where=name, words=words)


def _lent(facts: Facts) -> Iterator[Finding]:
    """People who are lent: to sites that their own lends to, and no more than it lends."""
    for (lender, borrower), number in lent(facts).items():
        known = facts.sites.get(lender)
        most = known.lends.get(borrower) if known else None
        if most is None:
            words = f"{number} people of {lender} come, which lends nobody to it"
            yield Finding(rule=RULE, where=borrower, words=words)
        elif number > most:
            words = f"{number} people of {lender} come, which lends it {most}"
            yield Finding(rule=RULE, where=borrower, words=words)
