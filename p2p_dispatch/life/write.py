"""A plan made again in its folder: with the scenario that it is judged by, and the changes."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any

from p2p_dispatch.life.changes import as_csv, as_data
from p2p_dispatch.life.replan import Replanned
from p2p_dispatch.plan.files import FILES, make_files, no_folder
from p2p_dispatch.reading.folders import put_into
from p2p_dispatch.scenario import Scenario

SCENARIO, CHANGES, CHANGES_CSV = "scenario.yaml", "changes.json", "changes.csv"


def write_replanned(again: Replanned, folder: Path) -> list[Path]:
    """
    Write a plan made again into a folder and return the files.

    Beside the plan: ``scenario.yaml``, the scenario as events have changed it, and who must be told
    what as ``changes.csv`` and ``changes.json``. What was there goes aside as in ``write_plan``.

    Raises
    ------
    InputError
        P2P3004, when the folder is a file or cannot be written to.
    """

    def make(there: Path) -> None:
        make_files(again.plan, there, again.scenario)
        (there / SCENARIO).write_text(scenario_text(again.scenario), encoding="utf-8")
        (there / CHANGES_CSV).write_text(as_csv(again.changes), encoding="utf-8-sig")
        data = [as_data(change) for change in again.changes]
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        (there / CHANGES).write_text(text, encoding="utf-8")

    names = (CHANGES_CSV, CHANGES, SCENARIO, *FILES)
    return put_into(folder, make, no_folder, names, ["events.yaml"])[::-1]


def scenario_text(scenario: Scenario) -> str:
    """A scenario as a file that is read again as the same: everything is written out in it."""
    lines = ["# As events have changed it. The plan beside it is judged by this."]
    for key, value in _plain(scenario.model_dump(by_alias=True)).items():
        if isinstance(value, list) and value:
            lines.append(f"{key}:")
            lines += [f"- {json.dumps(item, ensure_ascii=False)}" for item in value]
        else:
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _plain(value: Any) -> Any:
    """As it is written in a file; what is none is left out."""
    if isinstance(value, dict):
        return {_plain(key): _plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
