"""The problem as compiled functions take it: arrays and whole numbers only."""

from __future__ import annotations

from typing import NamedTuple

from p2p_dispatch.problem.basics import Ints


class Net(NamedTuple):
    """The part of a problem that the rules of one trip need; fields as in ``Problem``."""

    by_day: bool
    pad: int
    n_days: int
    midnights: Ints
    metres: Ints
    seconds: Ints
    minutes: Ints
    opens: Ints
    shuts: Ints
    driver_day: int
    stop_minutes: int
    depart_every: int
    most_pickups: int
    most_drops: int
    detour_factor: float
    detour_metres: int
    longest_ride: int
    two_days_past: int
    second_driver_past: int


class Base(NamedTuple):
    """What the rules of one trip need to know of the pool that makes it."""

    depot: int
    per_day: int
    """Cents for the vehicle."""
    per_km: int
    """Cents."""
    earliest: int
    """First minute at which its units may leave: they must be ordered before."""
