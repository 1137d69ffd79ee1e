"""
Prices of checks and intake: what a place among those that an origin or a site has is worth.

Any prices make a bound; good ones are the duals of a linear programme of people by coach, by the
day they leave and the day they arrive.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_solvers.bounds.basics import FINE, NEVER, Ints
from p2p_solvers.bounds.direct import Direct

FEW_DAYS = 3
"""Days of arriving after that of leaving that the programme knows of; the bound knows all."""


@dataclass(frozen=True)
class Prices:
    """
    Hundredths of a cent for each person.

    Attributes
    ----------
    medical, intake
        (n_places, n_calendar + 1) for leaving home from an origin on a day, and for arriving for a
        site; the last column is for days past the calendar, and is 0.
    """

    medical: Ints
    intake: Ints

    @classmethod
    def none(cls, problem: Problem) -> Prices:
        """Nothing has a price."""
        shape = len(problem.metres), len(problem.midnights)
        return cls(np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64))

    def rent(self, problem: Problem) -> int:
        """What all places cost together: what is taken off a bound."""
        return sum(
            int((prices[:, :-1][limits < NO_LIMIT] * limits[limits < NO_LIMIT]).sum())
            for prices, limits in ((self.medical, problem.medical), (self.intake, problem.intake))
        )

    def cost(self, problem: Problem, ways: Direct) -> Ints:
        """(n_cohorts,) the cheapest way by coach, with what it takes of all that has a price."""
        n_days, later, _ = ways.cost.shape
        days = np.arange(n_days) + problem.pad
        arrives = np.minimum(days[:, None] + np.arange(later), len(problem.midnights) - 1)
        whole = ways.cost + self.medical[problem.origin][:, days].T[:, None]
        whole += self.intake[problem.site][:, arrives].transpose(1, 2, 0)
        return np.asarray(np.minimum(whole, NEVER).min(axis=(0, 1), initial=NEVER))


def prices_of(problem: Problem, ways: Direct) -> Prices:
    """Prices by the duals of a linear programme; GLOP solves it, through MathOpt."""
    from ortools.math_opt.python import mathopt

    prices = Prices.none(problem)
    model = mathopt.Model()
    balance = []
    for people, value in zip(problem.people.tolist(), problem.value.tolist(), strict=True):
        row = model.add_linear_constraint(lb=float(people), ub=float(people))
        left = model.add_variable(lb=0.0)
        row.set_coefficient(left, 1.0)
        model.objective.set_linear_coefficient(left, float(value))
        balance.append(row)
    scarce = {"medical": _scarce(problem, problem.origin, problem.medical),
              "intake": _scarce(problem, problem.site, problem.intake)}  # fmt: skip
    rows: dict[tuple[str, int, int], object] = {}
    for day, days, cohort in _columns(problem, ways, scarce):
        x = model.add_variable(lb=0.0)
        balance[cohort].set_coefficient(x, 1.0)
        cents = float(ways.cost[day, days, cohort]) / FINE
        model.objective.set_linear_coefficient(x, cents)
        column = day + problem.pad
        for rule, place, at in (
            ("medical", int(problem.origin[cohort]), column),
            ("intake", int(problem.site[cohort]), min(column + days, len(problem.midnights) - 1)),
        ):
            if not scarce[rule][place] or at >= len(problem.midnights) - 1:
                continue
            limit = int(getattr(problem, rule)[place, at])
            if limit < NO_LIMIT:
                key = rule, place, at
                if key not in rows:
                    rows[key] = model.add_linear_constraint(ub=float(limit))
                rows[key].set_coefficient(x, 1.0)  # type: ignore[attr-defined]
    if not rows:
        return prices
    result = mathopt.solve(model, mathopt.SolverType.GLOP)
    if result.has_dual_feasible_solution():
        duals = result.dual_values()
        for (rule, place, at), row in rows.items():
            fine = round(-duals[row] * FINE)
            getattr(prices, rule)[place, at] = max(0, fine)
    return prices


def _scarce(problem: Problem, at: Ints, limits: Ints) -> Ints:
    """(n_places,) whether a place has too few of something on any day for all of its people."""
    people = np.bincount(at, weights=problem.people, minlength=len(limits))
    return np.asarray((limits < people[:, None]).any(axis=1))


def _columns(problem: Problem, ways: Direct, scarce: dict[str, Ints]) -> list[tuple[int, int, int]]:
    """
    Days of leaving, days later, cohorts: those that could matter.

    Where checks are not scarce, only the best day of leaving for every day of arriving; and so with
    intake.
    """
    cost = ways.cost[:, :FEW_DAYS]
    good = cost < problem.value * FINE
    checks, intake = scarce["medical"][problem.origin], scarce["intake"][problem.site]
    columns = []
    for cohort in range(problem.n_cohorts):
        days, later = np.nonzero(good[:, :, cohort])
        cents = cost[days, later, cohort]
        arrive = days + later
        if not intake[cohort] and not checks[cohort]:
            keep = [int(cents.argmin())] if len(cents) else []
        elif not intake[cohort]:
            keep = _first_of(days, cents)
        elif not checks[cohort]:
            keep = _first_of(arrive, cents)
        else:
            keep = list(range(len(cents)))
        columns += [(int(days[i]), int(later[i]), cohort) for i in keep]
    return columns


def _first_of(keys: Ints, cents: Ints) -> list[int]:
    """The cheapest of every key."""
    best: dict[int, int] = {}
    for i in np.argsort(cents, kind="stable").tolist():
        best.setdefault(int(keys[i]), i)
    return list(best.values())
