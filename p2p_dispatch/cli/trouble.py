"""What went wrong, said to the person or program that called."""

from __future__ import annotations

import os
import tempfile
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.terminal import Terminal
from p2p_dispatch.reading.faults import Fault, InputError


def explain(trouble: BaseException, terminal: Terminal) -> Exit:
    """Say what happened and return the exit code for it."""
    if isinstance(trouble, InputError):
        return _faults(trouble, terminal)
    if isinstance(trouble, KeyboardInterrupt | typer.Abort):
        terminal.complain("stopped")
        return Exit.NOTHING
    if hasattr(trouble, "format_message"):
        return _usage(trouble, terminal)
    return _bug(trouble, terminal)


def as_data(fault: Fault) -> dict[str, Any]:
    """A fault for ``--json``."""
    content = asdict(fault)
    del content["mark"]
    mark = fault.mark
    where = {"file": mark.file, "line": mark.line or None, "column": mark.column or None}
    if mark.sheet:
        where["sheet"] = mark.sheet
    return {**where, **content}


def _faults(trouble: InputError, terminal: Terminal) -> Exit:
    terminal.complain(str(trouble))
    terminal.hand_over({"faults": [as_data(fault) for fault in trouble.faults]})
    return Exit.WRONG


def _usage(trouble: Any, terminal: Terminal) -> Exit:
    # Duck-typed: the class is click's in one release of Typer and Typer's own in another.
    words = trouble.format_message()
    context = getattr(trouble, "ctx", None)
    command = context.command_path if context else "p2p-dispatch"
    terminal.complain(f"{words}\n-> {command} --help")
    fault = {"code": "usage", "found": words, "right": f"{command} --help"}
    terminal.hand_over({"faults": [fault]})
    return Exit.WRONG


def _bug(trouble: BaseException, terminal: Terminal) -> Exit:
    if os.environ.get("P2P_DISPATCH_DEBUG") == "1":
        traceback.print_exception(trouble)
    words = f"{type(trouble).__name__}: {trouble}".splitlines()[0]
    file = _keep(trouble)
    terminal.complain(
        f"This is our mistake, not yours ({words}). Please report it"
        + (f" with {file}" if file else "; P2P_DISPATCH_DEBUG=1 shows the details")
    )
    terminal.hand_over({"bug": words, "traceback": str(file) if file else None})
    return Exit.BUG


def _keep(trouble: BaseException) -> Path | None:
    """The file that holds the traceback; None where nothing can be written."""
    try:
        handle, name = tempfile.mkstemp(prefix="p2p-dispatch-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(traceback.format_exception(trouble))
    except OSError:
        return None
    return Path(name)
