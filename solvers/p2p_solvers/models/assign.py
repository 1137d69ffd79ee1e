"""The integer programme of ``assignment``: runs of services, and the people assigned to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.basics import Ints
from p2p_solvers.models.deal import Units
from p2p_solvers.models.pieces import Piece, waiting, worth
from p2p_solvers.models.services import Service


class Limits(NamedTuple):
    """When the programme's solver stops; None: no limit."""

    seconds: float | None
    nodes: int | None
    gap: float
    seed: int


class Answer(NamedTuple):
    """
    How often each service runs and whom it takes.

    Attributes
    ----------
    runs
        By number of the service.
    people
        By numbers of the piece and the service.
    """

    runs: dict[int, int]
    people: dict[tuple[int, int], float]


class Programme:
    """
    The programme in MathOpt's words; the names are those of the docstring of ``assignment``.

    Parameters
    ----------
    units, intake, medical
        What is left of them.
    """

    def __init__(
        self,
        problem: Problem,
        pieces: Sequence[Piece],
        services: Sequence[Service],
        units: Units,
        intake: Ints,
        medical: Ints,
        *,
        whole: bool,
    ):
        from ortools.math_opt.python import mathopt

        self.model = mathopt.Model()
        add = self.model.add_variable
        n = [piece.people for piece in pieces]
        self.y = [add(lb=0, ub=sum(n[i] for i in k.pieces), is_integer=whole) for k in services]
        self.x = {(i, k): add(lb=0, ub=n[i]) for k, s in enumerate(services) for i in s.pieces}
        u = [add(lb=0, ub=each) for each in n]
        each = [worth(problem, piece) / piece.people for piece in pieces]
        wait = {
            (i, k): waiting(problem, pieces[i], services[k].day) / pieces[i].people
            for i, k in self.x
        }
        cents = [(y, float(services[k].cost)) for k, y in enumerate(self.y)]
        cents += [(x, wait[at]) for at, x in self.x.items()]
        cents += [(left, each[i]) for i, left in enumerate(u)]
        for variable, coefficient in cents:
            self.model.objective.set_linear_coefficient(variable, coefficient)
        balance = [[(left, 1.0)] for left in u]
        for (i, _), x in self.x.items():
            balance[i].append((x, 1.0))
        for i, row in enumerate(balance):
            self._row(row, n[i], n[i])
        self._seats(services, n)
        self._shared(problem, pieces, services, units, intake, medical)

    def _row(self, terms: Sequence[tuple[Any, float]], low: float, high: float) -> None:
        row = self.model.add_linear_constraint(lb=low, ub=high)
        for variable, coefficient in terms:
            row.set_coefficient(variable, coefficient)

    def _seats(self, services: Sequence[Service], n: Sequence[int]) -> None:
        none = float("-inf")
        for k, service in enumerate(services):
            on = [(self.x[i, k], 1.0) for i in service.pieces]
            self._row([*on, (self.y[k], -service.riders)], none, 0)
            if len(service.pieces) > 1:
                for i in service.pieces:
                    seats = min(n[i], service.riders)
                    if seats < service.riders:
                        self._row([(self.x[i, k], 1.0), (self.y[k], -seats)], none, 0)

    def _shared(
        self,
        problem: Problem,
        pieces: Sequence[Piece],
        services: Sequence[Service],
        units: Units,
        intake: Ints,
        medical: Ints,
    ) -> None:
        rows: dict[tuple[str, int, int], list[tuple[Any, float]]] = defaultdict(list)
        for k, service in enumerate(services):
            for day in service.out(problem):
                rows["fleet", service.pool, day].append((self.y[k], 1.0))
            for i in service.pieces:
                piece = pieces[i]
                arrives = piece.lone[service.pool, service.day].run.arrives[-1]
                site, column = int(problem.site[piece.cohort]), problem.column(arrives)
                rows["intake", site, column].append((self.x[i, k], 1.0))
                boards = service.day + problem.pad
                rows["medical", piece.origin, boards].append((self.x[i, k], 1.0))
        limits = {"intake": intake, "medical": medical}
        for (rule, what, when), terms in rows.items():
            most = units[what, when] if rule == "fleet" else int(limits[rule][what, when])
            if most < int(problem.people.sum()):
                self._row(terms, float("-inf"), most)

    def solve(self, limits: Limits) -> Answer | None:
        """The best answer found; None if there is none yet."""
        result = self._result(limits)
        if not result.has_primal_feasible_solution():
            return None
        values = result.variable_values()
        runs = {k: round(values[y]) for k, y in enumerate(self.y) if values[y] > 0.5}
        people = {at: values[x] for at, x in self.x.items() if values[x] > 1e-6}
        return Answer(runs, people)

    def best_services(self, limits: Limits, most: int) -> list[int]:
        """Numbers of the services with the least reduced cost; without an answer, the first."""
        result = self._result(limits)
        if not result.has_dual_feasible_solution():
            return list(range(min(most, len(self.y))))
        reduced, values = result.reduced_costs(), result.variable_values()
        keys = [(-min(1.0, values[y]), reduced[y], k) for k, y in enumerate(self.y)]
        return sorted(k for *_, k in sorted(keys)[:most])

    def _result(self, limits: Limits) -> Any:
        """MathOpt's result, by HiGHS."""
        from ortools.math_opt.python import mathopt
        from ortools.math_opt.solvers import highs_pb2

        seconds = None if limits.seconds is None else timedelta(seconds=limits.seconds)
        parameters = mathopt.SolveParameters(
            time_limit=seconds,
            node_limit=limits.nodes,
            relative_gap_tolerance=limits.gap,
            random_seed=limits.seed % (1 << 30),
            # MathOpt takes no number of threads for HiGHS
            highs=highs_pb2.HighsOptionsProto(string_options={"parallel": "off"}),
        )
        return mathopt.solve(self.model, mathopt.SolverType.HIGHS, params=parameters)
