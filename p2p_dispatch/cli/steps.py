"""A word on what is being done, when it takes long enough to wonder."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from p2p_dispatch.cli.terminal import Terminal

AFTER = 1.0
"""Seconds after which a step is named."""


@contextmanager
def step(terminal: Terminal, doing: str) -> Iterator[Callable[[str], None]]:
    """
    While something is done: what it is, once it has taken more than a second.

    On a screen the line counts the seconds and goes away when it is done; in a log it stands once.
    What is given takes a word on how far it is.

    Parameters
    ----------
    doing
        What is done, in English; said in the terminal's language where that has a word for it.
    """
    talk = _Talk(terminal, doing)
    if terminal.quiet:
        yield talk.tell
        return
    talker = threading.Thread(target=talk.run, daemon=True)
    talker.start()
    try:
        yield talk.tell
    finally:
        talk.done.set()
        talker.join()


class _Talk:
    def __init__(self, terminal: Terminal, doing: str) -> None:
        self.terminal, self.doing, self.part = terminal, doing, ""
        self.done = threading.Event()

    def tell(self, part: str) -> None:
        self.part = part

    def run(self) -> None:
        started = time.monotonic()
        if self.done.wait(AFTER):
            return
        doing = self.terminal.language.said("step", self.doing)
        if not self.terminal.moves:
            self.terminal.say(f"{AFTER:.0f} s  {doing}")
            return
        while True:
            part = f": {self.part}" if self.part else ""
            self.terminal.rewrite(f"{time.monotonic() - started:.0f} s  {doing}{part}")
            if self.done.wait(0.25):
                break
        self.terminal.rewrite("")
