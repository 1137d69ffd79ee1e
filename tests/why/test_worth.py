"""What one more would save: solved again, beside the price of the linear programme."""

from __future__ import annotations

from datetime import date

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.why import explain
from p2p_dispatch.why.worth import Worth
from tests.tiny import cohort, gangbei, pool, tiny_scenario

FIRST = "2020-02-22"


def worths(scenario: Scenario, seconds: float | None = None) -> dict[tuple[object, ...], Worth]:
    plan = solve_scenario(scenario, "insertion", iterations=20, threads=1)
    found = explain(scenario, plan, iterations=20, seconds=seconds).worths
    return {worth.change.path: worth for worth in found}


def test_a_coach_more_saves_what_its_people_count_less_what_it_costs() -> None:
    """Eleven of sixty stay; the linear programme takes a share of a coach for each of them."""
    scenario = tiny_scenario(
        pools=[pool(units=1)],
        cohorts=[cohort(count=60, due=FIRST)],
        prices={"driver_day": 400, "left_behind": 90000},
    )
    coach = worths(scenario)["pools", "gg", "on", date(2020, 2, 22)]
    assert coach.people == 11
    assert coach.saves is not None
    assert 11 * 90000 - 20000 < coach.saves < 11 * 90000
    assert coach.price is not None
    assert coach.says.startswith("solved again, the price")


def test_a_check_more_where_the_coach_has_seats_left_saves_one_person() -> None:
    scenario = tiny_scenario(origins=[gangbei(medical_per_day=20)], cohorts=[cohort(due=FIRST)])
    check = worths(scenario)["origins", "gangbei", "medical_per_day", "on", date(2020, 2, 22)]
    assert check.people == 1
    assert check.saves == pytest.approx(20000, abs=1)


def test_what_is_not_used_up_is_not_named() -> None:
    assert worths(tiny_scenario()) == {}


def test_without_time_there_are_prices_only() -> None:
    scenario = tiny_scenario(origins=[gangbei(medical_per_day=20)], cohorts=[cohort(due=FIRST)])
    (worth,) = worths(scenario, seconds=0).values()
    assert worth.saves is None
    assert worth.says == "price only"
