"""
Compiled code is loaded before the clock starts.

What a strategy compiles on its first call, or loads from its cache, takes from half a second to
half a minute. That is no merit of the strategy that happens to run second, and would eat up a
short time limit. The seconds of the whole process hold it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from p2p_dispatch.problem import build
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.solution import Run
from p2p_dispatch.solution.solver import Solver
from p2p_dispatch.travel import travel_of


def warm_up(solver: Solver, scenario: Scenario, *, threads: int) -> None:
    """
    Let a solver loose on three people, planned as the scenario is.

    Parameters
    ----------
    solver
        Not the one that will be timed, which must not have seen anything before.
    scenario
        What will be solved; by the clock and by the day a solver may use different code.
    threads
        As in the run.
    """
    small = Scenario.model_validate({**_SMALL, "planning": scenario.planning})
    # If it fails here it will fail there, where somebody looks.
    with suppress(Exception):
        problem = build(small, travel_of(small))
        if solver.strategy.declines(problem) is None:
            run = Run(threads=threads, seconds=1.0, iterations=10)
            solver.strategy.solve(problem, solver.parameters, run)


_SMALL: dict[str, Any] = {
    "name": "small",
    "as_of": "2020-02-20",
    "days": {"first": "2020-02-22", "last": "2020-02-23"},
    "origins": [
        {"id": "north", "lat": 23.1, "lon": 109.6},
        {"id": "south", "lat": 23.0, "lon": 109.6},
    ],
    "sites": [{"id": "gate", "lat": 23.0, "lon": 110.5}],
    "depots": [{"id": "depot", "lat": 23.0, "lon": 109.5}],
    "cohorts": [
        {"id": "two", "origin": "north", "site": "gate", "count": 2, "parties": [2],
         "ready": "2020-02-22", "due": "2020-02-23"},
        {"id": "one", "origin": "south", "site": "gate", "count": 1,
         "ready": "2020-02-22", "due": "2020-02-23"},
    ],
    "unit_types": [{"id": "coach", "seats": 9, "per_day": 500, "per_km": 3}],
    "pools": [{"id": "pool", "unit_type": "coach", "depot": "depot", "units": 1}],
    "prices": {"driver_day": 400, "left_behind": 20000, "waiting_day": 15},
}  # fmt: skip
