"""People assigned to services by an integer programme."""

from __future__ import annotations

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.travel import travel_of
from tests.generated.scenarios import random_scenario
from tests.tiny import cohort, tiny_scenario


@pytest.mark.parametrize("seed", range(20))
def test_it_keeps_every_rule_and_loses_nobody(seed: int) -> None:
    scenario = random_scenario(seed)
    plan = solve_scenario(
        scenario, "assignment", iterations=1, seed=seed, travel=travel_of(scenario)
    )
    assert check(scenario, plan) == []
    assert plan.moved + sum(part.count for part in plan.unserved) == scenario.people


def test_people_of_two_origins_share_a_coach() -> None:
    """Ten from each origin to one gate: one coach, not two."""
    people = [cohort(count=10), cohort(id="pn", origin="pingnan", count=10)]
    plan = solve_scenario(tiny_scenario(cohorts=people), "assignment")
    assert [len(trip.stops) for trip in plan.trips] == [5]


def test_it_claims_no_bound() -> None:
    plan = solve_scenario(tiny_scenario(), "assignment")
    assert plan.bound is None
