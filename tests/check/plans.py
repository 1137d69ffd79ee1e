"""Valid plans of some size, by the clock and by the day, for tests that break them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from p2p_dispatch.plan.model import Plan, Trip
from p2p_dispatch.scenario import Scenario
from tests.check.builders import LOOSE, TOWN, by_day, clock_trip, day_trip, plan_of, scenario_of
from tests.tiny import baoan, chancheng, cohort, gangbei, pingnan, pool

FULL = 23
"""Riders on every trip: half of 49 seats is 24, and one of them is the escort's."""

FIRST = date(2020, 2, 22)
ORIGINS = ("gangbei", "pingnan")


def season(n_trips: int, *, clock: bool, units: int = 2) -> Scenario:
    """
    A scenario for so many full coaches, as many a day as there are units, and nothing to spare.

    Coach i takes cohort i, which is ready and due on its day; even ones are from Gangbei, odd ones
    from Pingnan. Checks and intake are just enough for the day's coaches.
    """
    day = [str(FIRST + timedelta(days=i // units)) for i in range(n_trips)]
    cohorts = [
        cohort(
            id=f"c{i}",
            origin=ORIGINS[i % 2],
            count=FULL,
            ready=day[i],
            due=day[i],
            parties=[4, 3],
        )
        for i in range(n_trips)
    ]
    return scenario_of(
        days={"first": str(FIRST), "last": day[-1]},
        origins=[place(medical_per_day=FULL * units // 2) for place in (gangbei, pingnan)],
        sites=[baoan(intake_per_day=FULL * units, handover={"town": 3}), chancheng()],
        hubs=[TOWN],
        cohorts=cohorts,
        pools=[pool(units=units)],
        planning={"by": "clock"} if clock else by_day(second_driver_past_hours=6),
        rules={
            "seats": [{"id": "half", "cap": 0.5, "staff": {"escort": 1}}],
            "stops": {**LOOSE, "longest_ride_hours": 8},
            "crew": {"preset": "cn", "two_drivers_past_km": 400},
        },
    )


def valid(n_trips: int, *, clock: bool, units: int = 2) -> tuple[Scenario, Plan]:
    """A plan in which every unit makes a trip every day, its crews day about."""
    scenario = season(n_trips, clock=clock, units=units)
    make = _by_clock if clock else _by_day
    return scenario, plan_of(scenario, [make(scenario, i, units) for i in range(n_trips)])


def _common(i: int, units: int) -> dict[str, Any]:
    return {
        "via": (ORIGINS[i % 2], "baoan"),
        "loads": {f"c{i}": FULL},
        "unit": f"gg/{i % units + 1}",
        "id": f"t{i}",
        "allowed": 24,
        "staff": {"escort": 1},
        "drivers": 2,
    }


def _by_day(scenario: Scenario, i: int, units: int) -> Trip:
    day = FIRST + timedelta(days=i // units)
    return day_trip(scenario, day=str(day), **_common(i, units))


def _by_clock(scenario: Scenario, i: int, units: int) -> Trip:
    """
    From 06:00: A to the origin, B and A half the way each to the gate, B and A home.

    At most 80 + 165 + 180 min for A and 200 + 220 for B, no spell past 220; four days a week each.
    """
    day = i // units
    a, b = (f"gg/{i % units + 1} {name}{day % 2 + 1}" for name in "AB")
    out, way = [(10, 400), (80, 330)][i % 2]
    legs: dict[int, Any] = {
        0: [(a, out)],
        1: [(b, way / 2), (a, way / 2)],
        2: [(b, 220), (a, 180)],
    }
    leave = f"{FIRST + timedelta(days=day)} 06:00"
    return clock_trip(scenario, leave=leave, legs=legs, **_common(i, units))
