"""When a trip leaves and with how many drivers: the cheapest departure of a day."""

from __future__ import annotations

from dataclasses import replace

from p2p_dispatch.problem.choice import TripChoice
from p2p_dispatch.problem.compiled import RULES, table
from p2p_dispatch.problem.problem import Problem
from p2p_dispatch.problem.timing import best_departure
from p2p_dispatch.problem.trip import TripRun, lay_out, run_trip
from p2p_dispatch.problem.work import BEST, BEST_DEPART, BEST_DRIVERS, new_work

Timed = tuple[TripChoice, TripRun]
"""A trip with its departure and crew set, and what becomes of it."""


class Departures:
    """Finds departures, with room to work in that serves trip after trip."""

    def __init__(self, problem: Problem):
        self.problem = problem
        self._work = new_work()

    def best(self, trip: TripChoice, day: int) -> Timed:
        """
        The cheapest departure that keeps the rules of the trip; of equal ones that with the
        shortest ride, then the earliest.

        Where there is none, the run says which rule the trip broke in the last of the attempts.
        ``trip.depart`` and ``trip.drivers`` are not read.
        """
        problem = self.problem
        if misfit := lay_out(problem, trip, self._work):
            return trip, TripRun(broken=misfit)
        if broken := best_departure(problem.memory, self._work, day):
            return trip, TripRun(broken=RULES[broken])
        best = table(self._work, BEST, 1)[0]
        timed = replace(trip, depart=int(best[BEST_DEPART]), drivers=int(best[BEST_DRIVERS]))
        return timed, run_trip(problem, timed, self._work)
