"""``party``: parties stay together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding

RULE = "party"


def party(facts: Facts) -> Iterator[Finding]:
    """Every party of a cohort is in one itinerary or unserved part, which is large enough."""
    placed: dict[str, Counter[int]] = {cohort: Counter() for cohort in facts.cohorts}
    for part in facts.parts:
        placed.setdefault(part.cohort, Counter()).update(part.parties)
        if sum(part.parties) > part.count:
            words = f"parties of {_sizes(Counter(part.parties))} among {part.count} people"
            yield Finding(rule=RULE, where=f"cohort {part.cohort}", words=words)
    for name, found in placed.items():
        cohort = facts.cohorts.get(name)
        wanted = Counter(cohort.parties) if cohort else found
        if found != wanted:
            words = f"the plan has parties of {_sizes(found)}, the cohort of {_sizes(wanted)}"
            yield Finding(rule=RULE, where=f"cohort {name}", words=words)


def _sizes(parties: Counter[int]) -> str:
    return " + ".join(str(size) for size in sorted(parties.elements(), reverse=True)) or "nobody"
