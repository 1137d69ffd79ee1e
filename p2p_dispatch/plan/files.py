"""A plan in its folder: plan.json, the tables as CSV, and the travel it was made with."""

from __future__ import annotations

import os
import shutil
import tempfile
from errno import EACCES, ENOTDIR
from pathlib import Path
from zoneinfo import ZoneInfo

from p2p_dispatch.plan.cells import write_csv
from p2p_dispatch.plan.model import Plan
from p2p_dispatch.plan.read import read_plan
from p2p_dispatch.plan.tables import TABLES
from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.scenario import Scenario

__all__ = ["FILES", "read_plan", "write_plan"]

FILES = (*(f"{name}.csv" for name in TABLES), "travel.npz", "plan.json")
"""What a folder holds; plan.json comes last, so that where it stands the others do too."""

OLDER = "older"
"""Where earlier plans of a folder are kept, in folders 1, 2, ..."""


def write_plan(plan: Plan, folder: str | Path, *, scenario: Scenario | None = None) -> list[Path]:
    """
    Write a plan into a folder and return the files.

    An earlier plan there moves to ``older/1``, ``older/2``, ...; other files are not touched.
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
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=".p2p-dispatch-", dir=folder))
    except OSError as trouble:
        raise InputError([_no_folder(folder, trouble)]) from None
    try:
        _make(plan, workshop, scenario)
        _keep_older(folder)
        for name in FILES:
            os.replace(workshop / name, folder / name)
    except OSError as trouble:
        raise InputError([_no_folder(folder, trouble)]) from None
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return [folder / name for name in reversed(FILES)]


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
        raise InputError([_no_folder(there, NotADirectoryError(ENOTDIR, "it is a file"))])
    if not os.access(there, os.W_OK | os.X_OK):
        raise InputError([_no_folder(folder, PermissionError(EACCES, "permission denied"))])


def _make(plan: Plan, folder: Path, scenario: Scenario | None) -> None:
    zone = ZoneInfo(plan.time_zone)
    for name, table in TABLES.items():
        write_csv(folder / f"{name}.csv", table.columns, table.rows(plan, scenario), zone)
    plan.travel.save(folder / "travel.npz")
    text = plan.model_dump_json(indent=1) + "\n"
    (folder / "plan.json").write_text(text, encoding="utf-8", newline="\n")


def _keep_older(folder: Path) -> None:
    # Whatever bears one of our names is kept, also a file that the user made.
    there = [name for name in FILES if (folder / name).exists()]
    if not there:
        return
    older = folder / OLDER
    older.mkdir(exist_ok=True)
    number = 1 + max((int(p.name) for p in older.iterdir() if p.name.isdecimal()), default=0)
    (older / str(number)).mkdir()
    # plan.json goes first: what stays behind after a crash is then no plan rather than half of one
    for name in reversed(there):
        os.replace(folder / name, older / str(number) / name)


def _no_folder(folder: Path, trouble: OSError) -> Fault:
    reason = "it is a file" if folder.is_file() else (trouble.strerror or str(trouble)).lower()
    return Fault(
        code="P2P3004",
        mark=Mark(str(folder), 0),
        found=f"the plan cannot be written here: {reason}",
        right="a folder that can be written to, e.g. -o another-folder",
    )
