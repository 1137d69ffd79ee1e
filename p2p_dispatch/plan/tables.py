"""
The tables of a plan: which columns there are and what stands in them.

CSV files and pandas frames are both made from here, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from p2p_dispatch.plan.model import Plan, Stop, Trip
from p2p_dispatch.plan.rides import (
    aboard,
    alighted,
    boarded,
    empty_km,
    first_boarding,
    last_alighting,
    people_on,
    rides,
)
from p2p_dispatch.plan.table import TABLES, Kind, Row, Table, table
from p2p_dispatch.scenario import Scenario

__all__ = ["TABLES", "Kind", "Row", "Table"]

TEXT, COUNT, NUMBER, DAY, TIME = Kind


def several(parts: Iterable[object]) -> str:
    """Several things in one cell."""
    return "; ".join(str(part) for part in parts)


@table(
    "trips",
    trip=TEXT,
    day=DAY,
    status=TEXT,
    mode=TEXT,
    role=TEXT,
    service=TEXT,
    unit_type=TEXT,
    unit=TEXT,
    carriages=TEXT,
    drivers=COUNT,
    days=COUNT,
    origins=TEXT,
    destinations=TEXT,
    people=COUNT,
    staff=TEXT,
    allowed=COUNT,
    leaves_depot=TIME,
    departs=TIME,
    arrives=TIME,
    back=TIME,
    km=NUMBER,
    empty_km=NUMBER,
    cost=NUMBER,
)
def _trips(plan: Plan, _: Scenario | None) -> Iterator[Row]:
    for trip in plan.trips:
        first, last = first_boarding(trip), last_alighting(trip)
        yield (
            trip.id,
            trip.day,
            trip.status.value,
            trip.mode,
            trip.role,
            trip.service,
            trip.unit_type,
            trip.unit,
            several(f"{kind} {count}" for kind, count in trip.carriages.items()),
            trip.drivers,
            trip.days,
            several(stop.place for stop in trip.stops if stop.board),
            several(stop.place for stop in trip.stops if stop.alight),
            people_on(trip),
            several(f"{role} {count}" for role, count in trip.staff.items()),
            trip.allowed,
            trip.stops[0].depart if trip.stops and trip.mode == "coach" else None,
            first.depart if first else None,
            last.arrive if last else None,
            trip.stops[-1].arrive if trip.stops and trip.mode == "coach" else None,
            trip.km,
            empty_km(trip),
            trip.cost,
        )


@table(
    "stops",
    trip=TEXT,
    stop=COUNT,
    place=TEXT,
    km=NUMBER,
    arrive=TIME,
    depart=TIME,
    board=COUNT,
    alight=COUNT,
    on_board=COUNT,
)
def _stops(plan: Plan, _: Scenario | None) -> Iterator[Row]:
    for trip in plan.trips:
        for number, (stop, load) in enumerate(zip(trip.stops, aboard(trip), strict=True), start=1):
            yield (
                trip.id,
                number,
                stop.place,
                stop.km,
                stop.arrive,
                stop.depart,
                boarded(stop),
                alighted(stop),
                load,
            )


@table(
    "driving",
    trip=TEXT,
    unit=TEXT,
    driver=TEXT,
    start=TIME,
    end=TIME,
    minutes=NUMBER,
)
def _driving(plan: Plan, _: Scenario | None) -> Iterator[Row]:
    for trip in plan.trips:
        for spell in trip.driving:
            minutes = (spell.end - spell.start).total_seconds() / 60
            yield trip.id, trip.unit, spell.driver, spell.start, spell.end, minutes


@table(
    "itineraries",
    cohort=TEXT,
    people=COUNT,
    parties=TEXT,
    trips=TEXT,
    changes=TEXT,
    drop=TEXT,
    site=TEXT,
)
def _itineraries(plan: Plan, _: Scenario | None) -> Iterator[Row]:
    for part in plan.itineraries:
        yield (
            part.cohort,
            part.count,
            several(part.parties),
            several(part.trips),
            several(part.changes),
            part.drop,
            part.site,
        )


@table(
    "duties",
    unit=TEXT,
    first_day=DAY,
    last_day=DAY,
    trips=TEXT,
    drivers=TEXT,
)
def _duties(plan: Plan, _: Scenario | None) -> Iterator[Row]:
    trips = {trip.id: trip for trip in plan.trips}
    for duty in plan.duties:
        days = [trips[name].day for name in duty.trips if name in trips]
        yield (
            duty.unit,
            min(days, default=None),
            max(days, default=None),
            several(duty.trips),
            several(duty.drivers),
        )


@table(
    "batches",
    batch=TEXT,
    day=DAY,
    call=TIME,
    depart=TIME,
    origin=TEXT,
    people=COUNT,
    destinations=TEXT,
    trip=TEXT,
    unit_type=TEXT,
    unit=TEXT,
    status=TEXT,
)
def _batches(plan: Plan, _: Scenario | None) -> Iterator[Row]:
    trips = {trip.id: trip for trip in plan.trips}
    for batch in plan.batches:
        trip = trips.get(batch.trip)
        yield (
            batch.id,
            trip.day if trip else None,
            batch.call,
            departure(trip, batch.origin) if trip else None,
            batch.origin,
            batch.people,
            several(stop.place for stop in trip.stops if stop.alight) if trip else "",
            batch.trip,
            trip.unit_type if trip else "",
            trip.unit if trip else "",
            batch.status.value,
        )


@table(
    "manifests",
    trip=TEXT,
    day=DAY,
    unit=TEXT,
    cohort=TEXT,
    people=COUNT,
    board=TEXT,
    depart=TIME,
    alight=TEXT,
    arrive=TIME,
)
def _manifests(plan: Plan, _: Scenario | None) -> Iterator[Row]:
    order = {trip.id: number for number, trip in enumerate(plan.trips)}
    for ride in sorted(rides(plan), key=lambda ride: order[ride.trip.id]):
        yield (
            ride.trip.id,
            ride.trip.day,
            ride.trip.unit,
            ride.cohort,
            ride.people,
            ride.board.place,
            ride.board.depart,
            ride.alight.place,
            ride.alight.arrive,
        )


@table(
    "unserved",
    cohort=TEXT,
    people=COUNT,
    parties=TEXT,
    reason=TEXT,
    words=TEXT,
    remedies=TEXT,
)
def _unserved(plan: Plan, _: Scenario | None) -> Iterator[Row]:
    for part in plan.unserved:
        remedies = several(part.remedies)
        yield part.cohort, part.count, several(part.parties), part.reason, part.words, remedies


@table(
    "movements",
    batch=TEXT,
    cohort=TEXT,
    people=COUNT,
    origin=TEXT,
    origin_name=TEXT,
    destination=TEXT,
    destination_name=TEXT,
    site=TEXT,
    mode=TEXT,
    trip=TEXT,
    leg=COUNT,
    unit=TEXT,
    day=DAY,
    ready=TEXT,
    due=TEXT,
    call=TIME,
    depart=TIME,
    arrive=TIME,
    priority=TEXT,
    status=TEXT,
)
def _movements(plan: Plan, scenario: Scenario | None) -> Iterator[Row]:
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts} if scenario else {}
    places = scenario.places if scenario else {}
    batches = {(batch.origin, batch.trip): batch for batch in plan.batches}

    def name(stop: Stop) -> str:
        return places[stop.place].label if stop.place in places else stop.place

    for ride in rides(plan):
        cohort = cohorts.get(ride.cohort)
        # who gathers at a station is in the batch of their origin
        gathered = cohort.origin if cohort and ride.leg == 1 else ""
        batch = batches.get((ride.board.place, ride.trip.id)) or batches.get(
            (gathered, ride.trip.id)
        )
        yield (
            batch.id if batch else "",
            ride.cohort,
            ride.people,
            ride.board.place,
            name(ride.board),
            ride.alight.place,
            name(ride.alight),
            ride.site or (cohort.site if cohort else "") or "",
            ride.trip.mode,
            ride.trip.id,
            ride.leg,
            ride.trip.unit,
            ride.trip.day,
            moment(cohort.ready) if cohort else "",
            moment(cohort.due) if cohort else "",
            batch.call if batch else None,
            ride.board.depart,
            ride.alight.arrive,
            (cohort.priority or "") if cohort else "",
            (batch or ride.trip).status.value,
        )


def departure(trip: Trip, place: str) -> datetime | None:
    """
    When a trip leaves a place; None by the day.

    Who gathers at a station leaves from there, and not from a stop named as their origin.
    """
    boarding = [stop for stop in trip.stops if stop.board]
    at_place = [stop for stop in boarding if stop.place == place]
    return next((stop.depart for stop in at_place or boarding), None)


def moment(value: date | datetime) -> str:
    """A moment as the scenario writes it."""
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()
