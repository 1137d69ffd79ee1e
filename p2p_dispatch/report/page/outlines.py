"""Outlines under the map, from a GeoJSON file that the planner names."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.reading.files import read_text
from p2p_dispatch.report.page.projection import WIDTH, Frame, Point

MOST_MB = 200
"""Largest file that is read."""

FINENESS = 0.8
"""How far a simplified line may lie from the real one, in units of the drawing."""


class Outlines:
    """
    Lines on the map and whom they are from.

    Attributes
    ----------
    paths
        Each a line or a ring, as points in the drawing.
    attribution
        Whose they are.
    """

    def __init__(self, paths: list[list[Point]], attribution: str) -> None:
        self.paths = paths
        self.attribution = attribution


def read_outlines(path: Path, frame: Frame, attribution: str = "") -> Outlines:
    """
    What a GeoJSON file shows within a frame, simplified to what can be seen.

    Parameters
    ----------
    attribution
        Whose the outlines are; none: what the file says under ``attribution``, or its name.

    Raises
    ------
    InputError
        When the file cannot be read; P2P5002 when it is not GeoJSON, or shows nothing here.
    """
    right = "a GeoJSON file of lines or areas in WGS-84 degrees, longitude first"
    text = read_text(path, most_mb=MOST_MB, too_large=f"cut it down to {MOST_MB} MB")
    try:
        content = json.loads(text)
        lines = list(_lines(content))
        near = [line for line in lines if _touches(frame, line)]
    except RecursionError:
        raise _fault(path, "this is nested too deeply", right) from None
    except (ValueError, TypeError, LookupError, AttributeError) as trouble:
        raise _fault(path, f"this is not GeoJSON: {trouble!r}", right) from None
    if not near:
        found = "none of its lines lies on this map" if lines else "there are no lines in it"
        raise _fault(path, found, right)
    paths = (_simplified([frame(lon, lat) for lon, lat in line]) for line in near)
    said = content.get("attribution") if isinstance(content.get("attribution"), str) else ""
    return Outlines([path for path in paths if path], attribution or said or path.name)


def _fault(path: Path, found: str, right: str) -> InputError:
    return InputError([Fault(code="P2P5002", mark=Mark(str(path), 0), found=found, right=right)])


def _lines(content: dict[str, Any]) -> Iterator[list[Point]]:
    match content["type"]:
        case "FeatureCollection":
            for feature in content["features"]:
                yield from _lines(feature)
        case "Feature":
            if content["geometry"] is not None:
                yield from _lines(content["geometry"])
        case "GeometryCollection":
            for geometry in content["geometries"]:
                yield from _lines(geometry)
        case "Polygon" | "MultiLineString":
            yield from (_points(ring) for ring in content["coordinates"])
        case "MultiPolygon":
            for polygon in content["coordinates"]:
                yield from (_points(ring) for ring in polygon)
        case "LineString":
            yield _points(content["coordinates"])
        case "Point" | "MultiPoint":
            return
        case other:
            raise ValueError(f"there is no type {other!r}")


def _points(positions: list[list[float]]) -> list[Point]:
    points = [(float(position[0]), float(position[1])) for position in positions]
    if not all(math.isfinite(x) and abs(x) <= 360 and abs(y) <= 90 for x, y in points):
        raise ValueError("a position is not longitude and latitude in degrees")
    return points


def _touches(frame: Frame, line: list[Point]) -> bool:
    west, south, east, north = frame.bounds
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return bool(line) and (
        max(xs) >= west and min(xs) <= east and max(ys) >= south and min(ys) <= north
    )


def _simplified(line: list[Point]) -> list[Point]:
    """
    The line with fewer points, none farther than ``FINENESS`` from it; empty if it is a speck.

    Source: D. H. Douglas, T. K. Peucker, Algorithms for the reduction of the number of points
    required to represent a digitized line, 1973. With a list of pieces in place of recursion.
    """
    xs, ys = [x for x, _ in line], [y for _, y in line]
    if max(xs) - min(xs) < 2 * FINENESS and max(ys) - min(ys) < 2 * FINENESS:
        return []
    keep, pieces = {0, len(line) - 1}, [(0, len(line) - 1)]
    while pieces:
        first, last = pieces.pop()
        far, at = FINENESS, -1
        for i in range(first + 1, last):
            off = _away(line[i], line[first], line[last])
            if off > far:
                far, at = off, i
        if at > 0:
            keep.add(at)
            pieces += [(first, at), (at, last)]
    return [_held(line[i]) for i in sorted(keep)]


def _held(point: Point) -> Point:
    """A point far outside drawn nearer: a province is not drawn to the pole."""
    return tuple(max(-WIDTH, min(2 * WIDTH, value)) for value in point)  # type: ignore[return-value]


def _away(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from a piece of a line."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    if not length:
        return math.dist(point, start)
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
    along = max(0.0, min(1.0, along))
    return math.dist(point, (start[0] + along * dx, start[1] + along * dy))
