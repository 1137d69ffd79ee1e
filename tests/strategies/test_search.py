"""The search: people taken off their trips and put on again, by several threads."""

from __future__ import annotations

from pathlib import Path

import pytest

from p2p_dispatch.api import NoPlan, solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.problem import Problem, build
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.shipped import shipped
from p2p_dispatch.solution import Progress, Run
from p2p_dispatch.travel import travel_of
from p2p_solvers.search import Search, SearchParameters
from tests.generated.scenarios import random_scenario
from tests.tiny import baoan, cohort, pool, tiny_scenario, unit_type


def solved(scenario: Scenario, iterations: int = 300, threads: int = 2) -> Plan:
    travel = travel_of(scenario)
    plan = solve_scenario(
        scenario, "search", iterations=iterations, threads=threads, seed=5, travel=travel
    )
    assert check(scenario, plan) == []
    assert plan.moved + sum(part.count for part in plan.unserved) == scenario.people
    return plan


@pytest.fixture(scope="module")
def region() -> Problem:
    """The region of 14 cities, each with coaches of its own."""
    scenario = read_scenario(shipped("scenarios") / "guangxi_2021.yaml")
    return build(scenario, travel_of(scenario))


@pytest.mark.parametrize("seed", range(300))
def test_it_keeps_every_rule_and_is_never_dearer_than_insertion(seed: int) -> None:
    scenario = random_scenario(seed)
    insertion = solve_scenario(scenario, "insertion", seed=5, travel=travel_of(scenario))
    # the plan's money is exact, the search counts in whole cents against the planner
    assert solved(scenario).value.total <= insertion.value.total + 1


@pytest.mark.parametrize("threads", [1, 2])
def test_the_same_seed_threads_and_rounds_give_the_same_plan(threads: int) -> None:
    plans = {solved(random_scenario(26), 200, threads).model_dump_json() for _ in range(10)}
    assert len(plans) == 1


def test_two_threads_on_a_region_give_the_same_plan(region: Problem) -> None:
    first, second = (
        Search().solve(region, SearchParameters(), Run(seed=1, threads=2, iterations=400))
        for _ in range(2)
    )
    assert first.trips == second.trips


def test_gate_or_hub_is_chosen_by_price() -> None:
    """Two gates 30 km apart: a shuttle from one hub is worth it while it is cheap."""
    hub = {"id": "town", "name": "镇", "lat": 22.6, "lon": 113.85}
    for price, places in [(1, {"town"}), (900, {"baoan", "east"})]:
        gates = [
            baoan(gate=True, handover={"town": price}),
            baoan(id="east", name="东", lat=22.7, lon=114.1, gate=True, handover={"town": price}),
        ]
        people = [cohort(count=20), cohort(id="other", site="east", count=20)]
        plan = solved(tiny_scenario(sites=gates, hubs=[hub], cohorts=people))
        assert {stop.place for trip in plan.trips for stop in trip.stops if stop.alight} == places


def test_people_are_left_behind_where_that_is_cheaper() -> None:
    prices = {"driver_day": 400, "left_behind": 5000}
    for people, moved in [(1, 0), (2, 2)]:
        assert solved(tiny_scenario(cohorts=[cohort(count=people)], prices=prices)).moved == moved


def test_a_coach_grows_with_its_people() -> None:
    """Nine and nine: one coach of 24 for less than two of 12."""
    types = [
        unit_type(id="small", seats=12, layout=[], per_day=500, per_km=3),
        unit_type(id="large", seats=24, layout=[], per_day=700, per_km=4),
    ]
    pools = [pool(unit_type="small"), pool(id="gl", unit_type="large")]
    people = [cohort(count=9), cohort(id="pn", origin="pingnan", count=9)]
    plan = solved(tiny_scenario(unit_types=types, pools=pools, cohorts=people))
    assert [trip.unit_type for trip in plan.trips] == ["large"]


def test_ten_people_and_ten_thousand_coaches() -> None:
    plan = solved(tiny_scenario(cohorts=[cohort(count=10)], pools=[pool(units=10_000)]))
    assert len(plan.trips) == 1


def test_no_trip_is_possible() -> None:
    """Nobody can be there on the day; the answer is a plan without trips."""
    plan = solved(tiny_scenario(cohorts=[cohort(due="2020-02-22 00:30")]))
    assert plan.trips == ()
    assert plan.moved == 0


def test_no_coach_at_all() -> None:
    plan = solved(tiny_scenario(pools=[pool(units=0)]))
    assert plan.moved == 0
    with pytest.raises(NoPlan, match="proved"):
        solve_scenario(tiny_scenario(pools=[pool(units=0)]), "search", require_all=True)


def test_an_interrupt_loses_nothing() -> None:
    scenario = tiny_scenario(cohorts=[cohort(count=20), cohort(id="pn", origin="pingnan", count=9)])

    def impatient(progress: Progress) -> None:
        if "best since" in progress.note:
            raise KeyboardInterrupt

    plan = solve_scenario(scenario, "search", threads=2, watch=impatient)
    assert plan.ended == "interrupted"
    assert plan.moved == 29
    assert check(scenario, plan) == []


def test_a_time_limit_ends_it(region: Problem) -> None:
    """At a size where it could go on for long."""
    solution = Search().solve(region, SearchParameters(), Run(threads=2, seconds=5))
    assert solution.ended == "time"
    assert solution.trips


def test_it_says_what_a_planner_wants_to_know(tmp_path: Path) -> None:
    reports: list[Progress] = []
    solve_scenario(tiny_scenario(), "search", threads=1, watch=reports.append)
    assert all(0 < report.filled <= 1 for report in reports if report.filled is not None)
    assert reports[-1].filled is not None
    assert "best since" in reports[-1].note
