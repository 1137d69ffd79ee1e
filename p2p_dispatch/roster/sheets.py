"""
Sheets as they come: workbooks and CSV as rows of cells, under limits that keep memory bounded.

A workbook is a zip. Its directory is looked at first, its parts are unpacked one by one under a
limit on their sum, and what was looked through is what the reader gets: never the file itself. The
reader makes a full rectangle of every sheet, so a cell in the last column of the last row would
alone be 17 billion cells; and it copies a text for every cell that shows it. Both are counted
before.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any

from p2p_dispatch.reading import Mark
from p2p_dispatch.reading.files import MB, read_text, refuse

Cell = str | float | int | bool | date | datetime | time | timedelta
"""A cell as it comes; the empty text where there is nothing."""

MOST_MB = 60
"""Largest file, packed."""

MOST_UNPACKED_MB = 200
"""Most that the parts of a workbook may be, unpacked."""

MOST_PARTS = 1000
"""Most parts of a workbook."""

MOST_ROWS = 200_000
"""Most rows of a sheet; three times the largest operation on record, 65,000 people."""

MOST_CELLS = 10_000_000
"""Most cells of a sheet, empty ones included."""

MOST_TEXT_MB = 200
"""Most text in the cells of a workbook, repeated texts counted as often as they stand there."""

SPLIT = f"at most {MOST_ROWS:,} rows: split the list, e.g. by county"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or a CSV."""

    file: str
    name: str
    """Empty for a CSV."""
    rows: list[list[Cell]]
    first_row: int = 1
    """Number of the first of the rows."""
    first_column: int = 1

    @property
    def source(self) -> str:
        """How people of this sheet name it."""
        return f"{Path(self.file).name}!{self.name}" if self.name else Path(self.file).name

    def mark(self, row: int, column: int | None = None) -> Mark:
        """Where a cell is, by indices into the rows; without a column, where the row is."""
        at = 0 if column is None else self.first_column + column
        return Mark(self.file, self.first_row + row, at, self.name)


def read_sheets(path: str | Path) -> list[Sheet]:
    """
    The sheets of a workbook that are not hidden, or the one of a CSV.

    Raises
    ------
    InputError
        P2P4001 when it cannot be read, P2P4002 when it would take too much room; and those of any
        text file.
    """
    path = Path(path)
    mark = Mark(str(path), 0)
    head = b""
    with suppress(OSError, ValueError):  # the reader of text says what is the matter
        if path.is_file():  # a pipe would be waited for
            with path.open("rb") as file:
                head = file.read(8)
    if head[:4] == b"\xd0\xcf\x11\xe0":
        found = "this is an old workbook (.xls) or one with a password"
        refuse("P2P4001", mark, found, "save it as .xlsx without a password")
    if head[:4] == b"PK\x03\x04":
        return list(_workbook(path))
    return [_csv(path)]


def _csv(path: Path) -> Sheet:
    text = read_text(path, most_mb=MOST_MB, too_large=SPLIT, or_gb18030=True)
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=head.count)
    rows: list[list[Cell]] = []
    before = csv.field_size_limit(MOST_MB * MB)  # a long cell is a fault of its row alone
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        cells = 0
        for row in reader:
            rows.append(list(row))
            cells += len(row)
            if len(rows) > MOST_ROWS + 100 or cells > MOST_CELLS:
                refuse("P2P4002", Mark(str(path), len(rows)), "here are too many rows", SPLIT)
    except csv.Error as trouble:
        found = f"from this row on nothing can be read: {trouble}"
        right = 'close the quotes, and double the quotes within a cell: "say ""now"""'
        refuse("P2P1035", Mark(str(path), len(rows) + 1), found, right)
    finally:
        csv.field_size_limit(before)
    return Sheet(str(path), "", rows)


