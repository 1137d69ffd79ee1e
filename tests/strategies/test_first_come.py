"""What bureaus do by hand, on rosters small enough to do by hand."""

from __future__ import annotations

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.plan import Plan
from tests.tiny import baoan, chancheng, cohort, gangbei, pingnan, pool, tiny_scenario


def solved(**changes: object) -> Plan:
    return solve_scenario(tiny_scenario(**changes), "first-come")


def loads(plan: Plan) -> list[int]:
    return [
        sum(riders.count for stop in trip.stops for riders in stop.board) for trip in plan.trips
    ]


def test_one_demand_larger_than_a_coach_is_split() -> None:
    """100 people on coaches of 49: 49 + 49 + 2."""
    plan = solved(cohorts=[cohort(count=100)])
    assert sorted(loads(plan)) == [2, 49, 49]
    assert plan.unserved == ()


def test_whoever_is_ready_first_goes_first() -> None:
    """One coach in all: the early 49 of 60 get it, though the late ones are written first."""
    people = [
        cohort(id="late", count=30, ready="2020-02-23"),
        cohort(id="early", count=49, ready="2020-02-22"),
    ]
    on = {"2020-02-23": 0, "2020-02-24": 0}
    plan = solved(cohorts=people, pools=[pool(units=1, on=on)])
    assert [i.cohort for i in plan.itineraries] == ["early"]
    assert [(u.cohort, u.reason) for u in plan.unserved] == [("late", "fleet")]


def test_each_origin_fills_its_own_coaches() -> None:
    plan = solved()
    assert all(sum(bool(stop.board) for stop in trip.stops) == 1 for trip in plan.trips)


def test_sites_of_one_city_share_a_coach() -> None:
    sites = [baoan(city="delta"), chancheng(city="delta")]
    apart, together = solved(), solved(sites=sites, rules={"stops": {"detour_km": 400}})
    assert len(together.trips) < len(apart.trips)


def test_parties_are_not_parted() -> None:
    """Two parties of 5 and 15 alone on coaches of 49 with 20 seats: 5 + 5 + 10, then 5."""
    rule = {"id": "cap", "cap": 20 / 49}
    plan = solved(cohorts=[cohort(count=25, parties=[5, 5])], rules={"seats": [rule]})
    assert [(i.count, i.parties) for i in plan.itineraries] == [(20, (5, 5)), (5, ())]


def test_a_party_that_no_seats_are_left_for_stays_together() -> None:
    """Four seats a coach and a party of five: all five stay, with the rule as the reason."""
    rule = {"id": "cap", "cap": 4 / 49}
    people = [cohort(count=7, parties=[5])]
    plan = solved(cohorts=people, rules={"seats": [rule]})
    assert plan.moved == 2
    assert [(u.count, u.parties, u.reason) for u in plan.unserved] == [(5, (5,), "seats")]


def test_checks_and_intake_spread_people_over_days() -> None:
    origins = [gangbei(medical_per_day=20), pingnan()]
    plan = solved(cohorts=[cohort(count=45)], origins=origins)
    assert sorted(loads(plan)) == [5, 20, 20]
    assert len({trip.day for trip in plan.trips}) == 3
    sites = [baoan(intake_per_day=10), chancheng()]
    plan = solved(cohorts=[cohort(count=45)], sites=sites)
    assert plan.moved == 30
    assert [(u.count, u.reason) for u in plan.unserved] == [(15, "intake")]


def test_an_almost_empty_coach_waits_for_more() -> None:
    """Ten today and ten tomorrow, all due the day after: one coach of twenty tomorrow."""
    people = [cohort(id="a", count=10), cohort(id="b", count=10, ready="2020-02-23")]
    assert loads(solved(cohorts=people)) == [20]


def test_it_does_not_wait_past_the_due_day() -> None:
    people = [
        cohort(id="a", count=10, due="2020-02-22"),
        cohort(id="b", count=10, ready="2020-02-23"),
    ]
    assert loads(solved(cohorts=people)) == [10, 10]
