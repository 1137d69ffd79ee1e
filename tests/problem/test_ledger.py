"""What trips share: checks, intake and units."""

from __future__ import annotations

from p2p_dispatch.problem import Ledger, run_trip
from tests.problem.trips import Desk
from tests.tiny import baoan, chancheng, gangbei, pingnan, pool


def test_checks_of_a_day_are_used_up() -> None:
    desk = Desk(origins=[gangbei(medical_per_day=30), pingnan()])
    first = desk.trip({"gb-ba": 20}, depart=480)
    ledger = Ledger(desk.problem)
    ledger.add(first, run_trip(desk.problem, first))
    for people, blocked in [(10, None), (11, "medical")]:
        trip = desk.trip({"gb-cc": people}, depart=600)
        assert ledger.blocks(trip, run_trip(desk.problem, trip)) == blocked
    tomorrow = desk.trip({"gb-cc": 11}, depart=480 + 1440)
    assert ledger.blocks(tomorrow, run_trip(desk.problem, tomorrow)) is None


def test_intake_counts_on_the_day_of_arrival() -> None:
    """Leaving at 20:00 of the first day arrives on the second: only that one fills up."""
    desk = Desk(sites=[baoan(intake_per_day=20), chancheng()])
    night = desk.trip({"gb-ba": 20}, depart=desk.minute("20:00"))
    run = run_trip(desk.problem, night)
    assert run.broken is None
    ledger = Ledger(desk.problem)
    ledger.add(night, run)
    same_day = desk.trip({"pn-ba": 20}, depart=desk.minute("06:00"))
    next_day = desk.trip({"pn-ba": 1}, depart=desk.minute("06:00", day=1))
    assert ledger.blocks(same_day, run_trip(desk.problem, same_day)) is None
    assert ledger.blocks(next_day, run_trip(desk.problem, next_day)) == "intake"


def test_a_unit_is_out_until_it_is_back_and_turned_around() -> None:
    desk = Desk(pools=[pool(units=1)])
    trip = desk.trip({"gb-ba": 20}, depart=480)
    run = run_trip(desk.problem, trip)
    ledger = Ledger(desk.problem)
    ledger.add(trip, run)
    for wait, blocked in [(60, None), (59, "fleet")]:
        after = desk.trip({"gb-cc": 12}, depart=run.back + wait)
        assert ledger.blocks(after, run_trip(desk.problem, after)) == blocked


def test_a_pool_that_shrinks_at_midnight() -> None:
    """One unit on the first day and none on the second: a trip must be back by midnight."""
    desk = Desk(pools=[pool(units=1, on={"2020-02-23": 0})])
    ledger = Ledger(desk.problem)
    early = desk.trip({"gb-ba": 20}, depart=desk.minute("05:00"))
    late = desk.trip({"gb-ba": 20}, depart=desk.minute("12:00"))
    assert ledger.blocks(early, run_trip(desk.problem, early)) is None
    assert ledger.blocks(late, run_trip(desk.problem, late)) == "fleet"


def test_a_trip_taken_out_leaves_nothing_behind() -> None:
    desk = Desk(pools=[pool(units=1)], origins=[gangbei(medical_per_day=20), pingnan()])
    trip = desk.trip({"gb-ba": 20}, depart=480)
    run = run_trip(desk.problem, trip)
    ledger = Ledger(desk.problem)
    ledger.add(trip, run)
    assert ledger.blocks(trip, run) == "medical"
    ledger.add(trip, run, times=-1)
    assert ledger.blocks(trip, run) is None


def test_by_the_day_units_past_the_horizon_are_free() -> None:
    """Two-day trips: on the last day of the horizon the second day costs no unit."""
    desk = Desk(planning={"by": "day", "two_days_past_km": 100}, pools=[pool(units=1)])
    ledger = Ledger(desk.problem)
    trips = [desk.trip({"gb-ba": 10}, depart=desk.problem.midnight(day)) for day in range(3)]
    runs = [run_trip(desk.problem, trip) for trip in trips]
    ledger.add(trips[0], runs[0])
    assert ledger.blocks(trips[1], runs[1]) == "fleet"
    assert ledger.blocks(trips[2], runs[2]) is None
