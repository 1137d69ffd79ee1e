"""Moments at which the units of a pool are counted."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.basics import Ints

STEP = 360
"""Minutes between two moments, by the clock."""


class Moments(NamedTuple):
    """
    When units are counted: by the day once on each day of the horizon, by the clock every six
    hours.

    At no moment more trips of a pool are out than it has units then. By the clock this says less
    than the rule, which counts at every minute.

    Attributes
    ----------
    first
        Minute of the first of them.
    step
        Minutes from one to the next; a day, by the day, whatever the clocks do.
    units
        (n_pools, n_moments)
    """

    first: int
    step: int
    units: Ints

    def before(self, minute: int) -> int:
        """How many moments lie before a minute."""
        return -(-(minute - self.first) // self.step)


def moments_of(problem: Problem) -> Moments:
    """The moments of a problem."""
    if problem.by_day:
        horizon = slice(problem.pad, problem.pad + problem.n_days)
        return Moments(0, 1440, problem.units[:, horizon])
    first, last = int(problem.midnights[0]), int(problem.midnights[-1])
    columns = [problem.column(minute) for minute in range(first, last, STEP)]
    return Moments(first, STEP, np.ascontiguousarray(problem.units[:, columns]))


def turnaround(problem: Problem) -> int:
    """
    Minutes that count as being out after coming back.

    They may fall on a day on which the pool has fewer units, which breaks no rule; so they are
    counted only where all pools have the same units on all days.
    """
    steady = (problem.units == problem.units[:, :1]).all()
    return problem.turnaround if steady and not problem.by_day else 0
