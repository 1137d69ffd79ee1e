"""A round is given up as soon as it must cost more than may be kept, and never before."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from p2p_dispatch.problem import TripChoice, build, net, work
from p2p_dispatch.problem.compiled import NEVER, at, put
from p2p_dispatch.problem.timing import lay_road
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.solution import Run
from p2p_dispatch.travel import travel_of
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.draft import own_needs
from p2p_solvers.engine.everybody import insert_all
from p2p_solvers.engine.known import time_as_before
from p2p_solvers.engine.load import Board, frozen_board
from p2p_solvers.engine.refit import cheaper_by
from p2p_solvers.engine.result import trips_of
from p2p_solvers.engine.rounds import anneal, play
from p2p_solvers.engine.start import first_plan
from tests.generated.scenarios import random_scenario
from tests.tiny import cohort, gangbei, pingnan, pool, tiny_scenario

HOPE = 70


def empty_board(seed: int) -> Board:
    """A board of a small scenario with nobody on it but those on frozen trips."""
    scenario = random_scenario(seed)
    return frozen_board(build(scenario, travel_of(scenario)), 1)


class PutOn(NamedTuple):
    """What came of putting everybody on."""

    kept: bool
    costs: int
    saved: int
    """Cents that other pools may save at the most."""
    trips: list[TripChoice]


def put_all_on(board: Board, limit: int) -> PutOn:
    """Put everybody on a copy of a board within a limit."""
    m, s, n = board.m, board.s.copy(), int(board.m[e.N_GROUPS])
    s[e.LIMIT] = limit
    for group in range(n):
        put(s, e.ORDER, 0, group, group)
    kept = insert_all(m, s, board.w, n, HOPE)
    assert s[e.SPARE] == NEVER
    rows = [at(s, e.LOG_ROWS, i, 0) for i in range(int(s[e.NOTED]))]
    saved = sum(cheaper_by(m, s, row) for row in rows)
    return PutOn(bool(kept), int(s[e.COSTS]), saved, trips_of(board.groups, s))


@pytest.mark.parametrize("seed", range(60))
def test_it_is_given_up_when_it_must_cost_too_much_and_not_before(seed: int) -> None:
    board = empty_board(seed)
    put_all_on(board, NEVER)  # departures that are known already may be others
    most = put_all_on(board, NEVER)
    assert most.kept
    assert put_all_on(board, most.costs) == most
    limit = most.costs - most.saved - 1
    less = put_all_on(board, limit)  # where the best offer is too dear, another one may do
    assert less.kept == (less.costs - less.saved <= limit)
    assert not put_all_on(board, -NEVER // 2).kept


@pytest.mark.parametrize("seed", range(20))
def test_rounds_keep_the_limit_and_leave_none(seed: int) -> None:
    scenario = random_scenario(seed)
    board = first_plan(build(scenario, travel_of(scenario)), Run(seed=seed), HOPE / 100)
    for rounds in (
        lambda: play(board.m, board.s, board.w, 50, 2),
        lambda: anneal(board.m, board.s, board.w, 50, 1, 1, 2, 8),
    ):
        before = int(board.s[e.COSTS])
        rounds()
        # anneals so cold that a round is dearer by some cents at the most
        assert board.s[e.COSTS] <= before + 50 * 20
        assert (board.s[e.LIMIT], board.s[e.SPARE]) == (NEVER, NEVER)


def waits() -> Scenario:
    """Gangbei is open for an hour in the morning; in Pingnan they are ready at noon."""
    return tiny_scenario(
        days={"first": "2020-02-22", "last": "2020-02-22"},
        origins=[gangbei(hours={"opens": "08:00", "closes": "09:00"}), pingnan()],
        cohorts=[
            cohort(count=20, due="2020-02-23"),
            cohort(id="pn", origin="pingnan", count=20, ready="2020-02-22 12:00", due="2020-02-23"),
        ],
        pools=[pool(units=1)],
    )


def is_waited_for(board: Board, row: int) -> bool:
    """Whether a trip leaves its second stop later than it would without its people."""
    s = board.s
    reached = at(s, e.GOES, row, 0) + at(
        board.m, net.MINUTES, at(s, e.STOPS, row, 0), at(s, e.STOPS, row, 1)
    )
    return bool(at(s, e.ARRIVES, row, 1) > reached + 60)


@pytest.mark.parametrize("scenario", [waits(), *(random_scenario(seed) for seed in range(20))])
def test_a_trip_that_leaves_as_before_is_timed_as_before(scenario: Scenario) -> None:
    """Driven or remembered, and where somebody is waited for on the way."""
    board = first_plan(build(scenario, travel_of(scenario)), Run(seed=1), HOPE / 100)
    _, _, m, s, w = board
    if m[net.BY_DAY]:
        return
    rows = [row for row in range(int(s[e.ROWS])) if at(s, e.TRIPS, row, e.T_LOADS)]
    if scenario.name == "tiny":
        assert [is_waited_for(board, row) for row in rows] == [True]
    for row in rows:
        stops = int(at(s, e.TRIPS, row, e.T_STOPS))
        w[work.POOL] = at(s, e.TRIPS, row, e.T_POOL)
        w[work.N_STOPS], w[work.N_PICKS] = stops, at(s, e.TRIPS, row, e.T_PICKS)
        for i in range(stops):
            put(w, work.STOPS, 0, i, at(s, e.STOPS, row, i))
        own_needs(m, s, w, row)
        lay_road(m, w)
        for _ in range(2):
            assert time_as_before(m, s, w, row)
            assert w[e.DEPART] == at(s, e.TRIPS, row, e.T_DEPART)
            assert at(w, work.FIGURES, 0, work.COST) == at(s, e.TRIPS, row, e.T_COST)
            assert at(w, work.FIGURES, 0, work.BACK) == at(s, e.TRIPS, row, e.T_BACK)
            for i in range(stops):
                assert at(w, work.TIMES, work.ARRIVES, i) == at(s, e.ARRIVES, row, i)
                assert at(w, work.TIMES, work.GOES, i) == at(s, e.GOES, row, i)
