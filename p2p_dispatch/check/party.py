"""``party``: parties stay together, and nobody's need of an accessible place is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding

RULE = "party"


def party(facts: Facts) -> Iterator[Finding]:
    """Every party of a cohort is in one itinerary or unserved part, which is large enough."""
    placed: dict[str, Counter[int]] = {cohort: Counter() for cohort in facts.cohorts}
    in_need: Counter[str] = Counter()
    for part in facts.parts:
        placed.setdefault(part.cohort, Counter()).update(part.parties)
        in_need[part.cohort] += part.accessible
        if part.accessible < 0 or sum(part.parties) + part.accessible > part.count:
            parties = f"parties of {_sizes(Counter(part.parties))}"
            words = f"{parties} and {part.accessible} accessible places for {part.count} people"
            yield Finding(rule=RULE, where=f"cohort {part.cohort}", words=words)
    for name, cohort in facts.cohorts.items():
        if in_need[name] != cohort.accessible:
            words = (
                f"{in_need[name]} need an accessible place, of the cohort {cohort.accessible} do"
            )
            yield Finding(rule=RULE, where=f"cohort {name}", words=words)
    for name, found in placed.items():
        known = facts.cohorts.get(name)
        wanted = Counter(known.parties) if known else found
        if found != wanted:
            words = f"the plan has parties of {_sizes(found)}, the cohort of {_sizes(wanted)}"
            yield Finding(rule=RULE, where=f"cohort {name}", words=words)


def _sizes(parties: Counter[int]) -> str:
    return " + ".join(str(size) for size in sorted(parties.elements(), reverse=True)) or "nobody"
