"""
Prices of checks, intake, posts and units: what a place among those that an origin or a site has is
worth, and a day of a coach.

Any prices make a bound; good ones are the duals of a linear programme of people by coach, by the
day they leave and the day they arrive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_solvers.bounds.basics import FINE, NEVER, Ints
from p2p_solvers.bounds.calls import Calls
from p2p_solvers.bounds.direct import Direct
from p2p_solvers.bounds.fares import Fares
from p2p_solvers.jobs.crowds import crowds_of

FEW_DAYS = 3
"""Days of arriving after that of leaving that the programme knows of; the bound knows all."""


@dataclass(frozen=True)
class Prices:
    """
    Hundredths of a cent for each person, and for each unit.

    Attributes
    ----------
    medical, intake
        (n_places, n_calendar + 1) for leaving home from an origin on a day, and for arriving for a
        site; the last column is for days past the calendar, and is 0.
    units
        (n_pools, n_calendar) for a unit that is out on a day.
    posts, loans
        (n_openings,) for a post that somebody fills; (n_loans,) for somebody who is lent.
    """

    medical: Ints
    intake: Ints
    units: Ints
    posts: Ints
    loans: Ints

    @classmethod
    def none(cls, problem: Problem) -> Prices:
        """Nothing has a price."""
        shape, crowds = (len(problem.metres), len(problem.midnights)), crowds_of(problem)
        return cls(
            np.zeros(shape, dtype=np.int64),
            np.zeros(shape, dtype=np.int64),
            np.zeros(problem.units.shape, dtype=np.int64),
            np.zeros(len(crowds.posts), dtype=np.int64),
            np.zeros(len(crowds.loans), dtype=np.int64),
        )

    def clipped(self, problem: Problem) -> Prices:
        """
        The same, such that they make a bound whatever they were.

        Nothing is below 0; what has no limit is free, for its rent would have none; and so are days
        past the calendar, and by the clock units, which may make several trips on a day.
        """
        checks, takes = self.medical.copy(), self.intake.copy()
        for prices, limits in ((checks, problem.medical), (takes, problem.intake)):
            prices[:, -1] = 0
            prices[:, :-1][limits >= NO_LIMIT] = 0
        units = self.units if problem.by_day else np.zeros_like(self.units)
        every = (checks, takes, units, self.posts, self.loans)
        return Prices(*(np.maximum(each, 0) for each in every))

    def rent(self, problem: Problem) -> int:
        """
        What is taken off a bound: what all places and units cost together, and all posts.

        Less what it costs if all posts are empty: whoever fills one spares that.
        """
        crowds = crowds_of(problem)
        posts = int((crowds.posts * (self.posts - crowds.empty * FINE)).sum())
        posts += int((crowds.loans * self.loans).sum())
        return (
            posts
            + int((self.units * np.maximum(problem.units, 0)).sum())
            + sum(
                int((prices[:, :-1][limits < NO_LIMIT] * limits[limits < NO_LIMIT]).sum())
                for prices, limits in (
                    (self.medical, problem.medical),
                    (self.intake, problem.intake),
                )
            )
        )

    def cost(self, problem: Problem, ways: Direct) -> Ints:
        """
        (n_cohorts,) the cheapest way by coach, with what it takes of all that has a price.

        Less what an empty post costs, for those who fill one.

        Parameters
        ----------
        ways
            With the prices of units in them.
        """
        n_days, later, _ = ways.cost.shape
        days = np.arange(n_days) + problem.pad
        arrives = np.minimum(days[:, None] + np.arange(later), len(problem.midnights) - 1)
        whole = ways.cost + self.medical[problem.origin][:, days].T[:, None]
        whole += self.intake[problem.site][:, arrives].transpose(1, 2, 0)
        return self.with_posts(problem, whole.min(axis=(0, 1), initial=NEVER))

    def with_posts(self, problem: Problem, cost: Ints) -> Ints:
        """(n_cohorts,) the same with the post that somebody fills, less what an empty one costs."""
        crowds = crowds_of(problem)
        beside = np.zeros(problem.n_cohorts, dtype=np.int64)
        fills = crowds.opening >= 0
        opening = crowds.opening[fills]
        beside[fills] = self.posts[opening] - crowds.empty[opening] * FINE
        lent = crowds.loan >= 0
        beside[lent] += self.loans[crowds.loan[lent]]
        return np.where(cost >= NEVER, NEVER, cost + beside)


def days_out(problem: Problem, fares: Fares, calls: Calls) -> Ints:
    """(n_cohorts,) days on which a coach is out that takes people, at the least, by the day."""
    rows, days = fares.row[problem.origin], fares.days_out
    out = np.full(problem.n_cohorts, len(problem.midnights), dtype=np.int64)
    for slot in range(calls.drop.shape[1]):
        drop = calls.drop[:, slot]
        some = days[rows, fares.column[np.maximum(drop, 0)]]
        out = np.where(drop >= 0, np.minimum(out, some), out)
    return out


class _Seats:
    """Seats of all units that serve an origin, by day: units and types are not told apart."""

    def __init__(self, problem: Problem):
        self.problem, pad = problem, problem.pad
        riders = (problem.allowed - problem.staff).max(axis=2)[problem.unit_type]
        self.riders = np.maximum(riders, 0)
        self.columns = range(pad, pad + problem.n_days)
        pools = [tuple(np.flatnonzero(problem.serves[:, o]).tolist()) for o in problem.origin]
        self.kinds = sorted(set(pools))
        number = {some: i for i, some in enumerate(self.kinds)}
        self.of_cohort = [number[some] for some in pools]

    def there(self, kind: int, column: int) -> int:
        """Seats that the pools of a kind of origins have on a day."""
        pools = list(self.kinds[kind])
        return int((self.problem.units[pools, column] * self.riders[pools, column]).sum())

    def price(self, units: Ints, kind: int, column: int, cents: float) -> None:
        """Let units cost what their seats do."""
        for pool in self.kinds[kind]:
            price = int(cents * FINE * int(self.riders[pool, column]))
            units[pool, column] = max(int(units[pool, column]), price)


def prices_of(problem: Problem, ways: Direct, out: Ints | None = None) -> Prices:
    """
    Prices by the duals of a linear programme; GLOP solves it, through MathOpt.

    Parameters
    ----------
    ways
        The ways that people may go, without prices of units.
    out
        (n_cohorts,) days on which a coach is out that takes people; none: units get no prices.
    """
    from ortools.math_opt.python import mathopt

    prices, seats = Prices.none(problem), _Seats(problem)
    model, crowds = mathopt.Model(), crowds_of(problem)
    balance = []
    for people, value in zip(crowds.people.tolist(), crowds.value.tolist(), strict=True):
        row = model.add_linear_constraint(lb=float(people), ub=float(people))
        left = model.add_variable(lb=0.0)
        row.set_coefficient(left, 1.0)
        model.objective.set_linear_coefficient(left, float(value))
        balance.append(row)
    scarce = {"medical": _scarce(problem, problem.origin, problem.medical),
              "intake": _scarce(problem, problem.site, problem.intake)}  # fmt: skip
    rows: dict[tuple[str, int, int], Any] = {}

    def take(x: Any, key: tuple[str, int, int], limit: int) -> None:
        if key not in rows:
            rows[key] = model.add_linear_constraint(ub=float(limit))
        rows[key].set_coefficient(x, 1.0)

    last = len(problem.midnights) - 1
    for day, days, cohort in _columns(problem, ways, scarce, every_day=out is not None):
        x = model.add_variable(lb=0.0)
        balance[crowds.of[cohort]].set_coefficient(x, 1.0)
        cents, opening = float(ways.cost[day, days, cohort]) / FINE, int(crowds.opening[cohort])
        if opening >= 0:
            cents -= float(crowds.empty[opening])
            take(x, ("posts", opening, 0), int(crowds.posts[opening]))
        if (loan := int(crowds.loan[cohort])) >= 0:
            take(x, ("loans", loan, 0), int(crowds.loans[loan]))
        model.objective.set_linear_coefficient(x, cents)
        column = day + problem.pad
        for rule, place, at in (
            ("medical", int(problem.origin[cohort]), column),
            ("intake", int(problem.site[cohort]), min(column + days, last)),
        ):
            if scarce[rule][place] and at < last:
                limit = int(getattr(problem, rule)[place, at])
                if limit < NO_LIMIT:
                    take(x, (rule, place, at), limit)
        if out is not None:
            kind = seats.of_cohort[cohort]
            for at in range(column, column + int(out[cohort])):
                if at in seats.columns:
                    take(x, ("units", kind, at), seats.there(kind, at))
    if not rows:
        return prices
    result = mathopt.solve(model, mathopt.SolverType.GLOP)
    if result.has_dual_feasible_solution():
        duals = result.dual_values()
        for (rule, place, at), row in rows.items():
            cents = max(0.0, -duals[row])
            if rule == "units":
                seats.price(prices.units, place, at, cents)
            elif rule in ("posts", "loans"):
                getattr(prices, rule)[place] = round(cents * FINE)
            else:
                getattr(prices, rule)[place, at] = round(cents * FINE)
    return prices


def _scarce(problem: Problem, at: Ints, limits: Ints) -> Ints:
    """(n_places,) whether a place has too few of something on any day for all of its people."""
    people = np.bincount(at, weights=problem.people, minlength=len(limits))
    return np.asarray((limits < people[:, None]).any(axis=1))


def _columns(
    problem: Problem, ways: Direct, scarce: dict[str, Ints], *, every_day: bool
) -> list[tuple[int, int, int]]:
    """
    Days of leaving, days later, cohorts: those that could matter.

    Where checks are not scarce, only the best day of leaving for every day of arriving; and so with
    intake.

    Parameters
    ----------
    every_day
        Whether every day of leaving matters.
    """
    cost = ways.cost[:, :FEW_DAYS]
    good = cost < problem.value * FINE
    checks, intake = scarce["medical"][problem.origin], scarce["intake"][problem.site]
    checks = checks | every_day
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
