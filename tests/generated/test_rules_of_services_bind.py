"""The rules that services and open jobs bring bind in small scenarios, too: each in a tenth."""

from __future__ import annotations

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.travel import travel_of
from tests.generated.rules_of_services import FREED, LOANS, POSTS, breaks, drawn_for, freed

SCENARIOS = 60


@pytest.mark.parametrize("rule", FREED)
def test_a_rule_of_services_binds_in_a_tenth_of_the_small_scenarios(rule: str) -> None:
    """With all the trains that there are and without the rule, so many plans break it."""
    broken, name = 0, "match-first" if rule in (POSTS, LOANS) else "trains-first"
    for seed in range(SCENARIOS):
        scenario = drawn_for(rule, seed)
        without = freed(scenario, rule)
        plan = solve_scenario(without, name, iterations=0, threads=1, travel=travel_of(without))
        broken += breaks(check(scenario, plan), rule)
        if broken >= SCENARIOS / 10:
            return
    pytest.fail(f"binds in {broken} of {SCENARIOS}")
