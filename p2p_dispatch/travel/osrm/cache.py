"""What services have said before, in a file of the user's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import numpy as np

from p2p_dispatch.travel.osrm.table import Table
from p2p_dispatch.travel.osrm.tiles import Tile

# A leg without km and minutes is one that the service says does not exist.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS point (
    id INTEGER PRIMARY KEY, service TEXT NOT NULL, lonlat TEXT NOT NULL, snapped_km REAL,
    UNIQUE (service, lonlat));
CREATE TABLE IF NOT EXISTS leg (
    start INTEGER NOT NULL, finish INTEGER NOT NULL, km REAL, minutes REAL, day TEXT NOT NULL,
    PRIMARY KEY (start, finish)) WITHOUT ROWID;
"""


class Leg(NamedTuple):
    """A leg that is kept, between two of the points that were asked for."""

    start: int
    finish: int
    km: float | None
    minutes: float | None
    day: str
    """When the service said so, ``YYYY-MM-DD`` in UTC."""


class Kept(NamedTuple):
    """What was said before of some points."""

    legs: list[Leg]
    snapped_km: list[float | None]
    """From each point to the road it was put on; None where that is not known."""


class Cache:
    """
    The answers of one service.

    A cache that cannot be used is an empty one; ``broken`` says why. Travel does not fail for it.

    Parameters
    ----------
    path
        The file.
    service
        What else the answers depend on: address and profile.
    read_only
        Whether the file is left as it is, and not made if it is not there.
    """

    def __init__(self, path: Path, service: str, *, read_only: bool = False) -> None:
        self.path = path
        self.service = service
        self.broken = ""
        self._base: sqlite3.Connection | None = None
        if read_only and not path.exists():
            return
        try:
            if read_only:
                uri = f"{path.absolute().as_uri()}?mode=ro"
                self._base = sqlite3.connect(uri, timeout=30, uri=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._base = sqlite3.connect(path, timeout=30)
                self._base.executescript(_SCHEMA)
            self._base.execute("SELECT snapped_km, day FROM point, leg LIMIT 1")
        except (OSError, sqlite3.Error) as error:
            self._break(error)

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def recall(self, points: Sequence[str]) -> Kept:
        """What is kept of these points, ``lon,lat``, and of the legs between them."""
        nothing = Kept([], [None] * len(points))
        if self._base is None:
            return nothing
        try:
            known = {point: (number, km) for number, point, km in self._points(self._base)}
            ids = [(known[point][0], i) for i, point in enumerate(points) if point in known]
            self._base.execute("CREATE TEMP TABLE wanted (id INTEGER PRIMARY KEY, i INTEGER)")
            self._base.executemany("INSERT INTO wanted VALUES (?, ?)", ids)
            found = self._base.execute(
                "SELECT a.i, b.i, km, minutes, day FROM wanted a CROSS JOIN wanted b "
                "CROSS JOIN leg ON start = a.id AND finish = b.id"
            )
            legs = [Leg(*row) for row in found]
            self._base.execute("DROP TABLE wanted")
            self._base.commit()
        except sqlite3.Error as error:
            self._break(error)
            return nothing
        return Kept(legs, [known[point][1] if point in known else None for point in points])

    def keep(self, points: Sequence[str], tile: Tile, table: Table, day: str) -> None:
        """Keep an answer, whole or not at all."""
        if self._base is None:
            return
        ends = [*tile.sources, *tile.destinations]
        places = zip(ends, table.snapped, strict=True)
        try:
            with self._base:
                self._base.executemany(
                    "INSERT INTO point (service, lonlat, snapped_km) VALUES (?, ?, ?) "
                    "ON CONFLICT (service, lonlat) DO UPDATE SET snapped_km = excluded.snapped_km",
                    [(self.service, points[i], _null(km)) for i, km in places],
                )
                ids = {point: number for number, point, _ in self._points(self._base)}
                self._base.executemany(
                    "INSERT OR REPLACE INTO leg VALUES (?, ?, ?, ?, ?)",
                    [
                        (ids[points[i]], ids[points[j]], _null(km), _null(minutes), day)
                        for i, kms, times in zip(tile.sources, table.km, table.minutes, strict=True)
                        for j, km, minutes in zip(tile.destinations, kms, times, strict=True)
                    ],
                )
        except sqlite3.Error as error:
            self._break(error)

    def _points(self, base: sqlite3.Connection) -> Iterator[tuple[int, str, float | None]]:
        yield from base.execute(
            "SELECT id, lonlat, snapped_km FROM point WHERE service = ?", [self.service]
        )

    def _break(self, error: Exception) -> None:
        self.broken = str(error)
        self.close()


def _null(number: float) -> float | None:
    return None if np.isnan(number) else float(number)
