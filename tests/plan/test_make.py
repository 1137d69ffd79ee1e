"""From a solution to a plan: names, clock times, exact figures, and reasons."""

from __future__ import annotations

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.plan import Plan
from tests.tiny import baoan, chancheng, cohort, gangbei, guigang, pingnan, pool, tiny_scenario


def solved(**changes: object) -> Plan:
    return solve_scenario(tiny_scenario(**changes), "first-come")


def test_trip_ids_stay_when_other_trips_change() -> None:
    """Day, origin and number: people who stop coming from Pingnan rename nothing at Gangbei."""
    all_ids = {trip.id for trip in solved().trips}
    fewer = {trip.id for trip in solved(cohorts=[cohort()]).trips}
    assert "0222-gangbei-1" in fewer
    assert fewer <= all_ids


def test_times_are_local_and_say_so() -> None:
    plan = solved(origins=[gangbei(hours={"opens": "07:00", "closes": "20:00"}), pingnan()])
    trip = next(trip for trip in plan.trips if trip.id == "0222-gangbei-1")
    board = trip.stops[1]
    assert board.depart is not None
    assert board.depart.isoformat() == "2020-02-22T07:15:00+08:00"


def test_people_are_called_before_they_board() -> None:
    """Leaving at 07:15, boarding 15 minutes, called 45 minutes before: 06:15."""
    plan = solved(origins=[gangbei(hours={"opens": "07:00", "closes": "20:00"}), pingnan()])
    batch = next(batch for batch in plan.batches if batch.trip == "0222-gangbei-1")
    assert batch.call is not None
    assert batch.call.isoformat() == "2020-02-22T06:15:00+08:00"


def test_by_the_day_there_are_no_times() -> None:
    plan = solved(planning={"by": "day"})
    assert all(not trip.driving for trip in plan.trips)
    assert all(stop.arrive is None and stop.depart is None for t in plan.trips for stop in t.stops)
    assert all(batch.call is None for batch in plan.batches)


def test_the_value_is_the_sum_of_its_parts() -> None:
    plan = solved(cohorts=[cohort(count=600)])
    parts = plan.value.model_dump(exclude={"total"}).values()
    assert plan.value.total == pytest.approx(sum(parts))
    left = sum(part.count for part in plan.unserved)
    assert plan.value.left_behind == 20000 * left > 0
    assert plan.value.money == pytest.approx(sum(trip.cost for trip in plan.trips), abs=0.1)


def test_onward_legs_are_priced_by_the_hub() -> None:
    """Thirty people handed over at a hub at 12.5 each."""
    hub = {"id": "town", "lat": 22.6, "lon": 113.9}
    sites = [baoan(gate=False, handover={"town": 12.5}), chancheng()]
    plan = solved(cohorts=[cohort()], sites=sites, hubs=[hub])
    assert plan.value.onward == 375
    assert plan.trips[0].stops[2].place == "town"


REASONS = [
    ({"depots": [guigang(serves=["pingnan"])]}, "fleet", "no depot serves 港北区"),
    ({"pools": [pool(units=0)]}, "fleet", "every coach that could take them is out"),
    (
        {"origins": [gangbei(medical_per_day=0), pingnan()]},
        "medical",
        "the check at 港北区 is full on 22 Feb, 23 Feb and 24 Feb (0 a day)",
    ),
    (
        {"sites": [baoan(intake_per_day=0), chancheng()]},
        "intake",
        "宝安区 is full on 22 Feb, 23 Feb and 24 Feb (0 a day)",
    ),
    ({"cohorts": [cohort(due="2020-02-22 05:00")]}, "windows", "no coach can take them between"),
    (
        {"rules": {"seats": [{"id": "none", "cap": 0.01}]}},
        "seats",
        "no coach has a seat for them on 22 Feb, 23 Feb and 24 Feb",
    ),
]


@pytest.mark.parametrize(("changes", "rule", "words"), REASONS)
def test_people_left_behind_get_the_rule_that_keeps_them(
    changes: dict[str, object], rule: str, words: str
) -> None:
    plan = solved(**{"cohorts": [cohort()], **changes})
    (left,) = plan.unserved
    assert left.count == 30
    assert left.reason == rule
    assert left.words.startswith(words)
