"""What a strategy tells of a board: its solution, and where the run stands."""

from __future__ import annotations

import numpy as np

from p2p_dispatch.problem.compiled import table
from p2p_dispatch.solution import Ended, Progress, Run, Solution
from p2p_solvers.engine.load import Board
from p2p_solvers.engine.memory import (
    COSTS,
    LEFT,
    ROWS,
    STOPS,
    T_DAY,
    T_LOADS,
    T_PEOPLE,
    T_POOL,
    T_STOPS,
    TRIPS,
)
from p2p_solvers.engine.result import trips_of


def trips_on(board: Board) -> int:
    """How many trips are on a board."""
    return int((table(board.s, TRIPS, int(board.s[ROWS]))[:, T_LOADS] > 0).sum())


def seats_filled(board: Board) -> float | None:
    """Share of the allowed seats that are taken; None if there are no trips."""
    problem, s = board.problem, board.s
    rows = int(s[ROWS])
    trips, stops = table(s, TRIPS, rows), table(s, STOPS, rows)
    running = trips[:, T_LOADS] > 0
    trips, stops = trips[running], stops[running]
    column = trips[:, T_DAY] + problem.pad
    used = np.arange(stops.shape[1]) < trips[:, T_STOPS, None]
    risk = np.where(used, problem.risk[stops, column[:, None]], 0).max(axis=1, initial=0)
    kind = problem.unit_type[trips[:, T_POOL]]
    seats = (problem.allowed - problem.staff)[kind, column, risk].sum()
    return float(trips[:, T_PEOPLE].sum() / seats) if seats > 0 else None


def solution_of(board: Board, ended: Ended) -> Solution:
    """The trips of a board."""
    return Solution(
        trips=trips_of(board.groups, board.s),
        coaches=board.problem if board.problem.sharing else None,
        cost=int(board.s[COSTS]),
        ended=ended,
    )


def progress_of(board: Board, run: Run, note: str) -> Progress:
    """Where a run stands whose best plan is on a board."""
    return Progress(
        seconds=run.elapsed,
        served=board.problem.everybody - int(board.s[LEFT]),
        people=board.problem.everybody,
        trips=trips_on(board),
        cost=int(board.s[COSTS]),
        filled=seats_filled(board),
        note=note,
    )
