"""Which file a word on the command line means."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from p2p_dispatch.reading.faults import Fault, InputError, Mark
from p2p_dispatch.shipped import shipped


def find_scenario(word: str) -> Path:
    """
    The file of a scenario: a path, a folder with a scenario.yaml, or the name of a shipped one.

    Raises
    ------
    InputError
        P2P1001, when there is nothing of that name.
    """
    path = Path(word)
    if (path / "scenario.yaml").is_file():
        return path / "scenario.yaml"
    names = [file.stem for file in sorted(shipped("scenarios").glob("*.yaml"))]
    # A folder of this name is no scenario: it may be the plan of the last run.
    if word in names and not path.is_file():
        return shipped("scenarios") / f"{word}.yaml"
    if path.exists() or path.suffix in {".yaml", ".yml"} or len(path.parts) > 1:
        return path
    near = get_close_matches(word, names, n=1)
    right = (
        f"did you mean {near[0]}?"
        if near
        else "a file, or a name that p2p-dispatch scenarios lists"
    )
    found = "there is no such file, and no shipped scenario of this name"
    raise InputError([Fault(code="P2P1001", mark=Mark(word, 0), found=found, right=right)])


def default_folder(name: str) -> Path:
    """
    Where a plan goes if nobody said: a folder of the scenario's name in the working directory.

    If there is one with other things in it, such as the tables of the scenario itself, the plan
    goes beside it.
    """
    safe = file_name(name)
    folder = Path(safe)
    if (folder / "plan.json").exists() or not _holds_something(folder):
        return folder
    return Path(f"{safe}-plan")


def file_name(name: str) -> str:
    """A name without what some file systems do not take."""
    return re.sub(r'[\\/:*?"<>|]', "-", name).strip(". ") or "plan"


def beside_plan(plan: Path, name: str) -> Path:
    """Where something made of a plan goes if nobody said: into the plan's folder."""
    return (plan if plan.is_dir() else plan.parent) / name


def _holds_something(folder: Path) -> bool:
    return folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))
