"""``p2p-dispatch new``: a scenario to start from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, Quiet
from p2p_dispatch.cli.terminal import Terminal

TEMPLATE = Path(__file__).resolve().parent.parent / "template"
NAME_IN_TEMPLATE = "name: my-season"


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to; made if not there.")],
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Write a small scenario to change into yours.

    A scenario that solves as it is, its people as CSV, and the schema for your editor.
    """
    import json

    from p2p_dispatch.reading.faults import Fault, InputError, Mark
    from p2p_dispatch.scenario.schema import scenario_schema

    terminal = Terminal(as_json=as_json, quiet=quiet)
    contents = {path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATE.iterdir())}
    contents["scenario.yaml"] = contents["scenario.yaml"].replace(
        NAME_IN_TEMPLATE, f"name: {_name(folder)}"
    )
    schema = json.dumps(scenario_schema(), ensure_ascii=False, indent=1)
    contents["scenario.schema.json"] = schema + "\n"
    there = [folder / name for name in contents if (folder / name).exists()]
    if there:
        raise InputError(
            [
                Fault(
                    code="P2P1002",
                    mark=Mark(str(path), 0),
                    found="this is here already and is not overwritten",
                    right="another folder",
                )
                for path in there
            ]
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in contents.items():
            # Excel takes a CSV without the mark for the encoding of its country.
            encoding = "utf-8-sig" if name.endswith(".csv") else "utf-8"
            (folder / name).write_text(text, encoding=encoding, newline="\n")
    except OSError as trouble:
        found = f"this cannot be written: {(trouble.strerror or str(trouble)).lower()}"
        mark = Mark(str(folder), 0)
        fault = Fault(code="P2P1002", mark=mark, found=found, right="another folder")
        raise InputError([fault]) from None
    terminal.hand_over({"folder": folder, "files": sorted(contents)})
    terminal.show("\n".join(str(folder / name) for name in sorted(contents)))
    terminal.say(f"\nNext:  p2p-dispatch solve {folder}")
    return Exit.DONE


def _name(folder: Path) -> str:
    """The scenario's name: that of its folder, as far as a name may hold it."""
    return re.sub(r"[^\w.-]+", "-", folder.resolve().name).strip("-.") or "my-season"
