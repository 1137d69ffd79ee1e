"""Where output goes: tables to stdout, words and progress to stderr."""

from __future__ import annotations

import json
import os
import shutil
import sys
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import RenderableType

    from p2p_dispatch.report.language import Language

PLAIN_WIDTH = 100
"""Columns of a table that goes into a file or a pipe."""


class Terminal:
    """
    The two streams of one command.

    Parameters
    ----------
    as_json
        Whether stdout gets one JSON object instead of tables.
    quiet
        Whether words and progress are kept back; complaints are not.
    lang
        The language of what a command says, or a file of its words.
    """

    def __init__(self, *, as_json: bool = False, quiet: bool = False, lang: str = "en") -> None:
        self.as_json = as_json
        self.quiet = quiet
        self.lang = lang

    @cached_property
    def language(self) -> Language:
        """
        The words of what a command says.

        Raises
        ------
        InputError
            P2P5001, when there is no such language.
        """
        from p2p_dispatch.report.language import read_language

        return read_language(self.lang)

    @property
    def moves(self) -> bool:
        """Whether a line on stderr can be written over: on a screen that is no dumb one."""
        return _is_screen(sys.stderr) and os.environ.get("TERM") != "dumb"

    @property
    def width(self) -> int:
        """Columns that tables on stdout may use."""
        return shutil.get_terminal_size().columns if _is_screen(sys.stdout) else PLAIN_WIDTH

    def show(self, *parts: RenderableType) -> None:
        """Tables or text to stdout; nothing with ``--json``."""
        if not self.as_json:
            _write(sys.stdout, paint(parts, self.width, colour=_has_colour(sys.stdout)))

    def hand_over(self, content: dict[str, Any]) -> None:
        """The one JSON object to stdout; nothing without ``--json``."""
        if self.as_json:
            # ASCII where the stream could not carry the names.
            utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
            text = json.dumps(content, ensure_ascii=not utf8, indent=1, default=_plain)
            _write(sys.stdout, text + "\n")

    def say(self, words: str) -> None:
        """Words to stderr, unless ``--quiet``."""
        if not self.quiet:
            self.complain(words)

    def complain(self, words: str) -> None:
        """Words to stderr that have to be read."""
        _write(sys.stderr, words + "\n")

    def rewrite(self, words: str) -> None:
        """Words to stderr in place of what stands in its last line; for screens only."""
        _write(sys.stderr, f"\r\x1b[2K{words}")

    def close(self) -> None:
        """Find out now, and not in the interpreter's last breath, that a pipe is closed."""
        for stream in (sys.stdout, sys.stderr):
            _write(stream, "")


def paint(parts: tuple[RenderableType, ...], width: int, *, colour: bool) -> str:
    """What rich makes of the parts, as text; without colour there are no escape codes at all."""
    import io

    from rich.console import Console

    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="auto" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(*parts, sep="\n")
    text = console.file.getvalue()  # type: ignore[attr-defined]
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _is_screen(stream: TextIO) -> bool:
    return bool(stream and not stream.closed and stream.isatty())


def _has_colour(stream: TextIO) -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return _is_screen(stream) and not plain


def _write(stream: TextIO, text: str) -> None:
    """Write, whatever the stream is good for: the work is done and should not fail here."""
    try:
        try:
            stream.write(text)
        except UnicodeEncodeError:
            encoding = stream.encoding or "ascii"
            stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        # ``| head`` has read enough. What follows goes nowhere, also the interpreter's last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be handed over as JSON")
