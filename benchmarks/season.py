"""
A season to release batches in, drawn: two counties, five towns, thirty days.

``python benchmarks/season.py DIR`` writes it as a scenario; ``p2p-dispatch week DIR --futures 20``
compares release rules on it. Everything is an ASSUMPTION: places are moved about, prices and rules
are those of scenarios/xiangzhou_2021.yaml, coaches must be ordered a day ahead.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

SEED = 30
FIRST = date(2027, 2, 15)
DAYS = 30
A_DAY = {"east": 11, "west": 7}
"""People who sign up a day, on average, by county."""

SITES = {
    "huangpu": (23.18429, 113.47515),
    "nanhai": (23.03152, 113.13798),
    "shunde": (22.80803, 113.28803),
    "longhua": (22.65784, 114.00893),
    "dongguan": (23.02339, 113.7466),
}


def season(days: int = DAYS, seed: int = SEED) -> dict[str, Any]:
    """The scenario as its file holds it."""
    rng = Random(seed)
    last = FIRST + timedelta(days=days + 3)
    clock = {"stop_minutes": 20, "call_minutes": 60, "depart_every_minutes": 30}
    return {
        "name": f"season-{days}-{seed}",
        "title": f"A drawn season of {days} days",
        "as_of": f"{FIRST} 06:00",
        "days": {"first": str(FIRST), "last": str(last)},
        "planning": {"by": "clock", **clock},
        "origins": [
            place(name, 23.97 + 0.15 * (i - 1), 109.7 + 0.3 * (1 - i), medical_per_day=80)
            for i, name in enumerate(A_DAY)
        ],
        "sites": [place(name, *at, intake_per_day=60) for name, at in SITES.items()],
        "depots": [{"id": "yard", "lat": 23.97, "lon": 109.71}],
        "cohorts": list(cohorts(rng, days)),
        "unit_types": [
            coach("coach-49", 49, 11, per_day=1500, per_km=6),
            coach("coach-37", 37, 8, per_day=1200, per_km=5),
        ],
        "pools": [
            {"id": "yard-49", "unit_type": "coach-49", "depot": "yard", "units": 3},
            {"id": "yard-37", "unit_type": "coach-37", "depot": "yard", "units": 3},
        ],
        "prices": {"driver_day": 500, "left_behind": 15000, "waiting_day": 160},
        "rules": {
            "seats": [
                {"id": "cap", "first": str(FIRST), "cap": {"low": 0.9, "medium": 0.7, "high": 0.5}},
                {"id": "rows", "first": str(FIRST), "reserved_rows": 2},
            ],
            "stops": {
                "most_pickups": 2, "most_drops": 3, "detour_factor": 1.25, "detour_km": 60,
                "longest_ride_hours": 14,
            },
            "crew": {"preset": "cn", "two_drivers_past_km": 600},
        },
        "travel": {"kind": "great-circle", "circuity": "curve", "kmh": 75, "buffer": 0.1},
    }  # fmt: skip


def place(name: str, lat: float, lon: float, **more: Any) -> dict[str, Any]:
    hours = {"opens": "06:30", "closes": "23:00"}
    return {"id": name, "lat": round(lat, 5), "lon": round(lon, 5), "hours": hours, **more}


def coach(name: str, seats: int, rows: int, **prices: float) -> dict[str, Any]:
    layout = [{"rows": rows, "across": "2+2"}, {"rows": 1, "across": "5"}]
    return {"id": name, "seats": seats, "layout": layout, "notice_hours": 24, **prices}


def cohorts(rng: Random, days: int) -> Iterator[dict[str, Any]]:
    """Who signs up on a day and for a town; ready on the next day, and patient for one to four."""
    last = FIRST + timedelta(days=days + 3)
    for d in range(days):
        signed = FIRST + timedelta(days=d)
        ready = signed + timedelta(days=1)
        for origin, mean in A_DAY.items():
            for site in SITES:
                count = sum(rng.random() < mean / len(SITES) / 10 for _ in range(10))
                if count:
                    waits = rng.choices((1, 2, 3, 4), (15, 25, 30, 30))[0]
                    yield {
                        "id": f"{origin}-{site}-{signed:%m%d}",
                        "origin": origin,
                        "site": site,
                        "count": count,
                        "signed_up": str(signed),
                        "ready": str(ready),
                        "due": str(min(ready + timedelta(days=waits), last)),
                        "parties": [2] if count > 3 and rng.random() < 0.4 else [],
                    }  # fmt: skip


def write(folder: Path) -> Path:
    """Write the season as a scenario of this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "scenario.yaml"
    path.write_text(yaml.safe_dump(season(), sort_keys=False, allow_unicode=True), "utf-8")
    return path


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
