"""What a strategy decides: trips and who rides them, in the problem's indices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Some people of a cohort on a trip."""

    cohort: int
    people: int
    parties: tuple[int, ...] = ()
    """Sizes of the cohort's parties among them."""
    accessible: int = 0
    """How many of them need an accessible place."""
    drop: int
    """Place where they get off: the gate of their site or one of its hubs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TripChoice:
    """A trip that will run."""

    pool: int
    depart: int
    """Minute at which it leaves the depot; by the day, the first minute of the day."""
    drivers: int
    stops: tuple[int, ...]
    """Places between the depots: first the pick-ups, then the drops."""
    loads: tuple[Load, ...]
    frozen: int = -1
    """Which of the problem's frozen trips it is; -1: none of them."""

    @property
    def people(self) -> int:
        """Riders."""
        return sum(load.people for load in self.loads)
