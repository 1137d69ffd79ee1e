"""
Seats that are left on coaches that stand: the search puts nobody on a trip that is frozen.

So some of those who are to be planned are seated there first, as many as every rule lets pass, and
promised their seats; a strategy plans the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from p2p_dispatch.problem import Ledger, Load, Problem, TripChoice, TripRun, build, run_trip
from p2p_dispatch.problem.trip import seats_left
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.frozen import FrozenRiders
from p2p_dispatch.travel import Travel
from p2p_dispatch.why.rest import Question


def seated(question: Question, travel: Travel) -> Question | None:
    """
    The same question with some of those asked about on seats that coaches have left.

    None where there is no such seat, or jobs are open: which post they fill is not decided yet.
    """
    problem = build(question.asked, travel)
    if problem.jobs is not None or not problem.frozen:
        return None
    seats = _Seats(problem)
    for number, cohort in enumerate(question.asked.placed):
        if cohort.id in question.free:
            seats.fill(number)
    return replace(question, asked=seats.promised(question.asked)) if seats.taken else None


@dataclass(frozen=True, slots=True)
class _Taken:
    """Some people of a cohort who get seats on a trip that stands."""

    trip: int
    load: Load


class _Seats:
    """The trips that stand, with those who get on."""

    def __init__(self, problem: Problem):
        self.problem, self.ledger = problem, Ledger(problem)
        self.taken: list[_Taken] = []
        self.trips: dict[int, tuple[TripChoice, TripRun]] = {}
        for number, frozen in enumerate(problem.frozen):
            run = frozen.run or run_trip(problem, frozen.trip)
            if not run.broken:
                self.ledger.add(frozen.trip, run)
            if not run.broken and frozen.run is None:  # nobody gets on what has left
                self.trips[number] = frozen.trip, run

    def fill(self, cohort: int) -> None:
        """Seat people of a cohort, on the trips that leave first."""
        problem = self.problem
        parties = list(problem.parties[cohort])
        alone = int(problem.people[cohort]) - sum(parties) - int(problem.accessible[cohort])
        for number in sorted(self.trips, key=lambda n: self.trips[n][0].depart):
            for load in self._loads(number, cohort, alone, parties):
                self.taken.append(_Taken(number, load))
                alone -= load.people - sum(load.parties)
                for size in load.parties:
                    parties.remove(size)

    def _loads(self, number: int, cohort: int, alone: int, parties: list[int]) -> Iterator[Load]:
        """Who of a cohort gets on a trip, and where they get off: the first place that does."""
        trip, run = self.trips[number]
        origin = int(self.problem.origin[cohort])
        if origin not in trip.stops:
            return
        for drop, _ in sorted(self.problem.drops[cohort], key=lambda each: each[1]):
            if drop not in trip.stops:
                continue
            load = Load(cohort=cohort, people=0, drop=drop)
            for size in parties:
                with_them = replace(load, people=load.people + size, parties=(*load.parties, size))
                load = with_them if self._fits(number, with_them) else load
            most = min(alone, seats_left(self.problem, trip, run.board_day) - load.people)
            more = (replace(load, people=load.people + n) for n in range(most, 0, -1))
            load = next((each for each in more if self._fits(number, each)), load)
            if load.people:
                self._book(number, load)
                yield load
                return

    def _fits(self, number: int, load: Load) -> bool:
        """Whether every rule lets them on, and nobody who was on it comes at another time."""
        old, ran = self.trips[number]
        trip = replace(old, loads=(*old.loads, load))
        run = run_trip(self.problem, trip)
        if run.broken or (run.goes, run.arrives) != (ran.goes, ran.arrives):
            return False
        self.ledger.add(old, ran, times=-1)
        blocked = self.ledger.blocks(trip, run)
        self.ledger.add(old, ran)
        return blocked is None

    def _book(self, number: int, load: Load) -> None:
        old, ran = self.trips[number]
        trip = replace(old, loads=(*old.loads, load))
        run = run_trip(self.problem, trip)
        self.ledger.add(old, ran, times=-1)
        self.ledger.add(trip, run)
        self.trips[number] = trip, run

    def promised(self, scenario: Scenario) -> Scenario:
        """A scenario whose frozen trips have them on board."""
        places, frozen = list(scenario.places), list(scenario.frozen)
        for each in self.taken:
            load, trip = each.load, frozen[each.trip]
            riders = FrozenRiders(
                cohort=scenario.placed[load.cohort].id,
                count=load.people,
                parties=load.parties,
                drop=places[load.drop],
            )
            frozen[each.trip] = trip.model_copy(update={"riders": (*trip.riders, riders)})
        fields = {name: getattr(scenario, name) for name in type(scenario).model_fields}
        return Scenario.model_validate({**fields, "frozen": tuple(frozen)})
