"""Seat rules and the layouts they count on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft
from p2p_dispatch.scenario.crosscheck.coaches import Coaches
from p2p_dispatch.scenario.fleet import Coach, Mode, Train
from p2p_dispatch.scenario.places import Risk
from p2p_dispatch.scenario.rules import SeatRule
from p2p_dispatch.scenario.seats import allowed_seats, counts_rows


def no_layout(draft: Draft) -> Iterator[Clash]:
    """A rule that counts rows, and a vehicle whose rows are not known."""
    rows = "add its rows, e.g. layout: [{rows: 11, across: 2+2}, {rows: 1, across: 5}]"
    in_trains = {
        span.carriage
        for train in draft.scenario.unit_types
        if isinstance(train, Train)
        for span in train.consist
    }
    for i, unit_type in enumerate(draft.scenario.unit_types):
        modes: set[Mode] = {unit_type.mode}
        if unit_type.id in in_trains:
            modes.add("train")
        rule = next(
            (
                r
                for r in filter(counts_rows, draft.scenario.rules.seats)
                if any(map(r.is_about, modes))
            ),
            None,
        )
        put_together = isinstance(unit_type, Train) and unit_type.consist
        if rule is not None and not unit_type.layout and not put_together:
            found = f"the rule {rule.id} counts rows, and {unit_type.label} has no layout"
            other = "" if isinstance(unit_type, Coach) else ", or name the modes of the rule"
            yield Clash("P2P1201", ("unit_types", i, "layout"), found, rows + other)


def layout_and_seats(draft: Draft) -> Iterator[Clash]:
    """Rows that do not add up to the licensed seats."""
    for i, unit_type in enumerate(draft.scenario.unit_types):
        seats = sum(rows.rows * sum(rows.blocks) for rows in unit_type.layout)
        if unit_type.layout and seats != unit_type.seats:
            yield Clash(
                "P2P1202",
                ("unit_types", i, "layout"),
                f"the layout has {seats} seats, seats says {unit_type.seats}",
                "correct the rows, or write seats without those of driver and guide",
            )


def too_many_reserved(draft: Draft) -> Iterator[Clash]:
    """A rule that keeps more rows free than a vehicle has."""
    for i, rule in enumerate(draft.scenario.rules.seats):
        for unit_type in draft.scenario.unit_types:
            if not rule.is_about(unit_type.mode):
                continue
            rows = sum(rows.rows for rows in unit_type.layout)
            if unit_type.layout and rule.reserved_rows > rows:
                yield Clash(
                    "P2P1203",
                    ("rules", "seats", i, "reserved_rows"),
                    f"{rule.reserved_rows} rows are reserved, {unit_type.label} has {rows}",
                    "reserve fewer rows",
                )
                break


def cap_of_zero(draft: Draft) -> Iterator[Clash]:
    """A rule that lets nobody travel whatever the risk."""
    for i, rule in enumerate(draft.scenario.rules.seats):
        if _forbids(rule):
            yield Clash(
                "P2P1205",
                ("rules", "seats", i, "cap"),
                "a cap of 0 leaves no seat at any risk level",
                "write the share that may be sold, e.g. 0.5; take risk from places that rest",
            )


def rule_in_order(draft: Draft) -> Iterator[Clash]:
    """A rule whose last day is before its first."""
    for i, rule in enumerate(draft.scenario.rules.seats):
        if rule.first and rule.last and rule.last < rule.first:
            yield Clash(
                "P2P1206",
                ("rules", "seats", i, "last"),
                f"the last day {rule.last} is before the first, {rule.first}",
                f"write last as {rule.first} or later",
            )


def no_seat(draft: Draft) -> Iterator[Clash]:
    """Rules that leave no seat on any vehicle on any day, at the lowest risk there is."""
    scenario = draft.scenario
    coaches = Coaches(scenario)
    if not coaches.types or any(map(_forbids, scenario.rules.seats)):
        return
    if any(too_many_reserved(draft)):
        return
    levels = {day: _lowest_risk(draft, day) for day in scenario.dates}
    if any(coaches.riders(day, risk) for day, risk in levels.items()):
        return
    largest: Coach = max(coaches.types, key=lambda t: t.seats)
    day, risk = next(iter(levels.items()))
    left = allowed_seats(largest, scenario.rules.seats, day, risk)
    indices = [i for i, rule in enumerate(scenario.rules.seats) if rule.id == left.rule]
    yield Clash(
        "P2P1204",
        ("rules", "seats", *indices[:1]),
        f"of the {left.licensed} seats of {largest.label} {left.allowed} are allowed and "
        f"{sum(left.staff.values())} taken by staff, on every day",
        "leave at least one seat for the people who travel",
    )


def _forbids(rule: SeatRule) -> bool:
    return not any(rule.cap(risk) for risk in Risk)


def _lowest_risk(draft: Draft, day: date) -> Risk:
    scenario = draft.scenario
    ends = (scenario.origins, (*scenario.sites, *scenario.hubs))
    lowest = [min((place.risk_on(day).rank for place in places), default=0) for places in ends]
    return list(Risk)[max(lowest)]
