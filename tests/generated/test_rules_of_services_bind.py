"""The rules that services bring bind in small scenarios, too: each in a tenth of them."""

from __future__ import annotations

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.travel import travel_of
from tests.generated.rules_of_services import FREED, freed
from tests.generated.services import scenario_with_services

SCENARIOS = 60


@pytest.mark.parametrize("rule", FREED)
def test_a_rule_of_services_binds_in_a_tenth_of_the_small_scenarios(rule: str) -> None:
    """With all the trains that there are and without the rule, so many plans break it."""
    broken = 0
    for seed in range(SCENARIOS):
        scenario = scenario_with_services(seed, small=True)
        without = freed(scenario, rule)
        plan = solve_scenario(
            without, "trains-first", iterations=0, threads=1, travel=travel_of(without)
        )
        broken += any(finding.rule == rule for finding in check(scenario, plan))
        if broken >= SCENARIOS / 10:
            return
    pytest.fail(f"binds in {broken} of {SCENARIOS}")
