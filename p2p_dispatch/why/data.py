"""An explanation as data, for ``--json``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from p2p_dispatch.scenario import Scenario
from p2p_dispatch.why.again import Remedy
from p2p_dispatch.why.change import Change
from p2p_dispatch.why.demands import Conflict
from p2p_dispatch.why.explain import Explanation


def data(explanation: Explanation, scenario: Scenario) -> dict[str, Any]:
    """Everything that was found."""
    return {
        "scenario": scenario.name,
        "left": [
            {
                "cohort": why.cohort,
                "people": why.people,
                "blocks": [asdict(block) for block in why.blocks],
                "remedies": [_remedy(remedy, scenario) for remedy in why.remedies],
                "tried": why.tried,
                "skipped": why.skipped,
            }
            for why in explanation.left
        ],
        "one_more": [
            {
                **change_as_data(worth.change, scenario),
                "price": worth.price,
                "saves": worth.saves,
                "people": worth.people,
                "says": worth.says,
            }
            for worth in explanation.worths
        ],
        "trip": None if explanation.trip is None else asdict(explanation.trip),
    }


def conflict_as_data(conflict: Conflict | None, scenario: Scenario) -> dict[str, Any]:
    """Demands that cannot stand together; null where nothing is proved."""
    found = None if conflict is None else asdict(conflict)
    return {"scenario": scenario.name, "conflict": found}


def _remedy(remedy: Remedy, scenario: Scenario) -> dict[str, Any]:
    return {
        "people": remedy.people,
        "cost": remedy.cost,
        "verified": remedy.how,
        "around": remedy.around,
        "change": None if remedy.change is None else change_as_data(remedy.change, scenario),
    }


def change_as_data(change: Change, scenario: Scenario) -> dict[str, Any]:
    """A change: what it is, where it goes and what to write there."""
    return {
        "path": [str(key) for key in change.path],
        "rule": change.rule,
        "words": change.words,
        "at": change.mark(scenario),
        "in": change.part,
        "write": change.line(scenario),
    }
