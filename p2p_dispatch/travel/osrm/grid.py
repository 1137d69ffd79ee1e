"""What is known of the roads between points while a service is asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from p2p_dispatch.scenario.places import Place
from p2p_dispatch.travel.osrm.cache import Cache
from p2p_dispatch.travel.osrm.table import Table
from p2p_dispatch.travel.osrm.tiles import Tile


def lonlat(place: Place) -> str:
    """A point as the service and the cache write it: to a metre, which no gate is known to."""
    # + 0.0 makes one zero of two
    return f"{round(place.lon, 5) + 0.0:.5f},{round(place.lat, 5) + 0.0:.5f}"


class Grid:
    """
    Roads between points, being filled.

    Attributes
    ----------
    points
        ``lon,lat``, each once.
    km, minutes
        (n, n) of the fastest road; nan where there is none, or none is known yet.
    day
        (n, n) when the service said so, ``YYYY-MM-DD``; empty where it has not been asked.
    snapped
        (n,) km from each point to the road it was put on; nan where that is not known.
    """

    def __init__(self, points: Sequence[str]) -> None:
        n = len(points)
        self.points = tuple(points)
        self.km = np.full((n, n), np.nan)
        self.minutes = np.full((n, n), np.nan)
        self.day = np.zeros((n, n), dtype="U10")
        self.snapped = np.full(n, np.nan)

    def recall(self, cache: Cache) -> None:
        """Take over what is kept."""
        kept = cache.recall(self.points)
        self.snapped[:] = np.array(kept.snapped_km, dtype=np.float64)  # None becomes nan
        if kept.legs:
            starts, finishes, km, minutes, days = zip(*kept.legs, strict=True)
            here = (np.array(starts), np.array(finishes))
            self.km[here] = np.array(km, dtype=np.float64)
            self.minutes[here] = np.array(minutes, dtype=np.float64)
            self.day[here] = days

    def lay(self, tile: Tile, table: Table, day: str) -> None:
        """Take over what the service says."""
        here = np.ix_(tile.sources, tile.destinations)
        self.km[here], self.minutes[here] = table.km, table.minutes
        self.day[here] = day
        self.snapped[[*tile.sources, *tile.destinations]] = table.snapped
