"""Services and coaches planned together."""

from __future__ import annotations

from dataclasses import replace
from time import sleep

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.problem import build
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.solution import Progress, Run
from p2p_dispatch.travel import travel_of
from p2p_solvers.modes.beside import PartOfRun, beside
from p2p_solvers.modes.draft import Draft
from p2p_solvers.modes.drafts import Drafts
from p2p_solvers.modes.measured import GUESS, measured
from p2p_solvers.search import SearchParameters
from tests.generated.services import scenario_with_services
from tests.tiny import baoan, cohort, pool, tiny_scenario, unit_type


def solved(scenario: Scenario, name: str = "intermodal", iterations: int = 150) -> Plan:
    travel = travel_of(scenario)
    plan = solve_scenario(scenario, name, iterations=iterations, threads=1, seed=5, travel=travel)
    assert check(scenario, plan) == []
    return plan


@pytest.mark.parametrize("seed", range(200))
def test_it_keeps_every_rule_and_is_never_dearer_than_coaches_alone(seed: int) -> None:
    scenario = scenario_with_services(seed)
    assert solved(scenario).value.total <= solved(scenario, "search").value.total + 1


def test_services_are_used_in_a_tenth_of_them_in_every_way() -> None:
    plans = [solved(scenario_with_services(seed)) for seed in range(100)]
    used = [{(trip.mode, trip.role) for trip in plan.trips} for plan in plans]
    assert sum(any(mode != "coach" for mode, _ in each) for each in used) >= 10
    seen = set().union(*used)
    assert {("coach", "feeder"), ("coach", "onward"), ("train", "trunk")} <= seen
    assert ("carriage", "trunk") in seen


def rail(**changes: object) -> Scenario:
    """120 people of Gangbei bound for Bao'an, and a train for 1,000 between two hubs."""
    train = {"id": "emu", "mode": "train", "seats": 200, "per_trip": 1000}
    service = {
        "id": "D1", "unit_type": "emu", "board": ["rail"], "alight": ["south"],
        "departs": "12:00", "minutes": [200], "notice_days": 0,
    }  # fmt: skip
    hubs = [{"id": "rail", "lat": 23.1, "lon": 109.6}, {"id": "south", "lat": 22.99, "lon": 113.27}]
    parts = {
        "hubs": hubs,
        "sites": [baoan(handover={"south": 5})],
        "cohorts": [cohort(count=120, parties=[4, 3])],
        "unit_types": [unit_type(), train],
        "pools": [pool(units=12)],
        "services": [service],
    }
    return tiny_scenario(**{**parts, **changes})


def test_a_cheap_train_is_taken_with_feeders_and_a_handover() -> None:
    plan = solved(rail())
    assert plan.moved == 120
    assert {(trip.mode, trip.role) for trip in plan.trips} == {
        ("coach", "feeder"),
        ("train", "trunk"),
    }
    assert {(part.changes, part.drop) for part in plan.itineraries} == {(("rail",), "south")}


def test_with_several_threads_coaches_are_searched_while_ways_are_found() -> None:
    """The plan has the bound that was proved meanwhile, and all reports count people, not legs."""
    scenario, seen = rail(), list[Progress]()
    limits = {"threads": 2, "time_limit": 2.0, "watch": seen.append}
    plan = solve_scenario(scenario, "intermodal", travel=travel_of(scenario), seed=5, **limits)
    assert check(scenario, plan) == []
    assert {trip.mode for trip in plan.trips} == {"coach", "train"}
    assert plan.bound is not None
    assert plan.bound <= plan.value.total
    assert {each.people for each in seen} == {120}
    assert min(each.served for each in seen if each.note != "everybody put on") == 120


def test_what_goes_wrong_with_the_coaches_is_raised() -> None:
    """And what goes wrong while ways are found ends the search of the coaches."""
    run = PartOfRun()

    def fails() -> Draft:
        raise ArithmeticError

    with beside(run, fails) as coaches, pytest.raises(ArithmeticError):
        coaches()
    run = PartOfRun()

    def searches() -> Draft:
        while not run.stop():
            sleep(0.001)
        raise AssertionError

    with pytest.raises(KeyError), beside(run, searches):
        raise KeyError
    assert run.stop()


def test_how_full_coaches_get_is_guessed_from_a_plan_that_leaves_many_behind() -> None:
    """More than one of a hundred."""
    scenario = rail()
    problem = build(scenario, travel_of(scenario))
    drafts = Drafts(problem, SearchParameters(), Run(iterations=50))
    good = drafts.coaches_alone((None, 50))
    assert good.served == 120
    seen = measured(good, drafts.prices)
    assert seen.direct != GUESS.direct
    assert (seen.feeder, seen.onward) == (GUESS.feeder, GUESS.onward)
    worse = replace(good, trips=good.trips[1:])
    assert worse.served < 118
    assert measured(worse, drafts.prices) == GUESS


def test_a_train_below_its_least_load_does_not_run() -> None:
    service = {**rail().services[0].model_dump(), "minimum_load": 121}
    plan = solved(rail(services=[service]))
    assert plan.moved == 120
    assert {trip.mode for trip in plan.trips} == {"coach"}


def test_nobody_changes_where_no_change_is_allowed() -> None:
    plan = solved(rail(rules={"transfer": {"most_changes": 0}}))
    assert {trip.mode for trip in plan.trips} == {"coach"}


def test_who_gathers_at_the_station_needs_no_feeder() -> None:
    hubs = [hub.model_dump() for hub in rail().hubs]
    hubs[0]["assembly_of"] = ["gangbei"]
    plan = solved(rail(hubs=hubs, rules={"transfer": {"most_changes": 0}}))
    assert {(trip.mode, trip.role) for trip in plan.trips} == {("train", "trunk")}
    (batch,) = plan.batches
    assert (batch.origin, batch.people) == ("gangbei", 120)


def test_who_has_no_seat_on_a_leg_leaves_the_others_of_their_group_on_the_train() -> None:
    """2,000 people make groups of 20; one coach goes on to the site, for 49 of them a time."""
    hubs = [hub.model_dump() for hub in rail().hubs]
    hubs[0]["assembly_of"] = ["gangbei"]
    plan = solved(
        rail(
            hubs=hubs,
            depots=[{"id": "yard", "lat": 22.99, "lon": 113.27, "serves": ["south"]}],
            sites=[baoan()],
            cohorts=[cohort(count=2000)],
            pools=[pool(units=1, depot="yard")],
        )
    )
    assert {(trip.mode, trip.role) for trip in plan.trips} == {
        ("train", "trunk"),
        ("coach", "onward"),
    }
    assert plan.moved == 49 * sum(trip.role == "onward" for trip in plan.trips)


def test_trains_first_fills_trains_whatever_they_cost() -> None:
    """Intermodal leaves a train alone that costs more than coaches."""
    dear = [unit_type(), {"id": "emu", "mode": "train", "seats": 200, "per_trip": 10**6}]
    scenario = rail(unit_types=dear)
    modes = {
        name: {trip.mode for trip in solved(scenario, name).trips}
        for name in ("trains-first", "intermodal")
    }
    assert "train" in modes["trains-first"]
    assert modes["intermodal"] == {"coach"}


@pytest.mark.parametrize("seed", range(40))
def test_trains_first_keeps_every_rule(seed: int) -> None:
    solved(scenario_with_services(seed), "trains-first")
