"""
What a printed document is made of.

A document knows nothing of paper: ``sheets.workbook`` lays it out in a spreadsheet and
``sheets.web`` on a page for a browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Cell = str | int | float | date | datetime | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a grid."""

    heading: str
    width: float
    """In characters."""
    right: bool = False
    """Whether its cells stand at the right, as numbers do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a grid."""

    cells: Row
    kind: Literal["", "head", "sum", "sign"] = ""
    """head: opens a group, in one cell across; sum: adds up what is above; sign: tall, with room
    to write in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with a title of its own or none."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Labels and what they say, one under the other."""

    pairs: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Sentences, one a line."""

    lines: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """Things to be ticked, each with room for a name and a signature."""

    title: str
    items: tuple[str, ...]
    name: str
    """What is to be written beside each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A box to sign and stamp in."""

    title: str
    lines: tuple[str, ...]
    """What is to be written in it."""


Block = Grid | Facts | Words | Boxes | Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One thing that is handed to somebody."""

    title: str
    blocks: tuple[Block, ...]
    key: str = ""
    """Id of the trip it is about; empty for all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Documents of one kind."""

    name: str
    """In the tab, at most 31 signs."""
    title: str
    documents: tuple[Document, ...]
    breaks: bool = True
    """Whether each document begins on a page of its own."""
    filters: bool = False
    """Whether it is one table to work with rather than to print."""


def grids(document: Document) -> Iterator[Grid]:
    """The grids of a document."""
    return (block for block in document.blocks if isinstance(block, Grid))
