"""One line that says where a run stands, while it runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from p2p_dispatch.cli.terminal import Terminal
from p2p_dispatch.report.language import Language, english

if TYPE_CHECKING:
    from rich.text import Text

    from p2p_dispatch.solution.solution import Progress

FIRST_AFTER = 2.0
"""Seconds before a run that is not on a screen says anything."""

EVERY = 5.0
"""Seconds between two lines of such a run."""

Watch = Callable[["Progress"], None]


@contextmanager
def watching(
    terminal: Terminal, currency: str, places: Sequence[str] = ()
) -> Iterator[Watch | None]:
    """
    A function that takes the progress of a run, for as long as the run takes.

    Parameters
    ----------
    places
        Names of all places, in the order of the problem.
    """

    def told(progress: Progress, seconds: float) -> str:
        return line(progress, currency, seconds, terminal.language, places)

    if terminal.quiet:
        yield None
    elif terminal.moves:
        with _screen(told, terminal.language) as watch:
            yield watch
    else:
        yield _log(terminal, told)


def line(
    progress: Progress,
    currency: str,
    seconds: float,
    language: Language | None = None,
    places: Sequence[str] = (),
) -> str:
    """Where a run stands, in one line; none: in English."""
    say = language or english()
    served, people, trips = f"{progress.served:,}", f"{progress.people:,}", f"{progress.trips:,}"
    parts = [
        f"{seconds:.0f} s",
        say("run_line.people", served=served, people=people, trips=trips),
        say("run_line.value", amount=f"{currency} {progress.cost / 100:,.0f}"),
    ]
    if progress.filled is not None:
        parts.insert(2, say("run_line.seats", share=f"{progress.filled:.0%}"))
    if progress.bound is None:
        parts.append(say("run_line.no_bound"))
    else:
        parts.append(say("run_line.bound", amount=f"{progress.bound / 100:,.0f}"))
        if progress.cost > 0:
            share = f"{max(0.0, 1 - progress.bound / progress.cost):.1%}"
            parts.append(say("run_line.gap", share=share))
            if progress.worst is not None and progress.worst.place < len(places):
                what, place = say.said("gap", progress.worst.what), places[progress.worst.place]
                parts.append(
                    say("run_line.worst", part=say("gap_share.at", what=what, place=place))
                )
    if progress.note:
        parts.append(progress.note)
    return "  ".join(parts)


def _log(terminal: Terminal, told: Callable[[Progress, float], str]) -> Watch:
    started = time.monotonic()
    due = started + FIRST_AFTER

    def watch(progress: Progress) -> None:
        nonlocal due
        now = time.monotonic()
        if now >= due:
            due = now + EVERY
            terminal.say(told(progress, now - started))

    return watch


@contextmanager
def _screen(told: Callable[[Progress, float], str], language: Language) -> Iterator[Watch]:
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    started = time.monotonic()
    latest: Progress | None = None

    def now() -> Text:
        seconds = time.monotonic() - started
        starting = f"{seconds:.0f} s  {language('run_line.starting')}"
        words = told(latest, seconds) if latest else starting
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
