"""Random scenarios with open jobs: every plan keeps every rule, and deciding all at once pays."""

from __future__ import annotations

from functools import cache

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.travel import travel_of
from tests.generated.jobs import scenario_with_jobs

SCENARIOS = 90


@cache
def solved(seed: int, name: str) -> Plan:
    scenario = scenario_with_jobs(seed)
    travel = travel_of(scenario)
    plan = solve_scenario(scenario, name, iterations=100, threads=1, seed=5, travel=travel)
    assert check(scenario, plan) == []
    assert plan.moved + sum(part.count for part in plan.unserved) == scenario.people
    return plan


@pytest.mark.parametrize("seed", range(SCENARIOS))
def test_deciding_people_posts_and_trips_together_is_never_dearer(seed: int) -> None:
    first, joint = solved(seed, "match-first"), solved(seed, "intermodal")
    assert joint.value.total <= first.value.total + 1


@pytest.mark.parametrize("name", ["first-come", "insertion", "assignment", "search"])
@pytest.mark.parametrize("seed", range(SCENARIOS, SCENARIOS + 30))
def test_every_strategy_keeps_every_rule(seed: int, name: str) -> None:
    solved(seed, name)


def test_it_is_cheaper_in_a_tenth_of_them_and_posts_are_filled_in_every_way() -> None:
    cheaper, ways = 0, set()
    for seed in range(SCENARIOS):
        first, joint = solved(seed, "match-first"), solved(seed, "intermodal")
        cheaper += joint.value.total < 0.995 * first.value.total
        modes = {trip.id: trip.mode for trip in joint.trips}
        ways |= {
            tuple(modes[trip] for trip in part.trips) for part in joint.itineraries if part.site
        }
    assert cheaper >= SCENARIOS / 10
    assert ("coach",) in ways
    assert any("train" in way for way in ways)
