"""Coaches of a plan over its days: when they leave, the days they are out, trips that stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from p2p_dispatch.plan.model import Duty, Trip
from p2p_dispatch.scenario.frozen import FrozenRiders, FrozenTrip


def leaves(trip: Trip) -> datetime | date:
    """When a trip leaves its depot or first hub; by the day, its day."""
    return trip.stops[0].depart or trip.day


def days_out(trip: Trip) -> list[date]:
    """Days on which a trip is on the road; back at midnight sharp it was not out that day."""
    first, back = trip.stops[0].depart, trip.stops[-1].arrive
    if first is None or back is None:
        return [trip.day + timedelta(days=n) for n in range(max(1, trip.days))]
    last = max(first, back - timedelta(seconds=1))
    return [first.date() + timedelta(days=n) for n in range((last.date() - first.date()).days + 1)]


def frozen_of(trip: Trip, riders: Iterable[FrozenRiders], *, left: bool = False) -> FrozenTrip:
    """
    A trip of a plan as a scenario holds it when the trip stands.

    Parameters
    ----------
    left
        Whether it has left; a service stands only when it has.
    """
    departs = trip.stops[0].depart
    return FrozenTrip(
        id=trip.id,
        pool=None if trip.service else trip.pool,
        service=trip.service or None,
        left=left,
        leaves=departs.replace(tzinfo=None) if departs else trip.day,
        drivers=max(1, trip.drivers),
        stops=tuple(s.place for s in (trip.stops if trip.service else trip.stops[1:-1])),
        riders=tuple(riders),
    )


def duties_of(trips: Iterable[Trip]) -> tuple[Duty, ...]:
    """What each coach does, in order of time."""
    by_unit: defaultdict[str, list[Trip]] = defaultdict(list)
    for trip in trips:
        if trip.mode == "coach":
            by_unit[trip.unit].append(trip)
    return tuple(
        Duty(
            unit=unit,
            trips=tuple(trip.id for trip in some),
            drivers=tuple(dict.fromkeys(s.driver for trip in some for s in trip.driving)),
        )
        for unit, some in (
            (unit, sorted(some, key=leaves))
            for unit, some in sorted(by_unit.items(), key=lambda each: _natural(each[0]))
        )
    )


def _natural(unit: str) -> tuple[str, int]:
    """Sort unit 10 of a pool after unit 9."""
    pool, _, number = unit.rpartition("/")
    return pool, int(number) if number.isdecimal() else 0
