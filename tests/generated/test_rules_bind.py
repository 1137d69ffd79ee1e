"""A rule that never binds is not tested by random scenarios: each must, in a tenth of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import travel_of
from tests.generated.scenarios import random_scenario

SCENARIOS = 100

Parts = dict[str, Any]


def without(parts: Parts, lists: list[str], *fields: str) -> Parts:
    """The scenario with some fields of everything in some of its lists left out."""
    cut = {
        name: [{k: v for k, v in each.items() if k not in fields} for each in parts[name]]
        for name in lists
    }
    return parts | cut


def free_of(parts: Parts, rule: str) -> Parts:
    """The scenario without the data of a rule under ``rules``."""
    return parts | {"rules": parts["rules"] | {rule: {}}}


FREED: dict[str, Callable[[Parts], Parts]] = {
    "slots": lambda parts: without(parts, ["origins", "sites", "hubs"], "slots"),
    "risk": lambda parts: free_of(parts, "risk"),
    "minimum-load": lambda parts: without(parts, ["unit_types"], "minimum_load"),
    "notice": lambda parts: without(parts, ["unit_types"], "notice_hours"),
    "budget": lambda parts: free_of(without(parts, ["payers"], "ceiling"), "budget"),
    # places for people who need one, and luggage
    "seats": lambda parts: without(
        without(parts, ["cohorts"], "luggage"), ["unit_types"], "accessible", "luggage"
    ),
    "medical": lambda parts: without(parts, ["origins"], "medical_per_day"),
    "intake": lambda parts: without(parts, ["sites"], "intake_per_day"),
}


@pytest.mark.parametrize("rule", FREED)
def test_a_rule_binds_in_a_tenth_of_the_random_scenarios(rule: str) -> None:
    """Planned without it, at least so many plans break it."""
    broken = 0
    for seed in range(SCENARIOS):
        scenario = random_scenario(seed)
        freed = Scenario.model_validate(FREED[rule](scenario.model_dump(by_alias=True)))
        plan = solve_scenario(freed, "insertion", iterations=0, travel=travel_of(freed))
        broken += any(finding.rule == rule for finding in check(scenario, plan))
    assert broken >= SCENARIOS / 10
