"""Text of people in the cells of a CSV: harmless for a spreadsheet, and the same when read back."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from p2p_dispatch.plan.cells import FORMULA

_SIGNS = re.escape("".join(FORMULA))
_RISKY = re.compile(rf"'*[{_SIGNS}]")
_GUARDED = re.compile(rf"'+[{_SIGNS}]")


def guarded(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """What :func:`guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def write_rows(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]], *, guard: bool = True
) -> None:
    """
    Write a CSV whole or not at all, with the byte-order mark that Excel needs.

    Parameters
    ----------
    guard
        Whether every cell is guarded here; if not, those with text have been.

    Raises
    ------
    OSError
        When it cannot be written there; what was there before is then still there.
    """
    part = path.with_name(f".p2p-dispatch-{os.getpid()}-{path.name}")
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            if guard:
                rows = ([guarded(cell) for cell in row] for row in rows)
            writer.writerows(rows)
        os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
