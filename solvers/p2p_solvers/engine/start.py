"""The first plan: everybody on the trip that takes them for least, then rounds of mending."""

from __future__ import annotations

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Ended, Run
from p2p_solvers.engine.load import Board, frozen_board, seat_trip
from p2p_solvers.engine.memory import COSTS
from p2p_solvers.engine.rounds import build, play
from p2p_solvers.engine.told import progress_of, solution_of, trips_on

ROUNDS, MOST_TRIPS = 300, 6
"""Rounds of mending for 100 trips, and most trips taken apart in one, if nothing else is said."""

LEAST_TRIPS = 25
"""A plan of fewer trips is mended as long as one of so many."""

ROUNDS_AT_ONCE = 20
"""Rounds between two looks at the clock."""


def first_plan(problem: Problem, run: Run, hope: float) -> Board:
    """
    A board with the frozen trips and everybody who could be put on.

    Where coaches are scarce it pays to begin with those whose last day comes first, elsewhere with
    those who have the least time: both are tried.
    Where there is a plan to start from, its trips go on the board first, as far as they can run.

    Parameters
    ----------
    hope
        Share of a new trip's seats that later groups are hoped to fill.
    """
    board = frozen_board(problem, run.seed)
    for trip in problem.start.trips if problem.start else ():
        if trip.people >= problem.minimum_load[problem.unit_type[trip.pool]]:
            seat_trip(board, trip)
    other = board.s.copy()
    build(board.m, board.s, board.w, round(100 * hope), False)
    build(board.m, other, board.w, round(100 * hope), True)
    if other[COSTS] < board.s[COSTS]:
        board.s[:] = other
    run.keep(solution_of(board, Ended.DONE), progress_of(board, run, "everybody put on"))
    return board


def mend(
    board: Board, run: Run, *, rounds: int = ROUNDS, most: int = MOST_TRIPS, limited: bool = True
) -> Ended:
    """
    Take trips apart, put their people on again and keep what is no dearer.

    Parameters
    ----------
    rounds
        How many for 100 trips.
    most
        Most trips taken apart in one.
    limited
        Whether the run's iterations are these rounds and go before.
    """
    in_all = rounds * max(LEAST_TRIPS, trips_on(board)) // 100
    ended = Ended.DONE
    if limited and run.iterations is not None:
        in_all, ended = run.iterations, Ended.ITERATIONS
    played = 0
    while played < in_all:
        if run.stop():
            ended = Ended.TIME
            break
        some = min(ROUNDS_AT_ONCE, in_all - played)
        play(board.m, board.s, board.w, some, most)
        played += some
        run.report(progress_of(board, run, f"round {played:,} of {in_all:,}"))
    run.keep(solution_of(board, ended), progress_of(board, run, "mended"))
    return ended
