"""Prices of what a plan uses and must do, in whole numbers, forced into the range they may have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_dispatch.problem.basics import Ints
from p2p_solvers.proof.memory import UNIT
from p2p_solvers.proof.moments import Moments
from p2p_solvers.proof.rows import Row

NONE = np.zeros(0, dtype=np.int64)


DEAR = UNIT * 10**9
"""Most that a row pays, or ten million of money; more than trips cost."""


class Duals(NamedTuple):
    """
    A price for every row of the linear programme, in ``UNIT`` parts of a cent.

    Attributes
    ----------
    people
        (n_cohorts,) for each person who is moved or left behind.
    units
        (n_pools, n_moments) for a unit that is out at a moment.
    takes
        (n_places, n_calendar) for each person a site takes in on a day.
    checks
        (n_places, n_calendar) for each person an origin checks on a day.
    rows
        (n_rows,) of rows that every plan keeps besides (``rows``).
    """

    people: Ints
    units: Ints
    takes: Ints
    checks: Ints
    rows: Ints = NONE


def no_duals(problem: Problem, moments: Moments) -> Duals:
    """Nobody and nothing has a price."""
    return Duals(
        np.zeros(problem.n_cohorts, dtype=np.int64),
        np.zeros_like(moments.units),
        np.zeros_like(problem.intake),
        np.zeros_like(problem.medical),
    )


def clipped(problem: Problem, duals: Duals, rows: Sequence[Row] = ()) -> Duals:
    """
    The nearest prices that a bound follows from.

    Nobody is worth more than leaving them behind costs, less what ``rows`` pay for that, since
    anybody may be left behind. What is limited costs no less than nothing, and nothing where there
    is no limit. Prices too large to be sensible are cut, or whole numbers would overflow.
    """
    dear = UNIT * int(problem.value.max(initial=1))
    most = dear * int(problem.allowed.max(initial=1))
    prices = np.clip(duals.rows, 0, max(most, DEAR))
    # a place may be dearer than leaving somebody behind only where a row asks for a trip
    place = most if len(rows) else dear
    worth = problem.value * UNIT
    for row, price in zip(rows, prices.tolist(), strict=True):
        for cohort, people in row.left(problem):
            worth[cohort] -= -(-price // people)
    return Duals(
        np.minimum(np.maximum(duals.people, -most), worth),
        np.clip(duals.units, 0, most),
        np.where(problem.intake < NO_LIMIT, np.clip(duals.takes, 0, place), 0),
        np.where(problem.medical < NO_LIMIT, np.clip(duals.checks, 0, place), 0),
        prices,
    )
