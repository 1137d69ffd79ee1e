"""Where the cache lies."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def cache_file() -> Path:
    """
    The file of the cache, which may not be there yet.

    In the folder ``P2P_DISPATCH_CACHE`` if set, else in ``p2p-dispatch`` below ``XDG_CACHE_HOME``
    or ``~/.cache``.
    """
    if named := os.environ.get("P2P_DISPATCH_CACHE"):
        folder = Path(named)
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache")
        folder = base / "p2p-dispatch"
    with suppress(RuntimeError):  # no home: a folder called ~ will do
        folder = folder.expanduser()
    # The number is that of the tables; another version of the program leaves it alone.
    return folder / "travel-1.sqlite"
