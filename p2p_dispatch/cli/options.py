"""Options that several commands share, with one meaning."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer


def finite(value: float | None) -> float | None:
    """Refuse nan and inf, which a comparison with the limits lets through."""
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter("a number is wanted")
    return value


Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout, no tables.")]

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no words on stderr.")]

Offline = Annotated[
    bool, typer.Option("--offline", help="Ask no travel service; use what it said before.")
]

ScenarioName = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of a shipped one.")
]

PlanPath = Annotated[
    Path, typer.Argument(metavar="PLAN", help="A plan.json, or the folder that holds it.")
]

LanguageName = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="en|zh",
        envvar="P2P_DISPATCH_LANG",
        help="A language, or a file of words (.yaml).",
    ),
]

RosterPath = Annotated[
    Path | None, typer.Option("--roster", metavar="FILE", help="The people by name.")
]

Unmask = Annotated[
    bool, typer.Option("--unmask", help="Identity and phone numbers in full; masked if not.")
]
