"""
Services as a strategy sees them: every departure that can still be ordered.

Places and days are numbered as in the ``Problem``. Rounding is against the planner: a service comes
at the end of a minute and leaves at its start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil, floor

import numpy as np

from p2p_dispatch.problem.basics import NO_LIMIT
from p2p_dispatch.problem.calendar import Calendar
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.fleet import AnyUnitType, Carriage, Coach, Train
from p2p_dispatch.scenario.places import Hub, Risk
from p2p_dispatch.scenario.seats import allowed_seats
from p2p_dispatch.scenario.services import CIRCUITY, Line, Service
from p2p_dispatch.travel.circuity import great_circle_km

_TINY = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """
    One kind of carriage that a trip may have.

    Attributes
    ----------
    unit_type
        Its number among the unit types of the scenario.
    least, most
        Carriages of it; booked ones also within ``Offer.carriages`` of the day.
    cents
        What one of them costs for this trip.
    """

    unit_type: int
    least: int
    most: int
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """
    A service on a day: one line of what could be ordered.

    Attributes
    ----------
    service, day
        Numbers of the service in the scenario and of the day in the horizon.
    pool
        Number of its service pool; -1: none.
    places
        Its hubs in order; at the first ``n_board`` people board, at the others they get off.
    comes, goes
        Minutes at which it comes to each hub and leaves it; the first it only leaves.
    opens
        Whether people can board or get off at each hub: it is open then.
    cents
        What the trip costs without carriages.
    kinds
        Its carriages; none: a set or a plane that is as it is.
    most_carriages
        Of all kinds together, platforms included.
    carriages
        Carriages that all bookings of the service may have together on the day.
    trips
        Trips of the service on the day.
    minimum_load
        Least riders.
    """

    service: int
    day: int
    pool: int
    places: tuple[int, ...]
    n_board: int
    comes: tuple[int, ...]
    goes: tuple[int, ...]
    opens: tuple[bool, ...]
    cents: int
    kinds: tuple[Kind, ...]
    most_carriages: int
    carriages: int
    trips: int
    minimum_load: int

    @property
    def booked(self) -> bool:
        """Whether it is carriages on a train that runs anyway."""
        return any(kind.most >= NO_LIMIT for kind in self.kinds)

    def comes_to(self, place: int) -> int:
        """Minute at which it comes to a hub."""
        return self.comes[self.places.index(place)]

    def leaves(self, place: int) -> int:
        """Minute at which it leaves a hub."""
        return self.goes[self.places.index(place)]

    def price(self, numbers: Sequence[int] = ()) -> int:
        """Cents of a trip with so many carriages of each kind."""
        pairs = zip(self.kinds, numbers, strict=True)
        return self.cents + sum(number * kind.cents for kind, number in pairs)


def offers_of(scenario: Scenario) -> tuple[Offer, ...]:
    """All services on all days of the horizon on which they run and can still be ordered."""
    calendar = Calendar(scenario)
    return tuple(
        _offer(scenario, calendar, number, service, day)
        for number, service in enumerate(scenario.services)
        for day in scenario.dates
        if service.runs_on(day) and _in_time(scenario, calendar, service, day)
    )


def seats_of(
    scenario: Scenario, offer: Offer, risk: Risk, numbers: Sequence[int] = ()
) -> tuple[int, int]:
    """Allowed seats of a trip with so many carriages of each kind, and how many staff takes."""
    carriages = carriages_of(scenario, offer, numbers)
    unit_type = _type_of(scenario, scenario.services[offer.service])
    day = scenario.dates[offer.day]
    left = allowed_seats(unit_type, scenario.rules.seats, day, risk, carriages)
    return left.allowed, sum(left.staff.values())


def carriages_of(
    scenario: Scenario, offer: Offer, numbers: Sequence[int]
) -> list[tuple[Carriage, int]]:
    """Carriages of a trip, with how many of each kind."""
    kinds = [scenario.unit_types[kind.unit_type] for kind in offer.kinds]
    pairs = zip(kinds, numbers, strict=True)
    return [(kind, number) for kind, number in pairs if isinstance(kind, Carriage)]


def _in_time(scenario: Scenario, calendar: Calendar, service: Service, day: date) -> bool:
    """Whether a service can be ordered now for a day."""
    hours, days = scenario.notice_of(service)
    if hours is not None:
        leaves = calendar.minute(service.leaves_on(day))
        return leaves - calendar.minute(scenario.as_of) >= hours * 60 - _TINY
    return (day - day_of(scenario.as_of)).days >= (days or 0)


def _legs_of(scenario: Scenario, service: Service) -> tuple[list[float], list[float]]:
    """Km and minutes of each leg of a service."""
    lines: dict[str, Line] = {line.id: line for line in scenario.lines}
    line = lines.get(service.line or "")
    mode = _type_of(scenario, service).mode
    bends = line.circuity if line and line.circuity is not None else CIRCUITY[mode]
    hubs = [scenario.places[stop] for stop in service.stops]
    straight = great_circle_km(np.array([h.lat for h in hubs]), np.array([h.lon for h in hubs]))
    km = list(service.km) or [bends * float(straight[i, i + 1]) for i in range(len(hubs) - 1)]
    if service.minutes or line is None:
        return km, list(service.minutes)
    return km, [float(ceil(way / line.kmh * 60 - _TINY)) for way in km]


def timetable(scenario: Scenario, service: Service) -> tuple[list[float], list[float], list[float]]:
    """
    How a service runs.

    Returns
    -------
    Km of each leg; minutes after leaving the first hub at which it comes to each hub, and at which
    it leaves it.
    """
    km, minutes = _legs_of(scenario, service)
    comes, goes = [float(-service.dwell_minutes)], [0.0]
    for running in minutes:
        comes.append(goes[-1] + running)
        goes.append(comes[-1] + service.dwell_minutes)
    return km, comes, goes


def _offer(
    scenario: Scenario, calendar: Calendar, number: int, service: Service, day: date
) -> Offer:
    index = {place: i for i, place in enumerate(scenario.places)}
    unit_type = _type_of(scenario, service)
    km, after_comes, after_goes = timetable(scenario, service)
    hubs = [hub for stop in service.stops for hub in scenario.hubs if hub.id == stop]
    leaves = calendar.minute(service.leaves_on(day))
    comes = [leaves + minutes for minutes in after_comes]
    goes = [leaves + minutes for minutes in after_goes]
    n_board, stand = len(service.board), service.dwell_minutes
    offered = service.carriages_per_day(day)
    pools = [pool.id for pool in scenario.service_pools]
    own = isinstance(unit_type, Carriage | Coach)
    return Offer(
        service=number,
        day=(day - scenario.days.first).days,
        pool=pools.index(service.pool) if service.pool else -1,
        places=tuple(index[stop] for stop in service.stops),
        n_board=n_board,
        comes=tuple(ceil(minute - _TINY) for minute in comes),
        goes=tuple(floor(minute + _TINY) for minute in goes),
        opens=tuple(
            _is_open(calendar, hub, come if i >= n_board else go - stand, stand)
            for i, (hub, come, go) in enumerate(zip(hubs, comes, goes, strict=True))
        ),
        cents=0 if own else _cents(unit_type, sum(km)),
        kinds=_kinds(scenario, unit_type, sum(km)),
        most_carriages=_most_carriages(unit_type, hubs),
        carriages=NO_LIMIT if offered is None else offered,
        trips=service.trips_per_day,
        minimum_load=service.minimum_load,
    )


def _type_of(scenario: Scenario, service: Service) -> AnyUnitType:
    return next(each for each in scenario.unit_types if each.id == service.unit_type)


def _cents(unit_type: AnyUnitType, km: float) -> int:
    assert not isinstance(unit_type, Coach)
    return round(100 * (unit_type.per_trip + unit_type.per_km * km))


def _kinds(scenario: Scenario, unit_type: AnyUnitType, km: float) -> tuple[Kind, ...]:
    numbers = {each.id: i for i, each in enumerate(scenario.unit_types)}
    if isinstance(unit_type, Carriage):
        one = Kind(
            unit_type=numbers[unit_type.id], least=1, most=NO_LIMIT, cents=_cents(unit_type, km)
        )
        return (one,)
    spans = unit_type.consist if isinstance(unit_type, Train) else ()
    return tuple(
        Kind(
            unit_type=numbers[span.carriage],
            least=span.least,
            most=span.most,
            cents=_cents(scenario.unit_types[numbers[span.carriage]], km),
        )
        for span in spans
    )


def _most_carriages(unit_type: AnyUnitType, hubs: Sequence[Hub]) -> int:
    if not isinstance(unit_type, Train):
        return NO_LIMIT
    limits = [unit_type.most_carriages, *(hub.most_carriages for hub in hubs)]
    return min((limit for limit in limits if limit is not None), default=NO_LIMIT)


def _is_open(calendar: Calendar, hub: Hub, begin: float, length: float) -> bool:
    """Whether a hub is open from a minute on for so long."""
    first, last = calendar.day_at(begin), calendar.day_at(max(begin, begin + length - _TINY))
    if first in hub.closed_on or last in hub.closed_on:
        return False
    if hub.hours is None:
        return True
    opens, closes = (
        calendar.minute(datetime.combine(first, clock))
        for clock in (hub.hours.opens, hub.hours.closes)
    )
    return opens - _TINY <= begin and begin + length <= closes + _TINY
