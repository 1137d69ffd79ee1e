"""
Which services run, and who goes by them: an integer programme over prices of seats.

With ``y[o, k]`` 1 where an offer runs with a consist, ``x[w]`` people on a way by a service,
``d[c, t]`` people of a cohort who go by coach on a day, and ``u[c]`` left behind,

    min  sum fare[o, k] y[o, k] + sum (f coach[w] + other[w]) x[w] + sum f seat[c] d[c, t]
         + waiting + sum value[c] u[c]
    s.t. sum x + sum d + u  = n                    everybody
         sum_w x            <= riders . y          seats of an offer
         sum_w x            >= least load . y
         sum_k y            <= 1                   and within the pools of services and slots
         sum x + d          <= intake, medical     by site or origin, and day
         sum (x + d) / seats <= units              by the pools that serve an origin, and day

where ``f`` is what seats on coaches cost above those of full ones. HiGHS solves it through MathOpt.
It is a guess at what coaches can do; the search over coaches says what is true of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Offer, Problem, Services
from p2p_solvers.modes.prices import Seat, SeatPrices
from p2p_solvers.modes.ways import Way

FILL = 0.9
"""Share of the seats of a coach that are taken, about, where coaches are scarce."""

ROUNDS_A_DAY = 2
"""Feeders that a coach makes in a day, about."""


class Chosen(NamedTuple):
    """Consists of the offers that run, and people by way."""

    consists: dict[int, int]
    people: dict[Way, float]


class Master:
    """The programme in MathOpt's words."""

    def __init__(
        self,
        problem: Problem,
        services: Services,
        ways: Sequence[Way],
        prices: SeatPrices,
        factor: float,
    ):
        from ortools.math_opt.python import mathopt

        self.problem, self.services, self.ways, self.prices = problem, services, ways, prices
        self.model = mathopt.Model()
        add = self.model.add_variable
        used = sorted({way.offer for way in ways})
        self.y = {
            (o, k): add(lb=0, ub=1, is_integer=True)
            for o in used
            for k in range(len(services.consists[o]))
        }
        self.x = [add(lb=0, ub=float(problem.people[way.cohort])) for way in ways]
        self.rows: dict[tuple[str, Any, int], list[tuple[Any, float]]] = defaultdict(list)
        self._people(factor)
        self._services(used)
        for (o, k), y in self.y.items():
            self._cost(y, services.consists[o][k].cents)
        for way, x in zip(ways, self.x, strict=True):
            self._cost(x, factor * way.coach + way.other - int(problem.subsidy[way.cohort]))
        self._limits()

    def _cost(self, variable: Any, cents: float) -> None:
        self.model.objective.set_linear_coefficient(variable, float(cents))

    def _row(self, terms: Sequence[tuple[Any, float]], low: float, high: float) -> None:
        row = self.model.add_linear_constraint(lb=low, ub=high)
        for variable, coefficient in terms:
            row.set_coefficient(variable, coefficient)

    def _people(self, factor: float) -> None:
        """Everybody goes by a service, by coach, or stays."""
        problem = self.problem
        balance: dict[int, list[tuple[Any, float]]] = defaultdict(list)
        for way, x in zip(self.ways, self.x, strict=True):
            balance[way.cohort].append((x, 1.0))
            self.rows["medical", int(problem.origin[way.cohort]), way.day].append((x, 1.0))
            self.rows["intake", int(problem.site[way.cohort]), way.arrives].append((x, 1.0))
            if way.feeder:
                seat = self.prices.of(int(problem.origin[way.cohort]), way.board)
                self._units(way.cohort, way.day, seat, x, 1 / ROUNDS_A_DAY)
        for cohort, people in enumerate(problem.people.tolist()):
            left = self.model.add_variable(lb=0, ub=float(people))
            self._cost(left, int(problem.value[cohort]))
            for day, seat, cents in self._direct(cohort):
                d = self.model.add_variable(lb=0, ub=float(people))
                self._cost(d, factor * seat.cents + cents - int(problem.subsidy[cohort]))
                balance[cohort].append((d, 1.0))
                self.rows["medical", int(problem.origin[cohort]), day].append((d, 1.0))
                # a coach that needs two days comes on the second
                arrives = day + (1 if seat.days > 2 else 0)
                self.rows["intake", int(problem.site[cohort]), arrives].append((d, 1.0))
                for out in range(day, min(day + seat.days, problem.n_days)):
                    self._units(cohort, out, seat, d, 1.0)
            self._row([*balance[cohort], (left, 1.0)], people, people)

    def _direct(self, cohort: int) -> list[tuple[int, Seat, float]]:
        """Days on which people could go by coach all the way, with what a seat costs."""
        problem = self.problem
        origin, ready = int(problem.origin[cohort]), int(problem.ready_day[cohort])
        priced = [
            (seat.cents + cents, seat, cents, int(problem.minutes[origin, drop]))
            for drop, cents in problem.drops[cohort]
            for seat in [self.prices.of(origin, drop)]
            if seat
        ]
        if not priced:
            return []
        _, seat, onward, way = min(priced)
        last = problem.day(int(problem.latest[cohort]) - way)
        first = max(ready, 0)
        return [
            (day, seat, float(onward + (day - ready) * problem.waiting_day))
            for day in range(first, min(last, problem.n_days - 1) + 1)
        ]

    def _units(self, cohort: int, day: int, seat: Seat | None, variable: Any, share: float) -> None:
        if seat is not None:
            pools = tuple(self.prices.pools(int(self.problem.origin[cohort])))
            self.rows["fleet", pools, day].append((variable, share / (FILL * seat.seats)))

    def _services(self, used: Sequence[int]) -> None:
        """Seats and least loads of offers; trips of pools; slots."""
        services = self.services
        on: dict[int, list[tuple[Any, float]]] = defaultdict(list)
        carried: dict[int, list[tuple[Any, float]]] = defaultdict(list)
        for way, x in zip(self.ways, self.x, strict=True):
            on[way.offer].append((x, 1.0))
            carried[way.offer].append((x, float(self.problem.luggage[way.cohort])))
        for o in used:
            offer, consists = services.offers[o], services.consists[o]
            runs = [(self.y[o, k], 1.0) for k in range(len(consists))]
            seats = [(self.y[o, k], -float(c.riders[risk_of(self.problem, offer)]))
                     for k, c in enumerate(consists)]  # fmt: skip
            self._row([*on[o], *seats], float("-inf"), 0)
            if consists and consists[0].bags < NO_LIMIT:
                room = [(self.y[o, k], -float(c.bags)) for k, c in enumerate(consists)]
                self._row([*carried[o], *room], float("-inf"), 0)
            if offer.minimum_load:
                least = [(y, -float(offer.minimum_load)) for y, _ in runs]
                self._row([*on[o], *least], 0, float("inf"))
            self._row(runs, 0, 1)
            if offer.pool >= 0:
                self.rows["pool", offer.pool, 0].extend(runs)
                self.rows["daily", offer.pool, offer.day].extend(runs)
            if not offer.kinds or offer.cents:  # bookings take no slot
                for i, hub in enumerate(offer.places):
                    minute = offer.goes[i] if i < offer.n_board else offer.comes[i]
                    slot = minute // int(services.slot_minutes[hub])
                    self.rows["slot", hub, slot].extend(runs)

    def _limits(self) -> None:
        problem, services, pad = self.problem, self.services, self.problem.pad
        most_of: dict[str, Callable[[Any, Any], int]] = {
            "fleet": lambda pools, day: problem.units[list(pools), day + pad].sum(),
            "medical": lambda place, day: problem.medical[place, day + pad],
            "intake": lambda place, day: problem.intake[place, day + pad],
            "pool": lambda pool, _: services.pool_trips[pool],
            "daily": lambda pool, day: services.pool_daily[pool, day],
            "slot": lambda hub, _: services.slot_trips[hub],
        }
        for (rule, what, when), terms in self.rows.items():
            most = int(most_of[rule](what, when))
            if most < NO_LIMIT:
                self._row(terms, float("-inf"), most)

    def solve(self, seconds: float | None, seed: int) -> Chosen | None:
        """The best choice found; None if there is none yet."""
        from ortools.math_opt.python import mathopt
        from ortools.math_opt.solvers import highs_pb2

        parameters = mathopt.SolveParameters(
            time_limit=None if seconds is None else timedelta(seconds=seconds),
            relative_gap_tolerance=0.002,
            random_seed=seed % (1 << 30),
            # MathOpt takes no number of threads for HiGHS
            highs=highs_pb2.HighsOptionsProto(string_options={"parallel": "off"}),
        )
        result = mathopt.solve(self.model, mathopt.SolverType.HIGHS, params=parameters)
        if not result.has_primal_feasible_solution():
            return None
        values = result.variable_values()
        consists = {o: k for (o, k), y in self.y.items() if values[y] > 0.5}
        people = {
            way: values[x]
            for way, x in zip(self.ways, self.x, strict=True)
            if way.offer in consists and values[x] > 1e-6
        }
        return Chosen(consists, people)


def risk_of(problem: Problem, offer: Offer) -> int:
    """The strictest level of the hubs of an offer on its day."""
    return int(np.max(problem.risk[list(offer.places), offer.day + problem.pad]))
