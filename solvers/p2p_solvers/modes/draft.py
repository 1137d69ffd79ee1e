"""A plan of services and coaches: searched on, and made whole where a leg was not found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from p2p_dispatch.problem import Departures, Load, Problem, Services, TripChoice, run_trip
from p2p_dispatch.solution import Ended, Journey, Progress, Run, ServiceTrip, Solution
from p2p_solvers.engine.load import Board, frozen_board, seat_trip
from p2p_solvers.engine.memory import BLINKS, COSTS
from p2p_solvers.engine.start import mend
from p2p_solvers.engine.team import Team
from p2p_solvers.engine.told import solution_of
from p2p_solvers.models.repair import Repair
from p2p_solvers.modes.legs import coach_problem
from p2p_solvers.modes.prices import SeatPrices
from p2p_solvers.modes.rounding import without_idle
from p2p_solvers.modes.ways import risk_of
from p2p_solvers.search import Search, SearchParameters


@dataclass(frozen=True)
class Draft:
    """Service trips, journeys, and the coaches that go with them."""

    services: tuple[ServiceTrip, ...]
    journeys: tuple[Journey, ...]
    coaches: Problem
    trips: tuple[TripChoice, ...]
    cost: int

    def solution(self) -> Solution:
        """What it is as an answer."""
        return Solution(
            trips=self.trips,
            services=self.services,
            journeys=self.journeys,
            coaches=self.coaches,
            cost=self.cost,
        )


@dataclass
class _OwnRun(Run):
    """A part of a run, which hands over what is a whole plan already."""

    hand_over: Callable[[Solution], None] = lambda solution: None

    def keep(self, solution: Solution, progress: Progress) -> None:
        super().keep(solution, progress)
        self.hand_over(solution)


class Drafts:
    """Makes drafts of a problem, and better ones of them."""

    def __init__(self, problem: Problem, parameters: SearchParameters, run: Run):
        self.problem, self.parameters, self.run = problem, parameters, run
        self.prices = SeatPrices(problem)

    def coaches_alone(self, seconds: float | None, iterations: int | None) -> Draft:
        """What ``search`` makes of it without services."""
        coaches = replace(self.problem, services=None)
        own = self._run(coaches, (), (), seconds, iterations)

        def hand_over(found: Solution) -> None:
            self.keep(Draft((), (), coaches, found.trips, found.cost), "coaches alone")

        own.hand_over = hand_over
        found = Search().solve(coaches, self.parameters, own)
        return Draft((), (), coaches, found.trips, found.cost)

    def keep(self, draft: Draft, note: str) -> None:
        """Hand a draft over if it is the best so far."""
        direct = sum(
            load.people
            for trip in draft.trips
            for load in trip.loads
            if load.cohort < self.problem.n_cohorts
        )
        progress = Progress(
            seconds=self.run.elapsed,
            served=direct + sum(journey.people for journey in draft.journeys),
            people=int(self.problem.people.sum()),
            trips=len(draft.trips) + len(draft.services),
            cost=draft.cost,
            note=note,
        )
        self.run.keep(draft.solution(), progress)

    def draft(
        self,
        services: Sequence[ServiceTrip],
        journeys: Sequence[Journey],
        seconds: float | None,
        iterations: int | None,
        after: Draft | None = None,
    ) -> Draft:
        """
        Search the coaches of some journeys for a while; journeys that find none are given up.

        Parameters
        ----------
        after
            Where to begin: its coaches, as far as people still need them.
        """
        coaches, numbered = coach_problem(self.problem, services, journeys, self.prices)
        board = frozen_board(coaches, self.run.seed)
        self._reseat(board, Draft(tuple(services), numbered, coaches, (), 0), after)
        board.s[BLINKS] = round(1000 * self.parameters.blinks)
        Repair(board).insert_rest(round(100 * self.parameters.hope))
        own = self._run(coaches, services, numbered, seconds, iterations)
        mend(board, own, limited=False)
        found = Team(board, self.parameters, own).search()
        return self._whole(Draft(tuple(services), numbered, coaches, found.trips, found.cost))

    def _run(
        self,
        coaches: Problem,
        services: Sequence[ServiceTrip],
        journeys: Sequence[Journey],
        seconds: float | None,
        iterations: int | None,
    ) -> _OwnRun:
        """A run of its own for the coaches, which reports to the whole one."""
        everybody = int(self.problem.people.sum())
        beside = self._beside(services, journeys)

        def watch(seen: Progress) -> None:
            left = min(everybody, seen.people - seen.served)
            self.run.report(
                replace(
                    seen,
                    seconds=self.run.elapsed,
                    people=everybody,
                    served=everybody - left,
                    trips=seen.trips + len(services),
                    cost=seen.cost + beside,
                )
            )

        return _OwnRun(
            seed=self.run.seed,
            threads=self.run.threads,
            seconds=seconds,
            iterations=iterations,
            watch=watch,
        )

    def _reseat(self, board: Board, draft: Draft, after: Draft | None) -> None:
        """
        Put the coaches of a draft on the board of another.

        Those who ride them no more stay off: their journeys are others now, or they have a journey
        where they went by coach all the way.
        """
        if after is None:
            return
        departures = Departures(board.problem)
        same, left = _same_legs(after, draft), Left(board.problem)
        for trip in after.trips:
            if trip.frozen >= 0:
                continue
            loads = tuple(
                left.take(replace(load, cohort=same.get(load.cohort, load.cohort)))
                for load in trip.loads
                if load.cohort < self.problem.n_cohorts or load.cohort in same
            )
            kept = replace(trip, loads=tuple(load for load in loads if load.people))
            least = board.problem.minimum_load[board.problem.unit_type[trip.pool]]
            if kept.people < max(1, least):
                continue
            if len(kept.loads) < len(trip.loads):
                used = {int(board.problem.origin[load.cohort]) for load in kept.loads}
                used |= {load.drop for load in kept.loads}
                kept = replace(kept, stops=tuple(stop for stop in trip.stops if stop in used))
                day = run_trip(after.coaches, trip).board_day
                kept, run = departures.best(kept, day)
                if run.broken:
                    continue
            seat_trip(board, kept)

    def _whole(self, draft: Draft) -> Draft:
        """
        Give up the journeys of which some found no coach, and services below their least load.

        Their people go by coach all the way where that is possible.
        """
        while gone := self._gone(draft):
            # those who stay are the same in both; only numbers changed
            kept = [j for i, j in enumerate(draft.journeys) if i not in gone]
            services, journeys = without_idle(draft.services, kept)
            coaches, numbered = coach_problem(self.problem, services, journeys, self.prices)
            board = frozen_board(coaches, self.run.seed)
            self._reseat(board, Draft(tuple(services), numbered, coaches, (), 0), draft)
            repair = Repair(board)
            repair.insert_rest(round(100 * self.parameters.hope))
            found = solution_of(board, Ended.DONE)
            draft = Draft(tuple(services), numbered, coaches, found.trips, int(board.s[COSTS]))
        fitted = self._fitted(draft)
        cost = draft.cost + self._beside(fitted, draft.journeys)
        return replace(draft, services=fitted, cost=cost)

    def _gone(self, draft: Draft) -> set[int]:
        """Numbers of the journeys that cannot be made."""
        seated: Counter[int] = Counter()
        for trip in draft.trips:
            for load in trip.loads:
                seated[load.cohort] += load.people
        gone = {
            i
            for i, journey in enumerate(draft.journeys)
            for leg in (journey.feeder, journey.onward)
            if leg >= 0 and seated[leg] < journey.people
        }
        offers = self._offers()
        riders: Counter[int] = Counter()
        for i, journey in enumerate(draft.journeys):
            riders[journey.trip] += 0 if i in gone else journey.people
        for i, journey in enumerate(draft.journeys):
            offer = offers.offers[draft.services[journey.trip].offer]
            if riders[journey.trip] < offer.minimum_load:
                gone.add(i)
        return gone

    def _offers(self) -> Services:
        assert self.problem.services is not None
        return self.problem.services

    def _fitted(self, draft: Draft) -> tuple[ServiceTrip, ...]:
        """Every service with the cheapest consist that seats its riders."""
        offers, riders, bags = self._offers(), Counter[int](), Counter[int]()
        for journey in draft.journeys:
            riders[journey.trip] += journey.people
            bags[journey.trip] += journey.people * int(self.problem.luggage[journey.cohort])
        fitted = []
        for i, trip in enumerate(draft.services):
            offer = offers.offers[trip.offer]
            risk = risk_of(self.problem, offer)
            fits = [
                c
                for c in offers.consists[trip.offer]
                if c.riders[risk] >= riders[i] and c.bags >= bags[i]
            ]
            fitted.append(replace(trip, numbers=min(fits, key=lambda c: c.cents).numbers))
        return tuple(fitted)

    def _beside(self, services: Sequence[ServiceTrip], journeys: Sequence[Journey]) -> int:
        """Cents of services, of changing, and of what no coach is paid for."""
        problem, offers = self.problem, self._offers()
        cents = sum(offers.offers[trip.offer].price(trip.numbers) for trip in services)
        for journey in journeys:
            offer, c = offers.offers[services[journey.trip].offer], journey.cohort
            each = offers.change * ((journey.feeder >= 0) + (journey.onward >= 0))
            each -= int(problem.subsidy[c])
            if journey.feeder < 0:
                day = problem.day(offer.leaves(journey.board))
                each += (day - int(problem.ready_day[c])) * problem.waiting_day
            if journey.onward < 0:
                comes = offer.comes_to(journey.alight)
                each += dict(problem.drops[c])[journey.alight]
                late = max(0, -(-(comes - int(problem.due[c])) // 1440))
                each += late * int(problem.late_day[c])
            cents += journey.people * each
        return cents


class Left:
    """How many of each cohort are not on a coach yet, while trips are taken over."""

    def __init__(self, problem: Problem):
        self.parties = [Counter(sizes) for sizes in problem.parties]
        self.accessible = problem.accessible.tolist()
        whole = np.array([sum(sizes) for sizes in problem.parties], dtype=np.int64)
        self.others = (problem.people - problem.accessible - whole).tolist()

    def take(self, load: Load) -> Load:
        """As many of a load as are left; they count as taken."""
        c = load.cohort
        parties = tuple((Counter(load.parties) & self.parties[c]).elements())
        needy = min(load.accessible, self.accessible[c])
        others = min(load.people - sum(load.parties) - load.accessible, self.others[c])
        self.parties[c] -= Counter(parties)
        self.accessible[c] -= needy
        self.others[c] -= others
        people = sum(parties) + needy + others
        return replace(load, people=people, parties=parties, accessible=needy)


def _same_legs(before: Draft, after: Draft) -> dict[int, int]:
    """Numbers in one draft of the coach legs of another, where their journeys are the same."""
    numbers: defaultdict[Journey, list[Journey]] = defaultdict(list)
    for journey in before.journeys:
        numbers[_bare(before, journey)].append(journey)
    same: dict[int, int] = {}
    for journey in after.journeys:
        if alike := numbers[_bare(after, journey)]:
            one = alike.pop(0)
            same |= {one.feeder: journey.feeder, one.onward: journey.onward}
    same.pop(-1, None)
    return same


def _bare(draft: Draft, journey: Journey) -> Journey:
    """A journey by what it is, whatever its numbers in a draft."""
    offer = draft.services[journey.trip].offer
    return replace(
        journey, trip=offer, feeder=min(journey.feeder, 0), onward=min(journey.onward, 0)
    )
