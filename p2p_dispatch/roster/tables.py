"""Parts of a scenario as the tables beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from p2p_dispatch.reading.cells import columns_of
from p2p_dispatch.reading.spots import Document, Spot
from p2p_dispatch.reading.tables import read_table
from p2p_dispatch.reading.validate import validate
from p2p_dispatch.roster.cells import guarded, write_rows
from p2p_dispatch.scenario.base import Part

P = TypeVar("P", bound=Part)


def write_parts(path: Path, model: type[Part], parts: Sequence[Part]) -> None:
    """
    Write parts as a table that ``read_scenario`` reads; fields that all leave out have no column.

    Raises
    ------
    OSError
        When it cannot be written there.
    """
    known = list(columns_of(model))
    rows = [dict(_cells(part, frozenset(known))) for part in parts]
    used = {name for row in rows for name in row}
    columns = [name for name in known if name in used] or known[:1]
    write_rows(
        path, columns, ([row.get(name, "") for name in columns] for row in rows), guard=False
    )


def _cells(part: Part, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The cells of a part by heading; what is below a field has a heading of its own."""
    content = plain(part.model_dump(by_alias=True, exclude_defaults=True))
    below: list[tuple[str, Any]] = list(content.items())
    while below:
        name, value = below.pop(0)
        if isinstance(value, dict) and any(other.startswith(f"{name}.") for other in known):
            below += [(f"{name}.{key}", each) for key, each in value.items()]
        elif value is not None:
            yield name, _cell(value)


def plain(value: Any) -> Any:
    """Content of a model as it is written in YAML: days and times as text."""
    match value:
        case dict():
            return {plain(key): plain(below) for key, below in value.items()}
        case list() | tuple():
            return [plain(below) for below in value]
        case Enum():
            return value.value
        case datetime() | time():
            text = value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
            return text.removesuffix(":00")
        case date():
            return value.isoformat()
        case _:
            return value


def _cell(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            return "; ".join(f"{key}={_cell(below)}" for key, below in value.items())
        case list() | tuple():
            return "; ".join(map(_cell, value))
        case str():
            return guarded(value)
        case _:
            return str(value)


def read_parts(path: Path, model: type[P], name: str) -> tuple[P, ...]:
    """
    The parts of a table.

    Parameters
    ----------
    path
        A CSV beside a scenario.
    model
        What each row is.
    name
        The field of the scenario that it is the table of.

    Raises
    ------
    InputError
        With all its faults at once.
    """
    table = read_table(path, [model], name)
    spot = Spot(table.spot.mark, table.spot.mark, {"parts": table.spot})
    gaps = {("parts", *gap) for gap in table.gaps}
    document = Document({"parts": table.data}, spot, table.faults, gaps)

    class Parts(BaseModel):
        parts: tuple[model, ...]  # type: ignore[valid-type]

    return tuple(validate(Parts, document).parts)
