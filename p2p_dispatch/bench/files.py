"""The folder of a comparison: its rows, one line each and never changed, and the picture."""

from __future__ import annotations

from pathlib import Path

from p2p_dispatch.bench.row import Row
from p2p_dispatch.reading import Fault, InputError, Mark

ROWS = "rows.jsonl"
PICTURE = "cost-over-time.svg"


def open_rows(folder: Path) -> Path:
    """
    The file to which rows are added; made if it is not there.

    Raises
    ------
    InputError
        P2P1002, before the first run and not after the last, when it cannot be written.
    """
    path = folder / ROWS
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.open("a").close()
    except OSError as trouble:
        found = f"rows cannot be written here: {(trouble.strerror or str(trouble)).lower()}"
        mark = Mark(str(folder), 0)
        right = "a folder that can be written to, e.g. -o another-folder"
        raise InputError([Fault(code="P2P1002", mark=mark, found=found, right=right)]) from None
    return path


def add_row(path: Path, row: Row) -> None:
    """Add one row; the file is closed after each, so that a crash of ours loses none."""
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(row.model_dump_json() + "\n")


def read_rows(path: Path) -> list[Row]:
    """The rows of a file, for whoever compares over months."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Row.model_validate_json(line) for line in lines if line]
