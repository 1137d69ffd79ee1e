"""From the words on the command line to an exit code, whatever happens on the way."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

from p2p_dispatch.cli.exits import Exit

_INTERRUPTED = 130
"""What Typer makes of Ctrl-C."""


def main() -> NoReturn:
    """Entry point of ``p2p-dispatch``."""
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """
    Run one command and return its exit code.

    ``--json`` is looked for here too, since a wrong command is noticed before its options are
    read.
    """
    from p2p_dispatch.cli.app import app
    from p2p_dispatch.cli.terminal import Terminal

    terminal = Terminal(as_json="--json" in words)
    try:
        # Without a command, say which there are.
        code = app(list(words) or ["--help"], prog_name="p2p-dispatch", standalone_mode=False)
    except (Exception, KeyboardInterrupt) as trouble:
        from p2p_dispatch.cli.trouble import explain

        code = explain(trouble, terminal)
    if code == _INTERRUPTED:
        terminal.complain("stopped")
        code = Exit.NOTHING
    terminal.close()
    return int(code or Exit.DONE)
