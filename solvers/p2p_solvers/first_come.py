"""
What bureaus do by hand.

Day by day every origin fills its own coaches, one city of destination after the other: whoever
is ready first goes first, then whoever is due first. A coach takes everybody who waits or, where
they are too many, is as large as can be had; it drops at several sites of the city if the rules
let it. A coach that would leave too empty waits for tomorrow, if everybody on it can. People whose
job is open are matched to posts beforehand, likewise, with key employers first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from p2p_dispatch.problem import (
    Departures,
    Ledger,
    Load,
    Problem,
    TripChoice,
    TripRun,
    price_of,
    run_trip,
    seats_left,
)
from p2p_dispatch.solution import Ended, Parameters, Progress, Run, Solution
from p2p_solvers.jobs.by_hand import match_by_hand
from p2p_solvers.jobs.first import plan_matched


class FirstComeParameters(Parameters):
    """How patient the planner is."""

    least_fill: Annotated[float, Field(ge=0, le=1)] = 0.5
    """A coach with a smaller share of its seats filled waits a day if all its people can."""


class FirstCome:
    """Each origin fills its own coaches per city, in order of readiness and due day."""

    name: ClassVar[str] = "first-come"
    Parameters: ClassVar[type[BaseModel]] = FirstComeParameters

    def declines(self, problem: Problem) -> str | None:
        """Take every problem."""
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """Trips day by day; whoever finds no seat by their due day is left behind."""
        assert isinstance(parameters, FirstComeParameters)
        if problem.jobs is not None:
            return plan_matched(problem, match_by_hand(problem), self, parameters, run)
        desk = _Desk(problem, parameters.least_fill)
        ended = Ended.DONE
        for day in range(problem.n_days):
            for group in desk.groups:
                if run.stop():
                    ended = Ended.TIME
                    break
                desk.send(group, day)
            solution = desk.solution(ended)
            run.keep(solution, desk.progress(run, f"day {day + 1} of {problem.n_days}"))
            if ended is not Ended.DONE:
                break
        return desk.solution(ended)


@dataclass(frozen=True, slots=True)
class _Coach:
    """A trip being filled, and the seats it has left."""

    trip: TripChoice
    run: TripRun
    seats: int


class _Desk:
    """The planner's desk: who still waits, and which coaches are ordered."""

    def __init__(self, problem: Problem, least_fill: float):
        self.problem = problem
        self.least_fill = least_fill
        self.ledger = Ledger(problem)
        self.departures = Departures(problem)
        self.trips: list[TripChoice] = []
        self.cost = int((problem.people * problem.value).sum())
        self.waiting = [int(n) for n in problem.people]
        self.parties = [list(sizes) for sizes in problem.parties]
        self.needy = [int(n) for n in problem.accessible]
        for frozen in problem.frozen:
            self._order(frozen.trip, run_trip(problem, frozen.trip))
        groups = defaultdict(list)
        for cohort in range(problem.n_cohorts):
            groups[int(problem.origin[cohort]), self._city(cohort)].append(cohort)
        self.groups = [
            sorted(cohorts, key=lambda c: (problem.ready[c], problem.due[c], c))
            for cohorts in groups.values()
        ]

    def _city(self, cohort: int) -> int:
        return int(self.problem.city[self.problem.site[cohort]])

    def send(self, group: list[int], day: int) -> None:
        """Send coaches for one origin and city until nobody is left who can go on this day."""
        while queue := [c for c in group if self.waiting[c] and self._in_season(c, day)]:
            coach = next(self._coaches(queue, day), None)
            if coach is None or self._holds(coach, queue, day):
                return
            self._order(coach.trip, coach.run)

    def _in_season(self, cohort: int, day: int) -> bool:
        problem = self.problem
        begins, ends = problem.midnight(day), problem.midnight(day + 1)
        return bool(problem.ready[cohort] < ends and problem.latest[cohort] >= begins)

    def _holds(self, coach: _Coach, queue: list[int], day: int) -> bool:
        """Whether a coach waits: it is too empty for want of people and can run tomorrow."""
        people = coach.trip.people
        if people >= self.least_fill * (people + coach.seats) or day + 1 >= self.problem.n_days:
            return False
        if people < sum(self.waiting[cohort] for cohort in queue):
            return False  # a limit keeps the others off; tomorrow has its own
        timed, run = self.departures.best(coach.trip, day + 1)
        return not run.broken and not self.ledger.blocks(timed, run)

    def _coaches(self, queue: list[int], day: int) -> Iterator[_Coach]:
        """Coaches that could leave, the one a planner would order first."""
        for head in range(len(queue)):
            filled = [
                coach
                for pool in range(self.problem.n_pools)
                if (coach := self._filled(pool, queue[head:], day))
            ]
            # the most people; then the fewest empty seats; then the cheapest
            yield from sorted(filled, key=lambda c: (-c.trip.people, c.seats, c.run.cost))

    def _filled(self, pool: int, queue: list[int], day: int) -> _Coach | None:
        """A coach of a pool with as many of the queue as it takes, its first people on board."""
        problem = self.problem
        origin = int(problem.origin[queue[0]])
        if not problem.serves[pool, origin] or not problem.units[pool, day + problem.pad]:
            return None
        coach: _Coach | None = None
        for cohort in queue:
            coach = self._with(coach, pool, cohort, day) or coach
            if coach is None:
                return None  # its own first people cannot ride it today
            if coach.seats == 0:
                break
        if coach is None or coach.trip.people < problem.minimum_load[problem.unit_type[pool]]:
            return None
        return None if self.ledger.blocks(coach.trip, coach.run) else coach

    def _with(self, coach: _Coach | None, pool: int, cohort: int, day: int) -> _Coach | None:
        """The coach with as many of a cohort as fit; None if nobody does."""
        problem = self.problem
        for drop, _ in problem.drops[cohort]:
            trip = self._routed(coach, pool, cohort, drop, day)
            if trip is None:
                continue
            seats = seats_left(problem, trip, day)
            room = min(seats, self.waiting[cohort], *self._room(trip, cohort, day))
            if not room:
                continue
            load = self._load(trip, cohort, room)
            if not load.people:
                continue
            full = replace(trip, loads=(*trip.loads[:-1], load))
            timed, run = self.departures.best(full, day)
            if not run.broken:
                return _Coach(timed, run, seats - load.people)
        return None

    def _routed(
        self, coach: _Coach | None, pool: int, cohort: int, drop: int, day: int
    ) -> TripChoice | None:
        """The trip with one more cohort on board, nobody of it yet, its drops in a good order."""
        problem = self.problem
        load = Load(cohort=cohort, people=0, drop=drop)
        origin = int(problem.origin[cohort])
        if coach is None:
            trips = [
                TripChoice(pool=pool, depart=0, drivers=1, stops=(origin, drop), loads=(load,))
            ]
        else:
            _, *drops = coach.trip.stops
            loads = (*coach.trip.loads, load)
            orders = (
                [drops]
                if drop in drops
                else [[*drops[:i], drop, *drops[i:]] for i in range(len(drops) + 1)]
            )
            if len(orders[0]) > problem.most_drops:
                return None
            trips = [replace(coach.trip, stops=(origin, *o), loads=loads) for o in orders]
        runs = [(self.departures.best(trip, day)[1], trip) for trip in trips]
        fit = [(run.metres, trip) for run, trip in runs if not run.broken]
        return min(fit, key=lambda choice: choice[0])[1] if fit else None

    def _room(self, trip: TripChoice, cohort: int, day: int) -> tuple[int, int, int]:
        """People whom checks, intake and luggage let on, beside those already on board."""
        problem = self.problem
        timed, run = self.departures.best(trip, day)
        origin, site = int(problem.origin[cohort]), int(problem.site[cohort])
        arrival = self.ledger.arrival_day(timed, run, trip.loads[-1].drop)
        checked = sum(x.people for x in trip.loads)
        taken = sum(x.people for x in trip.loads if problem.site[x.cohort] == site)
        kind = problem.unit_type[trip.pool]
        bags = sum(x.people * int(problem.luggage[x.cohort]) for x in trip.loads)
        return (
            self.ledger.medical_left(origin, day) - checked,
            self.ledger.intake_left(site, arrival) - taken,
            (int(problem.bags[kind]) - bags) // max(1, int(problem.luggage[cohort])),
        )

    def _load(self, trip: TripChoice, cohort: int, room: int) -> Load:
        """As many people as fit into the room: parties whole and first, then the needy."""
        people, chosen = 0, []
        for size in self.parties[cohort]:
            if people + size <= room:
                people += size
                chosen.append(size)
        kind = self.problem.unit_type[trip.pool]
        places = int(self.problem.places[kind]) - sum(load.accessible for load in trip.loads)
        needy = max(0, min(self.needy[cohort], places, room - people))
        people += needy
        alone = self.waiting[cohort] - sum(self.parties[cohort]) - self.needy[cohort]
        people += min(alone, max(0, room - people))
        load = trip.loads[-1]
        return replace(load, people=people, parties=tuple(chosen), accessible=needy)

    def _order(self, trip: TripChoice, run: TripRun) -> None:
        problem = self.problem
        self.ledger.add(trip, run)
        self.trips.append(trip)
        self.cost += run.cost
        for load in trip.loads:
            self.waiting[load.cohort] -= load.people
            self.needy[load.cohort] -= load.accessible
            for size in load.parties:
                self.parties[load.cohort].remove(size)
            boarded = self.ledger.board_day(trip, run, int(problem.origin[load.cohort]))
            arrives = run.arrives[trip.stops.index(load.drop)]
            each = price_of(problem, load, boarded, arrives) - int(problem.value[load.cohort])
            self.cost += each * load.people

    def solution(self, ended: Ended) -> Solution:
        """The trips so far."""
        return Solution(trips=tuple(self.trips), cost=self.cost, ended=ended)

    def progress(self, run: Run, note: str) -> Progress:
        """Where the desk stands."""
        people = int(self.problem.people.sum())
        return Progress(
            seconds=run.elapsed,
            served=people - sum(self.waiting),
            people=people,
            trips=len(self.trips),
            cost=self.cost,
            note=note,
        )
