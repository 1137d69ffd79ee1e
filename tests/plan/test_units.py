"""Which unit makes which trip, and who drives it."""

from __future__ import annotations

from p2p_dispatch.plan.units import Crews, give_units
from p2p_dispatch.problem import TripRun, run_trip
from p2p_dispatch.problem.trip import Stretch
from tests.problem.test_wheel import CN, crew
from tests.problem.trips import Desk

DAY = 1440


def units_of(*departures: int) -> list[int]:
    desk = Desk()
    trips = [desk.trip({"gb-ba": 10}, depart=minute) for minute in departures]
    return give_units(desk.problem, trips, [run_trip(desk.problem, trip) for trip in trips])


def test_a_unit_goes_again_once_it_is_back() -> None:
    """A trip takes some 15 hours: three at once need three units, the next day one goes again."""
    assert units_of(480, 490, 500) == [1, 2, 3]
    assert units_of(480, 490, 480 + DAY) == [1, 2, 1]


def test_a_unit_that_was_out_today_goes_before_a_fresh_one() -> None:
    """Unit 2 comes back on the second day, unit 1 on the first; at its evening 2 goes again."""
    assert units_of(0, 600, 600 + DAY) == [1, 2, 2]


def run(start: int, end: int) -> TripRun:
    return TripRun(leave=start, back=end, stretches=(Stretch(0, start, end),))


def test_drivers_stay_as_long_as_their_hours_allow() -> None:
    """Eight hours in 24: four and four are one driver, a minute more takes another."""
    for minutes, names in [(240, ["u driver 1"]), (241, ["u driver 2"])]:
        crews = Crews(crew(**CN))
        assert crews.board("u", run(360, 600), 1) == ["u driver 1"]
        assert crews.board("u", run(720, 720 + minutes), 1) == names


def test_too_short_a_stay_at_the_depot_takes_another_driver() -> None:
    for pause, names in [(20, ["u driver 1"]), (19, ["u driver 2"])]:
        crews = Crews(crew(**CN))
        crews.board("u", run(360, 600), 1)
        assert crews.board("u", run(600 + pause, 660), 1) == names


def test_a_second_driver_joins_the_one_who_stays() -> None:
    crews = Crews(crew(**CN))
    crews.board("u", run(360, 400), 1)
    assert crews.board("u", run(480, 500), 2) == ["u driver 1", "u driver 2"]
