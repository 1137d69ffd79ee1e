"""Trips and batches in calendars: iCalendar, RFC 5545."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from p2p_dispatch.plan.model import Batch, Trip
from p2p_dispatch.plan.rides import alighted, boarded, people_on
from p2p_dispatch.plan.tables import departure
from p2p_dispatch.report.names import Names

if TYPE_CHECKING:
    from icalendar import Calendar, Event

MAKER = "-//p2p-dispatch//plan//EN"
"""Who made a calendar, as the format asks for."""

ARRIVING = timedelta(minutes=15)
"""Length of the entry of a batch that nobody is called to: it is seen in a calendar."""


def vehicle_calendars(names: Names) -> dict[str, bytes]:
    """
    A calendar for each vehicle, or service: its trips, from leaving the depot to being back.

    Times are in UTC, lines at most 75 octets. An entry is known by scenario and trip, so that a
    later plan of the same trip replaces it.
    """
    found: dict[str, list[Event]] = defaultdict(list)
    for trip in names.plan.trips:
        found[names.vehicle(trip)].append(_of_trip(names, trip))
    return {name: _calendar(names, name, events) for name, events in found.items()}


def origin_calendars(names: Names) -> dict[str, bytes]:
    """A calendar for each origin, by id: its batches, from the call to the departure."""
    found: dict[str, list[Event]] = defaultdict(list)
    for batch in names.plan.batches:
        if batch.trip in names.trips:
            found[batch.origin].append(_of_batch(names, batch, names.trips[batch.trip]))
    return {name: _calendar(names, names.place(name), some) for name, some in found.items()}


def _calendar(names: Names, title: str, events: list[Event]) -> bytes:
    from icalendar import Calendar

    calendar: Calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{title}: {names.scenario.title or names.plan.scenario}")
    for event in events:
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _of_trip(names: Names, trip: Trip) -> Event:
    times = [instant for stop in trip.stops for instant in (stop.arrive, stop.depart) if instant]
    event = _event(names, trip.id, trip.day, max(1, trip.days), times)
    say = names.language
    event.add(
        "summary", f"{trip.id}: {names.way(trip)}, {say('sheets.n_people', people=people_on(trip))}"
    )
    event.add("location", next((names.place(s.place) for s in trip.stops if s.board), ""))
    event.add("description", "\n".join(_stops(names, trip)))
    return event


def _of_batch(names: Names, batch: Batch, trip: Trip) -> Event:
    leaves = departure(trip, batch.origin)
    times = [instant for instant in (batch.call, leaves) if instant]
    if len(times) == 1:
        times.append(times[0] + ARRIVING)
    event = _event(names, batch.id, trip.day, 1, times)
    people = names.language("sheets.n_people", people=batch.people)
    event.add("summary", f"{people} → {names.goals(trip)}, {names.vehicle(trip)}")
    event.add("location", names.place(batch.origin))
    event.add("description", "\n".join(_stops(names, trip)))
    return event


def _event(names: Names, name: str, day: date, days: int, times: list[datetime]) -> Event:
    """An entry from the first to the last of some times; by the day whole days."""
    from icalendar import Event

    event: Event = Event()
    event.add("uid", f"{names.plan.scenario}.{name}@p2p-dispatch")
    event.add("dtstamp", names.plan.as_of.astimezone(UTC))
    event.add("dtstart", min(times).astimezone(UTC) if times else day)
    event.add("dtend", max(times).astimezone(UTC) if times else day + timedelta(days=days))
    return event


def _stops(names: Names, trip: Trip) -> Iterator[str]:
    """Every stop on a line: time, place, how many get on and off."""
    say = names.language
    for stop in trip.stops:
        signs = (("+", boarded(stop)), ("-", alighted(stop)))
        moves = " ".join(f"{sign}{n}" for sign, n in signs if n)
        time = names.moment(stop.arrive) or names.moment(stop.depart)
        yield " ".join(filter(None, (time, names.place(stop.place), moves)))
    yield f"{say('columns.vehicle')}: {names.vehicle(trip)}, {names.kind(trip)}"
