"""Roads as they were before they were rounded against the planner, or a little shorter."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.basics import NO_ROAD, Ints

ROUNDED = 5
"""Metres by which the limit of a detour and its factor were rounded down, at the most."""


def kinder(problem: Problem) -> Problem:
    """
    The same problem with every road at most as long as it is, and every limit at least as wide.

    A problem rounds roads up to whole metres and seconds, and the checker does not. A plan made by
    somebody else may be cheaper for it, or keep a limit by less than a metre. No plan that keeps
    the rules costs less than a bound of this problem.

    The detour is held against the direct road, which is shorter here as well: the metres that this
    costs are added to what is allowed, one for rounding down and one that ``lay_road`` takes off.
    """
    return replace(
        problem,
        metres=_one_less(problem.metres),
        seconds=_one_less(problem.seconds),
        minutes=np.where(problem.seconds == NO_ROAD, NO_ROAD, _one_less(problem.seconds) // 60),
        detour_metres=problem.detour_metres + ROUNDED + math.ceil(2 * problem.detour_factor),
        longest_ride=problem.longest_ride + 1,
    )


def _one_less(roads: Ints) -> Ints:
    return np.where(roads == NO_ROAD, NO_ROAD, np.maximum(roads - 1, 0))
