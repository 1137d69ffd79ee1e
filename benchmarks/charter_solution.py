"""Solutions of charter_bench from plans."""

from __future__ import annotations

from typing import Any

from charter_instance import FIRST_DAY
from p2p_dispatch.plan import Plan

CharterTrip = dict[str, Any]
"""``pref``, ``cls``, ``day``, ``P``, ``D`` and ``loads``, all by index."""

CharterSolution = dict[str, list[CharterTrip]]
"""``trips``."""


def solution_of(plan: Plan) -> CharterSolution:
    """What a plan of ``scenario_of`` says, in indices."""
    trips = []
    for trip in plan.trips:
        prefecture, unit_class = trip.pool.split("-")
        trips.append(
            {
                "pref": _index(prefecture),
                "cls": _index(unit_class),
                "day": (trip.day - FIRST_DAY).days,
                "P": [_index(stop.place) for stop in trip.stops if stop.board],
                "D": [_index(stop.place) for stop in trip.stops if stop.alight],
                "loads": [
                    [_index(riders.cohort), riders.count]
                    for stop in trip.stops
                    for riders in stop.board
                ],
            }
        )
    return {"trips": trips}


def _index(name: str) -> int:
    return int(name[1:])
