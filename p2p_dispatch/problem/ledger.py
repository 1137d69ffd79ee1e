"""What trips share: checks, intake, slots, units and money, and what is left of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from p2p_dispatch.problem.basics import NO_LIMIT
from p2p_dispatch.problem.choice import TripChoice
from p2p_dispatch.problem.problem import Problem
from p2p_dispatch.problem.trip import TripRun

Count = defaultdict[tuple[int, int], int]


class Ledger:
    """What the trips of a plan have used so far of what all of them share."""

    def __init__(self, problem: Problem):
        self.problem = problem
        self._checked: Count = defaultdict(int)
        self._taken: Count = defaultdict(int)
        self._slots: Count = defaultdict(int)
        self._out: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._paid = np.zeros(len(problem.payer_ceiling))
        self._money = 0

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
        checked, taken = self._people(trip, run)
        for at, people in checked.items():
            self._checked[at] += times * people
        for at, people in taken.items():
            self._taken[at] += times * people
        for slot in self._slots_of(trip, run):
            self._slots[slot] += times
        self._paid += times * self._parts(trip, run)
        self._money += times * self._bill(trip, run)
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
        checked, taken = self._people(trip, run)
        if any(n > self.medical_left(*at) for at, n in checked.items()):
            return "medical"
        if any(n > self.intake_left(*at) for at, n in taken.items()):
            return "intake"
        if any(self._slots[s] >= self.problem.slot_trips[s[0]] for s in self._slots_of(trip, run)):
            return "slots"
        if not self.has_unit(trip.pool, run):
            return "fleet"
        return None if self._affordable(trip, run) else "budget"

    def _people(self, trip: TripChoice, run: TripRun) -> tuple[Count, Count]:
        """People of a trip by origin and day of leaving, and by site and day of arriving."""
        problem = self.problem
        checked: Count = defaultdict(int)
        taken: Count = defaultdict(int)
        for load in trip.loads:
            origin, site = int(problem.origin[load.cohort]), int(problem.site[load.cohort])
            checked[origin, self.board_day(trip, run, origin)] += load.people
            taken[site, self.arrival_day(trip, run, load.drop)] += load.people
        return checked, taken

    def _slots_of(self, trip: TripChoice, run: TripRun) -> Iterator[tuple[int, int]]:
        """Place and number of the slot of every stop that has slots."""
        problem = self.problem
        picks = {int(problem.origin[load.cohort]) for load in trip.loads}
        if problem.by_day:
            return
        for i, place in enumerate(trip.stops):
            if problem.slot_trips[place] < NO_LIMIT:
                minute = run.goes[i] if place in picks else run.arrives[i]
                column = problem.column(minute)
                within = minute - int(problem.midnights[column])
                yield place, column * 1440 + within // int(problem.slot_minutes[place])

    def _onward(self, trip: TripChoice) -> int:
        """Cents paid for the people of a trip beside it: onward legs less subsidies."""
        problem = self.problem
        return sum(
            x.people * ((problem.onward(x.cohort, x.drop) or 0) - int(problem.subsidy[x.cohort]))
            for x in trip.loads
        )

    def _bill(self, trip: TripChoice, run: TripRun) -> int:
        return run.cost + self._onward(trip)

    def _parts(self, trip: TripChoice, run: TripRun) -> np.ndarray:
        """Cents of a trip that fall to each payer."""
        problem = self.problem
        each = run.cost / max(1, trip.people)
        parts = np.zeros_like(self._paid)
        for x in trip.loads:
            own = (problem.onward(x.cohort, x.drop) or 0) - int(problem.subsidy[x.cohort])
            parts += x.people * (each + own) * problem.payer_share[x.cohort]
        return parts

    def _affordable(self, trip: TripChoice, run: TripRun) -> bool:
        problem = self.problem
        if self._money + self._bill(trip, run) > problem.ceiling:
            return False
        # a cent for what floating point loses
        return bool((self._paid + self._parts(trip, run) <= problem.payer_ceiling - 1).all())
