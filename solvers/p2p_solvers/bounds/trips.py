"""What a coach costs at the least that takes somebody from one place to another."""

from __future__ import annotations

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_solvers.bounds.basics import FINE, NEVER, Ints

TINY = 2
"""Seconds by which a trip may seem longer than a whole day and is not charged for the next one."""


class LeastTrips:
    """
    Least costs of trips, by pool.

    A trip that carries somebody from ``a`` to ``b`` starts at its depot, comes to ``a``, to ``b``
    and home, with whatever stops between: it is no shorter than the ways between these four, drives
    no less, and is out no less than its crew needs for it. Crews of every size are tried.
    """

    def __init__(self, problem: Problem, metres: Ints, seconds: Ints):
        self.problem, self.metres, self.seconds = problem, metres, seconds

    def cost(self, pool: int, starts: Ints, ends: Ints) -> Ints:
        """
        Hundredths of a cent from each start to each end; ``NEVER`` where there is no way.

        Returns
        -------
        (n_starts, n_ends)
        """
        problem, depot = self.problem, int(self.problem.depot[pool])
        metres, seconds = (
            ways[depot, starts][:, None] + ways[np.ix_(starts, ends)] + ways[ends, depot]
            for ways in (self.metres, self.seconds)
        )
        loaded = self.metres[np.ix_(starts, ends)]
        there = self.seconds[depot, starts][:, None] + self.seconds[np.ix_(starts, ends)]
        none = (metres >= NEVER) | (seconds >= NEVER)
        kind = int(problem.unit_type[pool])
        per_day, per_km = int(problem.per_day[kind]), int(problem.per_km[kind])
        if problem.by_day:
            days = np.where(loaded > problem.two_days_past, 2, 1)
            drivers = np.where(there > problem.second_driver_past, 2, 1)
            hire = days * (per_day + drivers * problem.driver_day)
        else:
            hire = np.full(metres.shape, NEVER, dtype=np.int64)
            for drivers_of in range(1, problem.crew.most_drivers + 1):
                allowed = (drivers_of >= 2) | (loaded <= problem.crew.two_drivers_past)
                each_day = per_day + drivers_of * problem.driver_day
                cents = self._days(seconds, drivers_of) * each_day
                hire = np.where(allowed, np.minimum(hire, cents), hire)
        none |= hire >= NEVER // FINE
        fine = np.where(none, 0, hire * FINE + np.where(none, 0, metres) * per_km * FINE // 1000)
        return np.where(none, NEVER, fine)

    def _days(self, driving: Ints, drivers: int) -> Ints:
        """Days charged at the least for so many seconds of driving, two stops included."""
        out = self.out(np.minimum(driving, NEVER // 4), drivers)
        return np.maximum(1, -(-(out - TINY) // 86400))

    def out(self, driving: Ints, drivers: int, stops: int = 2) -> Ints:
        """Seconds that so many seconds of driving take at the least, with so many stops."""
        crew = self.problem.crew
        standing = 60 * stops * self.problem.stop_minutes
        out = driving + standing
        for most, within in crew.rolling:
            # one coach: all drivers together drive no longer than this in a window
            cap = 60 * min(drivers * most, within)
            windows = np.maximum(0, -(-driving // cap) - 1)
            out = np.maximum(out, driving + windows * (60 * within - cap))
        if crew.shift is not None:
            # the crew rests while the coach stands, everybody at once
            rest = crew.shift.rest[1 if drivers > 1 else 0]
            rests = np.maximum(0, -(-driving // (60 * drivers * crew.shift.driving)) - 1)
            out = np.maximum(out, driving + rests * 60 * rest)
        if drivers == 1:
            pauses = np.maximum(0, -(-driving // (60 * crew.spell)) - 1)
            # what stops take is work and no pause
            out = np.maximum(out, driving + standing + pauses * 60 * crew.pause)
        return out
