"""The minutes of one trip: when the coach comes and goes, and who drives when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from p2p_dispatch.check.clock import Clock
from p2p_dispatch.check.opening import first_open
from p2p_dispatch.plan.model import Stop, Trip
from p2p_dispatch.scenario.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """
    The minutes of a trip, one entry for each stop.

    Attributes
    ----------
    come, go
        When the coach comes and leaves; at the first and the last stop the same, if the plan names
        one only.
    off
        When getting off begins; None where nobody does or where it never can.
    """

    come: tuple[float, ...]
    go: tuple[float, ...]
    off: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One driver at the wheel, in minutes, as the plan has it."""

    driver: str
    start: float
    end: float


def times_of(
    stops: tuple[Stop, ...],
    alights: tuple[int, ...],
    places: Mapping[str, Place],
    clock: Clock,
    length: float,
) -> Times | None:
    """The minutes of all stops, getting off taking ``length``; None where the plan lacks one."""
    needed = [*(s.depart for s in stops[:-1]), *(s.arrive for s in stops[1:])]
    if not needed or None in needed:
        return None
    come = [s.arrive or s.depart for s in stops]
    go = [s.depart or s.arrive for s in stops]
    minutes = tuple(clock.minute(moment) for moment in come if moment)
    return Times(
        come=minutes,
        go=tuple(clock.minute(moment) for moment in go if moment),
        off=tuple(
            first_open(clock, places.get(stop.place), minutes[i], length) if i in alights else None
            for i, stop in enumerate(stops)
        ),
    )


def wheel_of(trip: Trip, clock: Clock) -> tuple[Stretch, ...]:
    """Who drives when, in order of time, without spells that have no length."""
    spells = (
        Stretch(driver=s.driver, start=clock.minute(s.start), end=clock.minute(s.end))
        for s in trip.driving
    )
    return tuple(sorted((s for s in spells if s.end > s.start), key=lambda s: (s.start, s.end)))
