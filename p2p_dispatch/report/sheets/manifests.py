"""The manifest of a trip: who sits where, and who took them over."""

from __future__ import annotations

from collections.abc import Iterator

from p2p_dispatch.plan.model import Trip
from p2p_dispatch.plan.rides import people_on
from p2p_dispatch.report.sheets.desk import BLANK, Desk
from p2p_dispatch.report.sheets.document import Column, Document, Facts, Grid, Line, Signature

TAKEN = ("came", "signed_by", "signature")
"""What an employer writes down who takes people over."""


def manifest(desk: Desk, trip: Trip) -> Document:
    """
    The manifest of a trip.

    Without a roster it has the cohorts with their numbers, and an empty line for every name.
    """
    names = desk.names
    lines = _named(desk, trip) if desk.people is not None else _unnamed(desk, trip)
    facts = (
        (desk("vehicle"), f"{desk.vehicle(trip)} · {names.mode(trip)} · {names.kind(trip)}"),
        (desk("way"), names.way(trip)),
        (desk("people"), f"{people_on(trip)} / {trip.allowed}"),
    )
    return Document(
        title=desk("manifest_of", trip=trip.id, day=names.day(trip.day)),
        blocks=(
            Facts(pairs=facts),
            Grid(columns=_columns(desk), lines=tuple(lines)),
            *_takes_over(desk, trip),
        ),
        key=trip.id,
    )


def _columns(desk: Desk) -> tuple[Column, ...]:
    return (
        desk.column("seat", 8),
        desk.column("name", 18),
        desk.column("identity", 21),
        desk.column("phone", 14),
        desk.column("boards", 18),
        desk.column("alights", 24),
        desk.column("site", 32),
        desk.column("on_board", 10),
    )


def _named(desk: Desk, trip: Trip) -> Iterator[Line]:
    assert desk.people is not None
    names, found = desk.names, desk.people.seating.by_trip.get(trip.id)
    for seated in found.seated if found else ():
        shown = desk.people.show(seated.person)
        duty = names.language.said("duty", seated.duty)
        yield Line(
            cells=(
                seated.seat,
                f"{shown.name} ({duty})" if duty else shown.name,
                shown.identity,
                shown.phone,
                names.place(seated.board),
                names.place(seated.alight),
                names.place(seated.site),
                "☐",
            )
        )
    for seat in found.open_staff if found else ():
        duty = names.language.said("duty", seat.role)
        yield Line(cells=(seat.seat, f"({duty})", None, None, None, None, None, "☐"), kind="sign")
    for person in found.standby if found else ():
        shown = desk.people.show(person)
        cells = (desk("standby"), shown.name, shown.identity, shown.phone, None, None, None, "☐")
        yield Line(cells=cells)


def _unnamed(desk: Desk, trip: Trip) -> Iterator[Line]:
    names, seat = desk.names, 0
    for ride in desk.rides[trip.id]:
        board, alight = names.place(ride.board.place), names.place(ride.alight.place)
        site = names.place(desk.site_of(ride))
        words = desk("cohort_of", cohort=ride.cohort, people=ride.people)
        yield Line(cells=(f"{words}: {board} → {alight}",), kind="head")
        for _ in range(ride.people):
            seat += 1
            yield Line(cells=(seat, None, None, None, board, alight, site, "☐"))
    for role, people in trip.staff.items():
        duty = names.language.said("duty", role)
        for _ in range(people):
            seat += 1
            yield Line(cells=(seat, f"({duty})", None, None, None, None, None, "☐"))


def _takes_over(desk: Desk, trip: Trip) -> Iterator[Signature]:
    """A box for each employer, or hub where people are handed over, in the order of the stops."""
    people: dict[tuple[str, str], int] = {}
    for ride in desk.rides[trip.id]:
        if ride.last:
            key = (desk.site_of(ride), ride.alight.place)
            people[key] = people.get(key, 0) + ride.people
    order = [stop.place for stop in trip.stops]
    for (site, place), count in sorted(people.items(), key=lambda one: order.index(one[0][1])):
        where = desk.names.place(site)
        if place != site:
            where = f"{where} ({desk.names.place(place)})"
        yield Signature(
            title=desk("taken_over", site=where, people=count),
            lines=("   ".join(f"{desk(what)} {BLANK}" for what in TAKEN),),
        )
