"""
Insertion: everybody is put on the trip that takes them for least.

Groups come in turn; each is put on a trip that has seats left, with its stops in the best order
and at the best departure, or on a new trip, whatever costs least per person. A new trip is
priced as if later groups filled a part of it: the hope. Afterwards, rounds take a few trips
apart that lie near each other, the emptier the sooner, and put their people on again; a round
that makes the plan dearer is undone.

Source: large-neighbourhood search as of Shaw (1998) and Ropke and Pisinger (2006), over whole
trips; with few rounds it is the insertion heuristic of Solomon (1987).
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.compiled import table
from p2p_dispatch.solution import Ended, Parameters, Progress, Run, Solution
from p2p_solvers.engine.load import board_of, seat_trip
from p2p_solvers.engine.memory import COSTS, LEFT, MOST_ROWS, T_LOADS, TRIPS
from p2p_solvers.engine.result import trips_of
from p2p_solvers.engine.rounds import build, play

LEAST_TRIPS = 25
"""A plan of fewer trips is mended as long as one of so many."""

ROUNDS_AT_ONCE = 20
"""Rounds between two looks at the clock."""


class InsertionParameters(Parameters):
    """How it puts people on and how long it mends."""

    hope: Annotated[float, Field(ge=0, le=1)] = 0.7
    """Share of a new trip's seats that later groups are hoped to fill."""

    rounds: Annotated[int, Field(ge=0)] = 300
    """Rounds of mending per 100 trips."""

    most_trips: Annotated[int, Field(ge=1, le=50)] = 6
    """Most trips taken apart in a round."""


class Insertion:
    """Everybody on the trip that takes them for least, then rounds of mending."""

    name: ClassVar[str] = "insertion"
    Parameters: ClassVar[type[BaseModel]] = InsertionParameters

    def declines(self, problem: Problem) -> str | None:
        """Take every problem."""
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """Put everybody on, then mend."""
        assert isinstance(parameters, InsertionParameters)
        board = board_of(problem, run.seed)
        _, groups, m, s, w = board
        for frozen in problem.frozen:
            seat_trip(board, frozen.trip)
        everybody = int(problem.people.sum())

        def n_trips() -> int:
            return int((table(s, TRIPS, int(s[MOST_ROWS]))[:, T_LOADS] > 0).sum())

        def solution(ended: Ended) -> Solution:
            return Solution(trips=trips_of(groups, s), cost=int(s[COSTS]), ended=ended)

        def progress(note: str) -> Progress:
            return Progress(
                seconds=run.elapsed,
                served=everybody - int(s[LEFT]),
                people=everybody,
                trips=n_trips(),
                cost=int(s[COSTS]),
                note=note,
            )

        build(m, s, w, round(100 * parameters.hope))
        run.keep(solution(Ended.DONE), progress("everybody put on"))
        rounds = run.iterations
        if rounds is None:
            rounds = parameters.rounds * max(LEAST_TRIPS, n_trips()) // 100
        ended = Ended.DONE if run.iterations is None else Ended.ITERATIONS
        played = 0
        while played < rounds:
            if run.stop():
                ended = Ended.TIME
                break
            some = min(ROUNDS_AT_ONCE, rounds - played)
            play(m, s, w, some, parameters.most_trips)
            played += some
            run.report(progress(f"round {played:,} of {rounds:,}"))
        run.keep(solution(ended), progress("mended"))
        return solution(ended)
