"""OR-Tools' routing library, made to keep every rule."""

from __future__ import annotations

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.problem import build
from p2p_dispatch.travel import travel_of
from p2p_solvers.engine.load import frozen_board
from p2p_solvers.models.depot_search import DepotSearch
from p2p_solvers.models.lone import LoneTrips
from p2p_solvers.models.pieces import pieces_by_depot
from p2p_solvers.models.repair import left_on
from tests.generated.scenarios import random_scenario
from tests.tiny import cohort, tiny_scenario


@pytest.mark.parametrize("seed", range(20))
def test_it_keeps_every_rule_and_loses_nobody(seed: int) -> None:
    scenario = random_scenario(seed)
    plan = solve_scenario(scenario, "routing", iterations=3, seed=seed, travel=travel_of(scenario))
    assert check(scenario, plan) == []
    assert plan.moved + sum(part.count for part in plan.unserved) == scenario.people


def test_people_of_two_origins_share_a_coach() -> None:
    """Ten from each origin to one gate: one coach, not two."""
    people = [cohort(count=10), cohort(id="pn", origin="pingnan", count=10)]
    plan = solve_scenario(tiny_scenario(cohorts=people), "routing", iterations=5)
    assert [len(trip.stops) for trip in plan.trips] == [5]


def test_pieces_fit_a_coach_and_parties_stay_whole() -> None:
    """A hundred people, twelve of them a party, on coaches of 49."""
    scenario = tiny_scenario(cohorts=[cohort(count=100, parties=[12])])
    board = frozen_board(build(scenario, travel_of(scenario)), 0)
    by_depot = pieces_by_depot(board, LoneTrips(board.problem), lambda: False)
    assert [sorted(piece.people for piece in pieces) for pieces in by_depot.values()] == [
        [12, 44, 44]
    ]


@pytest.mark.parametrize("seed", range(10))
def test_what_is_dealt_out_is_never_overdrawn(seed: int) -> None:
    """Units, intake and checks stay above zero in the middle of the search."""
    scenario = random_scenario(seed)
    problem = build(scenario, travel_of(scenario))
    board = frozen_board(problem, seed)
    units, intake, medical = left_on(board)
    for depot, pieces in pieces_by_depot(board, LoneTrips(problem), lambda: False).items():
        search = DepotSearch(problem, depot, pieces, units, intake, medical, seed)
        search.begin(None)
        for _ in range(3):
            search.round(20, None, 0)
    assert min(units.values()) >= 0
    assert intake.min() >= 0
    assert medical.min() >= 0
