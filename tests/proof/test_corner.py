"""The simplex method for exact prices, and its end when the time is over."""

from __future__ import annotations

import numpy as np
import pytest

from p2p_solvers.proof import corner
from p2p_solvers.proof.interior import Sparse


def never() -> bool:
    return False


def covering(rows: int, columns: int, each: int) -> Sparse:
    """Every row to be covered exactly, each column a part of some; what is left costs more."""
    rng = np.random.default_rng(1)
    of = np.array([np.sort(rng.choice(rows, each, replace=False)) for _ in range(columns)])
    return Sparse(
        rows=np.concatenate([of.ravel(), np.arange(rows)]),
        cols=np.concatenate(
            [np.repeat(np.arange(columns), each), np.arange(columns, columns + rows)]
        ),
        values=np.concatenate([rng.integers(1, 9, columns * each), np.ones(rows)]).astype(float),
        b=rng.integers(5, 50, rows).astype(float),
        c=np.concatenate([rng.integers(50, 99, columns), np.full(rows, 100)]).astype(float),
        part=np.zeros(rows, dtype=np.int64),
    )


def test_prices_pay_for_all_that_is_covered() -> None:
    lp = covering(20, 60, 4)
    point = corner.solve(lp, never)
    assert point is not None
    assert lp.c @ point.x == pytest.approx(lp.b @ point.y)
    assert (point.z > -1e-6).all()


def test_it_ends_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corner, "LOOK", 0.001)
    lp = covering(1500, 6000, 12)
    asked: list[bool] = []

    def over() -> bool:
        asked.append(True)
        return True

    assert corner.solve(lp, over) is None
    assert asked
