"""A server that stands in, a cache of its own, and no real pauses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from p2p_dispatch.travel.osrm import client
from tests.travel.osrm.standin import Standin


@pytest.fixture
def server() -> Iterator[Standin]:
    with Standin() as standin:
        yield standin


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the cache lies."""
    monkeypatch.setenv("P2P_DISPATCH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return tmp_path / "cache"


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between tries, which are not made."""
    made: list[float] = []
    monkeypatch.setattr(client, "sleep", made.append)
    return made
