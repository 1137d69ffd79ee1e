"""How far and how long a service runs from hub to hub, and when it comes and goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import asin, ceil, cos, nan, radians, sin, sqrt

from p2p_dispatch.check.clock import TINY
from p2p_dispatch.scenario.fleet import Mode
from p2p_dispatch.scenario.places import Place
from p2p_dispatch.scenario.services import CIRCUITY, Line, Service

_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """
    A service from its first hub to its last.

    Attributes
    ----------
    km, minutes
        Of each leg; nan where nobody can tell.
    comes, goes
        Minutes after leaving the first hub at which it comes to each hub and leaves it.
    """

    km: tuple[float, ...]
    minutes: tuple[float, ...]
    comes: tuple[float, ...]
    goes: tuple[float, ...]


def timetable_of(
    service: Service, mode: Mode, lines: Mapping[str, Line], places: Mapping[str, Place]
) -> Timetable:
    """Work out a service; by the speed of its line running times are whole minutes, rounded up."""
    line = lines.get(service.line or "")
    bends = CIRCUITY.get(mode, nan) if line is None or line.circuity is None else line.circuity
    straight = [_great_circle(places.get(a), places.get(b)) for a, b in pairwise(service.stops)]
    km = list(service.km) or [bends * way for way in straight]
    minutes = list(service.minutes)
    if not minutes and line is not None:
        minutes = [way if way != way else _whole(way / line.kmh * 60) for way in km]
    minutes = minutes or [nan] * len(km)
    comes, goes = [0.0], [0.0]
    for running in minutes:
        comes.append(goes[-1] + running)
        goes.append(comes[-1] + service.dwell_minutes)
    return Timetable(km=tuple(km), minutes=tuple(minutes), comes=tuple(comes), goes=tuple(goes))


def _whole(minutes: float) -> float:
    return float(ceil(minutes - TINY))


def _great_circle(a: Place | None, b: Place | None) -> float:
    if a is None or b is None:
        return nan
    lat, lon = radians(b.lat - a.lat), radians(b.lon - a.lon)
    half = sin(lat / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(lon / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))
