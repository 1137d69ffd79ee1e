"""One trip as the checker sees it: roads, times and drivers worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import isfinite, nan

from p2p_dispatch.check.clock import Clock
from p2p_dispatch.check.times import Stretch, Times, times_of, wheel_of
from p2p_dispatch.check.timetable import Timetable
from p2p_dispatch.plan.model import Riders, Stop, Trip
from p2p_dispatch.scenario.places import Place
from p2p_dispatch.scenario.services import Service
from p2p_dispatch.travel import Travel


@dataclass(frozen=True, eq=False, kw_only=True)
class Run:
    """
    A trip and what follows from it.

    Attributes
    ----------
    day
        Day of the trip: of the first boarding, of a service of leaving the first hub; the plan's
        word for it where nobody boards or times are missing.
    km, minutes
        Road of each leg, or the line of a service; nan where there is none.
    boards, alights
        Numbers of the stops where somebody boards, where somebody gets off.
    times
        None by the day, or where the plan lacks one.
    wheel
        Who drives when, in order of time; spells without a length are left out.
    service, timetable
        What runs, of a trip over exactly the hubs of a service; None of a coach.
    """

    trip: Trip
    day: date
    km: tuple[float, ...]
    minutes: tuple[float, ...]
    boards: tuple[int, ...]
    alights: tuple[int, ...]
    times: Times | None
    wheel: tuple[Stretch, ...]
    service: Service | None = None
    timetable: Timetable | None = None

    @property
    def coach(self) -> bool:
        """Whether it is the trip of a coach."""
        return self.trip.mode == "coach"

    @property
    def where(self) -> str:
        """The trip, for findings."""
        return f"trip {self.trip.id}"

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The stops of the trip."""
        return self.trip.stops

    @property
    def loaded(self) -> slice:
        """The legs of the loaded way: none where nobody boards or gets off."""
        return slice(self.boards[0], self.alights[-1]) if self.boards and self.alights else slice(0)

    @property
    def loaded_km(self) -> float:
        """Length of the loaded way, km; nan where a road is missing."""
        return sum(self.km[self.loaded])

    @property
    def team(self) -> bool:
        """Whether two or more drivers are on board."""
        return self.trip.drivers >= 2


def people(riders: tuple[Riders, ...]) -> int:
    """How many they are."""
    return sum(r.count for r in riders)


def run_of(
    trip: Trip,
    travel: Travel,
    places: Mapping[str, Place],
    clock: Clock,
    *,
    by_day: bool,
    stop_minutes: float,
) -> Run:
    """Work out a trip."""
    stops = trip.stops
    roads = [road_of(travel, a.place, b.place) for a, b in pairwise(stops)]
    boards = _used(stop.board for stop in stops)
    alights = _used(stop.alight for stop in stops)
    times = None if by_day else times_of(stops, alights, places, clock, stop_minutes)
    day = clock.day(times.go[boards[0]]) if times and boards else clock.held(trip.day)
    return Run(
        trip=trip,
        day=day,
        km=tuple(km for km, _ in roads),
        minutes=tuple(minutes for _, minutes in roads),
        boards=boards,
        alights=alights,
        times=times,
        wheel=() if by_day else wheel_of(trip, clock),
    )


def service_run_of(
    trip: Trip,
    service: Service | None,
    timetable: Timetable | None,
    places: Mapping[str, Place],
    clock: Clock,
) -> Run:
    """Work out a trip of a service; a plan may name one that nobody knows."""
    stops = trip.stops
    boards = _used(stop.board for stop in stops)
    alights = _used(stop.alight for stop in stops)
    times = times_of(stops, alights, places, clock, 0)
    same = service is not None and tuple(stop.place for stop in stops) == service.stops
    legs = len(stops) - 1
    return Run(
        trip=trip,
        day=clock.day(times.go[0]) if times else clock.held(trip.day),
        km=timetable.km if same and timetable else (nan,) * max(0, legs),
        minutes=timetable.minutes if same and timetable else (nan,) * max(0, legs),
        boards=boards,
        alights=alights,
        # it does not wait for a hub to open: people get off when it comes
        times=times and replace(times, off=tuple(_off(times.come, alights))),
        wheel=(),
        service=service if same else None,
        timetable=timetable if same else None,
    )


def _off(come: tuple[float, ...], alights: tuple[int, ...]) -> Iterator[float | None]:
    for i, minute in enumerate(come):
        yield minute if i in alights else None


def _used(riders: Iterable[tuple[Riders, ...]]) -> tuple[int, ...]:
    return tuple(i for i, some in enumerate(riders) if any(r.count > 0 for r in some))


def road_of(travel: Travel, start: str, end: str) -> tuple[float, float]:
    """Km and minutes from one place to another; nan where there is no road or no such place."""
    try:
        km, minutes = travel.leg(start, end)
    except KeyError:
        return nan, nan
    return (km, minutes) if isfinite(km) and isfinite(minutes) else (nan, nan)
