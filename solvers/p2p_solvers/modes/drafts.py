"""Drafts of a problem, and better ones of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Progress, Run, ServiceTrip, Solution
from p2p_solvers.engine.load import Board, frozen_board
from p2p_solvers.engine.memory import BLINKS, CHOOSES
from p2p_solvers.engine.team import Team
from p2p_solvers.modes.begin import Wanted, go_by, take_over
from p2p_solvers.modes.beside import PartOfRun, beside
from p2p_solvers.modes.choices import Choices, choices_of
from p2p_solvers.modes.draft import Draft
from p2p_solvers.modes.end import chosen_on, draft_of, make_whole
from p2p_solvers.modes.legs import coach_problem
from p2p_solvers.modes.prices import SeatPrices
from p2p_solvers.modes.ways import Way, risk_of
from p2p_solvers.search import SearchParameters, search_coaches

Limits = tuple[float | None, int | None]
"""Seconds and iterations."""


class Drafts:
    """Makes drafts of a problem within a run."""

    def __init__(self, problem: Problem, parameters: SearchParameters, run: Run):
        self.problem, self.parameters, self.run = problem, parameters, run
        self.prices = SeatPrices(problem)
        self._coaches = replace(problem, services=None)

    def coaches_alone(self, limits: Limits) -> Draft:
        """What ``search`` makes of it without services."""
        own, draft = self._alone(limits)
        return draft(search_coaches(self._coaches, self.parameters, own))

    def coaches_beside(self, limits: Limits) -> AbstractContextManager[Callable[[], Draft]]:
        """The same in the background, with all threads but one."""
        own, draft = self._alone(limits)
        own.threads = max(1, own.threads - 1)
        return beside(own, lambda: draft(search_coaches(self._coaches, self.parameters, own)))

    def _alone(self, limits: Limits) -> tuple[PartOfRun, Callable[[Solution], Draft]]:
        """A run for the coaches alone, and what their solutions are as drafts."""

        def draft(found: Solution) -> Draft:
            return Draft((), (), self._coaches, found.trips, found.cost)

        own = self._run(0, 0, limits)
        own.hand_over = lambda found: self.keep(draft(found), "coaches alone")
        return own, draft

    def keep(self, draft: Draft, note: str) -> None:
        """Hand a draft over if it is the best so far."""
        progress = Progress(
            seconds=self.run.elapsed,
            served=draft.served,
            people=self.problem.everybody,
            trips=len(draft.trips) + len(draft.services),
            cost=draft.cost,
            note=note,
        )
        self.run.keep(draft.solution(), progress)

    def with_services(
        self,
        trips: Sequence[ServiceTrip],
        ways: Mapping[int, Sequence[Way]],
        wanted: Wanted,
        after: Draft,
        limits: Limits,
    ) -> Draft:
        """
        Search who goes by which of some services, and the coaches of everybody.

        Parameters
        ----------
        trips
            The services that run; with the consists that they have at the most.
        ways
            By the number of the offer.
        wanted
            Who goes by which to begin with.
        after
            The coaches to begin with, as far as people still need them.
        limits
            Seconds and iterations.
        """
        choices = choices_of(self.problem, trips, self._room(trips), ways, self.prices)
        board = frozen_board(choices.coaches, self.run.seed, choices.ways)
        go_by(board, choices, wanted)
        take_over(board, choices, after)
        board.s[BLINKS] = round(1000 * self.parameters.blinks)
        board.s[CHOOSES] = 1
        make_whole(self.problem, board, choices, round(100 * self.parameters.hope))
        own = self._run(self._fares(trips), len(trips), limits)
        team = Team(board, self.parameters, own)
        try:
            team.search()
        except KeyboardInterrupt:
            self.keep(self._draft(board, team, choices), "interrupted")
            raise
        return self._draft(board, team, choices)

    def settled(
        self,
        trips: Sequence[ServiceTrip],
        ways: Mapping[int, Sequence[Way]],
        riding: Wanted,
        limits: Limits,
    ) -> Draft:
        """
        Search the coaches of everybody when it is settled who goes by which service.

        Parameters
        ----------
        riding
            Who goes by which.
        """
        choices = choices_of(self.problem, trips, self._room(trips), ways, self.prices)
        board = frozen_board(choices.coaches, self.run.seed, choices.ways)
        go_by(board, choices, riding)
        journeys = chosen_on(board, choices)
        coaches, numbered = coach_problem(self.problem, choices.trips, journeys, self.prices)
        found = search_coaches(
            coaches, self.parameters, self._run(self._fares(trips), len(trips), limits)
        )
        take_over(board, choices, Draft(choices.trips, numbered, coaches, found.trips, found.cost))
        hope = round(100 * self.parameters.hope)
        return draft_of(self.problem, self.prices, board, choices, hope)

    def _draft(self, board: Board, team: Team, choices: Choices) -> Draft:
        best = board._replace(s=team.best)
        hope = round(100 * self.parameters.hope)
        return draft_of(self.problem, self.prices, best, choices, hope)

    def _room(self, trips: Sequence[ServiceTrip]) -> list[tuple[int, int]]:
        """Seats and pieces of luggage of services with the consists that they have."""
        services, room = self.problem.services, []
        for trip in trips:
            assert services is not None
            risk = risk_of(self.problem, services.offers[trip.offer])
            consists = {consist.numbers: consist for consist in services.consists[trip.offer]}
            consist = consists[trip.numbers]
            room.append((consist.riders[risk], consist.bags))
        return room

    def _fares(self, trips: Sequence[ServiceTrip]) -> int:
        if self.problem.services is None:
            return 0
        offers = self.problem.services.offers
        return sum(offers[trip.offer].price(trip.numbers) for trip in trips)

    def _run(self, fares: int, services: int, limits: Limits) -> PartOfRun:
        """A run of its own for the coaches, which reports to the whole one."""
        (seconds, iterations), everybody = limits, self.problem.everybody

        def watch(seen: Progress) -> None:
            left = min(everybody, seen.people - seen.served)
            self.run.report(
                replace(
                    seen,
                    seconds=self.run.elapsed,
                    people=everybody,
                    served=everybody - left,
                    trips=seen.trips + services,
                    cost=seen.cost + fares,
                )
            )

        return PartOfRun(
            seed=self.run.seed,
            threads=self.run.threads,
            seconds=seconds,
            iterations=iterations,
            bound=self.run.bound,
            watch=watch,
            whole=self.run,
        )
