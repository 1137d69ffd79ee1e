"""What the columns of a table mean: one value, a list or a mapping in each cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from p2p_dispatch.reading.shapes import alternatives, fields_of, is_model, item_type

Reader = Callable[[str], Any]
"""From the text of a cell that is not empty to its value; raises ValueError with words."""


class Column(NamedTuple):
    """One column of a table."""

    path: tuple[str, ...]
    """Where its values go: ``hours.opens`` goes below ``hours``."""

    reader: Reader | None
    """How its cells are read; None: as they are."""


def columns_of(model: type[BaseModel]) -> dict[str, Column]:
    """The columns that a table of such parts may have, by heading."""
    return {".".join(column.path): column for column in _columns(model, ())}


def untabular(model: type[BaseModel]) -> frozenset[str]:
    """The fields that no cell can hold: lists of parts with fields of their own."""
    return frozenset(
        name
        for name, info in fields_of(model).items()
        if any(is_model(i) for t in alternatives(info.annotation) for i in _items(t))
    )


def _columns(model: type[BaseModel], above: tuple[str, ...]) -> list[Column]:
    columns: list[Column] = []
    for name, info in fields_of(model).items():
        path = (*above, name)
        types = list(alternatives(info.annotation))
        if any(get_origin(t) is dict for t in types):
            columns.append(Column(path, read_mapping))
        elif any(is_model(i) for t in types for i in _items(t)):
            continue
        elif any(item_type(t) is not None for t in types):
            columns.append(Column(path, read_list))
        else:
            # a part may also be written in short: 300 for {usual: 300}
            columns.append(Column(path, None))
            for part in filter(is_model, types):
                columns += _columns(part, path)
    return columns


def _items(annotation: Any) -> list[Any]:
    item = item_type(annotation)
    if get_origin(annotation) is dict:
        item = get_args(annotation)[1]
    return [] if item is None else list(alternatives(item))


def read_list(cell: str) -> list[str]:
    """The items of a cell like ``4; 3``."""
    return [item for item in (part.strip() for part in cell.split(";")) if item]


def read_mapping(cell: str) -> dict[str, str]:
    """The pairs of a cell like ``town1=12.5; town2=10``."""
    pairs: dict[str, str] = {}
    for item in read_list(cell):
        key, equals, value = (part.strip() for part in item.partition("="))
        if not (key and equals and value):
            raise ValueError(f"'{item[:40]}' has no key or no value")
        if key in pairs:
            raise ValueError(f"the key {key[:40]} stands here twice")
        pairs[key] = value
    return pairs
