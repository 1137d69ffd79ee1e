"""
Which services run, and who goes by them: an integer programme over prices of seats.

With ``y[o, k]`` 1 where an offer runs with a consist, ``x[w]`` people on a way by a service,
``d[c, t]`` people of a cohort who go by coach on a day, and ``u[c]`` left behind,

    min  sum fare[o, k] y[o, k] + sum (f' to[w] + f" on[w] + other[w]) x[w] + sum f seat[c] d[c, t]
         + waiting + sum value[c] u[c]
    s.t. sum x + sum d + u  = n                    everybody
         sum_w x            <= riders . y          seats of an offer
         sum_w x            >= least load . y
         sum_k y            <= 1                   and within the pools of services and slots
         sum x + d          <= intake, medical     by site or origin, and day
         g sum (x + d) / seats <= units            by the pools that serve a place, and day

where ``f``, ``f'`` and ``f"`` are what seats on coaches cost above those of full ones and ``g`` for
how much longer they are out, as measured in a draft. HiGHS solves it through MathOpt. It is a guess
at what coaches can do; the search over coaches says what is true of it.

Its relaxation without services says what one more person costs, and what a service may cost
then: that is how the services are found of which it chooses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.problem import NO_LIMIT, Problem, Services
from p2p_solvers.modes.limits import limits_of
from p2p_solvers.modes.measured import FEEDERS_A_DAY, ONWARDS_A_DAY, Measured
from p2p_solvers.modes.prices import Seat, SeatPrices
from p2p_solvers.modes.ways import Way, risk_of

GAP = 0.01
"""How far from the best the choice may be: prices are guessed no better."""

Key = tuple[str, Any, int]
"""What is limited: a rule, where, and when."""


class Chosen(NamedTuple):
    """Consists of the offers that run, people by way, and about what all of it costs."""

    consists: dict[int, int]
    people: dict[Way, float]
    cents: float


class Alone(NamedTuple):
    """What it costs about without services, and what a person on each way would save."""

    cents: float
    saved: NDArray[np.float64]


class Master:
    """The programme in MathOpt's words."""

    def __init__(
        self,
        problem: Problem,
        services: Services,
        ways: Sequence[Way],
        prices: SeatPrices,
        coaches: Measured,
    ):
        from ortools.math_opt.python import mathopt

        self.problem, self.services, self.ways, self.prices = problem, services, ways, prices
        self.coaches = coaches
        self.model = mathopt.Model()
        add = self.model.add_variable
        used = sorted({way.offer for way in ways})
        self.y = {
            (o, k): add(lb=0, ub=1, is_integer=True)
            for o in used
            for k in range(len(services.consists[o]))
        }
        self.x = [add(lb=0, ub=float(problem.people[way.cohort])) for way in ways]
        self.terms: dict[Key, list[tuple[Any, float]]] = defaultdict(list)
        self.shared: dict[Key, int] = {}
        self.balance: list[Any] = []
        self.rows: dict[Key, Any] = {}
        self._legs: dict[tuple[int, int, int, float], list[tuple[Key, float]]] = {}
        self._people()
        self._services(used)
        for (o, k), y in self.y.items():
            self._cost(y, services.consists[o][k].cents)
        for way, x in zip(ways, self.x, strict=True):
            self._cost(x, self.cents(way))
        self._limits()

    def cents(self, way: Way) -> float:
        """What one person on a way costs beside the service."""
        coaches = self.coaches.feeder * way.to + self.coaches.onward * way.on
        return coaches + way.other - int(self.problem.subsidy[way.cohort])

    def uses(self, way: Way) -> list[tuple[Key, float]]:
        """What one person on a way takes of all that is limited, seats of the service apart."""
        problem, prices = self.problem, self.prices
        origin, site = int(problem.origin[way.cohort]), int(problem.site[way.cohort])
        used: list[tuple[Key, float]] = [
            (("medical", origin, way.day), 1.0),
            (("intake", site, way.arrives), 1.0),
        ]
        if way.feeder:
            used += self._leg(origin, way.board, way.day, 1 / FEEDERS_A_DAY)
        if way.onward:
            drop, _ = prices.best_drop(way.alight, problem.drops[way.cohort])
            used += self._leg(way.alight, drop, way.arrives, 1 / ONWARDS_A_DAY)
        return used

    def _leg(self, start: int, end: int, day: int, share: float) -> list[tuple[Key, float]]:
        """What a seat on a feeder or an onward coach takes; worked out once."""
        leg = start, end, day, share
        if leg not in self._legs:
            self._legs[leg] = self._units(start, day, self.prices.of(start, end), share)
        return self._legs[leg]

    def _cost(self, variable: Any, cents: float) -> None:
        self.model.objective.set_linear_coefficient(variable, float(cents))

    def _row(self, terms: Sequence[tuple[Any, float]], low: float, high: float) -> Any:
        row = self.model.add_linear_constraint(lb=low, ub=high)
        for variable, coefficient in terms:
            row.set_coefficient(variable, coefficient)
        return row

    def _people(self) -> None:
        """Everybody goes by a service, by coach, or stays."""
        problem = self.problem
        balance: dict[int, list[tuple[Any, float]]] = defaultdict(list)
        for way, x in zip(self.ways, self.x, strict=True):
            balance[way.cohort].append((x, 1.0))
            for key, share in self.uses(way):
                self.terms[key].append((x, share))
        for cohort, people in enumerate(problem.people.tolist()):
            left = self.model.add_variable(lb=0, ub=float(people))
            self._cost(left, int(problem.value[cohort]))
            origin, site = int(problem.origin[cohort]), int(problem.site[cohort])
            for day, seat, cents in self._direct(cohort):
                d = self.model.add_variable(lb=0, ub=float(people))
                self._cost(
                    d, self.coaches.direct * seat.cents + cents - int(problem.subsidy[cohort])
                )
                balance[cohort].append((d, 1.0))
                self.terms["medical", origin, day].append((d, 1.0))
                # a coach that needs two days comes on the second
                arrives = day + (1 if seat.days > 2 else 0)
                self.terms["intake", site, arrives].append((d, 1.0))
                for out in range(day, min(day + seat.days, problem.n_days)):
                    for key, share in self._units(origin, out, seat, 1.0):
                        self.terms[key].append((d, share))
            self.balance.append(self._row([*balance[cohort], (left, 1.0)], people, people))

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

    def _units(
        self, place: int, day: int, seat: Seat | None, share: float
    ) -> list[tuple[Key, float]]:
        """What a seat from a place takes of the coaches there on a day."""
        if seat is None:
            return []
        key = "fleet", self.prices.pools(place), day
        return [(key, self.coaches.crowding * share / seat.seats)]

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
            for key, most in limits_of(services, offer):
                self.terms[key].extend(runs)
                self.shared[key] = most

    def _limits(self) -> None:
        problem, pad = self.problem, self.problem.pad
        most_of: dict[str, Callable[[Any, Any], int]] = {
            "fleet": lambda pools, day: problem.units[list(pools), day + pad].sum(),
            "medical": lambda place, day: problem.medical[place, day + pad],
            "intake": lambda place, day: problem.intake[place, day + pad],
        }
        for (rule, what, when), terms in self.terms.items():
            key = rule, what, when
            most = self.shared[key] if key in self.shared else int(most_of[rule](what, when))
            if most < NO_LIMIT:
                self.rows[rule, what, when] = self._row(terms, float("-inf"), most)

    def solve(self, seconds: float | None, seed: int) -> Chosen | None:
        """The best choice found; None if there is none yet."""
        result = self._solved(seconds, seed)
        if not result.has_primal_feasible_solution():
            return None
        values = result.variable_values()
        consists = {o: k for (o, k), y in self.y.items() if values[y] > 0.5}
        people = {
            way: values[x]
            for way, x in zip(self.ways, self.x, strict=True)
            if way.offer in consists and values[x] > 1e-6
        }
        return Chosen(consists, people, result.objective_value())

    def alone(self, ways: Sequence[Way]) -> Alone | None:
        """
        How things stand without services; None if the relaxation has no solution.

        What is saved follows from its duals: what one more person of the cohort costs, less what
        the way costs with all that it takes of what is scarce.
        """
        result = self._solved(None, 0)
        if not result.has_dual_feasible_solution():
            return None
        balance = result.dual_values(self.balance)
        scarce = {key: result.dual_values(row) for key, row in self.rows.items()}
        saved = [
            balance[way.cohort]
            + sum(scarce.get(key, 0.0) * share for key, share in self.uses(way))
            - self.cents(way)
            for way in ways
        ]
        return Alone(result.objective_value(), np.array(saved))

    def _solved(self, seconds: float | None, seed: int) -> Any:
        from ortools.math_opt.python import mathopt
        from ortools.math_opt.solvers import highs_pb2

        parameters = mathopt.SolveParameters(
            time_limit=None if seconds is None else timedelta(seconds=seconds),
            relative_gap_tolerance=GAP,
            random_seed=seed % (1 << 30),
            # MathOpt takes no number of threads for HiGHS
            highs=highs_pb2.HighsOptionsProto(string_options={"parallel": "off"}),
        )
        return mathopt.solve(self.model, mathopt.SolverType.HIGHS, params=parameters)
