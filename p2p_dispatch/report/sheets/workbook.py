"""The sheets as one workbook that prints well: XLSX through XlsxWriter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import accumulate, zip_longest
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p2p_dispatch.report.sheets.desk import Desk
from p2p_dispatch.report.sheets.document import (
    Boxes,
    Cell,
    Column,
    Document,
    Facts,
    Grid,
    Line,
    Sheet,
    Signature,
    Words,
    grids,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

MOST_BREAKS = 1000
"""Documents on one sheet, each of which begins a page; Excel takes 1,023 page breaks."""

A4 = 9
"""Excel's number of the paper."""

LABELS = 22
"""Characters that the labels of facts have room for."""

TALL = 24
"""Points of a row that somebody writes in."""

TICKED = 19
"""Points of a row that somebody ticks and signs."""

LINE = 15
"""Points of a line of text."""

EDGE = {"border": 1, "border_color": "#BBBBBB", "valign": "top"}
DARK = {"border": 1, "border_color": "#999999", "valign": "top"}
TOTAL = {"bold": True, "top": 2, "bottom": 1, "border_color": "#777777"}
RIGHT = {"align": "right", "indent": 1}

LOOKS: dict[str, dict[str, Any]] = {
    "sheet": {"bold": True, "font_size": 9, "font_color": "#555555"},
    "title": {"bold": True, "font_size": 14},
    "part": {"bold": True, "font_size": 11, "top": 1, "top_color": "#999999"},
    "label": {"font_color": "#555555"},
    "fact": {"bold": True},
    "words": {},
    "heading": {**DARK, "bold": True, "bg_color": "#E7EBEF", "text_wrap": True},
    "heading_right": {**DARK, **RIGHT, "bold": True, "bg_color": "#E7EBEF", "text_wrap": True},
    "cell": {**EDGE, "text_wrap": True, "align": "left"},
    "right": {**EDGE, **RIGHT, "num_format": "#,##0.##"},
    "whole": {**EDGE, **RIGHT, "num_format": "#,##0"},
    "day": {**EDGE, "align": "left", "num_format": "yyyy-mm-dd"},
    "time": {**EDGE, "align": "left", "num_format": "yyyy-mm-dd hh:mm"},
    "head": {"top": 1, "bottom": 1, "border_color": "#BBBBBB", "bold": True, "bg_color": "#F4F6F8"},
    "sum": TOTAL,
    "sum_right": {**TOTAL, **RIGHT, "num_format": "#,##0.##"},
    "sum_whole": {**TOTAL, **RIGHT, "num_format": "#,##0"},
    "box": {"valign": "vcenter", "bottom": 4, "bottom_color": "#999999"},
    "sign_top": {"bold": True, "top": 1},
    "sign": {"valign": "bottom"},
    "sign_end": {"bottom": 1},
    "link": {"font_color": "#0B5394", "underline": 1},
}
"""How things look; in grey and black, since sheets are printed so."""

Told = Callable[[str], None]


