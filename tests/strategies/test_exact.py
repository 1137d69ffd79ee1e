"""The exact programme: every rule kept, no plan better, no bound above it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from p2p_dispatch.api import NoPlan, solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.reading import InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import travel_of
from tests.generated.jobs import scenario_with_jobs
from tests.generated.scenarios import random_scenario
from tests.generated.services import scenario_with_services
from tests.strategies.test_intermodal import rail
from tests.strategies.test_open_jobs import jobs, welders
from tests.tiny import cohort, pool, tiny_scenario, unit_type

BY_DAY = {"by": "day"}


def exactly(scenario: Scenario, **limits: Any) -> Plan:
    limits = {"iterations": 1, "threads": 1, **limits}
    plan = solve_scenario(scenario, "exact", travel=travel_of(scenario), **limits)
    assert check(scenario, plan) == []
    return plan


def coaches(seed: int) -> Scenario:
    return random_scenario(seed, small=True)


def services(seed: int) -> Scenario:
    return scenario_with_services(seed, small=True)


def open_jobs(seed: int) -> Scenario:
    return scenario_with_jobs(seed, by_day=seed % 2 == 0, small=True)


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize(
    ("drawn", "name"), [(coaches, "search"), (services, "intermodal"), (open_jobs, "intermodal")]
)
def test_no_plan_is_better_and_no_bound_higher(drawn: Any, name: str, seed: int) -> None:
    scenario = drawn(seed)
    try:
        best = exactly(scenario)
    except InputError:
        return  # too large, or a payer has a ceiling
    plan = solve_scenario(
        scenario, name, travel=travel_of(scenario), threads=1, seed=1, iterations=100
    )
    slack = 0.02 * max(1, len(plan.trips) + len(best.trips))
    assert best.bound is not None
    assert best.bound <= best.value.total + slack
    if best.ended in ("proved", "done"):
        assert best.value.total <= plan.value.total + slack
    if best.ended == "proved":
        assert plan.bound is not None
        assert plan.bound <= best.value.total + slack
        assert best.gap == pytest.approx(0, abs=1e-3)


def test_by_the_day_the_best_is_proved() -> None:
    plan = exactly(tiny_scenario(planning=BY_DAY))
    assert (plan.quality, plan.ended) == ("optimal", "proved")
    assert plan.certificate.how == "an integer programme over all trips (CP-SAT)"
    assert plan.certificate.leaves_out == ()


def test_two_parties_do_not_fit_where_their_people_would() -> None:
    """Seats for 25 are no seats for two parties of 13, and one of them is left behind."""
    scenario = tiny_scenario(
        planning=BY_DAY,
        cohorts=[cohort(count=26, parties=[13, 13], due="2020-02-22")],
        unit_types=[unit_type(seats=25, layout=[])],
        pools=[pool(units=1)],
        prices={"left_behind": 90000, "driver_day": 400},
        rules={"seats": []},
    )
    assert exactly(scenario).moved == 13


def test_people_fill_the_posts_that_are_worth_it_and_no_more() -> None:
    """A coach of 49 takes thirty; no gate has posts for all of them, and the nearer one is full."""
    plan = exactly(jobs(planning=BY_DAY, rules={"seats": []}))
    filled = Counter[str]()
    for part in plan.itineraries:
        filled[part.site] += part.count
    assert filled.total() == plan.moved == 30
    assert max(filled.values()) == 20
    assert plan.quality == "optimal"
    assert plan.gap == pytest.approx(0, abs=1e-3)


def test_a_share_of_people_whom_nobody_needs_is_declined() -> None:
    rules = {"seats": [], "priority": {"least_share": 0.5}}
    with pytest.raises(InputError) as raised:
        exactly(jobs(cohorts=[welders(), welders(id="cooks", trade="cook")], rules=rules))
    (fault,) = raised.value.faults
    assert "whose trade nobody needs" in fault.found


def test_a_cheap_train_is_taken_with_feeders_and_a_handover() -> None:
    plan = exactly(rail(), iterations=30)
    assert plan.moved == 120
    assert {(trip.mode, trip.role) for trip in plan.trips} == {
        ("coach", "feeder"),
        ("train", "trunk"),
    }
    assert plan.quality == "feasible"  # by the clock only a grid of departures is tried


def test_a_share_that_nobody_can_move_is_impossible_by_the_day() -> None:
    rules = {"seats": [], "priority": {"least_share": 1.0}}
    scenario = tiny_scenario(planning=BY_DAY, pools=[pool(units=1)], rules=rules,
                             cohorts=[cohort(count=200)])  # fmt: skip
    with pytest.raises(NoPlan) as raised:
        exactly(scenario)
    assert raised.value.impossible


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cohorts": [cohort(id=f"c{i}", count=1) for i in range(41)]}, "41 cohorts, at most 40"),
        ({"payers": [{"id": "a", "share": 1, "ceiling": 5}]}, "payers who have a ceiling"),
    ],
)
def test_what_it_cannot_say_it_declines(changes: Any, words: str) -> None:
    with pytest.raises(InputError) as raised:
        exactly(tiny_scenario(**changes))
    (fault,) = raised.value.faults
    assert words in fault.found


@pytest.mark.parametrize(
    ("most", "trips", "words"),
    [("most_cohorts", 1, "2 cohorts, at most 1"), ("most_trips", 1, "trips are possible")],
)
def test_what_is_too_large_is_for_the_parameters_to_say(
    most: str, trips: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Declined before a trip is listed; with parameters as they are shipped it is solved."""
    scenario = tiny_scenario(planning=BY_DAY, cohorts=[cohort(count=2), cohort(id="b", count=3)])
    small = tmp_path / "small.yaml"
    small.write_text(f"strategy: exact\nparameters: {{{most}: {trips}}}\n", encoding="utf-8")
    assert exactly(scenario).quality == "optimal"
    monkeypatch.setattr("p2p_solvers.exact.patterns_of", None)
    with pytest.raises(InputError) as raised:
        solve_scenario(scenario, small, travel=travel_of(scenario), threads=1)
    (fault,) = raised.value.faults
    assert fault.code == "P2P2004"
    assert words in fault.found
    assert most in fault.found
