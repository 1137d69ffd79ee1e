"""Sheets and outcomes on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from statistics import fmean, stdev
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from p2p_dispatch.report.board import weekday as named
from p2p_dispatch.report.language import english
from p2p_dispatch.report.words import many, number
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.week.season import Outcome
from p2p_dispatch.week.sheet import Sheet, SheetTrip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """
    A rule over all futures.

    Attributes
    ----------
    longest
        Most days that anybody waited in any future.
    waited
        Days that a person waits, on average.
    money, cost
        Per person moved: what is paid; and with what waiting, being late and people left behind
        count for.
    error
        Standard error of the cost over the futures; None of a single one.
    trips, fill, left
        Trips of a season, share of the allowed seats taken, people left behind in all futures.
    """

    rule: str
    futures: int
    longest: int
    waited: float
    money: float
    cost: float
    error: float | None
    trips: float
    fill: float
    left: int
    findings: int
    astray: int


def means(outcomes: Sequence[Outcome]) -> list[Mean]:
    """Rule by rule, in the order in which they come."""
    found = []
    for rule in dict.fromkeys(outcome.rule for outcome in outcomes):
        some = [outcome for outcome in outcomes if outcome.rule == rule]
        moved = max(1, sum(o.moved for o in some))
        costs = [o.total / max(1, o.moved) for o in some]
        found.append(
            Mean(
                rule=rule,
                futures=len(some),
                longest=max(o.longest for o in some),
                waited=sum(o.waited for o in some) / moved,
                money=sum(o.money for o in some) / moved,
                cost=sum(o.total for o in some) / moved,
                error=stdev(costs) / len(costs) ** 0.5 if len(costs) > 1 else None,
                trips=fmean(o.trips for o in some),
                fill=sum(o.filled for o in some) / max(1, sum(o.allowed for o in some)),
                left=sum(o.people - o.moved for o in some),
                findings=sum(o.findings for o in some),
                astray=sum(o.astray for o in some),
            )
        )
    return found


COLUMNS = ("rule", "longest", "waited", "money", "cost", "±", "trips", "seats", "left")
"""The headings."""

LEGEND = """
longest, waited: days after being ready, of whoever waits longest, and of a person on average
money, cost: {currency} per person moved; cost counts waiting and people left behind too
±: standard error of the cost over the futures"""


def outcome_table(outcomes: Sequence[Outcome], currency: str) -> RenderableType:
    """A row a rule, what the columns mean, and what must not be."""
    known = means(outcomes)
    table = _plain()
    for name in COLUMNS:
        table.add_column(name, justify="left" if name == "rule" else "right", no_wrap=True)
    for mean in known:
        error = "" if mean.error is None else f"{mean.error:.1f}"
        table.add_row(
            mean.rule,
            str(mean.longest),
            f"{mean.waited:.2f}",
            f"{mean.money:,.1f}",
            f"{mean.cost:,.1f}",
            error,
            f"{mean.trips:.1f}",
            f"{mean.fill:.1%}",
            f"{mean.left:,}",
        )
    return Group(table, Text(LEGEND.strip().format(currency=currency), style="dim"), *_wrong(known))


def _wrong(known: Sequence[Mean]) -> Iterator[Text]:
    for mean in known:
        if mean.findings or mean.astray:
            words = f"{mean.rule}: {mean.findings} findings, {mean.astray} people astray"
            yield Text(words, style="bold red")


def outcome_data(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The same for ``--json``."""
    return {
        "rules": [asdict(mean) for mean in means(outcomes)],
        "outcomes": [asdict(outcome) for outcome in outcomes],
    }


def sheet_tables(sheet: Sheet, scenario: Scenario) -> RenderableType:
    """A morning: what to release, to order and to hold."""
    heading = (
        f"{weekday(sheet.today)} {sheet.as_of:%H:%M}   {many(sheet.known, 'person', 'people')} "
        f"to send, about {sheet.expected:.0f} more expected tomorrow, rule {sheet.rule}"
    )
    parts: list[RenderableType] = [Text(heading, style="bold")]
    for title, trips in (("release today", sheet.release), ("order now", sheet.order)):
        people = sum(trip.people for trip in trips)
        what = f"{many(people, 'person', 'people')} on {many(len(trips), 'trip')}"
        parts.append(Text(f"\n{title}: {what if trips else 'nothing'}"))
        parts += [_trips(sheet, trips)] if trips else []
    held = sum(each.people for each in sheet.hold)
    parts.append(Text(f"\nhold: {many(held, 'person', 'people') if held else 'nobody'}"))
    parts += [_hold(sheet, scenario)] if held else []
    return Group(*parts, Text())


def _trips(sheet: Sheet, trips: Sequence[SheetTrip]) -> Table:
    table = _plain()
    for name in ("trip", "leaves", "from", "to", "on", "pool"):
        table.add_column(name, overflow="fold")
    for name in ("drivers", "seats"):
        table.add_column(name, justify="right", no_wrap=True)
    for trip in trips:
        clock = f"{trip.leaves:%H:%M}" if trip.leaves else ""
        day = "" if trip.day == sheet.today else f"{trip.day:%m-%d} "
        table.add_row(
            Text(trip.id),
            f"{day}{clock}",
            Text(trip.origins),
            Text(trip.to),
            Text(trip.unit_type),
            Text(trip.pool),
            str(trip.drivers),
            f"{trip.people}/{trip.seats}",
        )
    return table


def _hold(sheet: Sheet, scenario: Scenario) -> Table:
    table = _plain()
    table.add_column("people", justify="right", no_wrap=True)
    for name in ("from", "to", "until", "at the latest"):
        table.add_column(name, overflow="fold")
    labels = {name: place.label for name, place in scenario.places.items()}
    for held in sheet.hold:
        until = weekday(held.until) if held.until else "a coach is full"
        table.add_row(
            number(held.people),
            Text(labels[held.origin]),
            Text(labels[held.site]),
            until,
            weekday(held.latest),
        )
    return table


def weekday(day: date) -> str:
    """A day with its weekday, in English."""
    return named(day, english())


def _plain() -> Table:
    return Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