def write_workbook(
    path: Path, desk: Desk, sheets: Iterator[Sheet], tell: Told = lambda name: None
) -> None:
    """
    Write the sheets into one workbook.

    Every text is written as text: what begins with ``=`` stays what somebody is called.

    Parameters
    ----------
    tell
        Called with the name of each sheet before it is laid out.
    """
    import xlsxwriter

    options = {
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        plan = desk.names.plan
        book.set_properties(
            {
                "title": desk.names.scenario.title or plan.scenario,
                "comments": desk("properties", solver=plan.made.solver),
                # the same plan gives the same file
                "created": plan.as_of.replace(tzinfo=None),
            }
        )
        looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        printer = _Printer(book, looks, desk)
        for sheet in sheets:
            tell(sheet.name)
            printer.print(sheet)
        printer.contents()


class _Printer:
    """Lays out sheet after sheet."""

    def __init__(self, book: Workbook, looks: dict[str, Format], desk: Desk) -> None:
        self.book, self.looks, self.desk = book, looks, desk
        self.made: list[tuple[str, str]] = []
        self.cover: _Page | None = None

    def print(self, sheet: Sheet) -> None:
        for number, start in enumerate(range(0, len(sheet.documents), MOST_BREAKS), start=1):
            name = sheet.name if number == 1 else f"{sheet.name} {number}"
            some = sheet.documents[start : start + MOST_BREAKS]
            page = _Page(self, sheet, name, some)
            self.made.append((name, sheet.title))
            if self.cover is None:
                self.cover = page

    def contents(self) -> None:
        """The list of sheets at the foot of the cover, each a link."""
        if self.cover is None:
            return
        paper, row = self.cover.paper, self.cover.row + 1
        paper.write_string(row, 0, self.desk("contents"), self.looks["part"])
        for name, title in self.made[1:]:
            row += 1
            link = f"internal:'{name}'!A1"
            paper.write_url(row, 0, link, self.looks["link"], f"{name}: {title}")
        self.cover.print_until(row)


class _Page:
    """One sheet of the workbook, filled from top to bottom."""

    def __init__(
        self, printer: _Printer, sheet: Sheet, name: str, documents: tuple[Document, ...]
    ) -> None:
        self.looks, self.desk, self.sheet = printer.looks, printer.desk, sheet
        self.paper = printer.book.add_worksheet(name)
        self.row, self.breaks = 0, list[int]()
        self.widths = _widths(documents)
        self.common = _common_columns(documents)
        self._set_up(sheet)
        for number, document in enumerate(documents):
            if number and sheet.breaks:
                self.breaks.append(self.row)
            self._document(document)
        self.paper.set_h_pagebreaks(self.breaks)
        self.print_until(self.row)

    def print_until(self, row: int) -> None:
        """Print down to a row, and no text that runs over the last column."""
        self.paper.print_area(0, 0, row, len(self.widths) - 1)

    def _set_up(self, sheet: Sheet) -> None:
        paper, plan = self.paper, self.desk.names.plan
        paper.set_landscape()
        paper.set_paper(A4)
        paper.fit_to_pages(1, 0)
        paper.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        paper.hide_gridlines(2)
        for column, width in enumerate(self.widths):
            paper.set_column(column, column, width)
        as_of = f"{self.desk.names.local(plan.as_of):%Y-%m-%d %H:%M}"
        title = self.desk.names.scenario.title or plan.scenario
        page = self.desk("page_of", n="&P", m="&N")
        foot = f"&L{_plain(title)}&C{page}&R{_plain(self.desk('as_of'))} {as_of}"
        paper.set_footer(foot[:255])
        if sheet.filters:
            self._headings(self.common or ())
            paper.autofilter(0, 0, len(sheet.documents[0].blocks[0].lines), len(self.widths) - 1)  # type: ignore[union-attr]
        else:
            self._text(0, f"{sheet.title}: {title}", "sheet")
            self.row += 1
            if self.common:
                self._headings(self.common)
        paper.repeat_rows(0, self.row - 1)
        paper.freeze_panes(self.row, 0)

    def _document(self, document: Document) -> None:
        if not self.sheet.filters:
            self.paper.set_row(self.row, TALL)
            self._text(0, document.title, "title")
            self.row += 1
        for block in document.blocks:
            match block:
                case Facts():
                    self._facts(block)
                case Words():
                    self._words(block)
                case Boxes():
                    self._boxes(block)
                case Signature():
                    self._signature(block)
                case Grid():
                    self._grid(block)
        if not self.sheet.filters:
            self.row += 1

    def _facts(self, facts: Facts) -> None:
        at = self._column_after(LABELS)
        room = int(sum(self.widths[at:]) * 0.9)
        for label, value in facts.pairs:
            labels = _folded(label, int(sum(self.widths[:at])))
            values = _folded("" if value is None else str(value), room)
            for name, piece in zip_longest(labels, values, fillvalue=""):
                self._text(0, name, "label")
                self._text(at, piece, "fact")
                self.row += 1

    def _words(self, words: Words) -> None:
        if words.title:
            self._part(words.title)
        for line in words.lines:
            for piece in _folded(line, int(sum(self.widths) * 0.95)):
                self._text(0, piece, "words")
                self.row += 1

    def _boxes(self, boxes: Boxes) -> None:
        self._part(boxes.title)
        at = self._column_after(sum(self.widths) / 2)
        for item in boxes.items:
            self.paper.set_row(self.row, TICKED)
            self._across("box")
            self._text(0, f"☐  {item}", "box")
            self._text(at, boxes.name, "box")
            self.row += 1

    def _signature(self, signature: Signature) -> None:
        self.row += 1
        self._across("sign_top")
        self._text(0, signature.title, "sign_top")
        self.row += 1
        for line in signature.lines:
            self.paper.set_row(self.row, TALL)
            self._text(0, line, "sign")
            self.row += 1
        self._across("sign_end")
        self.row += 1

    def _grid(self, grid: Grid) -> None:
        if grid.title:
            self._part(grid.title)
        if grid.columns != self.common:
            self._headings(grid.columns)
        for line in grid.lines:
            self._line(grid.columns, line)

    def _headings(self, columns: tuple[Column, ...]) -> None:
        for i, column in enumerate(columns):
            self._text(i, column.heading, "heading_right" if column.right else "heading")
        self.row += 1

    def _line(self, columns: tuple[Column, ...], line: Line) -> None:
        if line.kind == "head":
            self._across("head")
            self._text(0, str(line.cells[0]), "head")
        else:
            for i, (column, cell) in enumerate(zip(columns, line.cells, strict=True)):
                self._cell(i, column, cell, summed=line.kind == "sum")
            high = _lines_in(columns, line)
            if line.kind == "sign":
                self.paper.set_row(self.row, max(TALL, LINE * high))
            elif high > 1:
                self.paper.set_row(self.row, LINE * high)
        self.row += 1

    def _cell(self, at: int, column: Column, cell: Cell, *, summed: bool) -> None:
        looks, paper, row = self.looks, self.paper, self.row
        start = "sum_" if summed else ""
        plain = "sum" if summed else "cell"
        match cell:
            case None | "":
                paper.write_blank(row, at, None, looks[plain])
            case str():
                look = f"{start}right" if column.right else plain
                paper.write_string(row, at, cell, looks[look])
            case int():
                look = f"{start}whole" if column.right else plain
                paper.write_number(row, at, cell, looks[look])
            case float():
                paper.write_number(row, at, cell, looks[f"{start}right"])
            case datetime():
                paper.write_datetime(row, at, cell, looks["time"])
            case date():
                paper.write_datetime(row, at, cell, looks["day"])

    def _part(self, title: str) -> None:
        self._across("part")
        self._text(0, title, "part")
        self.row += 1

    def _across(self, look: str) -> None:
        for column in range(len(self.widths)):
            self.paper.write_blank(self.row, column, None, self.looks[look])

    def _text(self, column: int, text: str, look: str) -> None:
        self.paper.write_string(self.row, column, text, self.looks[look])

    def _column_after(self, characters: float) -> int:
        """The first column that begins after so many characters."""
        starts = [0.0, *accumulate(self.widths)]
        return next((i for i, start in enumerate(starts[:-1]) if start >= characters), 0) or 1


LEAST = (LABELS, 60.0, 20.0, 20.0)
"""Widths of a sheet that has no grid."""


def _widths(documents: tuple[Document, ...]) -> list[float]:
    """Widths of the columns of a sheet: for each the widest that some grid asks for."""
    widths: list[float] = []
    for document in documents:
        for grid in grids(document):
            for i, column in enumerate(grid.columns):
                if i == len(widths):
                    widths.append(column.width)
                widths[i] = max(widths[i], column.width)
    return widths or list(LEAST)


def _common_columns(documents: tuple[Document, ...]) -> tuple[Column, ...] | None:
    """The columns of all grids of a sheet, where they are the same: their headings are repeated."""
    found = {grid.columns for document in documents for grid in grids(document)}
    return found.pop() if len(found) == 1 else None


def _folded(text: str, width: int) -> Iterator[str]:
    """A long sentence in lines of a width, all set in as the first; wide signs count twice."""
    from rich.cells import cell_len

    margin = text[: len(text) - len(text.lstrip())]
    line = ""
    for word in text.lstrip().split(" "):
        if line and cell_len(line) + 1 + cell_len(word) > width:
            yield margin + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield margin + line


def _lines_in(columns: tuple[Column, ...], line: Line) -> int:
    """How many lines of text the fullest cell of a row has; not every program counts them."""
    from rich.cells import cell_len

    return max(
        (
            ceil(cell_len(cell) / (column.width - 1))
            for column, cell in zip(columns, line.cells, strict=True)
            if isinstance(cell, str) and len(cell) * 2 > column.width - 1
        ),
        default=1,
    )


def _plain(text: str) -> str:
    """A text in a footer, where ``&`` begins a command."""
    return text.replace("&", "&&")
