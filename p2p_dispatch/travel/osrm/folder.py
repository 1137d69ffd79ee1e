"""Where the cache lies."""

from __future__ import annotations

from pathlib import Path

from p2p_dispatch.cache import cache_folder


def cache_file() -> Path:
    """The file of the cache, which may not be there yet."""
    # The number is that of the tables; another version of the program leaves it alone.
    return cache_folder() / "travel-1.sqlite"
