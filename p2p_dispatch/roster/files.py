"""The cleaned roster as a CSV, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.reading.files import read_text, refuse
from p2p_dispatch.roster.cells import unguarded, write_rows
from p2p_dispatch.roster.days import read_moment
from p2p_dispatch.roster.person import Gender, Person, Role, Roster

MOST_MB = 200
"""Largest cleaned roster; about a million people."""

COLUMNS = tuple(field.name for field in fields(Person))
"""The headings, in order."""


def write_roster(roster: Roster, path: str | Path) -> Path:
    """
    Write a cleaned roster and return its path.

    An identity number has an apostrophe in front: Excel keeps 15 digits of a number, and would
    lose the rest of it on saving.

    Raises
    ------
    OSError
        When it cannot be written there.
    """
    path = Path(path)
    write_rows(path, COLUMNS, (_row(person) for person in roster.people))
    return path


def _row(person: Person) -> list[str]:
    row = [_as_text(getattr(person, name)) for name in COLUMNS]
    at = COLUMNS.index("identity")
    row[at] = f"'{row[at]}" if row[at] else ""
    return row


def _as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else ""
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def read_roster(path: str | Path) -> Roster:
    """
    A cleaned roster, also one that was edited in a spreadsheet.

    Raises
    ------
    InputError
        With all its faults at once: P2P4201 for a heading, P2P4202 for a cell, P2P4203 for an id
        that stands twice, and those of any file.
    """
    path = Path(path)
    text = read_text(
        path, most_mb=MOST_MB, too_large="split it into several scenarios", or_gb18030=True
    )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    faults: list[Fault] = []
    people = list(_people(str(path), reader, faults))
    _refuse_twice(str(path), people, faults)
    if faults:
        raise InputError(faults)
    return Roster(tuple(person for _, person in people))


def _people(
    file: str, reader: Iterator[list[str]], faults: list[Fault]
) -> Iterator[tuple[int, Person]]:
    try:
        names = [name.strip() for name in next(reader, [])]
        _refuse_headings(file, names)
        for number, cells in enumerate(reader, start=2):
            if any(map(str.strip, cells)):
                yield number, _person(file, number, dict(zip(names, cells, strict=False)), faults)
    except csv.Error as trouble:
        mark = Mark(file, reader.line_num)  # type: ignore[attr-defined]
        refuse("P2P1035", mark, f"it cannot be parsed: {trouble}", "close the quotes")


def _refuse_headings(file: str, names: list[str]) -> None:
    strange = [name for name in names if name and name not in COLUMNS]
    missing = [name for name in ("id", "name") if name not in names]
    if strange or missing:
        words = [f"no column {name}" for name in missing]
        words += [f"a column {name[:60]}" for name in strange]
        right = "a roster as import roster writes it; sheets as they come go through that first"
        refuse("P2P4201", Mark(file, 1), f"there is {', '.join(words)}", right)


def _person(file: str, number: int, cells: dict[str, str], faults: list[Fault]) -> Person:
    values: dict[str, Any] = {}
    for at, (name, cell) in enumerate(cells.items(), start=1):
        if name not in READERS or not cell:
            continue
        try:
            values[name] = READERS[name](unguarded(cell))
        except ValueError as trouble:
            mark = Mark(file, number, at)
            found = f"{name} is {cell[:60]!r}"
            faults.append(
                Fault(code="P2P4202", mark=mark, field=name, found=found, right=str(trouble))
            )
    return Person(**{"id": "", "name": "", **values})


def _text(text: str) -> str:
    return text


def _identity(text: str) -> str:
    return text.removeprefix("'")


def _yes(text: str) -> bool:
    word = text.strip().lower()
    if word not in ("yes", "true", "no", "false", "1", "0"):
        raise ValueError("yes, or nothing")
    return word in ("yes", "true", "1")


def _number(text: str) -> int:
    if not (text.strip().isascii() and text.strip().isdecimal() and len(text) < 10):
        raise ValueError("a whole number, e.g. 1")
    return int(text)


def _word(kind: type[Gender] | type[Role]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return kind(text.strip())
        except ValueError:
            raise ValueError(f"one of {', '.join(filter(None, kind))}") from None

    return read


READERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(COLUMNS, _text),
    "identity": _identity,
    "gender": _word(Gender),
    "role": _word(Role),
    "ready": read_moment,
    "due": read_moment,
    "accessible": _yes,
    "luggage": _number,
    "row": _number,
}
"""How each column is read; raises ValueError with what would be right."""


def _refuse_twice(file: str, people: list[tuple[int, Person]], faults: list[Fault]) -> None:
    seen: dict[str, int] = {}
    for number, person in people:
        if not person.id or person.id in seen:
            where = f"again; it is that of row {seen[person.id]}" if person.id else "empty"
            faults.append(
                Fault(
                    code="P2P4203",
                    mark=Mark(file, number, 1),
                    field="id",
                    found=f"the id {person.id[:60]} stands here {where}",
                    right="an id of its own for everybody",
                )
            )
        seen.setdefault(person.id, number)
