"""Tables as CSV that a spreadsheet opens without surprises."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from p2p_dispatch.plan.table import Cell, Row

FORMULA = tuple("=+-@\t\r＝＋－＠")
"""What makes a spreadsheet take a text for a formula, full-width signs included."""


def write_csv(path: Path, columns: Iterable[str], rows: Iterable[Row], zone: ZoneInfo) -> None:
    """
    Write a table, times in local time.

    The byte order mark is for Excel, which reads Chinese names as noise without it.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([as_text(cell, zone) for cell in row] for row in rows)


def as_text(cell: Cell, zone: ZoneInfo) -> str:
    """A cell as it stands in the file; text that looks like a formula gets an apostrophe."""
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if cell.startswith(FORMULA) else cell
        case datetime():
            local = cell.astimezone(zone) if cell.tzinfo else cell
            return f"{local:%Y-%m-%d %H:%M}" if not local.second else f"{local:%Y-%m-%d %H:%M:%S}"
        case date():
            return cell.isoformat()
        case float():
            return f"{cell:.2f}".rstrip("0").rstrip(".")
        case _:
            return str(cell)
