"""One line that says where a run stands, while it runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from rich.text import Text

    from p2p_dispatch.solution.solution import Progress

FIRST_AFTER = 2.0
"""Seconds before a run that is not on a screen says anything."""

EVERY = 5.0
"""Seconds between two lines of such a run."""

Watch = Callable[["Progress"], None]


@contextmanager
def watching(terminal: Terminal, currency: str) -> Iterator[Watch | None]:
    """A function that takes the progress of a run, for as long as the run takes."""
    if terminal.quiet:
        yield None
    elif terminal.moves:
        with _screen(currency) as watch:
            yield watch
    else:
        yield _log(terminal, currency)


def line(progress: Progress, currency: str, seconds: float) -> str:
    """Where a run stands, in one line."""
    parts = [
        f"{seconds:.0f} s",
        f"{progress.served:,} of {progress.people:,} people on {progress.trips:,} trips",
        f"value {currency} {progress.cost / 100:,.0f}",
    ]
    if progress.filled is not None:
        parts.insert(2, f"{progress.filled:.0%} of seats")
    if progress.bound is None:
        parts.append("no bound")
    else:
        parts.append(f"bound {progress.bound / 100:,.0f}")
        if progress.cost > 0:
            parts.append(f"gap {max(0.0, 1 - progress.bound / progress.cost):.1%}")
    if progress.note:
        parts.append(progress.note)
    return "  ".join(parts)


def _log(terminal: Terminal, currency: str) -> Watch:
    started = time.monotonic()
    due = started + FIRST_AFTER

    def watch(progress: Progress) -> None:
        nonlocal due
        now = time.monotonic()
        if now >= due:
            due = now + EVERY
            terminal.say(line(progress, currency, now - started))

    return watch


@contextmanager
def _screen(currency: str) -> Iterator[Watch]:
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    started = time.monotonic()
    latest: Progress | None = None

    def now() -> Text:
        seconds = time.monotonic() - started
        words = line(latest, currency, seconds) if latest else f"{seconds:.0f} s  starting"
        return Text(words, no_wrap=True, overflow="ellipsis")

    def watch(progress: Progress) -> None:
        nonlocal latest
        latest = progress

    console = Console(stderr=True, highlight=False)
    # Drawn by the clock and not by the reports, so that it is seen to be alive.
    with Live(
        get_renderable=now,
        console=console,
        refresh_per_second=4,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    ):
        yield watch
