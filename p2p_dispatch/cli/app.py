"""
The commands by name.

Each module defines one command and imports what it needs only when it runs: ``--help`` should
not wait for a solver library.
"""

from __future__ import annotations

from typing import Annotated

import typer

from p2p_dispatch._version import __version__
from p2p_dispatch.cli.commands.bench import bench
from p2p_dispatch.cli.commands.check import check
from p2p_dispatch.cli.commands.compare import compare
from p2p_dispatch.cli.commands.event import event
from p2p_dispatch.cli.commands.explain import explain
from p2p_dispatch.cli.commands.export import export
from p2p_dispatch.cli.commands.imports import lists
from p2p_dispatch.cli.commands.new import new
from p2p_dispatch.cli.commands.replan import replan
from p2p_dispatch.cli.commands.report import report
from p2p_dispatch.cli.commands.scenarios import scenarios
from p2p_dispatch.cli.commands.schema import schema
from p2p_dispatch.cli.commands.seat import seat
from p2p_dispatch.cli.commands.sheets import sheets
from p2p_dispatch.cli.commands.solve import solve
from p2p_dispatch.cli.commands.solvers import solvers
from p2p_dispatch.cli.commands.validate import validate
from p2p_dispatch.cli.commands.week import week

app = typer.Typer(
    name="p2p-dispatch",
    help="Plans how large groups of people travel to work by chartered vehicles.",
    epilog="Start with:  p2p-dispatch new my-season",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)

COMMANDS = (
    solve,
    validate,
    check,
    compare,
    explain,
    week,
    seat,
    report,
    sheets,
    export,
    event,
    replan,
    bench,
    new,
    scenarios,
    solvers,
    schema,
)
"""In the order of the help."""

for command in COMMANDS:
    app.command()(command)
app.add_typer(lists)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"p2p-dispatch {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass
