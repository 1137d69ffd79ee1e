"""What a strategy hands back: choices in the problem's indices, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.problem import Problem, TripChoice


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
class GapPart:
    """Where a part of the gap between a solution and its bound lies, at the prices of the bound."""

    what: Literal["trips", "fleet", "intake", "medical", "left behind"]
    """Trips, or people left behind; fleet, intake or medical: a limit with a price that is not used
    up."""
    place: int
    """Depot of trips and units; site of intake; origin of checks and of people left behind."""
    cents: float
    """How much of the gap."""


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
    worst: GapPart | None = None
    """Where most of the gap lies; none: nobody knows."""
    note: str = ""
    """What the strategy is at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What is proved of all plans of a problem."""

    cents: float
    """No plan costs less."""
    how: str
    """How it was obtained."""
    leaves_out: tuple[str, ...] = ()
    """Ids of rules that it leaves out."""
    of_all: bool = False
    """Whether it holds of plans with services, changes and people on open jobs too, and not of
    coaches to people's own sites alone."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prices:
    """
    What one more of something shared would save, by a linear programme: cents.

    They hold of shares of trips, and so as long as what there is more of is small; of whole coaches
    they often say too little or nothing.

    Attributes
    ----------
    medical, intake
        (n_places, n_calendar) one more person checked at an origin, taken at a site, on a day.
    units
        (n_pools, n_calendar) one more coach of a pool on a day.
    """

    medical: NDArray[np.float64]
    intake: NDArray[np.float64]
    units: NDArray[np.float64]


TierName = Literal["people", "cost", "time"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """What is proved of a tier, where people come first: plans no worse in the tiers before it."""

    name: TierName
    """People left behind; cost without waiting and being late; person-days of both."""
    bound: float | None = None
    """No such plan goes below it: people, cents or person-days; none where nothing is proved."""
    how: str = "none: the strategy proves nothing of it"
    leaves_out: tuple[str, ...] = ()
    """Ids of rules that the bound leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTrip:
    """A trip of a service that will run."""

    offer: int
    """Number of the service and day among the problem's offers."""
    numbers: tuple[int, ...] = ()
    """Carriages of each kind of the offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """Some people of a cohort who go by a service, and by coach before and after it."""

    cohort: int
    """Of the problem; past its cohorts, a match of its jobs."""
    people: int
    parties: tuple[int, ...] = ()
    """Sizes of the cohort's parties among them."""
    accessible: int = 0
    """How many of them need an accessible place."""
    trip: int
    """Number of the service trip."""
    board: int
    alight: int
    """Hubs where they board it and get off."""
    feeder: int = -1
    onward: int = -1
    """Cohorts of ``Solution.coaches`` that they are before and after it; -1: they gather at the
    hub, or are taken over there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Trips and what is known about them."""

    trips: tuple[TripChoice, ...]
    """Coaches."""
    services: tuple[ServiceTrip, ...] = ()
    journeys: tuple[Journey, ...] = ()
    """Everybody who goes by a service."""
    coaches: Problem | None = None
    """What the loads of ``trips`` refer to, where that is not the problem itself: its cohorts with
    those people who go by coach all the way; then, where people were matched to posts and so
    ``jobs`` is None, a cohort for each match; then cohorts for the coach legs of journeys."""
    cost: int
    """Everything that strategies minimise, cents."""
    bound: float | None = None
    """No plan costs less, cents; none: nothing proved."""
    bound_how: str = "none: the strategy proves nothing"
    bound_leaves_out: tuple[str, ...] = ()
    """Ids of rules that the bound leaves out."""
    bound_of_all: bool = False
    """Whether the bound holds of plans with services, changes and people on open jobs too, and not
    of coaches to people's own sites alone."""
    gap_parts: tuple[GapPart, ...] = ()
    """Where the gap lies, the largest part first; empty where the strategy does not say."""
    tiers: tuple[Tier, ...] = ()
    """Where people come first and the strategy minimised tier after tier; ``cost`` is that of the
    second tier then."""
    quality: Quality = Quality.FEASIBLE
    ended: Ended = Ended.DONE
    prices: Prices | None = field(default=None, compare=False)
    """What one more of what is shared would save, where the strategy solves a linear programme."""
    trace: tuple[Progress, ...] = field(default=(), compare=False)
    """Best value over time."""

    def proved(self, bound: Bound | None) -> Solution:
        """The same with a bound, unless it has a higher one that holds of as much."""
        if bound is None or (self.bound is not None and (self.bound_of_all or not bound.of_all)
                             and self.bound >= bound.cents):  # fmt: skip
            return self
        return replace(
            self,
            bound=bound.cents,
            bound_how=bound.how,
            bound_leaves_out=bound.leaves_out,
            bound_of_all=bound.of_all,
            gap_parts=(),
        )
