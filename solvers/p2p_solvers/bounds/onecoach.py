"""
The bound on whole plans where nobody changes from coach to coach.

Whoever goes by coach all the way sits in one coach then, with no more pick-ups and drops than are
allowed, so that what they cost follows from trips as in ``proof``: columns and prices in turn. A
service is for them a dearest price (``rents``): they leave the programme of coaches for it as if
they were left behind. Prices of checks and intake are known before; so depots are apart.

Everything is summed up as ``proof.safe`` says, less what services earn at these prices of people,
filled as knapsacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from threadpoolctl import ThreadpoolController

from p2p_dispatch.problem import Problem, Services
from p2p_dispatch.solution import Bound, Run
from p2p_solvers.bounds.basics import FINE, NEVER, Ints
from p2p_solvers.bounds.calls import Calls
from p2p_solvers.bounds.direct import direct
from p2p_solvers.bounds.fares import Fares
from p2p_solvers.bounds.knapsacks import climb
from p2p_solvers.bounds.leaves_out import left_out
from p2p_solvers.bounds.limits import Prices, prices_of
from p2p_solvers.bounds.offers import all_bookings, knapsacks_of
from p2p_solvers.bounds.rents import Caps, Rents
from p2p_solvers.bounds.shared import shared_rooms, without_strangers
from p2p_solvers.proof.climb import Climb, Setting
from p2p_solvers.proof.duals import Duals, clipped, no_duals
from p2p_solvers.proof.generation import Generation
from p2p_solvers.proof.links import links_of
from p2p_solvers.proof.memory import UNIT
from p2p_solvers.proof.safe import most_trips, paid
from p2p_solvers.proof.turns import in_turn

assert UNIT == FINE

NEAR, AT_LAST = 0.02, 0.002
"""How near depots come to their programmes while rents are looked for, and in the end, against
their values."""

POLISH = 50
"""How often services are filled, to see whether people should be worth less."""

CLOSE = 0.01
"""Share of a fare below which a rent is not looked for any closer."""

DEARER, TRIES = 1.25, 30
"""How many times as much as seats on full coaches people are thought to cost by coach before their
trips are priced, and how often rents are moved for that."""


def applies(problem: Problem) -> bool:
    """Whether there is such a bound."""
    services = problem.services
    plain = problem.jobs is None and problem.sharing is None and problem.told is None
    return (
        services is not None
        and bool(services.offers)
        and not problem.coach_to_coach
        and not problem.by_day
        and not problem.frozen
        and plain
    )


HOW = (
    "whoever goes by coach all the way: {}; coaches to services and from them full and as cheap as "
    "can be, services filled as knapsacks (Lagrangian relaxation)"
)
EXACTLY = "columns priced over all trips of one coach"
LOOSELY = "columns priced over trips between pairs of stops where sets of stops are too many"


class Limits(NamedTuple):
    """
    How much is looked at one by one.

    Attributes
    ----------
    patterns, afresh
        Sets of stops that are kept, and that are priced without being kept; in all.
    columns
        Most columns of a day of a depot in a round.
    """

    patterns: int
    afresh: int
    columns: int


MOST = Limits(patterns=500_000, afresh=1_500_000_000, columns=40)
SMALL = Limits(patterns=20_000, afresh=0, columns=40)
"""What is quick enough to be done before any plan is looked for."""


def prove_one_coach(problem: Problem, run: Run, limits: Limits) -> None:
    """Hand over better and better bounds until there is none, or the time is over."""
    services = problem.services
    assert services is not None
    if not all_bookings(problem, services):
        return
    one = one_coach(problem, services, run.threads, limits)
    if limits is SMALL and sum(room.count for room in one.rooms) > limits.patterns:
        return
    if not one.lay_out(run.stop):
        return
    for worth in one.prove(run.stop):
        how = HOW.format(EXACTLY if one.exact else LOOSELY)
        leaves_out = tuple(dict.fromkeys((*left_out(problem), *one.leaves_out())))
        run.prove(Bound(cents=worth / FINE, how=how, leaves_out=leaves_out, of_all=True))


def one_coach(problem: Problem, services: Services, threads: int, limits: Limits) -> OneCoach:
    """Trips of coaches and services of a problem, at prices of checks and intake that are known."""
    fares, calls = Fares(problem), Calls(problem)
    ways = direct(problem, fares, calls)
    prices = prices_of(problem, ways).clipped(problem)
    seats = prices.cost(problem, ways)
    return OneCoach(problem, services, fares, calls, prices, seats, threads, limits)


class OneCoach(Generation):
    """
    Trips of coaches by their columns, services by rents.

    Attributes
    ----------
    seats
        (n_cohorts,) what somebody costs by coach at the least, if that is full; ``NEVER``: no way.
    worth
        Hundredths of a cent that no plan costs less than, as far as is known.
    """

    def __init__(
        self,
        problem: Problem,
        services: Services,
        fares: Fares,
        calls: Calls,
        prices: Prices,
        seats: Ints,
        threads: int,
        limits: Limits,
    ) -> None:
        super().__init__(problem, threads, limits.patterns, limits.columns, afresh=limits.afresh)
        self.services, self.seats = services, seats
        most = problem.value * FINE
        highest, knapsacks = knapsacks_of(problem, services, fares, calls, prices, most)
        caps = Rents(problem, services, knapsacks, highest).caps()
        feeders, onward = dearest_fares(problem, services, fares, caps)
        limit = np.full(len(problem.metres), onward, dtype=np.int64)
        limit[problem.origin] = feeders[problem.origin]
        cheap = fares.up_to(limit[fares.starts])
        highest, self.knapsacks = knapsacks_of(problem, services, cheap, calls, prices, most)
        self.rents = Rents(problem, services, self.knapsacks, highest)
        rest = without_strangers(problem, fares)
        self.rooms += shared_rooms(rest, fares, feeders, onward, self.moments)
        self.most = np.maximum(self.most, most_trips(rest))
        self.setting = Setting(self.problem, self.moments, self.most, self.rooms, limits.columns)
        self.links = links_of(self.problem, self.moments, self.rooms)
        self.fixed = _duals_of(no_duals(self.problem, self.moments), prices)
        self.worth: int | None = None

    def prove(self, stop: Callable[[], bool]) -> Iterator[int]:
        """
        Bounds in hundredths of a cent, each at least as good as the one before.

        A part whose trips are not priced yet, or prove less, counts as full coaches.
        """
        caps = self._first_caps()
        first = self._first()
        first = first._replace(people=np.minimum(first.people, caps.worth))
        self.climbs = []
        for numbers in self.links.parts:
            climb = Climb(self.setting, numbers, (), first)
            climb.restart(self.fixed, first)
            self.climbs.append(climb)
        with ThreadpoolController().limit(limits=1, user_api="blas"):
            near = NEAR
            while True:
                for _ in self._climb_to(near, stop):
                    yield self._more()
                yield self._more()
                if stop():
                    return
                riding = np.zeros(self.problem.n_cohorts)
                for part in self.climbs:
                    riding[part.master.cohorts] = part.master.left
                if self.rents.move(self.rents.used(caps, riding), CLOSE):
                    caps = self.cap()
                elif near == AT_LAST:
                    return
                else:
                    near = AT_LAST
                for part in self.climbs:
                    self.again(part)

    def _more(self) -> int:
        """What is proved so far, with what the parts prove now."""
        proved = self.summed_up()
        self.worth = proved if self.worth is None else max(self.worth, proved)
        return self.worth

    def _first_caps(self) -> Caps:
        """Caps at rents that are good if people cost some more by coach than full ones do."""
        full = self._on_full_coaches()
        for _ in range(TRIES):
            caps = self.rents.caps()
            by_service = np.where(caps.worth < DEARER * full, self.problem.people, 0)
            if not self.rents.move(self.rents.used(caps, by_service), CLOSE):
                break
        return self.cap()

    def cap(self) -> Caps:
        """Let nobody be worth more than a service costs them at the rents of now."""
        caps = self.rents.caps()
        value = np.minimum(self.rents.problem.value, caps.worth // FINE)
        self.problem = replace(self.problem, value=value)
        self.setting = self.setting._replace(problem=self.problem)
        rides = np.zeros(self.problem.n_cohorts, dtype=np.bool_)
        for room in self.rooms:
            rides[room.cohort] = True
        self.stay = np.where(rides, 0, self.problem.value) * UNIT
        return caps

    def again(self, climb: Climb) -> None:
        """Let a part go on at other rents, with its columns and prices."""
        climb.setting = self.setting
        climb.master.problem = self.problem
        climb.begin_again()
        climb.next = clipped(self.problem, climb.duals)

    def _climb_to(self, near: float, stop: Callable[[], bool]) -> Iterator[Climb]:
        """One part after the other, those with the fewest patterns for what they come to first."""
        patterns = {
            id(climb): sum(self.rooms[i].count for i in climb.numbers) for climb in self.climbs
        }

        def urgency(climb: Climb) -> float:
            if climb.done or climb.gap < near * abs(climb.value):
                return 0.0
            begun = climb.value < float("inf")
            return (1e12 if begun else 1.0) * max(1, self._full(climb)) / (1 + patterns[id(climb)])

        yield from in_turn(self.climbs, urgency, lambda climb: climb.step(stop), self.threads, stop)

    def _full(self, climb: Climb) -> int:
        """What the people of a part cost at the least if all coaches are full."""
        cohorts = climb.master.cohorts
        return int(self._on_full_coaches()[cohorts] @ self.problem.people[cohorts])

    def _on_full_coaches(self) -> Ints:
        """(n_cohorts,) the same for one of them; no more than a service or staying costs."""
        return np.minimum(self.seats, self.problem.value * UNIT)

    def summed_up(self) -> int:
        """What is proved at the best prices of all parts."""
        people, full = self.stay.copy(), self._on_full_coaches()
        there = self.problem.people
        coaches = int(self.stay @ there) - paid(self.problem, self.fixed)
        for part in self.climbs:
            at_least, cohorts = self._full(part), part.master.cohorts
            if part.best is not None and part.best > at_least:
                people += part.duals.people
                coaches += part.best
            else:
                people[cohorts] += full[cohorts]
                coaches += at_least
        # whoever is worth less makes no trip dearer
        left = coaches - int(people @ there)
        best, _ = climb(there, self.services, self.knapsacks, people, POLISH, lambda: False)
        return left + best


def dearest_fares(
    problem: Problem, services: Services, fares: Fares, caps: Caps
) -> tuple[Ints, int]:
    """
    The dearest seats of coaches that people take to services and from them, where that is cheap.

    Any may be said to be the dearest: then those that are dearer are taken to cost as much.

    Returns
    -------
    (n_places,) of feeders by origin, and of all other coaches; hundredths of a cent.
    """
    feeders, onward = np.zeros(len(problem.metres), dtype=np.int64), 0
    seats = fares.any_day
    for cohort, number in enumerate(caps.offer.tolist()):
        if number < 0:
            continue
        offer, origin = services.offers[number], int(problem.origin[cohort])
        board, alight = list(offer.places[: offer.n_board]), list(offer.places[offer.n_board :])
        drops = [drop for drop, _ in problem.drops[cohort]]
        to = int(seats[fares.row[origin], fares.column[board]].min())
        on = int(seats[np.ix_(fares.row[alight], fares.column[drops])].min())
        feeders[origin] = max(feeders[origin], to if to < NEVER else 0)
        onward = max(onward, on if on < NEVER else 0)
    return feeders, onward


def _duals_of(duals: Duals, prices: Prices) -> Duals:
    """Prices of checks and intake, nothing else."""
    return duals._replace(takes=prices.intake[:, :-1].copy(), checks=prices.medical[:, :-1].copy())
