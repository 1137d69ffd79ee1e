"""The bound where nobody changes from coach to coach: below every plan, at whatever prices."""

from __future__ import annotations

import numpy as np
import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.problem import Problem, Services, build
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import travel_of
from p2p_solvers.bounds.basics import FINE
from p2p_solvers.bounds.onecoach import Limits, OneCoach, applies, one_coach
from p2p_solvers.bounds.whole import bound_of
from p2p_solvers.proof.duals import clipped
from tests.generated.services import scenario_with_services

FEW = Limits(patterns=200_000, afresh=0, columns=40)


def never() -> bool:
    return False


def proved(problem: Problem, limits: Limits = FEW) -> tuple[float, OneCoach]:
    """The bound in units of money, and what it came from."""
    assert isinstance(problem.services, Services)
    one = one_coach(problem, problem.services, 1, limits)
    one.lay_out(never)
    for _ in one.prove(never):
        pass
    assert one.worth is not None
    return one.worth / FINE / 100, one


def cheapest(scenario: Scenario, *names: str) -> float:
    """What the best of some plans costs, all without a finding."""
    travel, totals = travel_of(scenario), []
    for name in ("intermodal", *names):
        plan = solve_scenario(scenario, name, iterations=1, threads=1, seed=1, travel=travel)
        assert check(scenario, plan) == []
        totals.append(plan.value.total)
    return min(totals)


QUICK = {11, 17, 21, 23}
"""Scenarios that are solved exactly at once."""


@pytest.mark.parametrize("seed", range(1, 25, 2))
def test_no_plan_costs_less_whatever_the_prices(seed: int) -> None:
    scenario = scenario_with_services(seed, small=True)
    problem = build(scenario, travel_of(scenario))
    if not applies(problem) or bound_of(problem) is None:
        return
    best = cheapest(scenario, *(["exact"] if seed in QUICK else []))
    bound, one = proved(problem)
    assert bound <= best
    rng = np.random.default_rng(seed)
    for _ in range(5):
        assert at_other_prices(one, rng) <= best


def at_other_prices(one: OneCoach, rng: np.random.Generator) -> float:
    """The bound at rents, and prices of people and units, that are wrong."""
    for key in one.rents.rent:
        one.rents.rent[key] = int(rng.integers(0, 100_000 * FINE))
    one.cap()
    for part in one.climbs:
        one.again(part)
        people = part.duals.people * (1 + 0.3 * rng.standard_normal(len(part.duals.people)))
        units = part.duals.units * 2 * rng.random(part.duals.units.shape) + rng.integers(0, 500)
        wrong = part.duals._replace(people=people.astype(np.int64), units=units.astype(np.int64))
        part.duals = clipped(one.problem, wrong)
        part.best, _ = part.price(part.duals)
    return one.summed_up() / FINE / 100


@pytest.mark.parametrize("seed", [95, 113, 517])
def test_it_proves_more_than_full_seats_do(seed: int) -> None:
    scenario = scenario_with_services(seed, small=True)
    problem = build(scenario, travel_of(scenario))
    before = bound_of(problem)
    assert before is not None
    assert proved(problem)[0] > 1.1 * before.cents / 100


def test_trips_priced_loosely_make_a_bound_too() -> None:
    scenario = scenario_with_services(95, small=True)
    problem = build(scenario, travel_of(scenario))
    tight, loose = proved(problem)[0], proved(problem, Limits(patterns=0, afresh=0, columns=40))[0]
    afresh = proved(problem, Limits(patterns=0, afresh=1_000_000, columns=40))[0]
    assert loose <= tight <= cheapest(scenario)
    assert afresh == pytest.approx(tight, rel=1e-3)


def test_it_is_in_the_certificate() -> None:
    scenario = scenario_with_services(113, small=True)
    plan = solve_scenario(scenario, "intermodal", iterations=60, threads=1, seed=1)
    assert plan.certificate.how.startswith("whoever goes by coach all the way")
    assert {"stops", "fleet", "crew"} <= set(plan.certificate.leaves_out)
    assert plan.bound == pytest.approx(plan.value.total, rel=1e-3)


def test_it_does_not_hold_where_people_may_change_from_coach_to_coach() -> None:
    scenario = scenario_with_services(112, small=True)
    assert scenario.rules.transfer.coach_to_coach
    assert not applies(build(scenario, travel_of(scenario)))
