"""One plan, searched by several threads: each plans the trips of some depots."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.problem import build
from p2p_dispatch.problem.compiled import table
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.solution import Run
from p2p_dispatch.travel import travel_of
from p2p_solvers.engine import memory as e
from p2p_solvers.engine import team
from p2p_solvers.engine.divide import deal_out, depots_of, drawn, may_divide
from p2p_solvers.engine.join import join
from p2p_solvers.engine.load import Board, frozen_board, seat_trip
from p2p_solvers.engine.memory import new_room
from p2p_solvers.engine.result import trips_of
from p2p_solvers.engine.rounds import anneal
from p2p_solvers.engine.start import first_plan
from tests.generated.jobs import scenario_with_jobs
from tests.generated.scenarios import random_scenario
from tests.generated.services import scenario_with_services
from tests.tiny import baoan, cohort, gangbei, guigang, pingnan, pool, tiny_scenario


@pytest.fixture
def too_many(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let all plans be divided; how many rides were too many whenever parts were joined."""
    counts: list[int] = []

    def joined(*given: Any) -> int:
        counts.append(join(*given))
        return counts[-1]

    monkeypatch.setattr(team, "join", joined)
    for name, value in {"SMALL": 0, "EACH_OF_MORE": 1 << 40, "SHORT": 1 << 60, "SETS": 0}.items():
        monkeypatch.setattr(team, name, value)
    return counts


def apart(scenario: Scenario) -> Scenario:
    """The same without ceilings, and with a depot for each origin where there are enough."""
    parts = scenario.model_dump(by_alias=True)
    origins = [origin["id"] for origin in parts["origins"]]
    for i, depot in enumerate(parts["depots"]):
        depot["serves"] = origins[i :: len(parts["depots"])]
    parts["payers"] = [payer | {"ceiling": None} for payer in parts["payers"]]
    parts["rules"]["budget"] = {}
    return Scenario.model_validate(parts)


def solved(scenario: Scenario, name: str, iterations: int = 300) -> Plan:
    travel = travel_of(scenario)
    plan = solve_scenario(scenario, name, iterations=iterations, threads=2, seed=5, travel=travel)
    assert check(scenario, plan) == []
    assert plan.moved + sum(part.count for part in plan.unserved) == scenario.people
    return plan


@pytest.mark.parametrize(
    ("drawn_by", "name", "seeds"),
    [
        (random_scenario, "search", 20),
        (scenario_with_services, "intermodal", 8),
        (scenario_with_jobs, "intermodal", 8),
    ],
)
def test_joined_parts_keep_every_rule(
    drawn_by: Callable[[int], Scenario], name: str, seeds: int, too_many: list[int]
) -> None:
    for seed in range(seeds):
        solved(apart(drawn_by(seed)), name)
    assert too_many


def crowded(people: int = 40) -> Scenario:
    """Two depots with coaches and people of their own, and a gate that takes few in a day."""
    return tiny_scenario(
        origins=[gangbei(), pingnan()],
        sites=[baoan(intake_per_day=20)],
        depots=[guigang(serves=["gangbei"]), guigang(id="pn", name="平南", serves=["pingnan"])],
        pools=[pool(units=9), pool(id="pn", depot="pn", units=9)],
        cohorts=[
            cohort(id="gb", origin="gangbei", count=people),
            cohort(id="pn", origin="pingnan", count=people),
        ],
    )


def test_what_both_parts_take_of_a_gate_is_never_too_much() -> None:
    """Nobody is on the board: each part fills the gate alone."""
    scenarios = [crowded(), *(apart(random_scenario(seed)) for seed in range(40))]
    counts = []
    for scenario in scenarios:
        board = frozen_board(build(scenario, travel_of(scenario)), 1)
        depots = depots_of(board.problem, board.m)
        mine = np.arange(depots.sets) % 2 == 0
        parts = [board.s.copy(), board.s.copy()]
        for part, own in zip(parts, (mine, ~mine), strict=True):
            deal_out(board, depots, part, own)
            anneal(board.m, part, board.w, 200, 1, 1, 2, 8)
        counts.append(join(board.m, board.s, board.w, parts))
        _assert_its_trips(board)
    assert counts[0] > 0
    assert sum(count > 0 for count in counts) > 3


def test_the_same_seed_threads_and_rounds_give_the_same_plan(too_many: list[int]) -> None:
    for scenario, name in (
        (apart(random_scenario(26)), "search"),
        (apart(scenario_with_services(3)), "intermodal"),
    ):
        plans = {solved(scenario, name, 200).model_dump_json() for _ in range(4)}
        assert len(plans) == 1
    assert too_many


def test_ceilings_of_money_are_not_divided() -> None:
    parts = crowded().model_dump(by_alias=True)
    scenario = Scenario.model_validate(parts | {"rules": {"budget": {"ceiling": 9_000}}})
    for given, may in ((crowded(), True), (scenario, False)):
        assert may_divide(frozen_board(build(given, travel_of(given)), 1).m) is may


def test_a_board_that_was_joined_is_that_of_its_trips() -> None:
    """What trips share is counted as if they had been booked one by one."""
    scenario = apart(random_scenario(8))
    board = first_plan(build(scenario, travel_of(scenario)), Run(seed=1), 0.7)
    depots = depots_of(board.problem, board.m)
    assert depots.sets > 1
    rng, parts = np.random.default_rng(1), [board.s.copy() for _ in range(2)]
    rooms = [new_room(board.problem) for _ in parts]
    for _ in range(20):
        mine = drawn(depots, board.s, 2, rng)
        assert (sum(each.astype(int) for each in mine) == 1).all()
        for part, room, own in zip(parts, rooms, mine, strict=True):
            deal_out(board, depots, part, own)
            before = _others(board, part, own[depots.pool])
            anneal(board.m, part, room, 50, 100_000, 100_000, 2, 8)
            assert _others(board, part, own[depots.pool]) == before
        join(board.m, board.s, board.w, parts)
        _assert_its_trips(board)


def _others(board: Board, part: np.ndarray, pools: np.ndarray) -> list[Any]:
    """The trips on the board of a part that are not of it."""
    trips = trips_of(board.groups, part)
    return sorted((trip for trip in trips if not pools[trip.pool]), key=repr)


def _assert_its_trips(board: Board) -> None:
    fresh = frozen_board(board.problem, 1)
    for trip in trips_of(board.groups, board.s):
        assert trip.frozen >= 0 or seat_trip(fresh, trip) is None
    for place in (e.COSTS, e.MONEY, e.LEFT):
        assert fresh.s[place] == board.s[place]
    places, cohorts = len(board.problem.metres), board.groups.cohort
    for place in (e.TAKEN, e.CHECKED):
        assert (table(fresh.s, place, places) == table(board.s, place, places)).all()
    # parties of one size are alike
    left = [table(s, e.WAITING, len(cohorts))[:, 0] for s in (fresh.s, board.s)]
    assert np.array_equal(*(np.bincount(cohorts, weights=each) for each in left))
    assert (left[1] >= 0).all()
