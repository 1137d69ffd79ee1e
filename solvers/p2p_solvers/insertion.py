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
from p2p_dispatch.solution import Parameters, Run, Solution
from p2p_solvers.engine.start import MOST_TRIPS, ROUNDS, first_plan, mend
from p2p_solvers.engine.told import solution_of
from p2p_solvers.jobs.narrow import narrowed


class InsertionParameters(Parameters):
    """How it puts people on and how long it mends."""

    hope: Annotated[float, Field(ge=0, le=1)] = 0.7
    """Share of a new trip's seats that later groups are hoped to fill."""

    rounds: Annotated[int, Field(ge=0)] = ROUNDS
    """Rounds of mending per 100 trips."""

    most_trips: Annotated[int, Field(ge=1, le=50)] = MOST_TRIPS
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
        board = first_plan(narrowed(problem), run, parameters.hope)
        ended = mend(board, run, rounds=parameters.rounds, most=parameters.most_trips)
        return solution_of(board, ended)
