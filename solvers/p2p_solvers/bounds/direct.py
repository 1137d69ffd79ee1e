"""What people cost who go by coach all the way: by the day they leave and the day they arrive."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.problem import Problem
from p2p_solvers.bounds.basics import FINE, NEVER, SLACK, Ints
from p2p_solvers.bounds.calls import Calls
from p2p_solvers.bounds.fares import Fares


@dataclass(frozen=True)
class Direct:
    """
    Cost of one person of each cohort, by coach.

    Attributes
    ----------
    cost
        (n_days, n_later, n_cohorts) hundredths of a cent of leaving on a day of the horizon and
        arriving so many days later; ``NEVER``: not possible.
    """

    cost: Ints


def direct(problem: Problem, fares: Fares, calls: Calls) -> Direct:
    """Every day of leaving and of arriving, at the least, whichever drop is the cheapest."""
    later = _most_days(problem, fares)
    cost = np.full((problem.n_days, later + 1, problem.n_cohorts), NEVER, dtype=np.int64)
    rows = fares.row[problem.origin]
    for day in range(problem.n_days):
        first = calls.leaves(day)
        if (first >= NEVER).all():
            continue
        ways = fares.with_changes(fares.on_day(day), fares.coach_changes)
        beside = calls.waiting(day) - problem.subsidy * FINE
        for slot in range(calls.drop.shape[1]):
            drop = np.maximum(calls.drop[:, slot], 0)
            seats = ways[rows, fares.column[drop]]
            ride = fares.seconds[problem.origin, drop] // 60
            comes = np.where(first >= NEVER, NEVER, first + (0 if problem.by_day else ride))
            for days in range(later + 1):
                if not fares.coach_changes and not _in_one_ride(problem, day, days):
                    continue
                arrives = calls.arrives(slot, day + problem.pad + days, comes)
                each = seats + calls.onward[:, slot] + beside + calls.late(arrives)
                each[(arrives >= NEVER) | (seats >= NEVER) | _shut(fares, calls, day, days)] = NEVER
                np.minimum(cost[day, days], each, out=cost[day, days])
    return Direct(cost)


def _most_days(problem: Problem, fares: Fares) -> int:
    """How many days after leaving anybody can arrive."""
    if problem.by_day:
        return 0
    most = max(int(problem.latest.max(initial=0)) - problem.midnight(0), 0)
    if not fares.coach_changes:
        most = min(most, problem.longest_ride)
    elif problem.services is not None:
        between = int(problem.services.most_change[fares.hubs].max())
        rides = (fares.coach_changes + 1) * problem.longest_ride
        most = min(most, rides + fares.coach_changes * between)
    return -(-most // 1440) + 1


def _in_one_ride(problem: Problem, day: int, days: int) -> bool:
    """Whether whoever leaves on a day can arrive so many days later without changing."""
    if problem.by_day:
        return True
    column = day + problem.pad
    begins = problem.midnights[min(column + days, len(problem.midnights) - 1)]
    ends = problem.midnights[column + 1] + problem.longest_ride + SLACK
    return bool(begins <= ends)


def _shut(fares: Fares, calls: Calls, day: int, days: int) -> NDArray[np.bool_]:
    """Whether the site is shut on every day on which the last trip could begin."""
    column = day + calls.problem.pad
    first, last = max(0, column - fares.days_before), min(column + days, calls.last_column)
    return np.asarray(calls.shut[:, first : last + 1].all(axis=1))
