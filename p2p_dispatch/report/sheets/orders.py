"""The dispatch order of a trip: vehicle, crew, stops, breaks, kit, and who answers for what."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from p2p_dispatch.plan.model import Stop, Trip
from p2p_dispatch.plan.rides import aboard, alighted, boarded, people_on
from p2p_dispatch.report.batches import filled
from p2p_dispatch.report.sheets.carriers import carrier_of
from p2p_dispatch.report.sheets.desk import BLANK, Desk, lines
from p2p_dispatch.report.sheets.document import (
    Block,
    Boxes,
    Cell,
    Column,
    Document,
    Facts,
    Grid,
    Row,
    Words,
)
from p2p_dispatch.report.sheets.kit import KIT, heads, needed
from p2p_dispatch.report.words import number

UNIFICATIONS = ("organised", "medical", "vehicle", "follow_up", "protection")
"""
What has to be signed for every trip: organised, checked and ordered before it is released; who
follows up and who protects is named.
"""


def order(desk: Desk, trip: Trip) -> Document:
    """The dispatch order of a trip."""
    blocks: list[Block] = [
        Facts(pairs=tuple(_facts(desk, trip))),
        Grid(title=desk("stops"), columns=_stop_columns(desk), lines=lines(_stops(desk, trip))),
    ]
    if trip.driving:
        drives = Grid(
            title=desk("drives"), columns=_crew_columns(desk), lines=lines(_crew(desk, trip))
        )
        blocks.append(drives)
    blocks += [
        Words(title=desk("kit_for", heads=heads(trip)), lines=tuple(_kit(desk, trip))),
        Boxes(
            title=desk("unifications"),
            items=tuple(desk(f"unification.{key}") for key in UNIFICATIONS),
            name=desk("owner"),
        ),
    ]
    return Document(
        title=desk("order_of", trip=trip.id, day=desk.names.day(trip.day)),
        blocks=tuple(blocks),
        key=trip.id,
    )


def _facts(desk: Desk, trip: Trip) -> Iterator[tuple[str, Cell]]:
    names = desk.names
    carriages = ", ".join(f"{n} × {kind}" for kind, n in trip.carriages.items())
    yield (
        desk("what_runs"),
        " · ".join(filter(None, (names.mode(trip), names.kind(trip), carriages))),
    )
    coach = trip.mode == "coach"
    plate = desk.contacts.plates.get(trip.unit) or BLANK
    vehicle = names.vehicle(trip)
    yield desk("vehicle"), f"{vehicle}   {desk('plate')} {plate}" if coach else vehicle
    yield desk("way"), names.way(trip)
    staff = ", ".join(f"{n} {names.language.said('duty', role)}" for role, n in trip.staff.items())
    seats = desk("seats_of", filled=filled(trip), allowed=trip.allowed, people=people_on(trip))
    yield desk("people"), f"{seats}{f', {staff}' if staff else ''}"
    status = names.language.said("status", trip.status.value)
    yield desk("status"), f"{status} · {number(trip.km)} km"
    if desk.people is not None:
        yield desk("leaders"), ", ".join(_leaders(desk, trip)) or BLANK
    carrier = carrier_of(desk, trip).key
    yield desk("contacts"), f"{desk('short.carrier')} {desk.contact(trip.unit, carrier)}"


def _leaders(desk: Desk, trip: Trip) -> Iterator[str]:
    assert desk.people is not None
    manifest = desk.people.seating.by_trip.get(trip.id)
    for seated in manifest.leaders if manifest else ():
        shown = desk.people.show(seated.person)
        duty = desk.names.language.said("duty", seated.duty)
        yield f"{shown.name} ({duty}, {seated.seat}) {shown.phone}".rstrip()


def _stop_columns(desk: Desk) -> tuple[Column, ...]:
    return (
        Column(heading="", width=5),
        desk.column("place", 38),
        desk.column("arrives", 14),
        desk.column("departs", 14),
        desk.column("boarded", 9, right=True),
        desk.column("alighted", 9, right=True),
        desk.column("aboard", 9, right=True),
        desk.column("contact", 30),
    )


def _stops(desk: Desk, trip: Trip) -> Iterator[Row]:
    names = desk.names
    for i, (stop, on_board) in enumerate(zip(trip.stops, aboard(trip), strict=True), start=1):
        yield (
            i,
            names.place(stop.place),
            names.moment(stop.arrive),
            names.moment(stop.depart),
            boarded(stop) or None,
            alighted(stop) or None,
            on_board,
            _caller(desk, trip, stop),
        )


def _caller(desk: Desk, trip: Trip, stop: Stop) -> str | None:
    """Whom the crew calls at a stop: at the ends of its way nobody."""
    people_there = bool(stop.board or stop.alight)
    sites = (desk.site_of(ride) for ride in desk.rides[trip.id] if ride.alight is stop)
    return desk.contact(stop.place, *sites) if people_there else None


def _crew_columns(desk: Desk) -> tuple[Column, ...]:
    return (
        Column(heading="", width=5),
        desk.column("driver", 38),
        desk.column("from_time", 14),
        desk.column("to_time", 14),
        desk.column("minutes", 9, right=True),
        Column(heading="", width=9),
        Column(heading="", width=9),
        desk.column("phone", 30),
    )


def _crew(desk: Desk, trip: Trip) -> Iterator[Row]:
    """Who drives when; what lies between is a break or a stop."""
    spells = zip_longest(trip.driving, trip.driving[1:])
    for i, (spell, after) in enumerate(spells, start=1):
        minutes = round((spell.end - spell.start).total_seconds() / 60)
        start, end = desk.names.moment(spell.start), desk.names.moment(spell.end)
        driver, contact = desk.names.driver(spell.driver), desk.contact(spell.driver)
        yield i, driver, start, end, minutes, None, None, contact
        if after is not None and after.start > spell.end:
            pause = round((after.start - spell.end).total_seconds() / 60)
            until = desk.names.moment(after.start)
            yield None, desk("standing"), end, until, pause, None, None, None


def _kit(desk: Desk, trip: Trip) -> Iterator[str]:
    """What is handed out on board, on one line."""
    pieces = needed(trip)
    words = (f"☐ {desk(f'item.{item.key}')}: {pieces[item.key]}" for item in KIT)
    yield "      ".join([*words, f"{desk('handed_out')} {BLANK}"])
