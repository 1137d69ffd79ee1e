"""All pieces of one depot: a first model of everybody, then models of a few trips at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from p2p_dispatch.problem import NO_ROAD, Departures, Load, Problem, TripChoice
from p2p_dispatch.problem.basics import Ints
from p2p_solvers.models.deal import Units, deal_days, deal_units
from p2p_solvers.models.pieces import Piece, waiting, worth
from p2p_solvers.models.routing_model import Part
from p2p_solvers.models.routing_search import Route, search
from p2p_solvers.models.vehicles import kinds_for

DAY_APART = 50_000
"""Metres that a day between two trips counts as."""

MOST_AT_ONCE = 150
"""Pieces in a first model; more are taken in turns, whoever must leave first."""


class DepotSearch:
    """
    The plan of one depot while it is searched.

    Parameters
    ----------
    units, intake, medical
        What is left of them; all searches of a problem share these, and book in them.
    """

    def __init__(
        self,
        problem: Problem,
        depot: int,
        pieces: Sequence[Piece],
        units: Units,
        intake: Ints,
        medical: Ints,
        seed: int,
    ):
        self.problem, self.depot, self.pieces = problem, depot, pieces
        self.units, self.intake, self.medical = units, intake, medical
        self._departures = Departures(problem)
        self._known: dict[Route, int | None] = {}
        self.rng = np.random.default_rng((seed, depot))
        self.routes: list[Route] = []
        self.left = set(range(len(pieces)))

    def begin(self, seconds: float | None) -> None:
        """First routes for everybody, by insertion."""
        turns = sorted(self.left, key=lambda i: (self.pieces[i].days[-1], self.pieces[i].origin, i))
        for first in range(0, len(turns), MOST_AT_ONCE):
            some = turns[first : first + MOST_AT_ONCE]
            for route in self._solve([], some, seconds, 1):
                self._take(route, 1)

    def round(self, most_pieces: int, seconds: float | None, solutions: int) -> None:
        """
        Search some trips that lie near each other anew, with people who are left behind.

        Parameters
        ----------
        solutions
            Most solutions of local search, from the trips as they are; 0: insertion alone,
            afresh, with other days and units.
        """
        focus = self._focus()
        freed = self._near(focus, most_pieces)
        for route in freed:
            self._take(route, -1)
        numbers = [i for route in freed for i in route.picks]
        numbers += self._waiting_near(focus, numbers, max(3, most_pieces // 4))
        found = self._solve(freed if solutions else [], numbers, seconds, solutions or 1)
        better = self._cost(found, numbers) <= self._cost(freed, numbers)
        for route in found if better else freed:
            self._take(route, 1)

    def _solve(
        self, start: Sequence[Route], numbers: list[int], seconds: float | None, solutions: int
    ) -> list[Route]:
        """Routes for some pieces, from those they have now or afresh."""
        problem = self.problem
        local = {number: i for i, number in enumerate(numbers)}
        held = {local[i]: route.vehicle.day for route in start for i in route.picks}
        own = [self.pieces[number] for number in numbers]
        pieces = deal_days(problem, own, self.intake, self.medical, held, self.rng)
        kinds = kinds_for(problem, pieces, self.units)
        for route in start:
            kinds[route.vehicle] = max(kinds.get(route.vehicle, 0), len(start))
        fleet = deal_units(problem, kinds, self.units, [r.vehicle for r in start], self.rng)
        if not fleet:
            return []
        begin = [
            Route(r.vehicle, tuple(local[i] for i in r.picks), tuple(local[i] for i in r.drops))
            for r in start
        ]
        part = Part(problem, self.depot, pieces, fleet)
        seed = int(self.rng.integers(1 << 30))
        found = search(part, begin, seconds=seconds, solutions=solutions, seed=seed)
        return [
            Route(r.vehicle, tuple(numbers[i] for i in r.picks), tuple(numbers[i] for i in r.drops))
            for r in found
        ]

    def _cost(self, routes: Sequence[Route], numbers: Sequence[int]) -> int:
        """
        Cents for some routes and for those of some pieces that none of them takes.

        A route that the rules of its trip refuse counts as taking nobody.
        """
        left, cents = set(numbers), 0
        for route in routes:
            cost = self._trip_cost(route)
            if cost is not None:
                cents += cost
                left -= set(route.picks)
        return cents + sum(worth(self.problem, self.pieces[i]) for i in left)

    def _trip_cost(self, route: Route) -> int | None:
        """Cents for a route by the rules of its trip, with waiting; None if they refuse it."""
        if route not in self._known:
            vehicle, picks = route.vehicle, [self.pieces[i] for i in route.picks]
            places = [piece.origin for piece in picks]
            places += [self.pieces[i].drop for i in route.drops]
            people: Counter[tuple[int, int]] = Counter()
            for piece in picks:
                people[piece.cohort, piece.drop] += piece.people
            loads = [Load(cohort=c, people=n, drop=drop) for (c, drop), n in people.items()]
            trip = TripChoice(
                pool=vehicle.pool,
                depart=0,
                drivers=1,
                stops=tuple(dict.fromkeys(places)),
                loads=tuple(loads),
            )
            _, run = self._departures.best(trip, vehicle.day)
            waits = sum(waiting(self.problem, piece, vehicle.day) for piece in picks)
            self._known[route] = None if run.broken else run.cost + waits
        return self._known[route]

    def _take(self, route: Route, sign: int) -> None:
        """Book a route with what it uses of what trips share; with -1 take it off."""
        if sign > 0:
            self.routes.append(route)
        else:
            self.routes.remove(route)
        problem, vehicle = self.problem, route.vehicle
        for day in vehicle.out(problem):
            self.units[vehicle.pool, day] -= sign
        for i in route.picks:
            piece = self.pieces[i]
            lone = piece.lone[vehicle.pool, vehicle.day]
            arrives = problem.column(lone.run.arrives[-1])
            self.medical[piece.origin, vehicle.day + problem.pad] -= sign * piece.people
            self.intake[problem.site[piece.cohort], arrives] -= sign * piece.people
        self.left = self.left - set(route.picks) if sign > 0 else self.left | set(route.picks)

    def _focus(self) -> int:
        """A piece at random, every other time one that is left behind."""
        left = sorted(self.left)
        if left and (not self.routes or self.rng.random() < 0.5):
            return left[int(self.rng.integers(len(left)))]
        route = self.routes[int(self.rng.integers(len(self.routes)))]
        return route.picks[int(self.rng.integers(len(route.picks)))]

    def _near(self, focus: int, most_pieces: int) -> list[Route]:
        """Trips near a piece, the nearest first, up to so many pieces."""
        noise = self.rng.uniform(0.5, 1.5, len(self.routes))
        apart = [self._apart(focus, route) * noise[j] for j, route in enumerate(self.routes)]
        chosen: list[Route] = []
        count = 0
        for j in np.argsort(apart, kind="stable"):
            route = self.routes[int(j)]
            if chosen and count + len(route.picks) > most_pieces:
                break
            chosen.append(route)
            count += len(route.picks)
        return chosen

    def _apart(self, focus: int, route: Route) -> float:
        days = min(abs(route.vehicle.day - day) for day in self.pieces[focus].days)
        way = min(self._pieces_apart(focus, other) for other in route.picks)
        return way + DAY_APART * days

    def _pieces_apart(self, one: int, other: int) -> int:
        a, b = self.pieces[one], self.pieces[other]
        ends = (a.origin, b.origin), (a.drop, b.drop)
        metres = [int(self.problem.metres[end]) for end in ends]
        return sum(1_000_000 if way == NO_ROAD else way for way in metres)

    def _waiting_near(self, focus: int, freed: list[int], most: int) -> list[int]:
        """People left behind near a piece, the nearest first."""
        waiting = sorted(self.left - set(freed))
        noise = self.rng.uniform(0.5, 1.5, len(waiting))
        key = [self._pieces_apart(focus, i) * noise[j] for j, i in enumerate(waiting)]
        return [waiting[int(j)] for j in np.argsort(key, kind="stable")][:most]
