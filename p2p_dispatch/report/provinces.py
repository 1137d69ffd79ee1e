"""The province of a place: as the scenario says, or that of the nearest place that is known."""

from __future__ import annotations

from functools import cache
from math import cos, hypot, radians

from p2p_dispatch.roster.places import read_gazetteer
from p2p_dispatch.scenario.places import Origin, Site

FARTHEST_KM = 50.0
"""
How far the nearest known place may be. ASSUMPTION: that near a county seat a place is in its
province; who works at a border says ``province`` in the scenario.
"""

KM_A_DEGREE = 111.2


def province_of(place: Origin | Site) -> str:
    """The province of a place; empty where nobody says and none is near that is known."""
    return place.province or _nearest(place.lat, place.lon)


@cache
def _known() -> tuple[tuple[float, float, str], ...]:
    places = read_gazetteer().known
    return tuple((p.lat, p.lon, p.province) for p in places if p.province)


@cache
def _nearest(lat: float, lon: float) -> str:
    across = cos(radians(lat))

    def km(known: tuple[float, float, str]) -> float:
        return KM_A_DEGREE * hypot(known[0] - lat, (known[1] - lon) * across)

    best = min(_known(), key=km)
    return best[2] if km(best) <= FARTHEST_KM else ""
