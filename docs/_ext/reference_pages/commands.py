"""What each command says of itself."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from p2p_dispatch.cli.app import app

WIDTH = 96
"""Characters a line of the page holds."""


def commands_page() -> str:
    """The help of the program and of every command."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    program = group.make_context("p2p-dispatch", ["solvers"], terminal_width=WIDTH)
    lines = [
        "# Commands",
        "",
        "Tables go to stdout, progress and words to stderr; the",
        "[exit codes](../../README.md#commands) are the same for all.",
        "",
        "## p2p-dispatch",
        "",
        "```text",
        "$ p2p-dispatch --help",
        group.get_help(program).strip(),
        "```",
        "",
    ]
    for name, command in group.commands.items():
        lines += _help(name, command, program)
    return "\n".join(line.rstrip() for line in "\n".join(lines).splitlines()) + "\n"


def _help(name: str, command: Any, above: Any) -> list[str]:
    """The help of a command, and of those that it holds."""
    context = command.context_class(
        command,
        info_name=name.rpartition(" ")[2],
        parent=above,
        max_content_width=WIDTH,
        terminal_width=WIDTH,
    )
    lines = [
        f"## {name}",
        "",
        "```text",
        f"$ p2p-dispatch {name} --help",
        command.get_help(context).strip(),
        "```",
        "",
    ]
    for below, each in getattr(command, "commands", {}).items():
        lines += _help(f"{name} {below}", each, context)
    return lines
