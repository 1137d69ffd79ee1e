"""The cover with the figures, who is left behind, and the movement lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from p2p_dispatch.plan.tables import TABLES, Kind
from p2p_dispatch.report.certainty import in_plain_words
from p2p_dispatch.report.sentences import retold
from p2p_dispatch.report.sheets.desk import Desk
from p2p_dispatch.report.sheets.document import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Grid,
    Line,
    Words,
)
from p2p_dispatch.report.words import money, number, percent

WORDS = {"mode", "status"}
"""Columns of the movement lines whose cells are words of the plan."""


def cover(desk: Desk) -> Document:
    """The first page: figures and how good the plan is."""
    names = desk.names
    blocks: tuple[Block, ...] = (
        Facts(pairs=tuple(_facts(desk))),
        Words(
            title=names.language("page.how_good"),
            lines=tuple(in_plain_words(names.plan, desk.known, names.language)),
        ),
        *([Words(lines=(_privacy(desk),))] if desk.people else []),
    )
    return Document(title=names.scenario.title or names.scenario.name, blocks=blocks)


def _privacy(desk: Desk) -> str:
    unmasked = desk.people is not None and desk.people.unmasked
    return desk("unmasked") if unmasked else desk.names.language("page.masked")


def _facts(desk: Desk) -> Iterator[tuple[str, Cell]]:
    known, plan, names = desk.known, desk.names.plan, desk.names
    say = names.language
    yield desk("as_of"), f"{names.local(plan.as_of):%Y-%m-%d %H:%M}"
    yield desk("made_by"), f"{plan.made.solver} ({say.said('ended', plan.ended)})"
    yield desk("people"), f"{known.moved:,} / {known.people:,}"
    if len(known.classes) > 1:
        for one in known.classes:
            name = one.name if one.id else say("others")
            yield f"   {name}", f"{one.moved:,} / {one.people:,}"
    yield say("page.trips"), desk("trips_and_units", trips=known.trips, units=known.units)
    share = percent(known.filled, known.allowed)
    yield say("compare.seats"), f"{known.filled:,} / {known.allowed:,} ({share})"
    empty = say("page.empty", share=percent(known.empty_km, known.km))
    yield say("page.km"), f"{known.km:,.0f} ({empty})"
    yield say("page.cost"), money(known.money, known.currency)
    for kind, value in known.parts.items():
        if value:
            yield f"   {say(f'cost.{kind}')}", number(value)
    if known.per_person is not None:
        yield say("compare.per_person"), money(known.per_person, known.currency)
    for bill in known.bills:
        yield (
            say("tables.payers"),
            (f"{bill.name if bill.id else say('nobody')}: {money(bill.amount, known.currency)}"),
        )


def unserved(desk: Desk) -> Document:
    """Who is left behind, and why."""
    names = desk.names
    columns = (
        desk.column("cohort", 18),
        desk.column("origin", 20),
        desk.column("site", 20),
        desk.column("people", 8, right=True),
        desk.column("class", 14),
        desk.column("rule", 14),
        desk.column("why", 42),
        desk.column("remedies", 16),
    )
    lines = []
    for part in names.plan.unserved:
        cohort = names.cohorts.get(part.cohort)
        lines.append(
            Line(
                cells=(
                    part.cohort,
                    names.place(cohort.origin) if cohort else "",
                    (names.place(cohort.site) if cohort.site else cohort.trade) if cohort else "",
                    part.count,
                    names.priority(cohort.priority) if cohort else "",
                    names.language.said("rules", part.reason),
                    retold(part.words, names.language),
                    "; ".join(retold(remedy, names.language) for remedy in part.remedies),
                )
            )
        )
    left = sum(part.count for part in names.plan.unserved)
    lines.append(Line(cells=(desk("sum"), None, None, left, *[None] * 4), kind="sum"))
    blocks = [Grid(columns=columns, lines=tuple(lines)), *_left_by_name(desk)]
    return Document(title=names.language("tables.unserved"), blocks=tuple(blocks))


def _left_by_name(desk: Desk) -> Iterator[Grid]:
    if desk.people is None or not desk.people.seating.left:
        return
    names = desk.names
    columns = (
        desk.column("cohort", 18),
        desk.column("origin", 20),
        desk.column("site", 20),
        Column(heading="", width=8),
        desk.column("name", 14),
        desk.column("rule", 14),
        desk.column("why", 42),
        desk.column("phone", 16),
    )
    lines = []
    for left in desk.people.seating.left:
        shown, person = desk.people.show(left.person), left.person
        lines.append(
            Line(
                cells=(
                    person.cohort,
                    names.place(person.origin),
                    names.place(person.site) or person.trade,
                    None,
                    shown.name,
                    names.language.said("rules", left.reason),
                    retold(left.words, names.language),
                    shown.phone,
                )
            )
        )
    yield Grid(title=desk("by_name"), columns=columns, lines=tuple(lines))


def movements(desk: Desk) -> Document:
    """The movement lines, to work with."""
    names, table = desk.names, TABLES["movements"]
    numeric = (Kind.COUNT, Kind.NUMBER)
    columns = tuple(
        Column(
            heading=names.language(f"movement.{name}"),
            width=16 if kind is Kind.TIME else 13,
            right=kind in numeric,
        )
        for name, kind in table.columns.items()
    )
    lines = tuple(
        Line(cells=tuple(map(partial(_local, desk), table.columns, row)))
        for row in table.rows(names.plan, names.scenario)
    )
    grid = Grid(columns=columns, lines=lines)
    return Document(title=desk("movements"), blocks=(grid,))


def _local(desk: Desk, column: str, cell: Cell) -> Cell:
    """A cell by local clocks; what is a word of the plan in the words of the language."""
    if isinstance(cell, datetime):
        return desk.names.local(cell).replace(tzinfo=None)
    return desk.names.language.said(column, str(cell)) if column in WORDS else cell
