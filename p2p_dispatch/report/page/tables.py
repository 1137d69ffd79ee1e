"""The tables of the page, which the reader sorts, filters and saves as CSV."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from p2p_dispatch.plan.rides import first_boarding, last_alighting, people_on, rides
from p2p_dispatch.report.batches import board_days, filled
from p2p_dispatch.report.figures import Figures
from p2p_dispatch.report.names import Names
from p2p_dispatch.report.sentences import retold


class TripRef(NamedTuple):
    """A trip that a click shows."""

    number: int
    id: str


ON_ONE_LINE = {"day", "call", "departs", "arrives", "first_arrival", "last_arrival", "vehicle"}
"""Columns of short texts that are not broken."""

Cell = str | int | float | TripRef
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTable:
    """
    One table.

    Attributes
    ----------
    id
        What the page's links call it, and the file it is saved as.
    columns
        Keys of the headings in the language, in order; ``number:`` before those of numbers.
    """

    id: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def headings(self) -> Iterator[tuple[str, bool, bool]]:
        """Key of each heading; whether numbers stand under it; whether its cells go on one line."""
        for column in self.columns:
            key = column.removeprefix("number:")
            yield key, key != column, key in ON_ONE_LINE


def page_tables(names: Names, known: Figures) -> list[PageTable]:
    """The tables of a plan; those that have rows."""
    found = (
        PageTable(id=name, columns=columns, rows=tuple(rows(names, known)))
        for name, columns, rows in TABLES
    )
    return [table for table in found if table.rows]


def _trips(names: Names, _: Figures) -> Iterator[Row]:
    for number, trip in enumerate(names.plan.trips):
        first, last = first_boarding(trip), last_alighting(trip)
        yield (
            TripRef(number, trip.id),
            names.day(trip.day),
            names.mode(trip),
            names.vehicle(trip),
            names.origins(trip),
            names.goals(trip),
            names.moment(first.depart if first else None),
            names.moment(last.arrive if last else None),
            people_on(trip),
            filled(trip),
            trip.allowed,
            round(trip.km),
            round(trip.cost),
            names.language.said("status", trip.status.value),
        )


def _batches(names: Names, _: Figures) -> Iterator[Row]:
    numbers = {trip.id: number for number, trip in enumerate(names.plan.trips)}
    for day in board_days(names.plan, names.scenario):
        for row in day.rows:
            yield (
                names.day(row.day),
                names.clock(row.call),
                names.clock(row.depart),
                row.origin,
                row.people,
                row.to,
                TripRef(numbers[row.trip], row.trip),
                names.vehicle(names.trips[row.trip]),
                f"{row.filled}/{row.allowed}",
                names.language.said("status", row.status),
            )


def _unserved(names: Names, _: Figures) -> Iterator[Row]:
    for part in names.plan.unserved:
        cohort = names.cohorts.get(part.cohort)
        yield (
            part.cohort,
            names.place(cohort.origin) if cohort else "",
            names.place(cohort.site or "") or cohort.trade or "" if cohort else "",
            part.count,
            names.priority(cohort.priority) if cohort else "",
            names.language.said("rules", part.reason),
            retold(part.words, names.language),
            "; ".join(retold(remedy, names.language) for remedy in part.remedies),
        )


def _origins(names: Names, _: Figures) -> Iterator[Row]:
    people: dict[str, int] = defaultdict(int)
    moved: dict[str, int] = defaultdict(int)
    for cohort in names.scenario.cohorts:
        people[cohort.origin] += cohort.count
    for itinerary in names.plan.itineraries:
        if itinerary.cohort in names.cohorts:
            moved[names.cohorts[itinerary.cohort].origin] += itinerary.count
    for origin in names.scenario.origins:
        n, went = people[origin.id], moved[origin.id]
        if n:
            yield origin.label, origin.region, n, went, n - went


def _sites(names: Names, _: Figures) -> Iterator[Row]:
    wanted: dict[str, int] = defaultdict(int)
    come: dict[str, int] = defaultdict(int)
    arrivals: dict[str, list[str]] = defaultdict(list)
    for cohort in names.scenario.cohorts:
        wanted[cohort.site or ""] += cohort.count
    for ride in rides(names.plan):
        if ride.last and ride.cohort in names.cohorts:
            goal = names.cohorts[ride.cohort].site or ride.site
            come[goal] += ride.people
            arrivals[goal].append(names.moment(ride.alight.arrive) or names.day(ride.trip.day))
    for site in names.scenario.sites:
        if wanted[site.id] or come[site.id]:
            times = arrivals[site.id]
            least, most = min(times, default=""), max(times, default="")
            yield site.label, site.city, wanted[site.id], come[site.id], least, most


def _payers(names: Names, known: Figures) -> Iterator[Row]:
    for bill in known.bills:
        yield bill.name if bill.id else names.language("nobody"), round(bill.amount, 2)


Rows = Callable[[Names, Figures], Iterator[Row]]

TABLES: tuple[tuple[str, tuple[str, ...], Rows], ...] = (
    (
        "trips",
        ("trip", "day", "run", "vehicle", "from", "to", "departs", "arrives", "number:people",
         "number:filled", "number:allowed", "number:km", "number:cost", "status"),
        _trips,
    ),
    (
        "batches",
        ("day", "call", "departs", "origin", "number:people", "to", "trip", "vehicle", "seats",
         "status"),
        _batches,
    ),
    (
        "unserved",
        ("cohort", "origin", "site", "number:people", "class", "rule", "why", "remedies"),
        _unserved,
    ),
    ("origins", ("origin", "region", "number:people", "number:moved", "number:left"), _origins),
    (
        "sites",
        ("site", "city", "number:wanted", "number:come", "first_arrival", "last_arrival"),
        _sites,
    ),
    ("payers", ("payer", "number:amount"), _payers),
)  # fmt: skip
"""Each table: its id, its columns, and what gives its rows."""
