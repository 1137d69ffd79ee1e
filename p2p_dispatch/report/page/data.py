"""What the page's script knows of a plan: enough to show a trip or a place when it is clicked."""

from __future__ import annotations

from collections import Counter
from typing import Any

from p2p_dispatch.plan.model import Trip
from p2p_dispatch.plan.rides import aboard, alighted, boarded, empty_km, rides
from p2p_dispatch.report.batches import filled
from p2p_dispatch.report.names import Names
from p2p_dispatch.report.page.drawing import Map, kind_of


def page_data(names: Names, drawn: Map, people: dict[str, list[list[str]]]) -> dict[str, Any]:
    """
    The plan as the script reads it; lists in place of mappings where there are many.

    Parameters
    ----------
    people
        Rows of the manifest by trip id, of those who are known by name; none without a roster.
    """
    loads = _loads(names)
    days = sorted({trip.day for trip in names.plan.trips})
    duties: dict[str, list[int]] = {}
    for number, trip in enumerate(names.plan.trips):
        if trip.unit:
            duties.setdefault(trip.unit, []).append(number)
    return {
        "name": names.plan.scenario,
        "days": [names.day(day) for day in days],
        "places": {pin.id: [pin.label, pin.kind, pin.x, pin.y] for pin in drawn.pins},
        "flows": [[flow.start, flow.end, flow.kind, flow.trips] for flow in drawn.flows],
        "trips": [
            {
                **_trip(names, trip),
                "d": days.index(trip.day),
                "loads": [[who, n, *way] for (who, *way), n in loads[trip.id].items()],
                "duty": duties.get(trip.unit, []),
                "names": people.get(trip.id, []),
            }
            for trip in names.plan.trips
        ],
        "currency": names.plan.currency,
        "words": names.language.section("script"),
        "kinds": names.language.section("kinds"),
    }


def _loads(names: Names) -> dict[str, Counter[tuple[str, str, str, str]]]:
    """People on each trip by cohort, where they get on and off, and their employer."""
    loads = {trip.id: Counter[tuple[str, str, str, str]]() for trip in names.plan.trips}
    for ride in rides(names.plan):
        cohort = names.cohorts.get(ride.cohort)
        site = (cohort.site or ride.site) if cohort else ""
        key = (ride.cohort, ride.board.place, ride.alight.place, site)
        loads[ride.trip.id][key] += ride.people
    return loads


def _trip(names: Names, trip: Trip) -> dict[str, Any]:
    return {
        "id": trip.id,
        "kind": kind_of(trip),
        "run": names.mode(trip),
        "vehicle": names.vehicle(trip),
        "type": names.kind(trip),
        "carriages": [f"{n} × {kind}" for kind, n in trip.carriages.items()],
        "staff": [f"{n} {names.language.said('duty', role)}" for role, n in trip.staff.items()],
        "status": names.language.said("status", trip.status.value),
        "drivers": trip.drivers,
        "filled": filled(trip),
        "allowed": trip.allowed,
        "km": round(trip.km),
        "empty": round(empty_km(trip)),
        "cost": round(trip.cost),
        "stops": [
            [
                stop.place,
                names.moment(stop.arrive),
                names.moment(stop.depart),
                boarded(stop),
                alighted(stop),
                on_board,
            ]
            for stop, on_board in zip(trip.stops, aboard(trip), strict=True)
        ],
        "crew": [
            [names.driver(spell.driver), names.moment(spell.start), names.moment(spell.end)]
            for spell in trip.driving
        ],
    }
