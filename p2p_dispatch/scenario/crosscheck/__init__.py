"""What a planner would see on reading the whole: contradictions between the parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from p2p_dispatch.reading.faults import Fault, in_order
from p2p_dispatch.scenario.crosscheck import ids
from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft, located
from p2p_dispatch.scenario.scenario import Scenario

__all__ = ["CHECKS", "Check", "Clash", "Draft", "cross_faults", "crosscheck", "located"]


class Check(NamedTuple):
    """One thing to look for."""

    find: Callable[[Draft], Iterator[Clash]]
    needs: tuple[str, ...] = ()
    """Top-level fields that it judges as a whole: with a part of them lost it would guess."""


CHECKS: tuple[Check, ...] = (
    Check(ids.repeated_ids),
    Check(ids.unknown_ids),
)
"""Every check; all are made, in any order."""


def crosscheck(draft: Draft) -> list[Fault]:
    """All that the checks find, except what would follow from a part that was lost."""
    clashes = (
        clash
        for check in CHECKS
        if draft.has(*check.needs)
        for clash in check.find(draft)
        if not draft.lacks(clash.path)
    )
    return in_order(located(draft.scenario, clashes, draft.numbering))


def cross_faults(scenario: Scenario) -> list[Fault]:
    """
    The faults and notices of a scenario as a whole.

    ``read_scenario`` has looked for them; for a scenario that was built or changed in Python.
    """
    return crosscheck(Draft(scenario))
