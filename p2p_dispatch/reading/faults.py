"""What is wrong in an input: located, coded, with what would be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from p2p_dispatch.reading.codes import CODES, NOTICES

__all__ = ["CODES", "NOTICES", "PRINTED", "Fault", "InputError", "Mark", "in_order", "listing"]

PRINTED = 20
"""Faults of one code in one file that are printed; the exception holds all."""


class Mark(NamedTuple):
    """A position in a file."""

    file: str
    line: int
    """Counted from 1; in a table the row, the heading being row 1. 0: the file as a whole."""
    column: int = 0
    """Counted from 1; 0: the line as a whole."""
    sheet: str = ""
    """The sheet of a workbook; its cells are then named as there: ``list.xlsx!Sheet1!F12``."""

    def __str__(self) -> str:
        if self.sheet:
            letters = column_letters(self.column) if self.column else "row "
            return "!".join([self.file, self.sheet, *([f"{letters}{self.line}"] * bool(self.line))])
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


def column_letters(column: int) -> str:
    """The name of a column as a workbook has it: A for 1, AA for 27."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong in an input."""

    code: str
    """A key of :data:`CODES`."""

    mark: Mark
    field: str = ""
    """Where it is in the content, e.g. ``cohorts.gb-01.due``."""

    found: str
    """What was found, a sentence without a full stop."""

    right: str
    """What would be right."""

    @property
    def refuses(self) -> bool:
        """Whether the input cannot be used; if not, it is a notice."""
        return self.code not in NOTICES

    def __str__(self) -> str:
        head = f"{self.mark}  {self.code}" + (f"  {self.field}" if self.field else "")
        return f"{head}\n  {self.found}\n  -> {self.right}"


@dataclass(eq=False)
class InputError(Exception):
    """An input cannot be used; ``faults`` says why, all at once."""

    faults: list[Fault] = field(default_factory=list)

    def __str__(self) -> str:
        return listing(self.faults)


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Each fault once, by file, line and column."""
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.mark, fault.code, fault.field))


def _and_more(number: int, code: str) -> str:
    return f"and {number} more: {CODES[code]}"


def listing(faults: Iterable[Fault], more: Callable[[int, str], str] = _and_more) -> str:
    """
    The faults as text; of one code in one file the first :data:`PRINTED`, then how many more.

    A wrong column of a table is one fact and not 500.

    Parameters
    ----------
    faults
        In the order in which they are said.
    more
        Says how many more there are of a code; in English if nothing is given.
    """
    blocks: list[str] = []
    seen = Counter[tuple[str, str]]()
    for fault in faults:
        kind = (fault.mark.file, fault.code)
        seen[kind] += 1
        if seen[kind] <= PRINTED:
            blocks.append(str(fault))
    blocks += [
        f"{file}  {code}\n  {more(number - PRINTED, code)}"
        for (file, code), number in seen.items()
        if number > PRINTED
    ]
    return "\n".join(blocks)
