"""What trips share: checks, intake and units, and what is left of them."""

from __future__ import annotations

from collections import defaultdict

from p2p_dispatch.problem.choice import TripChoice
from p2p_dispatch.problem.problem import Problem
from p2p_dispatch.problem.trip import TripRun


class Ledger:
    """What the trips of a plan have used so far of what all of them share."""

    def __init__(self, problem: Problem):
        self.problem = problem
        self._checked: defaultdict[tuple[int, int], int] = defaultdict(int)
        self._taken: defaultdict[tuple[int, int], int] = defaultdict(int)
        self._out: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)

    def medical_left(self, origin: int, day: int) -> int:
        """People whom an origin can still check on a day of the horizon."""
        limit = int(self.problem.medical[origin, day + self.problem.pad])
        return limit - self._checked[origin, day]

    def intake_left(self, site: int, day: int) -> int:
        """People whom a site can still take on a day; days may lie past the horizon."""
        column = min(day + self.problem.pad, self.problem.intake.shape[1] - 1)
        return int(self.problem.intake[site, column]) - self._taken[site, day]

    def has_unit(self, pool: int, run: TripRun) -> bool:
        """Whether the pool has a unit free for a trip, from leaving its depot to being back."""
        problem = self.problem
        out = self._out[pool]
        if problem.by_day:
            days = range(run.board_day, run.board_day + run.days)
            starts = [problem.midnight(d) for d in days if d < problem.n_days]
        else:
            # overlap changes only where a trip starts, what a pool has only at midnight
            until = run.back + problem.turnaround
            starts = [run.leave, *(s for s, _ in out if run.leave < s < until)]
            first, last = problem.column(run.leave), problem.column(run.back)
            starts += [int(problem.midnights[c]) for c in range(first + 1, last + 1)]
        turn = 0 if problem.by_day else problem.turnaround
        return all(
            sum(start <= moment < end + turn for start, end in out)
            < problem.units[pool, problem.column(moment)]
            for moment in starts
        )

    def add(self, trip: TripChoice, run: TripRun, *, times: int = 1) -> None:
        """Book a trip; ``times=-1`` takes it out again."""
        problem = self.problem
        for load in trip.loads:
            origin, site = int(problem.origin[load.cohort]), int(problem.site[load.cohort])
            self._checked[origin, self.board_day(trip, run, origin)] += times * load.people
            self._taken[site, self.arrival_day(trip, run, load.drop)] += times * load.people
        if times > 0:
            self._out[trip.pool].append((run.leave, run.back))
        else:
            self._out[trip.pool].remove((run.leave, run.back))

    def board_day(self, trip: TripChoice, run: TripRun, origin: int) -> int:
        """Day on which the coach leaves an origin."""
        return self.problem.day(run.goes[trip.stops.index(origin)])

    def arrival_day(self, trip: TripChoice, run: TripRun, drop: int) -> int:
        """Day on which people arrive at a drop; planned by the day, the day of the trip."""
        return self.problem.day(run.arrives[trip.stops.index(drop)])

    def blocks(self, trip: TripChoice, run: TripRun) -> str | None:
        """The shared rule that a trip would break; None if it can be booked."""
        problem = self.problem
        checked: defaultdict[tuple[int, int], int] = defaultdict(int)
        taken: defaultdict[tuple[int, int], int] = defaultdict(int)
        for load in trip.loads:
            origin, site = int(problem.origin[load.cohort]), int(problem.site[load.cohort])
            checked[origin, self.board_day(trip, run, origin)] += load.people
            taken[site, self.arrival_day(trip, run, load.drop)] += load.people
        if any(n > self.medical_left(*at) for at, n in checked.items()):
            return "medical"
        if any(n > self.intake_left(*at) for at, n in taken.items()):
            return "intake"
        return None if self.has_unit(trip.pool, run) else "fleet"
