"""When people can leave home, and when they can arrive: days on which each is possible at all."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.problem import Problem
from p2p_solvers.bounds.basics import FINE, NEVER, SLACK, Ints


class Calls:
    """
    The least that days and hours allow, for many cohorts at once.

    Attributes
    ----------
    drop, onward
        (n_cohorts, n_slots) places where each may get off, and hundredths of a cent from there on;
        -1 in slots that are not used.
    """

    def __init__(self, problem: Problem):
        self.problem = problem
        slots = max((len(drops) for drops in problem.drops), default=0)
        self.drop = np.full((problem.n_cohorts, slots), -1, dtype=np.int64)
        self.onward = np.zeros((problem.n_cohorts, slots), dtype=np.int64)
        for cohort, drops in enumerate(problem.drops):
            for slot, (place, cents) in enumerate(drops):
                self.drop[cohort, slot], self.onward[cohort, slot] = place, cents * FINE

    @property
    def last_column(self) -> int:
        """The last calendar day; whoever arrives after it is counted there, and takes no place."""
        return len(self.problem.midnights) - 2

    def leaves(self, day: int) -> Ints:
        """(n_cohorts,) first minute at which people can leave home on a day; ``NEVER``: they
        cannot.
        """
        problem, column = self.problem, day + self.problem.pad
        if problem.by_day:
            first = np.full(problem.n_cohorts, problem.midnight(day))
            first[problem.ready > first] = NEVER
        else:
            opens = problem.opens[problem.origin, column]
            first = np.maximum(opens, problem.ready + problem.stop_minutes) - SLACK
            first[first > problem.midnights[column + 1]] = NEVER
        shut = problem.opens[problem.origin, column] > problem.shuts[problem.origin, column]
        first[shut | (day < problem.ready_day) | ~self.may_leave(day)] = NEVER
        return first

    def may_leave(self, day: int) -> NDArray[np.bool_]:
        """(n_cohorts,) whether the level of people lets them leave home on a day."""
        problem = self.problem
        level = np.maximum(problem.risk[problem.origin, day + problem.pad], problem.own_risk)
        return np.asarray(level < problem.stay_from)

    def waiting(self, day: int) -> Ints:
        """(n_cohorts,) what waiting from being ready until a day costs."""
        problem = self.problem
        return np.asarray((day - problem.ready_day) * problem.waiting_day * FINE)

    def arrives(self, slot: int, column: int, comes: Ints) -> Ints:
        """
        First minute of a calendar day at which people can arrive at a drop; ``NEVER``: they cannot.

        Parameters
        ----------
        comes
            (n_cohorts,) when they can be there at the earliest.
        """
        problem, drop = self.problem, self.drop[:, slot]
        if column > self.last_column:
            begins = np.maximum(comes, problem.midnights[-1])
        elif problem.by_day:  # on the day of the trip, whatever the hour
            begins = np.where(problem.opens[drop, column] > problem.shuts[drop, column],
                              NEVER, comes)  # fmt: skip
        else:
            begins = np.maximum(comes, problem.opens[drop, column])
            begins[begins > problem.shuts[drop, column] - problem.stop_minutes + SLACK] = NEVER
        begins[(drop < 0) | (begins > problem.latest + SLACK)] = NEVER
        return np.asarray(begins)

    def late(self, arrives: Ints) -> Ints:
        """(n_cohorts,) what coming late costs."""
        problem = self.problem
        known = np.where(arrives >= NEVER, 0, arrives)
        days = np.maximum(0, -(-(known - SLACK - problem.due) // 1440))
        return np.asarray(days * problem.late_day * FINE)

    @cached_property
    def shut(self) -> NDArray[np.bool_]:
        """(n_cohorts, n_calendar) whether a cohort's site is shut for its level."""
        problem = self.problem
        return np.asarray(problem.risk[problem.site] >= problem.shut_from)
