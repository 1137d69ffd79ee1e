"""Options that several commands share, with one meaning."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Literal

import typer


def finite(value: float | None) -> float | None:
    """Refuse nan and inf, which a comparison with the limits lets through."""
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter("a number is wanted")
    return value


def scenarios_like(incomplete: str) -> list[str]:
    """Shipped scenarios that begin so, for the shell; files it completes by itself."""
    return _shipped("scenarios", incomplete)


def solvers_like(incomplete: str) -> list[str]:
    """The same of solvers."""
    return _shipped("solvers", incomplete)


def languages_like(incomplete: str) -> list[str]:
    """The same of languages."""
    from p2p_dispatch.report.language import languages

    return [name for name in languages() if name.startswith(incomplete)]


def _shipped(folder: Literal["scenarios", "solvers"], incomplete: str) -> list[str]:
    from p2p_dispatch.shipped import shipped

    names = (file.stem for file in sorted(shipped(folder).glob("*.yaml")))
    return [name for name in names if name.startswith(incomplete)]


Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout, no tables.")]

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no words on stderr.")]

Offline = Annotated[
    bool, typer.Option("--offline", help="Ask no travel service; use what it said before.")
]

SolverName = Annotated[
    str,
    typer.Option(
        metavar="NAME|FILE",
        help="A shipped solver or a solver file.",
        autocompletion=solvers_like,
    ),
]

TimeLimit = Annotated[
    float | None,
    typer.Option(min=0, callback=finite, metavar="S", help="Stop after so many seconds."),
]

Iterations = Annotated[
    int | None, typer.Option(min=0, metavar="N", help="Stop after so many iterations.")
]

Seed = Annotated[int, typer.Option(min=0, metavar="N", help="Of all randomness.")]

Threads = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Most threads; none: all cores.")
]

ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help="A scenario file, or the name of a shipped one.",
        autocompletion=scenarios_like,
    ),
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
        autocompletion=languages_like,
        help="A language, or a file of words (.yaml).",
    ),
]

RosterPath = Annotated[
    Path | None, typer.Option("--roster", metavar="FILE", help="The people by name.")
]

Unmask = Annotated[
    bool, typer.Option("--unmask", help="Identity and phone numbers in full; masked if not.")
]
