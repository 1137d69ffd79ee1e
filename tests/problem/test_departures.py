"""The cheapest departure of a day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from p2p_dispatch.problem import Departures, build, run_trip
from p2p_dispatch.problem.timing import least_cost
from p2p_dispatch.problem.work import new_work
from p2p_dispatch.solution import Run
from p2p_dispatch.travel import travel_of
from p2p_solvers.first_come import FirstCome, FirstComeParameters
from tests.generated.scenarios import random_scenario
from tests.problem.trips import Desk
from tests.tiny import cohort, gangbei, guigang, pingnan

OPEN = {"opens": "07:00", "closes": "20:00"}


def test_people_board_when_the_gate_opens() -> None:
    desk = Desk(origins=[gangbei(hours=OPEN), pingnan()])
    timed, run = Departures(desk.problem).best(desk.trip({"gb-ba": 30}), 0)
    assert run.broken is None
    assert run.comes[0] == desk.minute("07:00")
    assert timed.depart == run.leave


def test_a_coach_from_afar_leaves_early_enough() -> None:
    """The depot lies in Shenzhen: it leaves about seven hours before, with its breaks."""
    desk = Desk(
        origins=[gangbei(hours={"opens": "14:00", "closes": "15:00"}), pingnan()],
        depots=[guigang(lat=22.55, lon=113.9)],
    )
    _, run = Departures(desk.problem).best(desk.trip({"gb-ba": 30}), 0)
    assert run.broken is None
    assert desk.minute("14:00") <= run.comes[0] <= desk.minute("14:45")
    assert run.stretches[0].start == run.leave


def test_a_day_without_a_departure_says_which_rule() -> None:
    desk = Desk(cohorts=[cohort(due="2020-02-22 09:00")])
    _, run = Departures(desk.problem).best(desk.trip({"gb-ba": 30}), 0)
    assert run.broken == "windows"


def test_the_day_is_the_day_of_boarding() -> None:
    desk = Desk()
    for day in range(3):
        _, run = Departures(desk.problem).best(desk.trip({"gb-ba": 30}), day)
        assert run.board_day == day


@pytest.mark.parametrize("seed", range(40))
def test_no_trip_costs_less_than_it_must_whenever_it_leaves(seed: int) -> None:
    """A crew of any size, at any hour at which it keeps the rules."""
    problem = build(scenario := random_scenario(seed), travel_of(scenario))
    trips = FirstCome().solve(problem, FirstComeParameters(), Run()).trips
    for trip in trips[:8]:
        run_trip(problem, trip, work := new_work())
        least = least_cost(problem.memory, work)
        for hours in range(-6, 7, 3):
            for drivers in range(1, problem.crew.most_drivers + 1):
                other = replace(trip, depart=trip.depart + 60 * hours, drivers=drivers)
                run = run_trip(problem, other)
                assert run.broken or least <= run.cost
