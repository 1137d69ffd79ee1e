"""An explanation for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from p2p_dispatch.report.words import many, money, number
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.why.again import AROUND, Remedy
from p2p_dispatch.why.demands import Conflict
from p2p_dispatch.why.explain import Explanation, WhyLeft
from p2p_dispatch.why.trips import Alternative, WhyTrip

MOST_BLOCKS, MOST_REMEDIES, MOST_WORTHS = 6, 6, 12
"""Of each part, what is shown; all of it: ``--json``."""


def text(explanation: Explanation, scenario: Scenario) -> RenderableType:
    """Everything that was found."""
    parts: list[RenderableType] = []
    if explanation.trip is not None:
        parts += _trip(explanation.trip, scenario)
    for why in explanation.left:
        parts += _left(why, scenario)
    if explanation.worths:
        parts.append(_worths(explanation, scenario))
    return Group(*parts) if parts else Text("Nobody of them is left behind.")


def conflict_text(conflict: Conflict | None) -> RenderableType:
    """Demands that cannot stand together."""
    if conflict is None:
        return Text("Nothing proves that the hard demands cannot stand together.")
    one = len(conflict.demands) == 1
    title = "This cannot stand" if one else "These cannot stand together"
    rows = _grid("dim")
    for demand in conflict.demands:
        rows.add_row(demand.kind, Text(demand.words))
    least = "no smaller set is proved" if conflict.smallest else "none of them can be taken off"
    proof = f"proved: {conflict.proof}"
    return Group(Text(title, style="bold"), rows, Text(proof if one else f"{proof}; {least}"))


def _worths(explanation: Explanation, scenario: Scenario) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column(f"saves {scenario.currency}", justify="right", no_wrap=True)
    table.add_column("people", justify="right", no_wrap=True)
    table.add_column("price", justify="right", no_wrap=True)
    table.add_column("with", overflow="fold")
    table.add_column("known by", overflow="fold")
    shown = [worth for worth in explanation.worths if worth.value or worth.saves is None]
    for worth in shown[:MOST_WORTHS]:
        saves = "" if worth.saves is None else number(worth.saves)
        price = "" if worth.price is None else number(worth.price)
        people = f"{worth.people:+}" if worth.saves else ""
        table.add_row(saves, people, price, Text(worth.change.words), worth.says)
    nothing = len(explanation.worths) - len(shown)
    hidden = max(0, len(shown) - MOST_WORTHS)
    more = [f"{nothing} more are used up, of which one more saves nothing"] if nothing else []
    more += [f"{hidden} more that save something (--json)"] if hidden else []
    return Group(Text("One more of what is used up", style="bold"), table,
                 Text("; ".join(more), style="dim"))  # fmt: skip


def _left(why: WhyLeft, scenario: Scenario) -> Iterator[RenderableType]:
    cohort = next(cohort for cohort in scenario.cohorts if cohort.id == why.cohort)
    places = scenario.places
    end = f"posts as {cohort.trade}" if cohort.site is None else places[cohort.site].label
    yield Text(
        f"{many(why.people, 'person', 'people')} of {cohort.id} stay: {places[cohort.origin].label}"
        f" to {end}, ready {cohort.ready}, due {cohort.due}",
        style="bold",
    )
    rows = _grid("dim")
    for block in why.blocks[:MOST_BLOCKS]:
        rows.add_row(block.rule, Text(block.words))
    if len(why.blocks) > MOST_BLOCKS:
        rows.add_row("", f"and {len(why.blocks) - MOST_BLOCKS} more of this kind (--json)")
    yield rows
    yield _remedies(why, scenario)
    yield Text("")


def _remedies(why: WhyLeft, scenario: Scenario) -> RenderableType:
    tried = f"{many(why.tried, 'change')} tried"
    if why.skipped:
        tried += f", no time for {why.skipped} more"
    if not why.remedies:
        return Text(f"No single change takes them ({tried}).")
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("takes", justify="right", no_wrap=True)
    table.add_column(f"costs {scenario.currency}", justify="right", no_wrap=True)
    table.add_column("change", overflow="fold")
    for remedy in why.remedies[:MOST_REMEDIES]:
        words = Text("\n").join(_lines(remedy, scenario))
        table.add_row(f"{remedy.people} of {why.people}", number(remedy.cost), words)
    hidden = len(why.remedies) - MOST_REMEDIES
    more = f"; {hidden} more that take them (--json)" if hidden > 0 else ""
    return Group(table, Text(f"{tried}{more}", style="dim"))


def _lines(remedy: Remedy, scenario: Scenario) -> Iterator[Text]:
    change = remedy.change
    if change is None:
        yield Text("none: planned again, they go")
    else:
        yield Text(change.words)
        at = change.mark(scenario)
        yield Text(f"{at + '  ' if at else ''}{change.part}  {change.line(scenario)}", style="dim")
    how = f"verified: {remedy.how}"
    if remedy.how != AROUND and remedy.around is not None:
        how += f"; {AROUND}, it costs {number(remedy.around)}"
    yield Text(how, style="dim")


def _trip(why: WhyTrip, scenario: Scenario) -> Iterator[RenderableType]:
    for number_, fact in enumerate(why.facts):
        yield Text(fact, style="" if number_ else "bold")
    if not why.alternatives:
        yield Text("It is no coach that goes all the way: of others no alternatives are laid out.")
        return
    rows = _grid("dim")
    for each in why.alternatives:
        rows.add_row(each.what, Text(each.words), Text(_price(each, scenario.currency)))
    yield Text("\nThe same people, with the rest of the plan as it is:")
    yield rows


def _price(each: Alternative, currency: str) -> str:
    if each.cost is None:
        return f"cannot be: {each.rule}"
    more = "more" if each.cost >= 0 else "less"
    words = f"{money(abs(each.cost), currency)} {more}"
    return f"{words}, but cannot be: {each.rule}" if each.rule else words


def _grid(style: str) -> Table:
    rows = Table.grid(padding=(0, 2, 0, 0))
    rows.add_column(style=style, no_wrap=True)
    rows.add_column(overflow="fold")
    rows.add_column(overflow="fold")
    return rows
