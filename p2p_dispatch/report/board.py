"""The batch board on a terminal: what leaves when, from where, on what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Literal, NamedTuple

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from p2p_dispatch.events.model import Status
from p2p_dispatch.plan.model import Plan
from p2p_dispatch.report.batches import BoardDay, BoardRow, board_days
from p2p_dispatch.report.language import Language, english
from p2p_dispatch.scenario import Scenario

MOST_ROWS = 60
"""Batches a board shows one by one unless asked for all: about two screens."""

GAP = 2
"""Columns of air between two columns."""


def weekday(day: date, say: Language) -> str:
    """A day with its weekday."""
    return f"{say('weekdays').split()[day.weekday()]} {day.isoformat()}"


class Column(NamedTuple):
    """One column of the board."""

    key: str
    """Of its heading, among the ``columns`` of the language."""
    cell: Callable[[BoardRow], str]
    right: bool = False
    folds: bool = False
    """Whether long cells go over two lines when the terminal is narrow."""
    from_width: int = 0
    """Narrower terminals go without it."""


def board(
    plan: Plan,
    scenario: Scenario,
    *,
    width: int,
    show_all: bool = False,
    language: Language | None = None,
) -> RenderableType:
    """
    The batches by day, with day totals.

    Of a long plan the first days are shown batch by batch, the others by their totals.

    Parameters
    ----------
    width
        Columns of the terminal.
    show_all
        Whether every batch is shown.
    language
        Of headings and totals; none: English.
    """
    say, days = language or english(), board_days(plan, scenario)
    if not days:
        return Text(say("board.nobody"))
    full, brief = (days, []) if show_all else _split(days)
    columns = _columns(full, width, say)
    widths = _widths(columns, [row for day in full for row in day.rows], width, say)
    parts: list[RenderableType] = []
    for day in full:
        parts.append(Text(_headline(day, say), style="bold"))
        parts.append(_table(columns, widths, day.rows, say, heading=day is full[0]))
    if brief:
        more = say.many("more_batches", sum(len(day.rows) for day in brief))
        parts.append(Text(say("board.more", batches=more), "bold"))
        parts.append(_totals(brief, say))
    return Group(*parts)


def _split(days: list[BoardDay]) -> tuple[list[BoardDay], list[BoardDay]]:
    shown, rows = 0, 0
    if sum(len(day.rows) for day in days) <= MOST_ROWS:
        return days, []
    while rows + len(days[shown].rows) <= MOST_ROWS:
        rows += len(days[shown].rows)
        shown += 1
    return days[:shown], days[shown:]


def _clock(instant: datetime | None) -> str:
    return f"{instant:%H:%M}" if instant else ""


def _columns(days: list[BoardDay], width: int, say: Language) -> list[Column]:
    rows = [row for day in days for row in day.rows]
    timed = any(row.depart for row in rows)
    alike = all(row.status == Status.ORGANISED for row in rows)
    columns = [
        *([Column("call", lambda row: _clock(row.call))] if timed else []),
        *([Column("departs", lambda row: _clock(row.depart))] if timed else []),
        Column("from", lambda row: row.origin, folds=True),
        Column("people", lambda row: f"{row.people:,}", right=True),
        Column("to", lambda row: row.to, folds=True),
        Column("trip", lambda row: row.trip, folds=True, from_width=128),
        Column("coach", lambda row: row.unit_type, folds=True, from_width=112),
        Column("unit", lambda row: row.unit, folds=True),
        Column("drivers", lambda row: str(row.drivers), right=True, from_width=96),
        Column("seats", lambda row: f"{row.filled}/{row.allowed}", right=True),
        # What is the same everywhere is no news.
        *([] if alike else [Column("status", lambda row: say.said("status", row.status))]),
    ]
    return [column for column in columns if width >= column.from_width]


def _widths(columns: list[Column], rows: list[BoardRow], width: int, say: Language) -> list[int]:
    """Widths that fit the terminal and are the same on every day."""
    wanted = [
        max([cell_len(say(f"columns.{column.key}")), *(cell_len(column.cell(row)) for row in rows)])
        for column in columns
    ]
    over = sum(wanted) + GAP * len(columns) - width
    while over > 0:
        widest = max((w, i) for i, w in enumerate(wanted) if columns[i].folds)[1]
        if wanted[widest] <= 6:
            break
        wanted[widest] -= 1
        over -= 1
    return wanted


def _table(
    columns: list[Column],
    widths: list[int],
    rows: tuple[BoardRow, ...],
    say: Language,
    *,
    heading: bool,
) -> RenderableType:
    table = Table(
        box=None,
        padding=(0, GAP, 0, 0),
        pad_edge=False,
        header_style="dim",
        # The columns of all days stand under each other, so one heading is enough.
        show_header=heading,
    )
    for column, width in zip(columns, widths, strict=True):
        table.add_column(
            say(f"columns.{column.key}"),
            width=width,
            justify="right" if column.right else "left",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(column.cell(row)) for column in columns))
    return Padding(table, (0, 0, 1, 0))


def _totals(days: list[BoardDay], say: Language) -> RenderableType:
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="dim")
    for heading in ("day", "batches", "people", "trips", "seats"):
        side: Literal["left", "right"] = "left" if heading == "day" else "right"
        table.add_column(say(f"columns.{heading}"), justify=side)
    for day in days:
        table.add_row(weekday(day.day, say), *_figures(day))
    return Padding(table, (0, 0, 1, 0))


def _figures(day: BoardDay) -> Iterator[str]:
    yield f"{len(day.rows):,}"
    yield f"{day.people:,}"
    yield f"{day.trips:,}"
    yield f"{day.filled:,}/{day.allowed:,}"


def _headline(day: BoardDay, say: Language) -> str:
    stati = {row.status for row in day.rows}
    what = "coaches" if {row.mode for row in day.rows} == {"coach"} else "trips"
    words = say(
        "board.headline",
        people=say.many("people", day.people),
        batches=say.many("batches", len(day.rows)),
        trips=say.many(what, day.trips),
        filled=f"{day.filled:,}",
        allowed=f"{day.allowed:,}",
    )
    if len(stati) == 1:
        words += say("board.all_are", status=say.said("status", stati.pop()))
    return f"{weekday(day.day, say)}   {words}"
