"""Tables in CSV beside a YAML file: rows as mappings, with the row and column of every cell."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from p2p_dispatch.reading.cells import Column, columns_of, untabular
from p2p_dispatch.reading.faults import Fault, Mark
from p2p_dispatch.reading.files import read_text, refuse
from p2p_dispatch.reading.near import nearest
from p2p_dispatch.reading.spots import Document, Step
from p2p_dispatch.reading.table_spots import TableSpot, Tree

MOST_MB = 200
"""Largest CSV file; about five million roads."""


def read_table(path: Path, models: Sequence[type[BaseModel]], name: str) -> Document:
    """
    The rows of a CSV file, each the mapping that could have been written in YAML.

    Empty cells are left out, and so are rows without any content.

    Parameters
    ----------
    path
        A file in UTF-8 or GB 18030 with commas, semicolons or tabs between the cells.
    models
        What a row may describe; says which cells hold lists and mappings.
    name
        The field whose value the table is.

    Raises
    ------
    InputError
        When the file cannot be read or has no headings.
    """
    text = read_text(
        path,
        most_mb=MOST_MB,
        too_large=f"keep a table under {MOST_MB} MB",
        or_gb18030=True,
    )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    return _Table(str(path), models, name).read(reader)


def _delimiter(text: str) -> str:
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=head.count)  # the comma where none is there


class _Table:
    """Reads one table."""

    def __init__(self, file: str, models: Sequence[type[BaseModel]], name: str) -> None:
        self.file = file
        self.name = name
        self.known = {name: at for model in models for name, at in columns_of(model).items()}
        self.untabular = frozenset[str]().union(*map(untabular, models))
        self.faults: list[Fault] = []
        self.gaps: set[tuple[Step, ...]] = set()
        self.tree: Tree = {}
        self.width = 0
        self.plain: list[tuple[int, str]] = []
        """Position and field of the columns that are taken as they are; nearly all of them."""
        self.other: list[tuple[int, Column]] = []
        """The columns that go below a field, or hold lists and mappings."""
        self.unnamed: list[int] = []
        """Columns without a heading."""

    def read(self, reader: Iterator[list[str]]) -> Document:
        """All rows."""
        rows, numbers = list[dict[str, Any]](), array("L")
        for number, cells in self.counted(reader):
            if not self.width:
                self.headings(cells)
            elif any(map(str.strip, cells)):
                numbers.append(number)
                rows.append(self.row(number, len(rows), cells))
        mark = Mark(self.file, 1)
        spot = TableSpot(mark, mark, rows=numbers, tree=self.tree)
        return Document(rows, spot, self.faults, self.gaps)

    def counted(self, reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
        """Rows with their numbers; blank lines count, as they do in a sheet."""
        for number in count(1):
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                words = f"from this row on nothing can be read: {error}"
                right = 'close the quotes, and double the quotes within a cell: "say ""now"""'
                self.fault("P2P1035", number, 0, words, right)
                self.gaps.add(())  # what the rest would have said is not known
                return
            if cells:
                yield number, cells

    def headings(self, cells: list[str]) -> None:
        """Take the first row as headings."""
        self.width = len(cells)
        names = [cell.strip() for cell in cells]
        if not any(names):
            refuse("P2P1032", Mark(self.file, 1), "there are no headings", self.choice())
        for at, name in enumerate(names, start=1):
            if not name:
                # Excel leaves empty columns behind: a fault only where a cell has content
                self.unnamed.append(at - 1)
            elif name in names[: at - 1]:
                first = names.index(name) + 1
                found = f"the heading stands here again; it was in column {first}"
                self.fault("P2P1031", 1, at, found, "keep one of the two columns", name)
            else:
                self.take(self.known.get(name) or self.misspelt(name, at, names), at, name)

    def misspelt(self, name: str, at: int, names: list[str]) -> Column | None:
        """The column that an unknown heading was probably meant to be."""
        if name.partition(".")[0] in self.untabular:
            found = "these are parts with fields of their own: no cell can hold them"
            right = f"write {self.name} as a list in the YAML file, or leave the column out"
            self.fault("P2P1036", 1, at, found, right, name)
            return None
        near = nearest(name, self.known)
        right = f"did you mean {near}?" if near else self.choice()
        self.fault("P2P1020", 1, at, f"'{name[:60]}' is not a column here", right, name)
        return self.known[near] if near and near not in names else None

    def take(self, column: Column | None, at: int, name: str) -> None:
        """Read a column, unless another one goes to the same place."""
        if column is None:
            return
        *above, last = column.path
        below = self.tree
        for step in above:
            below = below.setdefault(step, {})
            if not isinstance(below, dict):
                break
        if not isinstance(below, dict) or last in below:
            found = "another column says the same in other words"
            self.fault("P2P1031", 1, at, found, "keep one of the two columns", name)
            return
        below[last] = at
        if above or column.reader:
            self.other.append((at - 1, column))
        else:
            self.plain.append((at - 1, last))

    def row(self, number: int, index: int, cells: list[str]) -> dict[str, Any]:
        """The mapping that a row stands for."""
        if len(cells) != self.width:
            self.ragged(number, index, cells)
        part: dict[str, Any] = {at: text for i, at in self.plain if (text := cells[i].strip())}
        for i, column in self.other:
            if text := cells[i].strip():
                self.place(part, number, index, i + 1, column, text)
        for i in self.unnamed:
            if cells[i].strip():
                found = f"the column has content, first in row {number}, and no heading"
                self.fault("P2P1032", 1, i + 1, found, "write a heading or clear the column")
                self.unnamed.remove(i)
                break
        return part

    def place(
        self, part: dict[str, Any], number: int, index: int, at: int, column: Column, text: str
    ) -> None:
        """Put a cell where its column says."""
        value: Any = text
        if column.reader is not None:
            try:
                value = column.reader(text)
            except ValueError as error:
                right = "write a list as `4; 3`, a mapping as `town1=12.5; town2=10`"
                name = ".".join(column.path)
                self.fault("P2P1034", number, at, str(error), right, name)
                self.gaps.add((index, *column.path))
                return
        *above, last = column.path
        for step in above:
            part = part.setdefault(step, {})
        part[last] = value

    def ragged(self, number: int, index: int, cells: list[str]) -> None:
        """Note a row that is too long or too short, and fill it up."""
        if len(cells) < self.width or any(cell.strip() for cell in cells[self.width :]):
            found = f"the row has {len(cells)} cells, the heading has {self.width}"
            right = "give every row one cell for every heading; quote a cell with commas in it"
            self.fault("P2P1033", number, 0, found, right)
            self.gaps.add((index,))
        cells += [""] * (self.width - len(cells))

    def choice(self) -> str:
        """The columns there may be."""
        return "known are " + ", ".join(self.known)

    def fault(
        self, code: str, row: int, column: int, found: str, right: str, heading: str = ""
    ) -> None:
        field = ".".join(filter(None, (self.name, heading[:60])))
        mark = Mark(self.file, row, column)
        self.faults.append(Fault(code=code, mark=mark, field=field, found=found, right=right))
