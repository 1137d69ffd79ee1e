"""Who rides from where to where: the movement lines of a plan, and figures of one trip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from p2p_dispatch.plan.model import Plan, Stop, Trip


@dataclass(frozen=True, slots=True, kw_only=True)
class Ride:
    """Some people of one cohort on one trip of their itinerary."""

    cohort: str
    people: int
    itinerary: int
    """Which itinerary of the plan they take, from 0."""
    leg: int
    """Which trip of their itinerary this is, from 1."""
    last: bool
    """Whether it is the last one, after which they are at the end of their way."""
    trip: Trip
    board: Stop
    alight: Stop
    site: str = ""
    """The site whose posts they fill, where their job was open."""


def rides(plan: Plan) -> Iterator[Ride]:
    """
    Every movement line, itinerary by itinerary.

    An itinerary names its trips and the hubs where people change, but not always where they get
    off at last: people of one cohort who get off a trip at different places are then told apart
    by what the stops say, in order. Itineraries that the trips do not bear out are skipped:
    ``check`` finds those.
    """
    trips = {trip.id: trip for trip in plan.trips}
    boarding, alighting = _Places("board"), _Places("alight")
    # those who say where come first, so that the others do not take their places
    said = sorted(
        enumerate(plan.itineraries), key=lambda each: not (each[1].changes or each[1].drop)
    )
    for number, itinerary in said:
        starts = ("", *itinerary.changes)
        ends = (*itinerary.changes, itinerary.drop)
        for leg, name in enumerate(itinerary.trips, start=1):
            trip = trips.get(name)
            people = itinerary.count
            start, end = (at[leg - 1] if leg <= len(at) else "" for at in (starts, ends))
            while trip is not None and people > 0:
                board, on = boarding.next(trip, itinerary.cohort, start)
                alight, off = alighting.next(trip, itinerary.cohort, end)
                some = min(people, on, off)
                if board is None or alight is None or some <= 0:
                    break
                boarding.take(trip, itinerary.cohort, board, some)
                alighting.take(trip, itinerary.cohort, alight, some)
                people -= some
                yield Ride(
                    cohort=itinerary.cohort,
                    people=some,
                    itinerary=number,
                    leg=leg,
                    last=leg == len(itinerary.trips),
                    trip=trip,
                    board=board,
                    alight=alight,
                    site=itinerary.site,
                )


class _Places:
    """What is left to hand out of the people boarding, or getting off, at each stop."""

    def __init__(self, side: Literal["board", "alight"]) -> None:
        self.side = side
        self.left: dict[tuple[str, str], list[tuple[Stop, int]]] = defaultdict(list)
        self.known: set[str] = set()

    def next(self, trip: Trip, cohort: str, place: str) -> tuple[Stop | None, int]:
        """The next stop with people, at a place if one is named, and how many they are."""
        if trip.id not in self.known:
            self.known.add(trip.id)
            for stop in reversed(trip.stops):
                for riders in reversed(getattr(stop, self.side)):
                    self.left[trip.id, riders.cohort].append((stop, riders.count))
        stack = self.left[trip.id, cohort]
        return next(
            ((stop, n) for stop, n in reversed(stack) if not place or stop.place == place),
            (None, 0),
        )

    def take(self, trip: Trip, cohort: str, stop: Stop, people: int) -> None:
        stack = self.left[trip.id, cohort]
        i = next(i for i in reversed(range(len(stack))) if stack[i][0] is stop)
        count = stack[i][1] - people
        stack[i : i + 1] = [(stop, count)] if count > 0 else []


def boards_on(ride: Ride) -> date:
    """The local day on which its people leave: a coach that collects past midnight has two."""
    return ride.board.depart.date() if ride.board.depart else ride.trip.day


def boarded(stop: Stop) -> int:
    """People who board at a stop."""
    return sum(riders.count for riders in stop.board)


def alighted(stop: Stop) -> int:
    """People who get off at a stop."""
    return sum(riders.count for riders in stop.alight)


def people_on(trip: Trip) -> int:
    """Everybody who boards a trip, staff not counted."""
    return sum(boarded(stop) for stop in trip.stops)


def aboard(trip: Trip) -> list[int]:
    """People on board after each stop, staff not counted."""
    load, loads = 0, []
    for stop in trip.stops:
        load += boarded(stop) - alighted(stop)
        loads.append(load)
    return loads


def empty_km(trip: Trip) -> float:
    """Km of the legs without riders."""
    after = zip(aboard(trip), pairwise(trip.stops), strict=False)
    return sum(stop.km for load, (_, stop) in after if load <= 0)


def first_boarding(trip: Trip) -> Stop | None:
    """The first stop where somebody boards."""
    return next((stop for stop in trip.stops if stop.board), None)


def last_alighting(trip: Trip) -> Stop | None:
    """The last stop where somebody gets off."""
    return next((stop for stop in reversed(trip.stops) if stop.alight), None)
