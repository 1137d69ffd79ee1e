"""
A stand-in for an OSRM server: the table service as its documentation of the HTTP API has it.

Roads are a function of the coordinates, so that every pair of a large table can be told right from
wrong. What a server can do wrong is put into ``troubles`` and happens once each, in this order.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from math import hypot
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

Point = tuple[float, float]
"""Longitude and latitude."""

Trouble = Callable[["Handler"], None]


def seconds(a: Point, b: Point) -> float:
    """Driving time: uphill, to the north, takes longer."""
    return round(5000 * hypot(a[0] - b[0], a[1] - b[1]) + 900 * max(0.0, b[1] - a[1]), 1)


def metres(a: Point, b: Point) -> float:
    """Length of the road; the way to the east has a bridge, the way back a ferry elsewhere."""
    return round(110_000 * hypot(a[0] - b[0], a[1] - b[1]) + 2000 * (b[0] < a[0]), 1)


@dataclass
class Standin:
    """The server, and what was asked of it."""

    max_table_size: int = 100
    counts_points: bool = True
    """Whether the limit is one on points too, as the documentation reads; OSRM's own code limits
    sources times destinations to its square."""
    islands: set[Point] = field(default_factory=set)
    """No road leads there or away."""
    snapped: dict[Point, float] = field(default_factory=dict)
    """Metres from a point to the road it is put on."""
    says_distance: bool = True
    """Whether waypoints have a distance, which early versions leave out."""
    troubles: list[Trouble] = field(default_factory=list)
    asked: list[tuple[list[Point], list[Point]]] = field(default_factory=list)
    """Sources and destinations of each table that was answered."""
    requests: int = 0
    """All requests, whatever became of them."""
    url: str = ""

    def __enter__(self) -> Standin:
        handler = type("Bound", (Handler,), {"standin": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=[0.01], daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def pairs(self) -> list[tuple[Point, Point]]:
        """Every pair that was answered, as often as it was."""
        return [pair for tile in self.asked for pair in product(*tile) if pair[0] != pair[1]]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    standin: Standin

    def do_GET(self) -> None:
        self.standin.requests += 1
        if self.standin.troubles:
            return self.standin.troubles.pop(0)(self)
        # osrm-routed reads 48 bytes a point and 8 KB in any case
        longest = max(8192, 48 * self.standin.max_table_size + 1024)
        if len(self.requestline) + len(str(self.headers)) > longest:
            return self.send(431, b"")
        address = urlsplit(self.path)
        _, service, version, _, coordinates = address.path.split("/")
        if (service, version) != ("table", "v1"):
            return self.refuse("InvalidService", "Service not found!")
        points = [self.point(text) for text in coordinates.split(";")]
        options = {name: values[0] for name, values in parse_qs(address.query).items()}
        sources, destinations = (
            [points[int(i)] for i in options[side].split(";")] if side in options else points
            for side in ("sources", "destinations")
        )
        most = self.standin.max_table_size
        if len(sources) * len(destinations) > most**2 or (
            self.standin.counts_points and len(points) > most
        ):
            return self.refuse("TooBig", "Too many table coordinates")
        self.standin.asked.append((sources, destinations))
        tables = {"duration": ("durations", seconds), "distance": ("distances", metres)}
        wanted = [tables[name] for name in options.get("annotations", "duration").split(",")]
        return self.say(
            {
                "code": "Ok",
                "sources": [self.waypoint(point) for point in sources],
                "destinations": [self.waypoint(point) for point in destinations],
                **{
                    name: [[self.cell(of, a, b) for b in destinations] for a in sources]
                    for name, of in wanted
                },
            }
        )

    @staticmethod
    def point(text: str) -> Point:
        lon, lat = map(float, text.split(","))
        return lon, lat

    def cell(self, of: Callable[[Point, Point], float], a: Point, b: Point) -> float | None:
        return None if a != b and {a, b} & self.standin.islands else of(a, b)

    def waypoint(self, point: Point) -> dict[str, Any]:
        off = self.standin.snapped.get(point, 4.152629)
        there = (point[0], point[1] + off / 111_195)
        waypoint = {"hint": "KSoKADRYroqUBAEAEAAAABkAAAAG", "name": "G80", "location": there}
        return {**waypoint, "distance": off} if self.standin.says_distance else waypoint

    def refuse(self, code: str, message: str) -> None:
        self.say({"code": code, "message": message}, status=400)

    def say(self, content: Any, status: int = 200) -> None:
        self.send(status, json.dumps(content).encode(), "application/json")

    def send(self, status: int, body: bytes, kind: str = "text/html", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def status(code: int, **headers: str) -> Trouble:
    """Answer with an HTTP status and no more than a page of a proxy."""
    return lambda handler: handler.send(code, b"<html>nginx</html>", **headers)


def page(text: str) -> Trouble:
    """Answer with something else than a table."""
    return lambda handler: handler.send(200, text.encode())


def content(**changes: Any) -> Trouble:
    """Answer with a table of three points in which something is changed, or missing if None."""
    square = [[0.0, 60.0, 120.0], [60.0, 0.0, 60.0], [120.0, 60.0, 0.0]]
    whole = {"code": "Ok", "durations": square, "distances": square, **changes}
    whole = {key: value for key, value in whole.items() if value is not None}
    return lambda handler: handler.say(whole)


def silence(seconds: float) -> Trouble:
    """Say nothing for a while, then nothing."""
    return lambda handler: time.sleep(seconds)


def half(handler: Handler) -> None:
    """Break off in the middle of an answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"code": "Ok", ')
