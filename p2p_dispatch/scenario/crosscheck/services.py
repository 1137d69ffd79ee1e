"""Services: with the right kind of vehicle, times that can be told, and days that help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft
from p2p_dispatch.scenario.fleet import AnyUnitType, Carriage, Coach, Train
from p2p_dispatch.scenario.services import MOST_BOARDING, Service


def by_the_clock(draft: Draft) -> Iterator[Clash]:
    """Services need clock times: a station, a change and a minimum load have their minute."""
    if draft.scenario.services and draft.scenario.by_day:
        found = "services have clock times, and this is planned by the day"
        right = "write planning: {by: clock}, or take the services out"
        yield Clash("P2P1317", ("services",), found, right)


def wrong_modes(draft: Draft) -> Iterator[Clash]:
    """A pool of trains, a service with a coach, a train put together of planes."""
    scenario, types = draft.scenario, _types(draft)
    for i, pool in enumerate(scenario.pools):
        if (kind := types.get(pool.unit_type)) and not isinstance(kind, Coach):
            found = f"{kind.label} is a {kind.mode}; pools at depots are of coaches"
            right = "name a coach; trains, carriages and planes run as services"
            yield Clash("P2P1215", ("pools", i, "unit_type"), found, right)
    for i, service in enumerate(scenario.services):
        if isinstance(types.get(service.unit_type), Coach):
            found = f"{service.unit_type} is a coach, which needs no service"
            right = "name a train, a carriage or a plane; coaches stand in pools"
            yield Clash("P2P1215", ("services", i, "unit_type"), found, right)
    for i, unit_type in enumerate(scenario.unit_types):
        for j, span in enumerate(unit_type.consist if isinstance(unit_type, Train) else ()):
            kind = types.get(span.carriage)
            if kind and not isinstance(kind, Carriage):
                path = ("unit_types", i, "consist", j, "carriage")
                found = f"{kind.label} is a {kind.mode}, a train is put together of carriages"
                yield Clash("P2P1215", path, found, "name a unit type with mode: carriage")


def load_above_seats(draft: Draft) -> Iterator[Clash]:
    """A service that needs more people than it can have seats."""
    types = _types(draft)
    for i, service in enumerate(draft.scenario.services):
        seats = _most_seats(types, service, draft.scenario.dates)
        if seats is not None and service.minimum_load > seats:
            found = (
                f"it runs with {service.minimum_load} people or not at all, and "
                f"{service.unit_type} has {seats} seats at most"
            )
            yield Clash(
                "P2P1212", ("services", i, "minimum_load"), found, f"write {seats} or fewer"
            )


def offers(draft: Draft) -> Iterator[Clash]:
    """An offer of carriages where none are booked, or none where they are."""
    types = _types(draft)
    for i, service in enumerate(draft.scenario.services):
        offer = service.carriages_per_day
        offered = offer.usual is not None or bool(offer.on)
        kind = types.get(service.unit_type)
        if isinstance(kind, Carriage) and not offered:
            found = "it books carriages of a scheduled train, and does not say how many there are"
            right = "write carriages_per_day: 2, or {usual: 2, on: {2020-02-24: 0}}"
            yield Clash("P2P1216", ("services", i, "carriages_per_day"), found, right)
        elif kind and not isinstance(kind, Carriage) and offered:
            found = f"carriages are booked on scheduled trains, and {kind.label} is a {kind.mode}"
            right = "take carriages_per_day out; how long a train may be stands in its consist"
            yield Clash("P2P1216", ("services", i, "carriages_per_day"), found, right)


def stops(draft: Draft) -> Iterator[Clash]:
    """Too few hubs or too many to board at, or a hub twice."""
    for i, service in enumerate(draft.scenario.services):
        if not 1 <= len(service.board) <= MOST_BOARDING:
            found = f"people board at {len(service.board)} hubs"
            right = f"name 1 to {MOST_BOARDING}, in order; bring the others there by feeder"
            yield Clash("P2P1313", ("services", i, "board"), found, right)
        if not service.alight:
            found, right = "nobody can get off", "name the hubs where people get off, in order"
            yield Clash("P2P1313", ("services", i, "alight"), found, right)
        seen: set[str] = set()
        for end in ("board", "alight"):
            for j, stop in enumerate(getattr(service, end)):
                if stop in seen:
                    found = f"it stops at {stop} twice"
                    yield Clash("P2P1313", ("services", i, end, j), found, "name each hub once")
                seen.add(stop)


def running_times(draft: Draft) -> Iterator[Clash]:
    """Figures that are not one for each leg, or none at all."""
    for i, service in enumerate(draft.scenario.services):
        legs = len(service.stops) - 1
        lost = any(draft.lacks(("services", i, end)) for end in ("board", "alight"))
        for field in ("minutes", "km"):
            figures = getattr(service, field)
            if figures and len(figures) != legs and legs > 0 and not lost:
                found = f"{len(figures)} {field} for {len(service.stops)} hubs"
                right = f"write {legs}: from each hub to the next"
                yield Clash("P2P1314", ("services", i, field), found, right)
            elif 0 in figures:
                found = f"0 {field} from one hub to the next: times would be out of order"
                right = "write what it is from each hub to the next"
                yield Clash("P2P1314", ("services", i, field), found, right)
        if not service.minutes and service.line is None:
            found = "nothing says how long it runs"
            right = "write minutes from each hub to the next, or the line whose speed it has"
            yield Clash("P2P1315", ("services", i), found, right)


def days(draft: Draft) -> Iterator[Clash]:
    """Days outside the horizon, and services that can no longer be ordered for any day."""
    scenario = draft.scenario
    first, last = scenario.days.first, scenario.days.last
    for i, service in enumerate(scenario.services):
        for j, day in enumerate(service.days):
            if not first <= day <= last:
                never = "" if any(first <= d <= last for d in service.days) else "; it never runs"
                found = f"{day} is not in the horizon, {first} to {last}{never}"
                right = "correct the day, take it out, or plan more days"
                yield Clash("P2P1316", ("services", i, "days", j), found, right)
        runs = [day for day in scenario.dates if service.runs_on(day)]
        if runs and not any(scenario.in_time(service, day) for day in runs):
            found = f"ordered at {scenario.now:%Y-%m-%d %H:%M} it is too late for {max(runs)}"
            right = "shorten its notice if the operator agrees, or plan without it"
            yield Clash("P2P1213", ("services", i), found, right)


def _types(draft: Draft) -> dict[str, AnyUnitType]:
    return {unit_type.id: unit_type for unit_type in draft.scenario.unit_types}


def _most_seats(
    types: dict[str, AnyUnitType], service: Service, dates: tuple[date, ...]
) -> int | None:
    """Most licensed seats a trip of a service can have; None where nobody can tell."""
    kind = types.get(service.unit_type)
    match kind:
        case Carriage():
            offers = [service.carriages_per_day(d) for d in dates if service.runs_on(d)]
            counts = [offer for offer in offers if offer is not None]
            return kind.seats * max(counts) if counts and len(counts) == len(offers) else None
        case Train() if kind.consist:
            return _longest(kind, types)
        case None | Coach():
            return None
    return kind.seats


def _longest(train: Train, types: dict[str, AnyUnitType]) -> int | None:
    """Seats of the train with the most of them: the kinds with most seats first."""
    kinds = [(types.get(span.carriage), span) for span in train.consist]
    left = sum(span.most for span in train.consist)
    if train.most_carriages is not None:
        left = min(left, train.most_carriages)
    left -= sum(span.least for span in train.consist)
    total = 0
    for kind, span in sorted(kinds, key=lambda pair: -((pair[0] and pair[0].seats) or 0)):
        if not isinstance(kind, Carriage):
            return None
        more = min(left, span.most - span.least)
        left -= more
        total += (span.least + more) * kind.seats
    return total
