"""A plain table of a few rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text


def listing(rows: Sequence[Mapping[str, Any]], *, folds: Iterable[str] = ()) -> RenderableType:
    """
    One column a key, numbers to the right.

    Parameters
    ----------
    rows
        All with the same keys.
    folds
        Columns that go over several lines where the terminal is narrow.
    """
    if not rows:
        return Text("There are none.")
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for key, value in rows[0].items():
        table.add_column(
            key,
            justify="right" if isinstance(value, int) else "left",
            no_wrap=key not in folds,
            overflow="fold",
        )
    for row in rows:
        cells = (f"{v:,}" if isinstance(v, int) else str(v) for v in row.values())
        table.add_row(*(Text(cell) for cell in cells))
    return table
