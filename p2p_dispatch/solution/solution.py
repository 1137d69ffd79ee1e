"""What a strategy hands back: choices in the problem's indices, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from p2p_dispatch.problem import TripChoice


class Quality(StrEnum):
    """What we hold."""

    OPTIMAL = "optimal"
    """Proved best, within the gap asked for."""
    FEASIBLE = "feasible"
    """Keeps all rules; the best may be far."""
    NONE = "none"
    """Nothing found yet; says nothing about the problem."""
    IMPOSSIBLE = "impossible"
    """Proved that no plan meets the demand."""


class Ended(StrEnum):
    """Why a strategy stopped."""

    PROVED = "proved"
    GAP = "gap reached"
    TIME = "time"
    ITERATIONS = "iterations"
    DONE = "done"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a run stands."""

    seconds: float
    served: int
    """People with a seat."""
    people: int
    trips: int
    cost: int
    """Value of the plan so far, cents."""
    bound: float | None = None
    """No plan costs less, cents; none: nothing proved."""
    filled: float | None = None
    """Share of the allowed seats that are taken; none: the strategy does not say."""
    note: str = ""
    """What the strategy is at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Trips and what is known about them."""

    trips: tuple[TripChoice, ...]
    cost: int
    """Everything that strategies minimise, cents."""
    bound: float | None = None
    """No plan costs less, cents; none: nothing proved."""
    bound_how: str = "none: the strategy proves nothing"
    bound_leaves_out: tuple[str, ...] = ()
    """Ids of rules that the bound leaves out."""
    quality: Quality = Quality.FEASIBLE
    ended: Ended = Ended.DONE
    trace: tuple[Progress, ...] = field(default=(), compare=False)
    """Best value over time."""
