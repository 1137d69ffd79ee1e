"""The board of batches by day and slot, and what all trips need."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from p2p_dispatch.plan.model import Batch, Trip
from p2p_dispatch.report.batches import board_days, filled
from p2p_dispatch.report.sheets.desk import Desk
from p2p_dispatch.report.sheets.document import Document, Grid, Line
from p2p_dispatch.report.sheets.kit import KIT, heads, needed


def board(desk: Desk) -> Iterator[Document]:
    """The batches, a document for each day."""
    names = desk.names
    columns = (
        desk.column("slot", 12),
        desk.column("call", 8),
        desk.column("departs", 8),
        desk.column("origin", 22),
        desk.column("people", 8, right=True),
        desk.column("to", 28),
        desk.column("trip", 20),
        desk.column("vehicle", 16),
        desk.column("seats", 9, right=True),
        desk.column("status", 11),
    )
    to = {row.batch: row.to for day in board_days(names.plan, names.scenario) for row in day.rows}
    for day, pairs in groupby(desk.batches, key=lambda pair: pair[1].day):
        today = list(pairs)
        lines = []
        for slot, some in groupby(today, key=lambda pair: _slot(desk, *pair)):
            lines += [_line(desk, slot, to, batch, trip) for batch, trip in some]
        people = sum(batch.people for batch, _ in today)
        trips = len({trip.id for _, trip in today})
        total = desk("day_total", batches=len(today), trips=trips)
        lines.append(Line(cells=(total, None, None, None, people, *[None] * 5), kind="sum"))
        yield Document(title=names.day(day), blocks=(Grid(columns=columns, lines=tuple(lines)),))


def _slot(desk: Desk, batch: Batch, trip: Trip) -> str:
    return desk.slot(batch.origin, desk.leaves(batch, trip))


def _line(desk: Desk, slot: str, to: dict[str, str], batch: Batch, trip: Trip) -> Line:
    names = desk.names
    return Line(
        cells=(
            slot,
            names.clock(batch.call),
            names.clock(desk.leaves(batch, trip)),
            names.place(batch.origin),
            batch.people,
            to.get(batch.id, ""),
            trip.id,
            names.vehicle(trip),
            f"{filled(trip)}/{trip.allowed}",
            names.language.said("status", batch.status.value),
        )
    )


def kits(desk: Desk) -> Document:
    """What has to be bought, by day and trip."""
    names = desk.names
    columns = (
        desk.column("day", 16),
        desk.column("trip", 22),
        desk.column("vehicle", 18),
        desk.column("origin", 30),
        desk.column("heads", 10, right=True),
        *(desk.column(f"kit_{item.key}", 10, right=True) for item in KIT),
    )
    lines = []
    for day, trips in groupby(sorted(names.plan.trips, key=_by_day), key=lambda trip: trip.day):
        sums = [0] * (1 + len(KIT))
        for trip in trips:
            pieces = needed(trip)
            row = [heads(trip), *(pieces[item.key] for item in KIT)]
            sums = [a + b for a, b in zip(sums, row, strict=True)]
            where = names.origins(trip)
            lines.append(Line(cells=(names.day(day), trip.id, names.vehicle(trip), where, *row)))
        cells = (desk("sum_of", what=names.day(day)), None, None, None, *sums)
        lines.append(Line(cells=cells, kind="sum"))
    return Document(title=desk("kit"), blocks=(Grid(columns=columns, lines=tuple(lines)),))


def _by_day(trip: Trip) -> tuple[str, str]:
    return trip.day.isoformat(), trip.id
