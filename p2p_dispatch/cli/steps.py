"""A word on what is being done, when it takes long enough to wonder."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from p2p_dispatch.cli.terminal import Terminal

AFTER = 1.0
"""Seconds after which a step is named."""


@contextmanager
def step(terminal: Terminal, doing: str) -> Iterator[None]:
    """
    While something is done: what it is, once it has taken more than a second.

    On a screen the line counts the seconds and goes away when it is done; in a log it stands once.
    """
    if terminal.quiet:
        yield
        return
    done = threading.Event()
    talker = threading.Thread(target=_talk, args=(terminal, doing, done), daemon=True)
    talker.start()
    try:
        yield
    finally:
        done.set()
        talker.join()


def _talk(terminal: Terminal, doing: str, done: threading.Event) -> None:
    started = time.monotonic()
    if done.wait(AFTER):
        return
    if not sys.stderr.isatty():
        terminal.say(f"{AFTER:.0f} s  {doing}")
        return
    while True:
        terminal.rewrite(f"{time.monotonic() - started:.0f} s  {doing}")
        if done.wait(0.25):
            break
    terminal.rewrite("")
