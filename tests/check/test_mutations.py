"""Any small break of a valid plan is found, and nothing is found where nothing is broken."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p2p_dispatch.check import check
from p2p_dispatch.plan.model import Plan
from p2p_dispatch.scenario import Scenario
from tests.check.mutations import BREAKING, BREAKING_BY_CLOCK, HARMLESS, Mutation
from tests.check.plans import valid

few = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
CLOCK_OR_DAY = pytest.mark.parametrize("clock", [True, False], ids=["clock", "day"])


@lru_cache
def plan_of_eight(clock: bool) -> tuple[Scenario, Plan]:
    """Eight trips on four days, by the clock or by the day."""
    return valid(8, clock=clock)


def mutated(mutation: Mutation, plan: Plan, data: st.DataObject) -> Plan:
    return mutation(plan, lambda n: data.draw(st.integers(0, n - 1)))


@CLOCK_OR_DAY
def test_the_plans_that_are_broken_here_are_valid(clock: bool) -> None:
    """Full coaches, checks and intake used up, all units out, and nothing found."""
    scenario, plan = plan_of_eight(clock)
    assert check(scenario, plan) == []
    assert plan.moved == plan.people == 8 * 23


@CLOCK_OR_DAY
@pytest.mark.parametrize("name", BREAKING)
@few
@given(data=st.data())
def test_a_break_is_found(name: str, clock: bool, data: st.DataObject) -> None:
    scenario, plan = plan_of_eight(clock)
    assert check(scenario, mutated(BREAKING[name], plan, data))


@pytest.mark.parametrize("name", BREAKING_BY_CLOCK)
@few
@given(data=st.data())
def test_a_break_of_the_clock_is_found(name: str, data: st.DataObject) -> None:
    scenario, plan = plan_of_eight(True)
    assert check(scenario, mutated(BREAKING_BY_CLOCK[name], plan, data))


@CLOCK_OR_DAY
@pytest.mark.parametrize("name", HARMLESS)
@few
@given(data=st.data())
def test_what_breaks_nothing_is_not_found(name: str, clock: bool, data: st.DataObject) -> None:
    scenario, plan = plan_of_eight(clock)
    assert check(scenario, mutated(HARMLESS[name], plan, data)) == []
