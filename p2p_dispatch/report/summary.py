"""The summary under the board: what the plan does, costs and leaves."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from p2p_dispatch.plan.model import Plan
from p2p_dispatch.report.certainty import certainty, listed, where_it_lies
from p2p_dispatch.report.figures import Figures, LeftBehind
from p2p_dispatch.report.language import Language, english
from p2p_dispatch.report.sentences import retold
from p2p_dispatch.report.words import money, number, percent

MOST_REASONS = 12
"""Reasons for leaving people behind that are shown; the rest is in unserved.csv."""


def summary(plan: Plan, known: Figures, language: Language | None = None) -> RenderableType:
    """
    The figures of a plan, line by line, and who is left behind and why.

    Parameters
    ----------
    language
        None: English, with the rules by their ids.
    """
    lines = Table.grid(padding=(0, 2, 0, 0))
    lines.add_column(style="bold", no_wrap=True)
    lines.add_column(overflow="fold")
    for label, words in _lines(plan, known, language):
        lines.add_row(label, Text(words))
    return Group(lines, *([_left_behind(known, language)] if known.unserved else []))


def _lines(plan: Plan, known: Figures, language: Language | None) -> Iterator[tuple[str, str]]:
    say = language or english()

    def cash(value: float) -> str:
        return money(value, known.currency)

    def label(key: str) -> str:
        return say(f"summary.{key}")

    people = say.many("people", known.people)
    yield label("moved"), say("summary.of", moved=f"{known.moved:,}", people=people)
    if len(known.classes) > 1:
        for one in known.classes:
            name = one.name if one.id else say("others")
            counts = {"moved": f"{one.moved:,}", "people": f"{one.people:,}"}
            yield "", say("summary.class", name=name, **counts)
    if known.trips:
        yield (
            label("trips"),
            say(
                "summary.seats",
                trips=say.many("trips", known.trips),
                units=say.many("units", known.units),
                filled=f"{known.filled:,}",
                allowed=f"{known.allowed:,}",
                share=percent(known.filled, known.allowed),
            ),
        )
        empty = {"empty": f"{known.empty_km:,.0f}", "share": percent(known.empty_km, known.km)}
        yield label("road"), say("summary.km", km=f"{known.km:,.0f}", **empty)
    parts = [f"{_kind(kind, language)} {number(v)}" for kind, v in known.parts.items() if v]
    spent = " + ".join(parts)
    if known.subsidies:
        spent += f" - {label('subsidies')} {number(known.subsidies)}"
    yield label("cost"), cash(known.money) + (f" = {spent}" if spent else "")
    if known.per_person is not None:
        yield "", say("summary.per_person", amount=cash(known.per_person))
    first = label("paid_by")
    for bill in (bill for bill in known.bills if bill.id):
        yield first, say("summary.bill", payer=bill.name, amount=cash(bill.amount))
        first = ""
    first = label("lent")
    for some in known.lent:
        counted = say.many("people", some.people)
        yield first, say("summary.lends", people=counted, one=some.lender, other=some.borrower)
        first = ""
    if known.waited:
        days = say.many("person_days", known.waited)
        yield label("waiting"), say("summary.waited", days=days)
    yield label("certainty"), certainty(plan, language)
    if where := where_it_lies(known, language):
        yield "", where
    if known.assumed:
        parts_of = listed(known.assumed, say)
        yield label("assumption"), say("summary.assumed", parts=parts_of)


def _kind(kind: str, language: Language | None) -> str:
    return language(f"cost.{kind}") if language else kind


def _left_behind(known: Figures, language: Language | None) -> RenderableType:
    say = language or english()
    left = say.many("people", known.people - known.moved)
    title = Text(f"\n{say('summary.left', people=left)}", style="bold")
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column(say("summary.rule"), no_wrap=True)
    table.add_column(say("columns.people"), justify="right", no_wrap=True)
    table.add_column(say("columns.why"), overflow="fold")
    worst = sorted(known.unserved, key=lambda part: -part.people)
    for part in worst[:MOST_REASONS]:
        rule = language.said("rules", part.reason) if language else part.reason
        table.add_row(rule, f"{part.people:,}", Text(_why(part, say)))
    hidden = sum(part.people for part in worst[MOST_REASONS:])
    if hidden:
        table.add_row("", f"{hidden:,}", say("summary.others"))
    return Group(title, Padding(table, (0, 0, 0, 0)))


def _why(part: LeftBehind, say: Language) -> str:
    remedies = (f"-> {retold(remedy, say)}" for remedy in part.remedies)
    return "\n".join([retold(part.words, say), *remedies])
