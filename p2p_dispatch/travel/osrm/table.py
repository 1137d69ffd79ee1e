"""OSRM's table service, in its own words: the question and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.scenario.travel import Osrm
from p2p_dispatch.travel.circuity import great_circle_km
from p2p_dispatch.travel.osrm.client import ask
from p2p_dispatch.travel.osrm.trouble import Trouble

_CELL = (int, float, type(None))

_MOST = 1e9
"""Seconds or metres: no road takes 30 years, or goes around the earth 25 times."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """
    What the service says of some sources and destinations.

    Attributes
    ----------
    km, minutes
        (n_sources, n_destinations) of the fastest road; nan where there is none.
    snapped
        For each source, then each destination: how far it is from the road it was put on, km;
        nan where the service does not say.
    """

    km: NDArray[np.float64]
    minutes: NDArray[np.float64]
    snapped: list[float]


def ask_table(
    source: Osrm, points: Sequence[str], tile: tuple[Sequence[int], Sequence[int]]
) -> Table:
    """
    One table from the service.

    Parameters
    ----------
    source
        The service.
    points
        ``lon,lat`` of all points.
    tile
        Which of them are the sources, which the destinations.

    Raises
    ------
    Trouble
        When there is no answer, or not the one that was asked for.
    """
    content = ask(
        table_url(source, points, tile),
        server=source.url,
        timeout=source.timeout_seconds,
        tries=source.tries,
    )
    sources, destinations = ([points[i] for i in side] for side in tile)
    _refuse(content, source, len({*sources, *destinations}))
    shape = (len(sources), len(destinations))
    km = _numbers(content, "distances", shape, source) / 1000
    minutes = _numbers(content, "durations", shape, source) / 60
    lame = np.isnan(km) | np.isnan(minutes)  # of no use with one figure only
    km[lame] = minutes[lame] = np.nan
    return Table(
        km=km,
        minutes=minutes,
        snapped=[
            *_snapped(content.get("sources"), sources),
            *_snapped(content.get("destinations"), destinations),
        ],
    )


def table_url(
    source: Osrm, points: Sequence[str], tile: tuple[Sequence[int], Sequence[int]]
) -> str:
    """The request: each point once, sources and destinations by their place among them."""
    used = sorted({*chain(*tile)})
    at = {point: str(i) for i, point in enumerate(used)}
    sources, destinations = (";".join(at[i] for i in side) for side in tile)
    return (
        f"{source.url.rstrip('/')}/table/v1/{source.profile}/"
        f"{';'.join(points[i] for i in used)}?annotations=duration,distance"
        f"&sources={sources}&destinations={destinations}"
    )


def _refuse(content: Any, source: Osrm, points: int) -> None:
    """Raise unless the answer says ``Ok``."""
    code = content.get("code") if isinstance(content, dict) else None
    if code == "Ok":
        return
    if not isinstance(code, str):
        raise _not_understood(source, "has no code")
    words = " ".join(f"{code}: {content.get('message') or 'no reason given'}".split())[:200]
    if code == "TooBig":
        raise Trouble(
            "P2P1504",
            f"{source.url} takes no table of {points} points ({words})",
            f"write fewer travel.most_points than {source.most_points}, or start the server with "
            f"--max-table-size {source.most_points}",
        )
    raise Trouble(
        "P2P1505",
        f"{source.url} refuses a table of {points} points: {words}",
        "look at the address, the profile, the coordinates and the log of the server",
    )


def _numbers(content: Any, name: str, shape: tuple[int, int], source: Osrm) -> NDArray[np.float64]:
    """A table of numbers, null being nan; checked, since it came over a wire."""
    rows = content.get(name)
    if rows is None:
        raise _not_understood(source, f"has no {name}")
    if not (
        isinstance(rows, list)
        and len(rows) == shape[0]
        and all(isinstance(row, list) and len(row) == shape[1] for row in rows)
    ):
        raise _not_understood(source, f"has {name} that are not {shape[0]} rows of {shape[1]}")
    # by exact type: a bool is an int too, and numpy would read "12"
    if not all(type(cell) in _CELL for row in rows for cell in row):
        raise _not_understood(source, f"has {name} that are not numbers")
    if not all(0 <= cell < _MOST for row in rows for cell in row if cell is not None):
        raise _not_understood(source, f"has {name} that are negative or absurd")
    return np.array(rows, dtype=np.float64).reshape(shape)


def _snapped(waypoints: Any, points: list[str]) -> list[float]:
    if not isinstance(waypoints, list) or len(waypoints) != len(points):
        return [nan] * len(points)
    return [_off(waypoint, point) for waypoint, point in zip(waypoints, points, strict=True)]


def _off(waypoint: Any, point: str) -> float:
    """Km between a point and where it was put; early versions of OSRM say only where that is."""
    try:
        if "distance" in waypoint:
            return float(waypoint["distance"]) / 1000
        lon, lat = zip(waypoint["location"], map(float, point.split(",")), strict=True)
        return float(great_circle_km(np.array(lat), np.array(lon))[0, 1])
    except (TypeError, ValueError, KeyError):
        return nan


def _not_understood(source: Osrm, what: str) -> Trouble:
    return Trouble(
        "P2P1503",
        f"the answer of {source.url} {what}",
        "look whether this is the address of an OSRM server that gives durations and distances",
    )
