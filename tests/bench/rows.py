"""Rows as a run might leave them, changed a little."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from p2p_dispatch.bench.row import Outcome, Result, Row


def result(**changes: Any) -> Result:
    """Sixty people moved on two coaches for 10,000, found after a second."""
    content: dict[str, Any] = {
        "cost": 10_000.0,
        "parts": {"vehicles": 10_000.0},
        "money": 10_000.0,
        "people": 60,
        "moved": 60,
        "left": {},
        "trips": 2,
        "filled": 60,
        "allowed": 98,
        "bound": None,
        "gap": None,
        "quality": "feasible",
        "ended": "done",
        "findings": 0,
        "broken": {},
        "first_seconds": 0.5,
        "best_seconds": 1.0,
        "strategy_seconds": 1.5,
        "trace": ((0.5, 12_000.0), (1.0, 10_000.0)),
    }
    return Result.model_validate({**content, **changes})


def row(
    solver: str = "first-come", *, moved: int = 60, money: float = 10_000, **changes: Any
) -> Row:
    """A run with a plan; what is left behind costs 1,000 each."""
    left = 60 - moved
    content: dict[str, Any] = {
        "date": datetime(2026, 1, 1, tzinfo=UTC),
        "outcome": Outcome.PLAN,
        "scenario": "season",
        "solver": solver,
        "strategy": solver,
        "parameters": {},
        "seed": 1,
        "limits": {"seconds": 60.0},
        "threads": 1,
        "equal_to": None,
        "process_seconds": 3.0,
        "commit": None,
        "versions": {"python": "3.11.7"},
        "machine": {"cores": 2},
        "result": result(
            cost=money + 1_000 * left,
            money=money,
            moved=moved,
            left={"": left} if left else {},
        ),
    }
    return Row.model_validate({**content, **changes})


def no_plan(solver: str, words: str = "2 of 40 people are left behind", **changes: Any) -> Row:
    """A run that found none."""
    return row(solver, outcome=Outcome.NO_PLAN, words=words, result=None, **changes)
