"""Trips that two plans do not share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from p2p_dispatch.compare.model import TripChange
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import Trip
from p2p_dispatch.plan.rides import first_boarding, people_on
from p2p_dispatch.scenario import Scenario


def trips_of(scenario: Scenario, one: Plan, other: Plan) -> Iterator[TripChange]:
    """What became of each trip, by its id: those dropped, added, and changed, by day."""
    before = {trip.id: trip for trip in one.trips}
    after = {trip.id: trip for trip in other.trips}
    changes = [
        change
        for name in dict.fromkeys([*before, *after])
        if (change := _change(scenario, before.get(name), after.get(name)))
    ]
    yield from sorted(changes, key=lambda change: (change.day, change.id, change.what))


def _change(scenario: Scenario, one: Trip | None, other: Trip | None) -> TripChange | None:
    trip = other or one
    assert trip is not None
    differs = tuple(_differs(scenario, one, other)) if one and other else ()
    if one and other and not differs:
        return None
    return TripChange(
        id=trip.id,
        what="changed" if one and other else "added" if other else "dropped",
        day=trip.day,
        mode=trip.mode,
        people=(people_on(one) if one else 0, people_on(other) if other else 0),
        cost=(one.cost if one else 0.0, other.cost if other else 0.0),
        differs=differs,
    )


def _differs(scenario: Scenario, one: Trip, other: Trip) -> Iterator[str]:
    """What differs between two trips of one id, as planners say it."""
    places = {name: place.label for name, place in scenario.places.items()}

    def way(trip: Trip) -> str:
        stops = [stop for stop in trip.stops if stop.board or stop.alight]
        return ", ".join(places.get(stop.place, stop.place) for stop in stops)

    def leaves(trip: Trip) -> str:
        stop = first_boarding(trip)
        return _clock(scenario, stop.depart) if stop else "-"

    facts = (
        ("day", str(one.day), str(other.day)),
        ("leaves", leaves(one), leaves(other)),
        ("on", _vehicle(one), _vehicle(other)),
        ("way", way(one), way(other)),
        ("people", str(people_on(one)), str(people_on(other))),
        ("drivers", str(one.drivers), str(other.drivers)),
    )
    for what, was, now in facts:
        if was != now:
            yield f"{what} {was} -> {now}"
    if _riders(one) != _riders(other) and people_on(one) == people_on(other):
        yield "other people"


def _vehicle(trip: Trip) -> str:
    carriages = " + ".join(f"{n} {kind}" for kind, n in sorted(trip.carriages.items()))
    return " ".join(part for part in (trip.unit or trip.service, carriages) if part)


def _riders(trip: Trip) -> dict[tuple[str, str, str], int]:
    return {
        (stop.place, side, riders.cohort): riders.count
        for stop in trip.stops
        for side, some in (("board", stop.board), ("alight", stop.alight))
        for riders in some
    }


def _clock(scenario: Scenario, instant: datetime | None) -> str:
    return f"{instant.astimezone(scenario.zone):%H:%M}" if instant else "-"
