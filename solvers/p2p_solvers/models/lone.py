"""The trip of one cohort by itself: what no model needs to find out again."""

from __future__ import annotations

from typing import NamedTuple

from p2p_dispatch.problem import Departures, Load, Problem, TripChoice, TripRun


class Lone(NamedTuple):
    """What becomes of a trip for one cohort alone, its crew, and the seats that it has."""

    run: TripRun
    drivers: int
    riders: int


class LoneTrips:
    """Lone trips by cohort, drop, pool and day, each run once."""

    def __init__(self, problem: Problem):
        self.problem = problem
        self._departures = Departures(problem)
        self._known: dict[tuple[int, ...], Lone | None] = {}

    def of(self, cohort: int, drop: int, pool: int, day: int) -> Lone | None:
        """One person of a cohort on a coach of a pool on a day; None if no rule lets it run."""
        problem = self.problem
        kind = problem.unit_type[pool]
        # cohorts, and pools of a depot, that differ in nothing that matters share a run
        like = (
            int(problem.origin[cohort]),
            int(problem.site[cohort]),
            max(int(problem.ready[cohort]), problem.midnight(day)),
            int(problem.latest[cohort]),
            int(problem.own_risk[cohort]),
            drop,
            int(kind),
            int(problem.depot[pool]),
            day,
        )
        if like not in self._known:
            self._known[like] = self._run(cohort, drop, pool, day)
        lone = self._known[like]
        return lone if problem.serves[pool, problem.origin[cohort]] else None

    def _run(self, cohort: int, drop: int, pool: int, day: int) -> Lone | None:
        problem = self.problem
        column, origin = day + problem.pad, int(problem.origin[cohort])
        kind = problem.unit_type[pool]
        risk = max(int(problem.risk[origin, column]), int(problem.risk[drop, column]))
        riders = int(problem.allowed[kind, column, risk] - problem.staff[kind, column, risk])
        if riders <= 0 or not problem.serves[pool, origin]:
            return None
        load = Load(cohort=cohort, people=1, drop=drop)
        trip = TripChoice(pool=pool, depart=0, drivers=1, stops=(origin, drop), loads=(load,))
        timed, run = self._departures.best(trip, day)
        return None if run.broken else Lone(run, timed.drivers, riders)
