"""Where places lie on the map: Web Mercator, in the units of a drawing 1,000 wide."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 1000.0
"""Width of the drawing."""

SHAPES = (0.45, 0.8)
"""Least and most height per width: a map of places in a row is no strip, and fits on a screen."""

MARGIN = 0.06
"""Part of the width and height left free around the places."""

SMALLEST = 0.15
"""Least extent, degrees of longitude: a map of one town does not show its front doors."""

MOST_LATITUDE = 85.0
"""Where Mercator's maps end."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """
    A piece of the earth and the drawing it fills.

    Attributes
    ----------
    west, north
        Upper left corner, in Mercator's radians.
    scale
        Units of the drawing per radian.
    height
        Height of the drawing.
    """

    west: float
    north: float
    scale: float
    height: float

    def __call__(self, lon: float, lat: float) -> Point:
        """Where a point lies in the drawing; x to the right, y down."""
        x = (math.radians(lon) - self.west) * self.scale
        return round(x, 1), round((self.north - mercator(lat)) * self.scale, 1)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        east = self.west + WIDTH / self.scale
        south = self.north - self.height / self.scale
        return math.degrees(self.west), latitude(south), math.degrees(east), latitude(self.north)


def mercator(lat: float) -> float:
    """Mercator's northing of a latitude in degrees, radians."""
    lat = max(-MOST_LATITUDE, min(MOST_LATITUDE, lat))
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def latitude(northing: float) -> float:
    """The latitude in degrees of Mercator's northing."""
    return math.degrees(2 * math.atan(math.exp(northing)) - math.pi / 2)


def frame_of(points: Iterable[Point]) -> Frame:
    """
    The frame that shows all points, each longitude and latitude in degrees.

    Without points it is the whole earth.
    """
    points = list(points) or [(-180.0, -60.0), (180.0, 75.0)]
    xs = [math.radians(lon) for lon, _ in points]
    ys = [mercator(lat) for _, lat in points]
    wide = max(max(xs) - min(xs), math.radians(SMALLEST)) * (1 + 2 * MARGIN)
    high = max(max(ys) - min(ys), math.radians(SMALLEST)) * (1 + 2 * MARGIN)
    # padded to a shape that a page has room for
    wide = max(wide, high / SHAPES[1])
    high = max(high, wide * SHAPES[0])
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return Frame(
        west=middle[0] - wide / 2,
        north=middle[1] + high / 2,
        scale=WIDTH / wide,
        height=round(WIDTH * high / wide, 1),
    )


def degrees_of(frame: Frame) -> tuple[list[float], list[float]]:
    """Longitudes and latitudes of the graticule: round ones, three to eight of them each way."""
    west, south, east, north = frame.bounds
    return _round_steps(west, east), _round_steps(south, north)


STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 45)
"""Degrees between two lines of the graticule."""


def _round_steps(low: float, high: float) -> list[float]:
    step = next((s for s in STEPS if (high - low) / s <= 8), STEPS[-1])
    first = math.ceil(low / step)
    return [round(n * step, 4) for n in range(first, math.floor(high / step) + 1)]
