"""Which fields of a scenario may be kept in a CSV beside it, and their reading."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from p2p_dispatch.reading.cells import untabular
from p2p_dispatch.reading.faults import Fault, InputError
from p2p_dispatch.reading.shapes import alternatives, fields_of, is_model, item_type
from p2p_dispatch.reading.spots import Document, Spot
from p2p_dispatch.reading.tables import read_table
from p2p_dispatch.scenario.scenario import Scenario
from p2p_dispatch.scenario.travel import Leg

Field = tuple[str, ...]
"""A field by its path, e.g. ``("travel", "legs")``."""


Models = tuple[type[BaseModel], ...]
"""What a row may be: one part, or one of several, such as a coach or a train."""


def _tables() -> dict[Field, Models]:
    found: dict[Field, Models] = {}
    for name, info in fields_of(Scenario).items():
        for item in map(item_type, alternatives(info.annotation)):
            models = tuple(filter(is_model, alternatives(item)))
            if models and all(map(_fits, models)):
                found[name,] = models
    return found


def _fits(model: type[BaseModel]) -> bool:
    """Whether all that a part needs can stand in cells; a frozen trip has a list of riders."""
    return not any(fields_of(model)[name].is_required() for name in untabular(model))


TABLES: dict[Field, Models] = {**_tables(), ("travel", "legs"): (Leg,)}
"""The fields that take the name of a CSV, and what each of its rows may be."""


def load_tables(document: Document, folder: Path) -> None:
    """
    Put the rows of the tables in the place of their names.

    Parameters
    ----------
    document
        A scenario as it was written; changed in place. What cannot be read becomes a gap.
    folder
        Where the names of the tables start from.
    """
    for path, models in TABLES.items():
        *above, last = path
        data, spot = document.data, document.spot
        for step in above:
            data, spot = data.get(step), spot.walk([step])
        if not isinstance(data, dict) or not _is_name(data.get(last)):
            continue
        try:
            cell = spot.walk([last])
            table = read_table(_file(data[last], folder, cell, path), models, ".".join(path))
        except InputError as error:
            document.faults += (_beside(fault, cell, path) for fault in error.faults)
            document.gaps.add(path)
            del data[last]
            continue
        document.faults += table.faults
        document.gaps.update((*path, *gap) for gap in table.gaps)
        data[last] = table.data
        if isinstance(spot.below, dict):
            table.spot.key = cell.key
            spot.below[last] = table.spot


def _beside(fault: Fault, cell: Spot, path: Field) -> Fault:
    """The fault of a table, which where the file cannot be had lies in its name."""
    field = ".".join(path)
    if fault.code not in ("P2P1001", "P2P1002"):
        return replace(fault, field=field)
    found = f"{fault.mark.file}: {fault.found}"
    return replace(fault, field=field, mark=cell.mark, found=found)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.strip().lower().endswith(".csv")


def _file(name: str, folder: Path, spot: Spot, path: Field) -> Path:
    """
    The file that a name stands for.

    Absolute names are refused: a scenario is sent to others with its tables and must still read
    there. ``..`` is fine, two scenarios may share a table.
    """
    name = name.strip()
    faults = {
        "\\" in name: ("there is a \\ in the path", "write / between folders"),
        "://" in name: ("this is an address", "save the table beside the scenario"),
        Path(name).is_absolute() or name[:1] == "~" or name[1:2] == ":": (
            "the path is absolute",
            "write it as seen from the folder of the scenario, e.g. tables/cohorts.csv",
        ),
    }
    if True in faults:
        found, right = faults[True]
        fault = Fault(
            code="P2P1030", mark=spot.mark, field=".".join(path), found=found, right=right
        )
        raise InputError([fault])
    return folder / name
