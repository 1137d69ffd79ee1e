"""Services and open jobs side by side, and what strategies of coaches leave."""

from __future__ import annotations

from typing import Any

import pytest

from p2p_dispatch.api import NoPlan, solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.reading import InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.solution import strategy_names
from tests.tiny import baoan, chancheng, cohort, tiny_scenario, unit_type


def mixed(**changes: Any) -> Scenario:
    """30 people bound for Bao'an, 20 welders in two cohorts before and after them, and a train."""
    welders = {**cohort(id="a", trade="welder", count=12, parties=[3]), "site": None}
    car = {"id": "car", "mode": "carriage", "seats": 118, "per_trip": 800}
    emu = {"id": "emu", "mode": "train", "seats": 613, "per_trip": 1}
    return tiny_scenario(
        **{
            "hubs": [
                {"id": "rail", "lat": 23.1, "lon": 109.6, "assembly_of": ["gangbei"]},
                {"id": "south", "lat": 22.99, "lon": 113.27},
            ],
            "sites": [baoan(posts={"welder": 30}, handover={"south": 1}), chancheng()],
            "cohorts": [welders, cohort(parties=[4]), {**welders, "id": "z", "count": 8}],
            # what is no coach stands first: types are numbered without it
            "unit_types": [car, emu, unit_type()],
            "services": [
                {"id": "D1", "unit_type": "emu", "board": ["rail"], "alight": ["south"],
                 "departs": "10:00", "minutes": [200]},
            ],
            "prices": {"driver_day": 400, "left_behind": 20000, "empty_post": 7},
            # only coaches have a layout, and only they are asked for one
            "rules": {"seats": [{"id": "pairs", "modes": ["coach"], "one_per_pair": True}]},
            **changes,
        }
    )  # fmt: skip


@pytest.mark.parametrize("name", sorted({*strategy_names()} - {"exact"}))
def test_open_jobs_are_planned_beside_trains_and_nothing_false_is_proved(name: str) -> None:
    """50 people in coaches of 25 seats, one per pair, or in a train for a yuan; ten posts left."""
    scenario = mixed()
    plan = solve_scenario(scenario, name, threads=1, iterations=50)
    assert check(scenario, plan) == []
    assert plan.moved == 50
    assert {part.site for part in plan.itineraries} == {"", "baoan"}
    assert plan.value.empty_posts == 10 * 7
    if plan.bound is None:
        assert plan.certificate.how.startswith("none: ")
    else:
        assert 50 < plan.bound <= 121  # the train, its hand-overs and the empty posts
    assert plan.quality == "feasible"


@pytest.mark.parametrize(
    "name",
    sorted({*strategy_names()} - {"auto", "exact", "intermodal", "match-first", "trains-first"}),
)
def test_services_alone_change_nothing_of_a_plan_but_its_bound(name: str) -> None:
    """A strategy of coaches does not take a train that costs a yuan."""
    people = [cohort()]
    without = solve_scenario(mixed(cohorts=people, services=[]), name, threads=1, seed=1)
    scenario = mixed(cohorts=people)
    plan = solve_scenario(scenario, name, threads=1, seed=1)
    assert check(scenario, plan) == []
    assert plan.trips == without.trips
    assert plan.bound is None or plan.bound <= 31  # what the train costs, and the way from it


def test_where_there_are_no_coaches_the_strategies_decline() -> None:
    with pytest.raises(InputError) as raised:
        solve_scenario(mixed(pools=[]), "first-come")
    (fault,) = raised.value.faults
    assert fault.code == "P2P2004"
    assert "there are no coaches" in f"{fault.found} {fault.right}"


def test_nothing_is_proved_where_a_train_may_do_what_coaches_cannot() -> None:
    """A ride of an hour at the most: no coach, and still not proved."""
    scenario = mixed(cohorts=[cohort()], rules={"stops": {"longest_ride_hours": 1}})
    with pytest.raises(NoPlan) as raised:
        solve_scenario(scenario, "first-come", require_all=True)
    assert not raised.value.impossible
