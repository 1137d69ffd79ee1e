"""
Cost at equal people served.

A plan that leaves people behind is cheap. So each solver is also asked to move just the people
whom the baseline moved, and none fewer, and what has to be paid is compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from pydantic import BaseModel, ConfigDict

from p2p_dispatch.plan import Plan
from p2p_dispatch.scenario import Scenario


class Part(BaseModel):
    """Some people of a cohort."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    count: int
    parties: tuple[int, ...] = ()


Moved = dict[str, Part]
"""People by cohort."""


def moved_of(plan: Plan) -> Moved:
    """Whom a plan moves."""
    counts: Counter[str] = Counter()
    parties: defaultdict[str, list[int]] = defaultdict(list)
    for itinerary in plan.itineraries:
        counts[itinerary.cohort] += itinerary.count
        parties[itinerary.cohort] += itinerary.parties
    return {
        cohort: Part(count=count, parties=tuple(parties[cohort]))
        for cohort, count in counts.items()
    }


def cut_down(scenario: Scenario, moved: Moved) -> Scenario:
    """The scenario without anybody but these people."""
    cohorts = tuple(
        cohort.model_copy(update=moved[cohort.id].model_dump())
        for cohort in scenario.cohorts
        if cohort.id in moved
    )
    # Made anew and not copied: a copy would keep the digest of the whole scenario.
    parts = {name: getattr(scenario, name) for name in type(scenario).model_fields}
    return type(scenario).model_validate({**parts, "cohorts": cohorts})
