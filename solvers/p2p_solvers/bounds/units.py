"""On how many days a coach is out at the least that takes somebody from one place to another."""

from __future__ import annotations

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_solvers.bounds.basics import NEVER, SLACK, Ints
from p2p_solvers.bounds.trips import LeastTrips


class Held:
    """
    Days on which a pool has one unit less.

    Whoever leaves a stop on a day is on a coach that is out on that day, and from then on until it
    has come to their drop and home again, which takes no less than the ways and the crew's rests.
    What lies before they board is not counted.

    Parameters
    ----------
    starts, ends
        Places where people board, and where they get off.
    """

    def __init__(self, problem: Problem, trips: LeastTrips, starts: Ints, ends: Ints):
        self.problem, self.trips, self.starts, self.ends = problem, trips, starts, ends

    def after(self, pool: int, rows: Ints) -> Ints:
        """(n_rows, n_ends) minutes from leaving a start until the coach is home, at the least."""
        trips, starts, depot = self.trips, self.starts[rows], int(self.problem.depot[pool])
        seconds = trips.seconds[np.ix_(starts, self.ends)] + trips.seconds[self.ends, depot]
        none = seconds >= NEVER
        driving = np.where(none, 0, seconds)
        crews = range(1, self.problem.crew.most_drivers + 1)
        out = np.minimum.reduce([trips.out(driving, drivers, stops=1) for drivers in crews])
        return np.where(none, NEVER >> 8, out // 60)

    def days(self, pool: int, rows: Ints, columns: range) -> list[Ints]:
        """(n_rows, n_ends) calendar days from each column on, people leaving their start on it."""
        problem = self.problem
        if problem.by_day:
            loaded = self.trips.metres[np.ix_(self.starts[rows], self.ends)]
            return [1 + (loaded > problem.two_days_past).astype(np.int64)] * len(columns)
        after, midnights = self.after(pool, rows), problem.midnights
        found = []
        for column in columns:
            opens = problem.opens[self.starts[rows], column] + problem.stop_minutes
            leaves = np.maximum(midnights[column], opens) - SLACK
            back = leaves[:, None] + after
            days = np.searchsorted(midnights, back, side="left") - column
            found.append(np.maximum(days, (after > SLACK).astype(np.int64)))
        return found

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
        return [
            before[np.minimum(column + days, n)] - before[column]
            for column, days in zip(columns, self.days(pool, rows, columns), strict=True)
        ]
