"""The summary under the board: what the plan does, costs and leaves."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from p2p_dispatch.plan.model import Plan
from p2p_dispatch.report.certainty import certainty
from p2p_dispatch.report.figures import Figures, LeftBehind
from p2p_dispatch.report.words import many, money, number, percent

MOST_REASONS = 12
"""Reasons for leaving people behind that are shown; the rest is in unserved.csv."""


def summary(plan: Plan, known: Figures) -> RenderableType:
    """The figures of a plan, line by line, and who is left behind and why."""
    lines = Table.grid(padding=(0, 2, 0, 0))
    lines.add_column(style="bold", no_wrap=True)
    lines.add_column(overflow="fold")
    for label, words in _lines(plan, known):
        lines.add_row(label, Text(words))
    return Group(lines, *([_left_behind(known)] if known.unserved else []))


def _lines(plan: Plan, known: Figures) -> Iterator[tuple[str, str]]:
    def cash(value: float) -> str:
        return money(value, known.currency)

    yield "moved", f"{known.moved:,} of {many(known.people, 'person', 'people')}"
    if len(known.classes) > 1:
        for one in known.classes:
            yield "", f"{one.name}: {one.moved:,} of {one.people:,}"
    if known.trips:
        seats = f"{known.filled:,} of {known.allowed:,} allowed seats filled"
        yield (
            "trips",
            f"{many(known.trips, 'trip')} with {many(known.units, 'unit')}; "
            f"{seats} ({percent(known.filled, known.allowed)})",
        )
        empty = percent(known.empty_km, known.km)
        yield "road", f"{known.km:,.0f} km, of them {known.empty_km:,.0f} km empty ({empty})"
    spent = " + ".join(f"{name} {number(value)}" for name, value in known.parts.items() if value)
    if known.subsidies:
        spent += f" - subsidies {number(known.subsidies)}"
    yield "cost", cash(known.money) + (f" = {spent}" if spent else "")
    if known.per_person is not None:
        yield "", f"{cash(known.per_person)} per person moved"
    for label, bill in zip(("paid by", *[""] * len(known.bills)), known.bills, strict=False):
        if bill.id:
            yield label, f"{bill.name}: {cash(bill.amount)}"
    if known.waited:
        yield "waiting", many(known.waited, "person-day") + " between ready and leaving"
    yield "certainty", certainty(plan)
    if known.assumed:
        yield "ASSUMPTION", f"not vouched for in the scenario: {', '.join(known.assumed)}"


def _left_behind(known: Figures) -> RenderableType:
    left = known.people - known.moved
    title = Text(f"\nLeft behind: {many(left, 'person', 'people')}", style="bold")
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("rule", no_wrap=True)
    table.add_column("people", justify="right", no_wrap=True)
    table.add_column("why", overflow="fold")
    worst = sorted(known.unserved, key=lambda part: -part.people)
    for part in worst[:MOST_REASONS]:
        table.add_row(part.reason, f"{part.people:,}", Text(_why(part)))
    hidden = sum(part.people for part in worst[MOST_REASONS:])
    if hidden:
        table.add_row("", f"{hidden:,}", "for other reasons: unserved.csv")
    return Group(title, Padding(table, (0, 0, 0, 0)))


def _why(part: LeftBehind) -> str:
    return "\n".join([part.words, *(f"-> {remedy}" for remedy in part.remedies)])
