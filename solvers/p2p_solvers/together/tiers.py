"""
People first, then cost, then time: tier after tier.

The first tier is how many people are left behind; the second what the plan costs, without what
waiting and being late count for; the third person-days of waiting and of being late. A plan is
better than another if it is better in the first tier in which they differ.

1. People: somebody left behind costs ``V``, more than a coach of their own would.
2. Cost: ``V`` and what leaving them behind costs in the scenario, so that among equals the classes
   decide; nothing for waiting. With a bound ``B`` of this problem no plan that leaves no more than
   ``L`` people behind costs less than ``B - V L``, by Lagrange's multiplier.
3. Time: from the plan in hand people are taken off and put on again while it gets no dearer, costs
   counted so high that no day outweighs a cent.

The bounds of people and of time are those of the same problem in which nothing else has a price.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Load, Problem, TripChoice, TripRun, price_of, run_trip
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.solution import (
    Bound,
    Ended,
    Journey,
    Progress,
    Quality,
    Run,
    Solution,
    Tier,
    TierName,
)
from p2p_solvers.bounds.whole import prove
from p2p_solvers.engine.load import board_of, seat_trip
from p2p_solvers.engine.result import trips_of
from p2p_solvers.engine.rounds import anneal
from p2p_solvers.engine.told import trips_on
from p2p_solvers.together.coaches import SharedParameters
from p2p_solvers.together.meeting import Meeting
from p2p_solvers.together.prover import prove_by_columns

PEOPLE, COST, BOUNDS = 0.35, 0.8, 0.9
"""Shares of the time by which the first tier, the second, and the bounds are done."""

UNIT = 100
"""What one person, or one person-day, costs where nothing else does; bounds are finer than one."""

ROUNDS, AT_ONCE = 1000, 100
"""Rounds of the third tier for each trip, and between two looks at the clock."""

NOBODY = "nobody is left behind"
HOW = "tier after tier"

Solver = Callable[[Problem, Run], Solution]
"""Solves a problem of one price."""


@dataclass(frozen=True)
class _Score:
    """A plan in the order of its tiers."""

    left: int
    cost: int
    time: int

    def __lt__(self, other: _Score) -> bool:
        return (self.left, self.cost, self.time) < (other.left, other.cost, other.time)


def declines_tiers(problem: Problem) -> str | None:
    """Why tiers cannot be told apart; None if they can."""
    if problem.people_first and problem.jobs is not None:
        return "it does not put people first where jobs are open"
    return None


def solve_in_tiers(
    problem: Problem, parameters: SharedParameters, run: Run, solver: Solver
) -> Solution:
    """The plan that is best tier by tier among those found, with a bound for each tier."""
    return _Tiers(problem, parameters, run, solver).solve()


class _Tiers:
    def __init__(self, problem: Problem, parameters: SharedParameters, run: Run, solver: Solver):
        self.problem = replace(problem, people_first=False)
        self.parameters, self.run, self.solver = parameters, run, solver
        self.lone = _lone(problem)
        self.best: tuple[_Score, Solution] | None = None

    def solve(self) -> Solution:
        """Tier after tier."""
        equal = np.full_like(self.problem.value, self.lone)
        self._tier(equal, PEOPLE, "people first")
        second = self._tier(self.problem.value + self.lone, COST, "then cost")
        self._polish()
        assert self.best is not None
        score, best = self.best
        tiers = (
            self._people(score),
            self._cost(score, second),
            self._time(score),
        )
        proved = all(
            tier.bound is not None and value - tier.bound < 1
            for tier, value in zip(tiers, (score.left, score.cost, score.time), strict=True)
        )
        ended = Ended.PROVED if proved else Ended.TIME if self.run.stop() else second.ended
        quality = Quality.OPTIMAL if proved else Quality.FEASIBLE
        self.run.best = replace(best, tiers=tiers, ended=ended, quality=quality)
        return self.run.best

    def _tier(self, value: Ints, share: float, name: str) -> Solution:
        """Solve with a price on everybody left behind, and keep what is better."""
        run = self.run
        inner = Run(
            seed=run.seed,
            threads=run.threads,
            seconds=None if run.seconds is None else share * run.seconds,
            iterations=run.iterations,
            started=run.started,
            watch=lambda seen: run.report(self._told(seen, name)),
        )
        priced = replace(self._timeless(), value=value)
        try:
            found = self.solver(priced, inner)
        finally:  # an interrupt loses nothing
            if inner.best is not None:
                self._keep(inner.best, value)
        return found

    def _timeless(self) -> Problem:
        return replace(self.problem, waiting_day=0, late_day=np.zeros_like(self.problem.late_day))

    def _told(self, seen: Progress, name: str) -> Progress:
        cost = seen.cost - self.lone * (seen.people - seen.served)
        note = f"{name}: {seen.note}" if seen.note else name
        return replace(seen, cost=cost, bound=None, worst=None, note=note)

    def _keep(self, solution: Solution, value: Ints) -> None:
        """Keep a plan if it is better than the best; ``value`` was the price of staying."""
        problem = self.problem
        left: Ints = problem.people.copy()
        direct: list[Load | Journey] = [load for trip in solution.trips for load in trip.loads]
        for some in [*direct, *solution.journeys]:
            if some.cohort < problem.n_cohorts:  # the others are legs of journeys
                left[some.cohort] -= some.people
        cost = solution.cost + int((left * (problem.value - value)).sum())
        time = 0 if solution.journeys else sum(_days(problem, trip) for trip in solution.trips)
        score = _Score(int(left.sum()), cost, time)
        if self.best is None or score < self.best[0]:
            bare = replace(
                solution,
                cost=cost,
                bound=None,
                bound_how=HOW,
                bound_leaves_out=(),
                bound_of_all=False,
                gap_parts=(),
                quality=Quality.FEASIBLE,
            )
            self.best, self.run.best = (score, bare), bare

    def _polish(self) -> None:
        """Less time for no more money; only of plans of coaches whose trips may all be changed."""
        problem = self.problem
        assert self.best is not None
        _, best = self.best
        ceilings = problem.ceiling < NO_LIMIT or bool((problem.payer_ceiling < NO_LIMIT).any())
        shares = problem.origin_share > 0 or bool((problem.class_share > 0).any())
        if ceilings or shares or problem.frozen or best.journeys or best.services:
            return
        board = board_of(self._dear(), self.run.seed)
        if any(seat_trip(board, trip) for trip in best.trips):
            return
        rounds = ROUNDS * max(1, trips_on(board))
        if self.run.iterations is not None:
            rounds = min(rounds, self.run.iterations)
        cold, parameters = 0.5, self.parameters
        for played in range(0, rounds, AT_ONCE):
            if self.run.stop():
                break
            some = min(AT_ONCE, rounds - played)
            at = board.m, board.s, board.w, some, cold, cold
            anneal(*at, parameters.trips, parameters.rides)
        trips = trips_of(board.groups, board.s)
        timeless = self._timeless()
        left = problem.people - _moved(problem, trips)
        cost = sum(_cents(timeless, trip) for trip in trips) + int((left * problem.value).sum())
        self._keep(replace(best, trips=trips, cost=cost), problem.value)

    def _dear(self) -> Problem:
        """Every cent counts for more than all days that anybody could wait or be late."""
        problem = self.problem
        days = int(problem.people.sum()) * 2 * (problem.n_days + problem.pad + 1)
        return replace(
            problem,
            per_day=problem.per_day * days,
            per_km=problem.per_km * days,
            driver_day=problem.driver_day * days,
            subsidy=problem.subsidy * days,
            value=(problem.value + self.lone) * days,
            drops=tuple(tuple((at, c * days) for at, c in own) for own in problem.drops),
            waiting_day=1,
            late_day=np.ones_like(problem.late_day),
        )

    def _people(self, score: _Score) -> Tier:
        if not score.left:
            return Tier(name="people", bound=0.0, how=NOBODY)
        if self.problem.services is not None and self.problem.services.offers:
            return Tier(name="people")
        bound = self._bound(replace(self._free(), value=np.full_like(self.problem.value, UNIT)))
        return _tier("people", score.left, bound, lambda cents: ceil(cents / UNIT - 1e-9))

    def _cost(self, score: _Score, second: Solution) -> Tier:
        """Of two multipliers the better: that of the search, and none."""
        least = None if second.bound is None else second.bound - self.lone * score.left
        told = Bound(cents=least or 0.0, how=second.bound_how, leaves_out=second.bound_leaves_out,
                     of_all=second.bound_of_all)  # fmt: skip
        if score.left:
            other = self._bound(self._timeless())
            if other is not None and (least is None or other.cents > least):
                least, told = other.cents, other
        services = self.problem.services is not None and bool(self.problem.services.offers)
        if least is None or (services and not told.of_all):
            return Tier(name="cost")
        return Tier(name="cost", bound=least, how=told.how, leaves_out=told.leaves_out)

    def _time(self, score: _Score) -> Tier:
        if self.problem.services is not None and self.problem.services.offers:
            return Tier(name="time")
        # whoever stays does not wait: it has to cost more than anybody could wait
        stay = UNIT * 2 * (self.problem.n_days + self.problem.pad + 1)
        late = np.full_like(self.problem.late_day, UNIT)
        value = np.full_like(self.problem.value, stay)
        bound = self._bound(replace(self._free(), value=value, waiting_day=UNIT, late_day=late))

        def days(cents: float) -> int:
            return max(0, ceil((cents - stay * score.left) / UNIT - 1e-9))

        return _tier("time", score.time, bound, days)

    def _free(self) -> Problem:
        """Nothing has a price."""
        problem = self._timeless()
        return replace(
            problem,
            per_day=np.zeros_like(problem.per_day),
            per_km=np.zeros_like(problem.per_km),
            driver_day=0,
            subsidy=np.zeros_like(problem.subsidy),
            drops=tuple(tuple((place, 0) for place, _ in own) for own in problem.drops),
        )

    def _bound(self, problem: Problem) -> Bound | None:
        """What no plan of a problem costs less than, within the time that is left for it."""
        run = self.run
        seconds = None if run.seconds is None else max(BOUNDS * run.seconds, run.elapsed + 1)
        meeting = Meeting(Run(seed=run.seed, seconds=seconds, started=run.started))
        side = meeting.side(1, seconds)
        prove(problem, side)
        if run.iterations is None:
            prove_by_columns(problem, self.parameters, side)
        return meeting.run.bound


def _tier(name: TierName, value: int, bound: Bound | None, units: Callable[[float], int]) -> Tier:
    """A tier that is counted; that a number is not below 0 needs no proof."""
    least = None if bound is None else units(bound.cents)
    if bound is None or least is None or (least <= 0 < value):
        return Tier(name=name)
    return Tier(name=name, bound=float(least), how=bound.how, leaves_out=bound.leaves_out)


def _lone(problem: Problem) -> int:
    """More than a coach costs that is sent for one person, as far as roads and days go."""
    metres = int(problem.metres.max(initial=0))
    most = [
        3 * (int(day) + 2 * problem.driver_day) + 4 * metres * int(km) // 1000
        for day, km in zip(problem.per_day, problem.per_km, strict=True)
    ]
    onward = max((cents for own in problem.drops for _, cents in own), default=0)
    return max(most, default=0) + onward + int(problem.value.max(initial=0)) + 1


def _moved(problem: Problem, trips: tuple[TripChoice, ...]) -> Ints:
    moved: Ints = np.zeros(problem.n_cohorts, dtype=np.int64)
    for trip in trips:
        for load in trip.loads:
            moved[load.cohort] += load.people
    return moved


def _cents(problem: Problem, trip: TripChoice) -> int:
    """What a trip costs with its riders."""
    ran = run_trip(problem, trip)
    riders = (load.people * price_of(problem, load, *_when(problem, trip, ran, load))
              for load in trip.loads)  # fmt: skip
    return ran.cost + sum(riders)


def _days(problem: Problem, trip: TripChoice) -> int:
    """Person-days of waiting and of being late on a trip."""
    ran, days = run_trip(problem, trip), 0
    for load in trip.loads:
        boarded, arrives = _when(problem, trip, ran, load)
        waited = boarded - int(problem.ready_day[load.cohort])
        days += load.people * (waited + problem.late_days(load.cohort, arrives))
    return days


def _when(problem: Problem, trip: TripChoice, ran: TripRun, load: Load) -> tuple[int, int]:
    """The day on which a load boards, and the minute at which it arrives."""
    on = trip.stops.index(int(problem.origin[load.cohort]))
    return problem.day(ran.goes[on]), ran.arrives[trip.stops.index(load.drop)]
