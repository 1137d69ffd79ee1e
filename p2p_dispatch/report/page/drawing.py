"""What the map shows: places, and how many people go from each to the next."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from p2p_dispatch.plan.model import Plan, Trip
from p2p_dispatch.plan.rides import aboard, alighted, boarded
from p2p_dispatch.report.names import Names
from p2p_dispatch.report.page.outlines import Outlines
from p2p_dispatch.report.page.projection import Frame, Point, degrees_of, frame_of
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.places import Depot, Hub, Origin, Place

EMPTY = "empty"
"""Kind of a flow of vehicles without riders."""

BEND = 0.09
"""How far a flow bows out to its left, as a part of its length: there and back lie apart."""

WIDEST = 9.0
"""Width of the line of most people, where there are few lines."""

CROWD = 120
"""Lines from which on they are drawn thinner, so that some paper is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One place on the map."""

    id: str
    label: str
    kind: str
    """origin, site, hub or depot."""
    x: float
    y: float
    people: int
    """Everybody who boards or gets off there."""
    rank: int
    """0 for the place whose name matters most."""

    @property
    def size(self) -> float:
        """Half its width, by its people."""
        return round(3.2 + min(5.5, math.sqrt(self.people) / 6), 1)


@dataclass(slots=True, kw_only=True)
class Flow:
    """All trips from one place to the next, of one kind."""

    start: str
    end: str
    kind: str
    """Role of the trips (of a coach), their mode (of a service), or ``empty``."""
    path: str
    """As SVG draws it."""
    trips: list[tuple[int, int]] = field(default_factory=list)
    """Number of the trip in the plan, and the people on board."""

    @property
    def people(self) -> int:
        """Everybody on board."""
        return sum(people for _, people in self.trips)


@dataclass(frozen=True, slots=True, kw_only=True)
class Degree:
    """One line of the graticule."""

    label: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """The whole map, in the units of its drawing."""

    frame: Frame
    pins: tuple[Pin, ...]
    flows: tuple[Flow, ...]
    degrees: tuple[Degree, ...]
    outlines: Outlines | None
    most: int
    """People of the widest flow."""

    def width(self, flow: Flow) -> float:
        """Width of its line."""
        return line_width(flow.people, self.most, crowded=self.crowded)

    @property
    def crowded(self) -> bool:
        """Whether there are so many lines that they are drawn thinner."""
        return len(self.flows) > CROWD


def line_width(people: int, most: int, *, crowded: bool) -> float:
    """Width of the line of some people; the root, so that a feeder is seen beside a train."""
    least, span = (0.5, WIDEST / 2) if crowded else (1.0, WIDEST)
    if not people or not most:
        return 0.6 if crowded else 1.2
    return round(least + (span - least) * math.sqrt(people / most), 1)


def map_frame(scenario: Scenario, plan: Plan) -> Frame:
    """The frame around all places where somebody has to be."""
    used = _used(plan)
    return frame_of((p.lon, p.lat) for p in scenario.places.values() if _shown(p, used))


def draw_map(names: Names, outlines: Outlines | None = None) -> Map:
    """The map of a plan."""
    scenario, plan = names.scenario, names.plan
    frame = map_frame(scenario, plan)
    flows = tuple(_flows(plan, scenario, frame))
    return Map(
        frame=frame,
        pins=_pins(plan, scenario, frame),
        flows=flows,
        degrees=tuple(_degrees(frame)),
        outlines=outlines,
        most=max((flow.people for flow in flows), default=0),
    )


def kind_of(trip: Trip) -> str:
    """How a trip is drawn: a coach by its role, a service by its mode."""
    return trip.role if trip.mode == "coach" else trip.mode


def _used(plan: Plan) -> set[str]:
    return {stop.place for trip in plan.trips for stop in trip.stops}


def _shown(place: Place, used: set[str]) -> bool:
    """Origins and sites always; hubs and depots where some trip stops."""
    return not isinstance(place, Depot | Hub) or place.id in used


def _pins(plan: Plan, scenario: Scenario, frame: Frame) -> tuple[Pin, ...]:
    people: dict[str, int] = defaultdict(int)
    for trip in plan.trips:
        for stop in trip.stops:
            people[stop.place] += boarded(stop) + alighted(stop)
    used = _used(plan)
    places = [place for place in scenario.places.values() if _shown(place, used)]
    places.sort(key=lambda place: -people[place.id])
    pins = []
    for rank, place in enumerate(places):
        x, y = frame(place.lon, place.lat)
        kind, n = _kind(place), people[place.id]
        pins.append(Pin(id=place.id, label=place.label, kind=kind, x=x, y=y, people=n, rank=rank))
    return tuple(pins)


def _kind(place: Place) -> str:
    if isinstance(place, Depot | Hub):
        return "depot" if isinstance(place, Depot) else "hub"
    return "origin" if isinstance(place, Origin) else "site"


def _flows(plan: Plan, scenario: Scenario, frame: Frame) -> Iterator[Flow]:
    flows: dict[tuple[str, str, str], Flow] = {}
    for number, trip in enumerate(plan.trips):
        for (stop, after), people in zip(pairwise(trip.stops), aboard(trip), strict=False):
            places = [scenario.places.get(name) for name in (stop.place, after.place)]
            if stop.place == after.place or None in places:
                continue  # an edited plan; ``check`` finds it
            kind = kind_of(trip) if people > 0 else EMPTY
            key = (stop.place, after.place, kind)
            if key not in flows:
                ends = [frame(place.lon, place.lat) for place in places if place]
                path = bow(ends[0], ends[1])
                flows[key] = Flow(start=stop.place, end=after.place, kind=kind, path=path)
            flows[key].trips.append((number, max(0, people)))
    # empty ones below, the widest below the narrow ones
    yield from sorted(flows.values(), key=lambda flow: (flow.kind != EMPTY, -flow.people))


def bow(start: Point, end: Point) -> str:
    """A line from place to place that bows out to the left, as SVG draws it."""
    x = (start[0] + end[0]) / 2 + (end[1] - start[1]) * BEND
    y = (start[1] + end[1]) / 2 - (end[0] - start[0]) * BEND
    return f"M{start[0]:g} {start[1]:g}Q{x:.1f} {y:.1f} {end[0]:g} {end[1]:g}"


def _degrees(frame: Frame) -> Iterator[Degree]:
    west, south, east, north = frame.bounds
    meridians, parallels = degrees_of(frame)
    for lon in meridians:
        (x, top), (_, bottom) = frame(lon, north), frame(lon, south)
        yield Degree(label=f"{abs(lon):g}°{'EW'[lon < 0]}", x1=x, y1=top, x2=x, y2=bottom)
    for lat in parallels:
        (left, y), (right, _) = frame(west, lat), frame(east, lat)
        yield Degree(label=f"{abs(lat):g}°{'NS'[lat < 0]}", x1=left, y1=y, x2=right, y2=y)