def _workbook(path: Path) -> Iterator[Sheet]:
    import python_calamine

    packed = _checked(path)
    mark = Mark(str(path), 0)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(packed)
        visible = [
            about.name
            for about in book.sheets_metadata
            if about.visible == python_calamine.SheetVisibleEnum.Visible
            and about.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        for name in visible:
            sheet = book.get_sheet_by_name(name)
            rows: list[Any] = sheet.to_python(skip_empty_area=True)
            row, column = sheet.start or (0, 0)
            yield Sheet(str(path), name, rows, row + 1, column + 1)
    except Exception as trouble:  # the reader has many ways to give up
        words = str(trouble).splitlines()[0][:200] if str(trouble) else type(trouble).__name__
        refuse("P2P4001", mark, f"the workbook cannot be read: {words}", "save it again as .xlsx")
    except BaseException as trouble:
        if type(trouble).__name__ != "PanicException":  # how the compiled reader crashes
            raise
        refuse("P2P4001", mark, "the workbook cannot be read", "save it again as .xlsx")


def _checked(path: Path) -> io.BytesIO:
    """The parts of a workbook that matter, unpacked under limits and looked through."""
    mark = Mark(str(path), 0)
    size = path.stat().st_size
    if size > MOST_MB * MB:
        refuse(
            "P2P4002", mark, f"the file has {size / MB:.0f} MB", f"at most {MOST_MB} MB; {SPLIT}"
        )
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(path) as packed, zipfile.ZipFile(made, "w") as plain:
            parts = {
                part.filename: part
                for part in packed.infolist()
                if part.filename.endswith((".xml", ".rels"))
            }
            whole = sum(part.file_size for part in parts.values())
            if len(parts) > MOST_PARTS or whole > MOST_UNPACKED_MB * MB:
                found = f"unpacked it has {len(parts):,} parts and {whole / MB:,.0f} MB"
                refuse("P2P4002", mark, found, SPLIT)
            texts: list[int] = []
            shown: Counter[bytes] = Counter()
            hidden = 0
            for name, part in parts.items():
                content = packed.read(part)  # fails where it is longer than the directory says
                if b"\0" in content:
                    refuse("P2P4001", mark, f"{name} is not XML", "save it again as .xlsx")
                # any part may be named as a sheet or as the texts: all are looked through
                _refuse_far_cells(content, mark)
                shown.update(_SHOWN.findall(content))
                hidden += len(_HIDDEN.findall(content))
                sizes = [len(text) for text in _TEXT.split(content)[1:]]
                texts = [max(pair) for pair in zip_longest(texts, sizes, fillvalue=0)]
                plain.writestr(name, content)
            _refuse_much_text(texts, shown, hidden, mark)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as trouble:
        found = f"the workbook cannot be unpacked: {trouble}"
        refuse("P2P4001", mark, found, "save it again as .xlsx without a password")
    except zlib.error as trouble:
        found = f"the workbook cannot be unpacked: {trouble}"
        refuse("P2P4001", mark, found, "save it again as .xlsx")
    made.seek(0)
    return made


_FAR = re.compile(rb"""[\s"']r\s*=\s*["']([A-Za-z]{0,3})(\d{1,10})""")
_MAYBE_FAR = re.compile(rb"""[\s"']r\s*=\s*["'](?:[A-Za-z]{2,3}\d|[A-Za-z]{0,3}\d{6})""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_REFERENCE = re.compile(rb"""[\s"']r\s*=\s*["'][A-Za-z]{1,3}\d""")
_TEXT = re.compile(rb"<(?:\w+:)?si[\s>/]")
_SHOWN = re.compile(rb">\s*(\d{1,9})\s*</(?:\w+:)?v\s*>")
_HIDDEN = re.compile(rb"v\s*>\s*\d*(?:&#|<!\[CDATA\[)")
"""Numbers of texts that are written so that they cannot be counted."""
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*?(?:/>|></(?:\w+:)?c>)")
_EMPTY_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?(?:/>|>\s*</(?:\w+:)?row>)")


def _refuse_far_cells(content: bytes, mark: Mark) -> None:
    """Stop where the rectangle around all cells with content would be too large."""
    cells = len(_CELL.findall(content))
    if not cells:
        return
    rows = len(_ROW.findall(content))
    columns = 26
    if _MAYBE_FAR.search(content):
        # cells that only have a format do not count
        filled = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", content))
        for letters, number in _FAR.findall(filled):
            rows = max(rows, int(number))
            columns = max(columns, _column(letters))
    if len(_REFERENCE.findall(content)) < cells:  # their places follow from their order
        columns = max(columns, *(len(_CELL.findall(row)) for row in _ROW.split(content)))
    if rows > MOST_ROWS + 100 or rows * columns > MOST_CELLS:
        found = f"a sheet has {rows:,} rows and {columns:,} columns"
        refuse("P2P4002", mark, found, f"{SPLIT}; clear what stands far from the list")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _refuse_much_text(texts: list[int], shown: Counter[bytes], hidden: int, mark: Mark) -> None:
    """Stop where texts that many cells share would fill the memory."""
    size = sum(texts[int(text)] * times for text, times in shown.items() if int(text) < len(texts))
    size += hidden * max(texts, default=0)
    if size > MOST_TEXT_MB * MB:
        found = f"the cells hold {size / MB:,.0f} MB of text, the same texts again and again"
        refuse("P2P4002", mark, found, "clear the long texts")
