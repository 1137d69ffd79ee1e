"""The batches that leave, day by day: what the board shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from p2p_dispatch.plan.model import Plan, Trip
from p2p_dispatch.plan.rides import people_on, rides
from p2p_dispatch.plan.tables import departure
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.places import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One batch."""

    batch: str
    day: date
    call: datetime | None
    depart: datetime | None
    origin: str
    """Name of the assembly point."""
    people: int
    to: str
    """Where its people get off: names of one or two places, or cities with their count."""
    trip: str
    unit_type: str
    """Name of the unit type."""
    unit: str
    mode: str
    drivers: int
    filled: int
    """Seats taken on the trip, by all its batches and its staff."""
    allowed: int
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardDay:
    """The batches of one day and their totals."""

    day: date
    rows: tuple[BoardRow, ...]
    people: int
    trips: int
    filled: int
    allowed: int


def board_days(plan: Plan, scenario: Scenario) -> list[BoardDay]:
    """The batches of a plan by day, in order of departure."""
    trips = {trip.id: trip for trip in plan.trips}
    drops: dict[tuple[str, str], set[str]] = defaultdict(set)
    origins = {cohort.id: cohort.origin for cohort in scenario.cohorts}
    for ride in rides(plan):
        # who gathers at a station is in the batch of their origin
        starts = origins.get(ride.cohort, "") if ride.leg == 1 else ride.board.place
        for start in {ride.board.place, starts}:
            drops[start, ride.trip.id].add(ride.alight.place)
    types = {unit_type.id: unit_type.label for unit_type in scenario.unit_types}
    rows = []
    for batch in plan.batches:
        trip = trips.get(batch.trip)
        if trip is None:
            continue  # an edited plan; ``check`` finds it
        depart = departure(trip, batch.origin)
        rows.append(
            BoardRow(
                batch=batch.id,
                day=trip.day,
                call=_local(batch.call, scenario),
                depart=_local(depart, scenario),
                origin=_label(scenario, batch.origin),
                people=batch.people,
                to=destinations(scenario, drops[batch.origin, batch.trip]),
                trip=trip.id,
                unit_type=types.get(trip.unit_type, trip.unit_type),
                unit=trip.unit or trip.service,
                mode=trip.mode,
                drivers=trip.drivers,
                filled=filled(trip),
                allowed=trip.allowed,
                status=batch.status.value,
            )
        )
    rows.sort(key=lambda row: (row.day, row.depart.timestamp() if row.depart else 0, row.batch))
    days = groupby(rows, key=lambda row: row.day)
    return [_day(day, tuple(batches), trips) for day, batches in days]


def _day(day: date, rows: tuple[BoardRow, ...], trips: dict[str, Trip]) -> BoardDay:
    today = [trips[name] for name in {row.trip for row in rows}]
    return BoardDay(
        day=day,
        rows=rows,
        people=sum(row.people for row in rows),
        trips=len(today),
        filled=sum(filled(trip) for trip in today),
        allowed=sum(trip.allowed for trip in today),
    )


def filled(trip: Trip) -> int:
    """Seats taken on a trip: its riders and its staff."""
    return people_on(trip) + sum(trip.staff.values())


def destinations(scenario: Scenario, places: Iterable[str]) -> str:
    """Names of one or two places; of more, their cities with the number of places in each."""
    wanted = set(places)
    order = [place for place in scenario.places if place in wanted]
    if len(order) <= 2:
        return ", ".join(_label(scenario, place) for place in order)
    cities: dict[str, int] = defaultdict(int)
    for place in order:
        found = scenario.places[place]
        city = found.city if isinstance(found, Site) and found.city else found.label
        cities[city] += 1
    return ", ".join(f"{city} ({n})" if n > 1 else city for city, n in cities.items())


def _label(scenario: Scenario, place: str) -> str:
    return scenario.places[place].label if place in scenario.places else place


def _local(instant: datetime | None, scenario: Scenario) -> datetime | None:
    return instant.astimezone(scenario.zone) if instant and instant.tzinfo else instant
