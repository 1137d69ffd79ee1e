"""A plan in its folder: plan.json, the tables as CSV, and the travel it was made with."""

from __future__ import annotations

import os
from errno import EACCES, ENOTDIR
from pathlib import Path
from zoneinfo import ZoneInfo

from p2p_dispatch.events.file import FILE as EVENTS
from p2p_dispatch.plan.cells import write_csv
from p2p_dispatch.plan.model import Plan
from p2p_dispatch.plan.read import read_plan
from p2p_dispatch.plan.tables import TABLES
from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.reading.folders import put_into, reason_of
from p2p_dispatch.scenario import Scenario

__all__ = ["FILES", "read_plan", "write_plan"]

FILES = (*(f"{name}.csv" for name in TABLES), "travel.npz", "plan.json")
"""What a folder holds; plan.json comes last, so that where it stands the others do too."""


def write_plan(plan: Plan, folder: str | Path, *, scenario: Scenario | None = None) -> list[Path]:
    """
    Write a plan into a folder and return the files.

    An earlier plan there moves to ``older/1``, ``older/2``, ... with the events beside it; other
    files are not touched.
    Nothing is ever half-written: the files are made in a hidden folder first and then moved.

    Parameters
    ----------
    plan
        The plan, with its travel.
    folder
        Where to; made if it is not there.
    scenario
        The scenario the plan answers; it adds names, ready and due days to movements.csv.

    Raises
    ------
    InputError
        P2P3004, when the folder is a file or cannot be written to.
    """
    done = put_into(
        Path(folder), lambda there: make_files(plan, there, scenario), no_folder, FILES, [EVENTS]
    )
    return done[::-1]


def refuse_folder(folder: Path) -> None:
    """
    Say now that a plan could not be written later.

    Raises
    ------
    InputError
        P2P3004, when the folder is a file or cannot be written to.
    """
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        raise InputError([no_folder(there, NotADirectoryError(ENOTDIR, "it is a file"))])
    if not os.access(there, os.W_OK | os.X_OK):
        raise InputError([no_folder(folder, PermissionError(EACCES, "permission denied"))])


def make_files(plan: Plan, folder: Path, scenario: Scenario | None) -> None:
    """Write the files of a plan into a folder that is there."""
    zone = ZoneInfo(plan.time_zone)
    for name, table in TABLES.items():
        write_csv(folder / f"{name}.csv", table.columns, table.rows(plan, scenario), zone)
    plan.travel.save(folder / "travel.npz")
    text = plan.model_dump_json(indent=1) + "\n"
    (folder / "plan.json").write_text(text, encoding="utf-8", newline="\n")


def no_folder(folder: Path, trouble: OSError) -> Fault:
    """What is said where a plan cannot be written."""
    return Fault(
        code="P2P3004",
        mark=Mark(str(folder), 0),
        found=f"the plan cannot be written here: {reason_of(folder, trouble)}",
        right="a folder that can be written to, e.g. -o another-folder",
    )
