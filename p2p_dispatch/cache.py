"""Where the program keeps what would take time to get again."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_LISTENERS: list[Callable[[str], None]] = []


def listen(listener: Callable[[str], None]) -> None:
    """Be told when something is made for the cache that takes a while; a library says nothing."""
    _LISTENERS[:] = [listener]


def announce(words: str) -> None:
    """Tell whoever listens."""
    for listener in _LISTENERS:
        listener(words)


def cache_folder() -> Path:
    """
    The folder of the cache, which may not be there yet.

    ``P2P_DISPATCH_CACHE`` if set, else ``p2p-dispatch`` below ``XDG_CACHE_HOME`` or ``~/.cache``.
    """
    if named := os.environ.get("P2P_DISPATCH_CACHE"):
        folder = Path(named)
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "p2p-dispatch"
    with suppress(RuntimeError):  # no home: a folder called ~ will do
        folder = folder.expanduser()
    return folder
