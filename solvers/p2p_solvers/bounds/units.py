"""On how many days a coach is out that takes somebody from one place to another, by the day."""

from __future__ import annotations

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_solvers.bounds.basics import Ints
from p2p_solvers.bounds.trips import LeastTrips


class Held:
    """
    Days on which a pool has one unit less.

    Planned by the day a unit is out on whole days: one, or two past so many loaded km, and a trip
    is loaded for no fewer than the shortest way of any of its people. By the clock a unit may make
    several trips on a day, so that no trip needs a day of it.

    Parameters
    ----------
    starts, ends
        Places where people board, and where they get off.
    """

    def __init__(self, problem: Problem, trips: LeastTrips, starts: Ints, ends: Ints):
        assert problem.by_day
        self.problem, self.trips, self.starts, self.ends = problem, trips, starts, ends

    def days(self, rows: Ints) -> Ints:
        """(n_rows, n_ends) days from leaving a start on."""
        loaded = self.trips.metres[np.ix_(self.starts[rows], self.ends)]
        return 1 + (loaded > self.problem.two_days_past).astype(np.int64)

    def prices(self, units: Ints, pool: int, rows: Ints, columns: range) -> list[Ints]:
        """
        What the units of a trip cost at the least, by column.

        Parameters
        ----------
        units
            (n_pools, n_calendar) price of a unit on a day.
        """
        n = units.shape[1]
        before = np.concatenate([[0], np.cumsum(units[pool])])
        days = self.days(rows)
        return [before[np.minimum(column + days, n)] - before[column] for column in columns]
