"""The board of vehicles over days: one row a unit, one bar a trip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from p2p_dispatch.plan.model import Trip
from p2p_dispatch.plan.rides import aboard, first_boarding, last_alighting, people_on
from p2p_dispatch.report.names import Names
from p2p_dispatch.report.page.drawing import kind_of

DAYS = (144, 590)
"""Least and most width of a day, in units of the drawing."""

ROOM = 1180
"""Width that the days of a short plan share."""

ROW = 20
"""Height of a row."""

LEFT = 150
"""Width of the names of the units."""

TOP = 24
"""Height of the heading."""

ROWS = 30
"""Rows under one heading: what fits on a sheet of paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One trip of a unit."""

    number: int
    """Of the trip in the plan."""
    id: str
    kind: str
    x: float
    """Where it leaves its depot; a service its first hub."""
    width: float
    loaded_x: float
    """Where somebody is first on board."""
    loaded_width: float
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One unit, or one service."""

    label: str
    y: float
    """From the top of its piece."""
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The whole board, in the units of its drawing."""

    days: tuple[tuple[float, date], ...]
    day_width: float
    rows: tuple[Row, ...]
    width: float
    by_day: bool

    @property
    def pieces(self) -> Iterator[tuple[Row, ...]]:
        """The rows in pieces, each with a heading of its own."""
        yield from (self.rows[i : i + ROWS] for i in range(0, len(self.rows), ROWS))

    @staticmethod
    def height(rows: tuple[Row, ...]) -> float:
        """Height of a piece."""
        return TOP + len(rows) * ROW + 2


def draw_timeline(names: Names) -> Timeline:
    """The board of a plan."""
    by_vehicle: dict[str, list[tuple[int, Trip]]] = defaultdict(list)
    for number, trip in enumerate(names.plan.trips):
        by_vehicle[names.vehicle(trip)].append((number, trip))
    spans = [_span(names, trip) for trip in names.plan.trips]
    if not spans:
        return Timeline(days=(), day_width=0, rows=(), width=LEFT, by_day=names.plan.by_day)
    first = min(start for start, *_ in spans).date()
    last = max(end for _, end, *_ in spans)
    days = [first + timedelta(days=n) for n in range((last.date() - first).days + 1)]
    if last.time() == time(0) and len(days) > 1:
        days.pop()  # over at midnight
    day_width = max(DAYS[0], min(DAYS[1], ROOM // len(days)))
    rows = []
    vehicles = sorted(by_vehicle, key=lambda name: _order(name, by_vehicle[name]))
    for place, name in enumerate(vehicles):
        bars = tuple(
            _bar(names, number, trip, spans[number], first, day_width)
            for number, trip in by_vehicle[name]
        )
        rows.append(Row(label=name, y=TOP + place % ROWS * ROW, bars=bars))
    return Timeline(
        days=tuple((LEFT + n * day_width, day) for n, day in enumerate(days)),
        day_width=day_width,
        rows=tuple(rows),
        width=LEFT + len(days) * day_width,
        by_day=names.plan.by_day,
    )


def _order(name: str, trips: list[tuple[int, Trip]]) -> tuple[bool, str, int]:
    """Services first, then the units of each pool by number."""
    pool, _, number = name.rpartition("/")
    coach = trips[0][1].mode == "coach"
    return coach, pool or name, int(number) if number.isdecimal() else 0


def _span(names: Names, trip: Trip) -> tuple[datetime, datetime, datetime, datetime]:
    """When a trip begins and ends, and when its first people board and its last get off."""
    midnight = datetime.combine(trip.day, time(0), names.scenario.zone)
    times = [
        names.local(instant)
        for stop in trip.stops
        for instant in (stop.arrive, stop.depart)
        if instant
    ]
    if not times:  # by the day
        end = midnight + timedelta(days=max(1, trip.days))
        return midnight, end, midnight, end
    boarding, alighting = first_boarding(trip), last_alighting(trip)
    loaded = (boarding.arrive or boarding.depart) if boarding else None
    unloaded = (alighting.depart or alighting.arrive) if alighting else None
    return (
        min(times),
        max(times),
        names.local(loaded) if loaded else min(times),
        names.local(unloaded) if unloaded else max(times),
    )


def _bar(
    names: Names,
    number: int,
    trip: Trip,
    span: tuple[datetime, datetime, datetime, datetime],
    first: date,
    day_width: float,
) -> Bar:
    start, end, loaded, unloaded = (_x(instant, first, day_width) for instant in span)
    return Bar(
        number=number,
        id=trip.id,
        kind=kind_of(trip),
        x=start,
        width=round(end - start, 1),
        loaded_x=loaded,
        loaded_width=round(unloaded - loaded, 1),
        people=max([people_on(trip), *aboard(trip)]),
    )


def _x(instant: datetime, first: date, day_width: float) -> float:
    """Where a local moment lies; days are as long as the clock says, also when clocks change."""
    days = (instant.date() - first).days + (instant.hour * 60 + instant.minute) / 1440
    return round(LEFT + days * day_width, 1)
