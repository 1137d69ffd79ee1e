"""From names, dates and percentages to indices, minutes, metres and cents."""

from __future__ import annotations

import numpy as np
import pytest

from p2p_dispatch.problem import NO_LIMIT, NO_ROAD, Problem, build
from p2p_dispatch.problem.timing import column_of
from p2p_dispatch.travel import travel_of
from tests.tiny import baoan, cohort, gangbei, guigang, tiny_scenario


def problem_of(**changes: object) -> Problem:
    scenario = tiny_scenario(**changes)
    return build(scenario, travel_of(scenario))


def test_minutes_count_from_the_first_midnight() -> None:
    """Ready on the first day is minute 0; due on the third day ends at 3 x 1440."""
    problem = problem_of()
    assert problem.ready[0] == 0
    assert problem.due[0] == 3 * 1440
    assert problem.day(-1) == -1
    assert problem.day(1440) == 1


def test_a_clock_change_makes_a_short_day() -> None:
    """On 29 March 2026 the clocks of Berlin go forward: that day has 23 hours."""
    days = {"first": "2026-03-29", "last": "2026-03-30"}
    due = [cohort(ready="2026-03-29", due="2026-03-29")]
    problem = problem_of(time_zone="Europe/Berlin", days=days, cohorts=due)
    assert problem.due[0] == 23 * 60
    assert problem.midnight(1) == 23 * 60


@pytest.mark.parametrize("first", ["2026-03-28", "2026-10-24"])
def test_compiled_columns_are_those_of_the_calendar(first: str) -> None:
    """Days of 23 and of 25 hours among them, and minutes before and after the calendar."""
    days = {"first": first, "last": first[:-2] + "30"}
    moved = [cohort(ready=days["first"], due=days["last"])]
    problem = problem_of(time_zone="Europe/Berlin", days=days, cohorts=moved)
    assert {int(span) for span in np.diff(problem.midnights)} > {1440}
    for minute in range(-20_000, 30_000, 7):
        assert column_of(problem.memory, minute) == problem.column(minute)
    for midnight in problem.midnights.tolist():
        for minute in (midnight - 1, midnight, midnight + 1):
            assert column_of(problem.memory, minute) == problem.column(minute)


def test_roads_are_rounded_against_the_planner() -> None:
    scenario = tiny_scenario()
    travel = travel_of(scenario)
    problem = build(scenario, travel)
    km, minutes = travel.leg("gangbei", "baoan")
    a, b = travel.index["gangbei"], travel.index["baoan"]
    assert km * 1000 <= problem.metres[a, b] < km * 1000 + 1
    assert minutes <= problem.minutes[a, b] < minutes + 1 + 1 / 60
    assert problem.minutes[a, b] * 60 >= problem.seconds[a, b]


def test_a_whole_number_of_metres_is_not_rounded_up() -> None:
    leg = {"from": "gangbei", "to": "baoan", "km": 0.29 * 1000, "minutes": 240.0}
    problem = problem_of(travel={"kind": "great-circle", "legs": [leg]})
    assert problem.metres[1, 3] == 290_000
    assert problem.minutes[1, 3] == 240


def test_a_matrix_has_no_other_roads() -> None:
    leg = {"from": "gangbei", "to": "baoan", "km": 500, "minutes": 400}
    problem = problem_of(travel={"kind": "matrix", "legs": [leg]})
    assert problem.minutes[1, 3] == 400
    assert problem.minutes[3, 1] == NO_ROAD


def test_closed_days_open_after_they_shut() -> None:
    origins = [gangbei(closed_on=["2020-02-23"])]
    people = [cohort()]
    problem = problem_of(origins=origins, cohorts=people)
    closed = problem.opens[1] > problem.shuts[1]
    assert list(np.flatnonzero(closed)) == [problem.pad + 1]


def test_limits_that_are_not_given_are_none() -> None:
    problem = problem_of(sites=[baoan(intake_per_day=25)], cohorts=[cohort()])
    assert problem.intake[3, problem.pad] == 25
    assert problem.medical[1, problem.pad] == NO_LIMIT


def test_a_depot_serves_the_origins_it_lists() -> None:
    problem = problem_of(depots=[guigang(serves=["pingnan"])])
    assert list(np.flatnonzero(problem.serves[0])) == [2]


def test_arrays_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        problem_of().people[0] = 1
