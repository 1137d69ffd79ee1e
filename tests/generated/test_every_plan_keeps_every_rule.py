"""Random scenario, solver, plan, check: nothing is found, and nobody is lost."""

from __future__ import annotations

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from tests.generated.scenarios import random_scenario


@pytest.mark.parametrize("seed", range(150))
def test_first_come_keeps_every_rule(seed: int) -> None:
    scenario = random_scenario(seed)
    plan = solve_scenario(scenario, "first-come")
    assert check(scenario, plan) == []
    assert plan.moved + sum(part.count for part in plan.unserved) == scenario.people
