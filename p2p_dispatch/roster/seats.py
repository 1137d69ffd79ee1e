"""The seats of a trip by their labels, those that the rules leave first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from p2p_dispatch.plan.model import Trip
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.fleet import AnyUnitType, Carriage, Coach, Rows, Train
from p2p_dispatch.scenario.rules import SeatRule


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """One seat; in order from front to rear, and in a row from left to right."""

    car: int
    """Which carriage, from 1; 0 where there is only one vehicle."""
    row: int
    """From 1; where the rows are not known every seat is a row of its own."""
    at: int
    """Position in the row, from 0."""
    label: str


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the rules in force say of rows and pairs."""

    reserved_rows: int
    one_per_pair: bool


def usable_seats(scenario: Scenario, trip: Trip) -> list[Seat]:
    """
    As many seats of a trip as it is allowed, in order.

    Rows that a rule reserves stay empty, and so does the seat beside somebody where a rule seats
    one per pair; what else has to stay empty is at the rear. Only where these are fewer than the
    plan's allowed seats (two rules that are each kept alone) are the others used, the ones beside
    somebody last.
    """
    rules = _rules_on(scenario, trip)
    seats: list[tuple[int, Seat]] = []
    for car, part in _parts(scenario, trip):
        kept = 0 if isinstance(part, Coach) else min(part.reserved_seats, part.seats or 0)
        own = list(_seats(part, car, rules))
        own = own[: len(own) - kept] + [(3, seat) for _, seat in own[len(own) - kept :]]
        seats += own
    seats.sort()
    return sorted(seat for _, seat in seats[: max(0, trip.allowed)])


def _rules_on(scenario: Scenario, trip: Trip) -> _Rules:
    force: list[SeatRule] = [
        rule
        for rule in scenario.rules.seats
        if rule.holds_on(trip.day) and rule.is_about(trip.mode)
    ]
    return _Rules(
        max((rule.reserved_rows for rule in force), default=0),
        any(rule.one_per_pair for rule in force),
    )


def _parts(scenario: Scenario, trip: Trip) -> Iterator[tuple[int, AnyUnitType]]:
    """The vehicle, or its carriages with their numbers."""
    kinds: dict[str, AnyUnitType] = {kind.id: kind for kind in scenario.unit_types}
    own = kinds.get(trip.unit_type)
    if own is None:
        return
    if isinstance(own, Carriage) or (isinstance(own, Train) and own.consist):
        cars = [name for name, number in trip.carriages.items() for _ in range(number)]
        yield from ((n, kinds[name]) for n, name in enumerate(cars, start=1) if name in kinds)
    else:
        yield 0, own


def _seats(part: AnyUnitType, car: int, rules: _Rules) -> Iterator[tuple[int, Seat]]:
    """The seats of one vehicle or carriage, each with how little it should be used: 0 to 3."""
    prefix = f"{car:02}-" if car else ""
    layout: Sequence[Rows] = part.layout
    if not layout:
        for number in range(1, (part.seats or 0) + 1):
            yield 0, Seat(car, number, 0, f"{prefix}{number}")
        return
    rows = [row.blocks for row in layout for _ in range(row.rows)]
    for number, blocks in enumerate(rows, start=1):
        reserved = number > len(rows) - rules.reserved_rows
        at = 0
        for index, block in enumerate(blocks):
            for place in range(block):
                # counted from the window, so that the seat at the window is taken
                step = place if index < len(blocks) - 1 or len(blocks) == 1 else block - 1 - place
                beside = rules.one_per_pair and step % 2 == 1
                label = f"{prefix}{number}{ascii_uppercase[at % 26]}"
                yield reserved + 2 * beside, Seat(car, number, at, label)
                at += 1
