"""What is wrong in an input: located, coded, with what would be right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Mark(NamedTuple):
    """A position in a file."""

    file: str
    line: int
    """Counted from 1; in a table the row, the heading being row 1. 0: the file as a whole."""
    column: int = 0
    """Counted from 1; 0: the line as a whole."""

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


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

    def __str__(self) -> str:
        head = f"{self.mark}  {self.code}" + (f"  {self.field}" if self.field else "")
        return f"{head}\n  {self.found}\n  -> {self.right}"


@dataclass(eq=False)
class InputError(Exception):
    """An input cannot be used; ``faults`` says why, all at once."""

    faults: list[Fault] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)
