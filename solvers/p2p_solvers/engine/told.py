"""What a strategy tells of a board: its solution, and where the run stands."""

from __future__ import annotations

from p2p_dispatch.problem.compiled import table
from p2p_dispatch.solution import Ended, Progress, Run, Solution
from p2p_solvers.engine.load import Board
from p2p_solvers.engine.memory import COSTS, LEFT, MOST_ROWS, T_LOADS, TRIPS
from p2p_solvers.engine.result import trips_of


def trips_on(board: Board) -> int:
    """How many trips are on a board."""
    return int((table(board.s, TRIPS, int(board.s[MOST_ROWS]))[:, T_LOADS] > 0).sum())


def solution_of(board: Board, ended: Ended) -> Solution:
    """The trips of a board."""
    return Solution(trips=trips_of(board.groups, board.s), cost=int(board.s[COSTS]), ended=ended)


def progress_of(board: Board, run: Run, note: str) -> Progress:
    """Where a run stands whose best plan is on a board."""
    everybody = int(board.problem.people.sum())
    return Progress(
        seconds=run.elapsed,
        served=everybody - int(board.s[LEFT]),
        people=everybody,
        trips=trips_on(board),
        cost=int(board.s[COSTS]),
        note=note,
    )
