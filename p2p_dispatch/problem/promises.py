"""What people were told, and the plan to start from, as strategies need them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.choice import TripChoice

COLUMNS = ("day", "minute", "pool", "service", "board", "drop")
"""What is told by cohort, as fields of ``Told``."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Told:
    """
    What the people of each cohort were told.

    Attributes
    ----------
    day
        (n_cohorts,) horizon day of leaving home; -1: they were told nothing.
    minute
        (n_cohorts,) minute at which they leave home; -1: nothing was said of it.
    pool
        (n_cohorts,) the pool of the coach that takes them all the way; -1: nothing was said of it;
        -2: they go by a service.
    service
        (n_cohorts,) number of the service they go by; -1: nothing was said of it; -2: by none.
    board
        (n_cohorts,) place where they board first; -1: nothing was said of it.
    drop
        (n_cohorts,) place where they get off at last; -1: nothing was said of it.
    of_day, of_hour, of_vehicle, of_place
        Cents per person for another day; on the same day for another minute; for another pool or
        service; for another place to board or to get off. Who is told not to go at all is told
        another day.
    """

    day: Ints
    minute: Ints
    pool: Ints
    service: Ints
    board: Ints
    drop: Ints
    of_day: int
    of_hour: int
    of_vehicle: int
    of_place: int

    def with_others(self, cohorts: int) -> Told:
        """The same with some cohorts more that were told nothing."""
        none = np.full(cohorts, -1, dtype=np.int64)
        columns: dict[str, Any] = {
            name: np.concatenate((getattr(self, name), none)) for name in COLUMNS
        }
        return replace(self, **columns)

    def when(self, cohort: int, day: int, minute: int) -> int:
        """Cents per person for leaving home on a day, at a minute."""
        if self.day[cohort] < 0 or day == self.day[cohort]:
            same = self.minute[cohort] in (-1, minute)
            return 0 if same else self.of_hour
        return self.of_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Ride:
    """The people of a cohort on a trip of a service, in a plan to start from."""

    cohort: int
    trip: int
    """Which of the start's services."""
    board: int
    alight: int
    feeder: bool
    onward: bool
    """Whether coaches bring them there, and take them on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """
    A plan to start from; what of it cannot stand any more is left out by whoever starts.

    Attributes
    ----------
    trips
        Coaches. Whoever rides one to a service, or on from it, gets off or boards at the hub.
    services
        The number of the offer of each trip of a service, and its carriages of each kind.
    rides
        Who goes by them: all people of their cohort.
    """

    trips: tuple[TripChoice, ...]
    services: tuple[tuple[int, tuple[int, ...]], ...] = ()
    rides: tuple[Ride, ...] = ()
