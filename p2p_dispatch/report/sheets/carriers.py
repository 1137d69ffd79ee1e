"""The order sheet of a carrier: what is chartered, when, at what price and on what terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from p2p_dispatch.plan.model import Trip
from p2p_dispatch.report.sheets.desk import BLANK, Desk
from p2p_dispatch.report.sheets.document import (
    Cell,
    Column,
    Document,
    Facts,
    Grid,
    Line,
    Signature,
    Words,
)
from p2p_dispatch.report.words import money, number
from p2p_dispatch.scenario.fleet import Coach


@dataclass(frozen=True, slots=True)
class Carrier:
    """Whoever provides vehicles; ASSUMPTION: one for each depot, one for each pool of services."""

    key: str
    name: str


def carrier_of(desk: Desk, trip: Trip) -> Carrier:
    """The carrier of a trip."""
    scenario = desk.names.scenario
    if trip.mode == "coach":
        depots = {pool.id: pool.depot for pool in scenario.pools}
        depot = depots.get(trip.pool, trip.pool)
        return Carrier(depot, desk.names.place(depot))
    named = {pool.id: pool.name or pool.id for pool in scenario.service_pools}
    service = desk.names.services.get(trip.service)
    key = trip.pool or trip.service
    return Carrier(key, named.get(key) or (service.label if service else key))


def carriers(desk: Desk) -> Iterator[Document]:
    """An order sheet for each carrier."""
    trips: dict[Carrier, list[Trip]] = defaultdict(list)
    for trip in desk.names.plan.trips:
        trips[carrier_of(desk, trip)].append(trip)
    for carrier, theirs in sorted(trips.items(), key=lambda pair: pair[0].name):
        theirs.sort(key=lambda trip: (trip.day, trip.unit, trip.id))
        yield Document(
            title=desk("carrier_of", carrier=carrier.name),
            blocks=(
                Facts(pairs=tuple(_facts(desk, carrier, theirs))),
                Grid(columns=_columns(desk), lines=tuple(_lines(desk, theirs))),
                Words(title=desk("terms"), lines=tuple(_terms(desk, theirs))),
                Signature(
                    title=desk("agreed"),
                    lines=tuple(
                        f"{desk(who)} {BLANK}   {desk('signature')} {BLANK}"
                        for who in ("ordered_by", "confirmed_by")
                    ),
                ),
            ),
        )


def _facts(desk: Desk, carrier: Carrier, trips: list[Trip]) -> Iterator[tuple[str, Cell]]:
    currency = desk.names.plan.currency
    units = len({trip.unit or trip.id for trip in trips})
    yield desk("chartered"), desk("trips_and_units", trips=len(trips), units=units)
    yield desk("from_to"), f"{desk.names.day(trips[0].day)} - {desk.names.day(trips[-1].day)}"
    yield desk("price_in_all"), money(sum(trip.cost for trip in trips), currency)
    yield desk("contact.carrier"), desk.contact(carrier.key, *(trip.unit for trip in trips))


def _columns(desk: Desk) -> tuple[Column, ...]:
    return (
        desk.column("day", 15),
        desk.column("trip", 20),
        desk.column("vehicle", 16),
        desk.column("type", 18),
        desk.column("leaves_depot", 14),
        desk.column("back", 14),
        desk.column("drivers", 8, right=True),
        desk.column("days", 6, right=True),
        desk.column("km", 9, right=True),
        desk.column("price", 14, right=True),
        desk.column("order_by", 14),
    )


def _lines(desk: Desk, trips: list[Trip]) -> Iterator[Line]:
    names = desk.names
    for trip in trips:
        carriages = ", ".join(f"{n} × {kind}" for kind, n in trip.carriages.items())
        kind = names.kind(trip)
        yield Line(
            cells=(
                names.day(trip.day),
                trip.id,
                desk.vehicle(trip),
                f"{kind} ({carriages})" if carriages else kind,
                names.moment(trip.stops[0].depart) if trip.stops else "",
                names.moment(trip.stops[-1].arrive) if trip.stops else "",
                trip.drivers or None,
                trip.days or None,
                round(trip.km),
                round(trip.cost, 2),
                order_by(desk, trip),
            )
        )
    sums = (sum(trip.days for trip in trips) or None, round(sum(trip.km for trip in trips)))
    cost = round(sum(trip.cost for trip in trips), 2)
    cells = (desk("sum"), *[None] * 6, *sums, cost, None)
    yield Line(cells=cells, kind="sum")


def order_by(desk: Desk, trip: Trip) -> str:
    """The last moment at which a trip can be ordered, by the notice of the scenario."""
    scenario = desk.names.scenario
    leaves = trip.stops[0].depart if trip.stops else None
    start = leaves or datetime.combine(trip.day, time(0), scenario.zone)
    unit_type = desk.names.unit_types.get(trip.unit_type)
    service = desk.names.services.get(trip.service)
    if isinstance(unit_type, Coach):
        return desk.names.moment(start - timedelta(hours=unit_type.notice_hours))
    hours, days = (service.notice_hours, service.notice_days) if service else (None, None)
    notice = scenario.rules.notice
    if hours is None and days is None:
        if trip.mode == "plane":
            hours = notice.plane_hours
        else:
            days = notice.train_days if trip.mode == "train" else notice.carriage_days
    if hours is not None:
        return desk.names.moment(start - timedelta(hours=hours))
    return desk.names.day(desk.names.local(start).date() - timedelta(days=days or 0))


def _terms(desk: Desk, trips: list[Trip]) -> Iterator[str]:
    """Prices and notice as the scenario has them, and room for what it does not say."""
    seen = dict.fromkeys(trip.unit_type for trip in trips)
    currency = desk.names.plan.currency
    for name in seen:
        unit_type = desk.names.unit_types.get(name)
        if isinstance(unit_type, Coach):
            yield desk(
                "coach_terms",
                type=unit_type.label,
                day=money(unit_type.per_day, currency),
                km=money(unit_type.per_km, currency),
                driver=money(desk.names.scenario.prices.driver_day, currency),
                hours=number(unit_type.notice_hours),
            )
        elif unit_type is not None:
            trip, km = money(unit_type.per_trip, currency), money(unit_type.per_km, currency)
            yield desk("service_terms", type=unit_type.label, trip=trip, km=km)
        if unit_type is not None and unit_type.basis:
            yield f"{unit_type.label}: {unit_type.basis}"
    yield f"{desk('cancelling')} {BLANK * 3}"
    yield f"{desk('paying')} {BLANK * 3}"
