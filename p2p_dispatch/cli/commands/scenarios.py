"""``p2p-dispatch scenarios``: what there is to try."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, Quiet
from p2p_dispatch.cli.terminal import Terminal


def scenarios(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="A folder of scenario files; none: the shipped ones."),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """List scenarios: the shipped ones, or those of a folder."""
    from p2p_dispatch.cli.trouble import as_data
    from p2p_dispatch.reading.faults import Fault, InputError, Mark
    from p2p_dispatch.scenario.read import read_scenario
    from p2p_dispatch.shipped import shipped

    terminal = Terminal(as_json=as_json, quiet=quiet)
    home = shipped("scenarios") if folder is None else folder
    if not home.is_dir():
        mark = Mark(str(home), 0)
        right = "a folder of scenario files"
        raise InputError([Fault(code="P2P1001", mark=mark, found="no such folder", right=right)])
    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for path in sorted((*home.glob("*.yaml"), *home.glob("*/scenario.yaml"))):
        try:
            scenario = read_scenario(path)
        except InputError as trouble:
            faults += trouble.faults
            continue
        rows.append(
            {
                "name": scenario.name,
                "title": scenario.title,
                "people": scenario.people,
                "origins": len(scenario.origins),
                "sites": len(scenario.sites),
                "days": len(scenario.dates),
                "path": str(path),
            }
        )
    terminal.hand_over({"scenarios": rows, "faults": [as_data(fault) for fault in faults]})
    if not as_json:
        from p2p_dispatch.report.listing import listing

        terminal.show(listing(rows, folds=("title", "path")))
    if faults:
        terminal.complain(str(InputError(faults)))
        return Exit.WRONG
    if rows:
        # A shipped one goes by its name, another by its path.
        first = rows[0]["name" if folder is None else "path"]
        terminal.say(f"\nNext:  p2p-dispatch solve {first}")
    return Exit.DONE
