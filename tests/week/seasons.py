"""Seasons small enough to plan morning by morning in a test."""

from __future__ import annotations

from typing import Any

from p2p_dispatch.scenario import Scenario
from p2p_dispatch.solution.solver import read_solver
from p2p_dispatch.travel import travel_of
from p2p_dispatch.week.choice import Means
from p2p_dispatch.week.forecast import forecast_of, last_signup
from p2p_dispatch.week.signups import habits_of
from tests.tiny import cohort, pool, tiny_scenario, unit_type


def season(notice: float = 0, **changes: Any) -> Scenario:
    """Five days on each of which some from Gangbei and Pingnan sign up, patient for two days."""
    cohorts = []
    for d in range(5):
        days = {"ready": f"2020-02-{22 + d}", "due": f"2020-02-{24 + d}"}
        cohorts += [
            cohort(id=f"gb-{d}", count=9 + d, parties=[3, 2], **days),
            cohort(id=f"pn-{d}", origin="pingnan", site="chancheng", count=8, **days),
        ]
    content = {
        "as_of": "2020-02-22 06:00",
        "days": {"first": "2020-02-22", "last": "2020-02-28"},
        "cohorts": cohorts,
        "unit_types": [unit_type(notice_hours=notice)],
        "pools": [pool(units=4)],
        "prices": {"driver_day": 400, "left_behind": 20000, "waiting_day": 60},
    }
    return tiny_scenario(**{**content, **changes})


def means(scenario: Scenario, **changes: Any) -> Means:
    """Insertion on every morning, and as many expected as there are."""
    first, last = scenario.days.first, last_signup(scenario)
    content = {
        "solver": read_solver("insertion"),
        "iterations": None,
        "samples": 1,
        "forecast": forecast_of(scenario, scenario.cohorts, first, last),
        "habits": habits_of(scenario.cohorts),
        "travel": travel_of(scenario),
    }
    return Means(**{**content, **changes})
