"""A comparison on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from p2p_dispatch.check.finding import Finding
from p2p_dispatch.compare.model import Comparison, Figure, Side, TripChange, Verdict
from p2p_dispatch.compare.words import amount, change, shown, told_of, verdicts
from p2p_dispatch.report.findings import findings_table
from p2p_dispatch.report.words import many, number
from p2p_dispatch.scenario import Scenario

MOST = 12
"""Lines of changes shown unless all are asked for."""

HEADINGS = {
    "people": "people",
    "class": "",
    "trips": "trips",
    "seats": "seats",
    "road": "road",
    "cost": "cost",
    "payer": "paid by",
    "waiting": "waiting",
    "value": "value",
}
"""What stands before the first figure of a group."""

SIGNS = {"added": "+", "dropped": "-", "changed": "~"}
STYLES = {"added": "green", "dropped": "red", "changed": "yellow"}
COLOURS = {Verdict.BETTER: "green", Verdict.WORSE: "red", Verdict.OTHERWISE: "yellow"}


def comparison_tables(
    compared: Comparison, scenario: Scenario, *, show_all: bool = False
) -> RenderableType:
    """Findings of either plan, figures side by side, for whom what changes, and which trips."""
    most = None if show_all else MOST
    parts: list[RenderableType] = [*_broken(compared.one), *_broken(compared.other)]
    parts += [_figures(compared), Text(), _counts(compared)]
    parts += _people(compared, scenario, most)
    parts += _trips(compared, most)
    return Group(*parts)


def _broken(side: Side) -> Iterator[RenderableType]:
    if side.findings:
        yield Text(f"{side.label} breaks rules", style="bold red")
        found = [Finding(rule=f.rule, where=f.where, words=f.words) for f in side.findings]
        yield findings_table(found)
        yield Text()


def _figures(compared: Comparison) -> RenderableType:
    table = _plain()
    table.add_column("", style="bold", no_wrap=True)
    table.add_column("", overflow="fold")
    for side in (compared.one, compared.other):
        table.add_column(side.label, justify="right", overflow="fold")
    table.add_column("change", justify="right", no_wrap=True)
    group = ""
    for figure in shown(compared.figures):
        heading = HEADINGS[figure.group] if figure.group != group else ""
        group = figure.group
        name = f"{figure.name}, {compared.currency}" if _is_total(figure) else figure.name
        one, other = amount(figure, figure.one), amount(figure, figure.other)
        table.add_row(heading, Text(name), one, other, change(figure))
    return table


def _is_total(figure: Figure) -> bool:
    return figure.group == "cost" and figure.name == "money to pay"


def _counts(compared: Comparison) -> RenderableType:
    words = [f"{people:,} {name}" for name, people in verdicts(compared) if people]
    anew = f"; {compared.anew:,} to be told anew" if compared.anew else ""
    return Text(f"of {many(compared.people, 'person', 'people')}: {', '.join(words)}{anew}")


def _people(compared: Comparison, scenario: Scenario, most: int | None) -> Iterator[RenderableType]:
    told = told_of(scenario, compared.lots)
    if not told:
        return
    table = _plain()
    table.add_column("who is", no_wrap=True)
    table.add_column("people", justify="right", no_wrap=True)
    table.add_column("from", overflow="fold")
    table.add_column("what", overflow="fold")
    for line in told[:most]:
        verdict = Text(f"{line.verdict}", style=COLOURS[line.verdict])
        table.add_row(verdict, f"{line.people:,}", Text(line.origin), Text(line.words))
    yield Text()
    yield table
    yield from _hidden(told[most:] if most else [], "line")


def _trips(compared: Comparison, most: int | None) -> Iterator[RenderableType]:
    if not compared.trips:
        return
    yield Text(f"\n{many(len(compared.trips), 'trip')} not the same in both", style="bold")
    for trip in compared.trips[:most]:
        yield Text(_trip(trip), style=STYLES[trip.what])
    yield from _hidden(compared.trips[most:] if most else [], "trip")


def _trip(trip: TripChange) -> str:
    side = 0 if trip.what == "dropped" else 1
    words = "; ".join(trip.differs) or many(trip.people[side], "person", "people")
    cost = number(trip.cost[side])
    if trip.what == "changed" and trip.cost[0] != trip.cost[1]:
        cost = f"{number(trip.cost[0])} -> {cost}"
    return f"{SIGNS[trip.what]} {trip.id}  {words}  cost {cost}"


def _hidden(rest: Sequence[object], noun: str) -> Iterator[RenderableType]:
    if rest:
        yield Text(f"and {many(len(rest), f'more {noun}')} (--all shows them)", style="dim")


def _plain() -> Table:
    return Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
