"""Trips and places as GeoJSON: RFC 7946, WGS-84, longitude first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from p2p_dispatch.plan.model import Trip
from p2p_dispatch.plan.rides import (
    alighted,
    boarded,
    empty_km,
    first_boarding,
    last_alighting,
    people_on,
)
from p2p_dispatch.report.batches import filled
from p2p_dispatch.report.names import Names
from p2p_dispatch.scenario.places import Depot, Hub, Origin, Place


def geojson(names: Names) -> dict[str, Any]:
    """
    A feature collection: a line for each trip, from stop to stop, and a point for each place used.

    Times are local with their offset, ``2020-02-22T10:50:00+08:00``. Lines are straight: a plan
    knows how long roads are and not how they bend.
    """
    return {
        "type": "FeatureCollection",
        "name": names.plan.scenario,
        "features": [*_trips(names), *_places(names)],
    }


def _trips(names: Names) -> Iterator[dict[str, Any]]:
    for trip in names.plan.trips:
        places = [names.scenario.places.get(stop.place) for stop in trip.stops]
        points = [_point(place) for place in places if place is not None]
        if len(points) < 2:
            continue  # an edited plan; ``check`` finds it
        yield {
            "type": "Feature",
            "id": trip.id,
            "geometry": {"type": "LineString", "coordinates": points},
            "properties": _properties(names, trip),
        }


def _properties(names: Names, trip: Trip) -> dict[str, Any]:
    first, last = first_boarding(trip), last_alighting(trip)
    departs, arrives = first.depart if first else None, last.arrive if last else None
    return {
        "kind": "trip",
        "trip": trip.id,
        "day": trip.day.isoformat(),
        "mode": trip.mode,
        "role": trip.role,
        "service": trip.service,
        "unit": trip.unit,
        "unit_type": trip.unit_type,
        "status": trip.status.value,
        "from": names.origins(trip),
        "to": names.goals(trip),
        "departs": names.local(departs).isoformat() if departs else None,
        "arrives": names.local(arrives).isoformat() if arrives else None,
        "people": people_on(trip),
        "seats_filled": filled(trip),
        "seats_allowed": trip.allowed,
        "km": round(trip.km, 1),
        "empty_km": round(empty_km(trip), 1),
        "cost": round(trip.cost, 2),
        "stops": [stop.place for stop in trip.stops],
    }


def _places(names: Names) -> Iterator[dict[str, Any]]:
    on: dict[str, int] = defaultdict(int)
    off: dict[str, int] = defaultdict(int)
    for trip in names.plan.trips:
        for stop in trip.stops:
            on[stop.place] += boarded(stop)
            off[stop.place] += alighted(stop)
    for place in names.scenario.places.values():
        if place.id in on:
            yield {
                "type": "Feature",
                "id": place.id,
                "geometry": {"type": "Point", "coordinates": _point(place)},
                "properties": {
                    "kind": _kind(place),
                    "place": place.id,
                    "name": place.label,
                    "board": on[place.id],
                    "alight": off[place.id],
                },
            }


def _point(place: Place) -> list[float]:
    return [place.lon, place.lat]


def _kind(place: Place) -> str:
    if isinstance(place, Depot | Hub):
        return "depot" if isinstance(place, Depot) else "hub"
    return "origin" if isinstance(place, Origin) else "site"
