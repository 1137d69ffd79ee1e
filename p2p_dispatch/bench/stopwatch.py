"""A strategy that runs another one and keeps its times."""

from __future__ import annotations

from pydantic import BaseModel

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Run, Solution, Strategy

MOST_POINTS = 200
"""Points of a trace that are kept; a search that improves a thousand times draws no better line."""


class Stopwatch:
    """
    The strategy it is given, timed.

    ``solve_scenario`` hands out a plan, which has no times: they would differ from run to run,
    and the same seed must give the same plan.
    """

    def __init__(self, strategy: Strategy) -> None:
        self.strategy = strategy
        self.name = strategy.name
        self.Parameters = strategy.Parameters
        self.seconds = 0.0
        self.trace: tuple[tuple[float, float], ...] = ()

    def declines(self, problem: Problem) -> str | None:
        """What the strategy says."""
        return self.strategy.declines(problem)

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """What the strategy finds; how long it took and how it got there stays here."""
        solution = self.strategy.solve(problem, parameters, run)
        self.seconds = run.elapsed
        better = [(point.seconds, point.cost / 100) for point in run.trace]
        # Some strategies only report what they end with, and some not even that.
        self.trace = thinned(better) or ((self.seconds, solution.cost / 100),)
        return solution


def thinned(points: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Not more than :data:`MOST_POINTS`, the first and the last among them."""
    if len(points) <= MOST_POINTS:
        return tuple(points)
    step = (len(points) - 1) / (MOST_POINTS - 1)
    return tuple(points[round(i * step)] for i in range(MOST_POINTS))
