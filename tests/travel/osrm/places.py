"""Scenarios with many places, or three, whose roads come from a server."""

from __future__ import annotations

from typing import Any

from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import Travel
from tests.tiny import baoan, cohort, gangbei, tiny_scenario
from tests.travel.osrm.standin import Point, Standin, metres, seconds


def three(server: Standin, *, changes: dict[str, Any] | None = None, **options: Any) -> Scenario:
    """Depot, assembly point and gate: six roads."""
    parts = {"origins": [gangbei()], "sites": [baoan()], "cohorts": [cohort()], **(changes or {})}
    return tiny_scenario(travel=service(server, **options), **parts)


def many(server: Standin, number: int, **options: Any) -> Scenario:
    """A depot, and for the rest assembly points and gates, half and half."""
    rest = [{"id": f"p{i}", "lat": 22 + i % 17 / 10, "lon": 108 + i / 50} for i in range(1, number)]
    half = number // 2
    return tiny_scenario(
        origins=rest[:half],
        sites=rest[half:],
        cohorts=[cohort(origin="p1", site=f"p{number - 1}")],
        travel=service(server, **options),
    )


def service(server: Standin, **options: Any) -> dict[str, Any]:
    return {"kind": "osrm", "url": server.url, "timeout_seconds": 5, **options}


def points(scenario: Scenario) -> dict[str, Point]:
    """Where the server was told the places are."""
    return {name: (round(p.lon, 5), round(p.lat, 5)) for name, p in scenario.places.items()}


def wrong_pairs(scenario: Scenario, travel: Travel) -> list[tuple[str, str]]:
    """Pairs whose road is not the one between their coordinates."""
    at = points(scenario)
    return [
        (a, b)
        for a in at
        for b in at
        if not near(travel.leg(a, b), (metres(at[a], at[b]) / 1000, seconds(at[a], at[b]) / 60))
    ]


def near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) < 1e-9 for a, b in zip(one, other, strict=True))
