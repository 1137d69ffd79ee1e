"""Why a trip is as it is: other days, other coaches, alone, direct."""

from __future__ import annotations

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.why import explain
from p2p_dispatch.why.trips import Alternative, WhyTrip
from tests.tiny import pool, tiny_scenario, unit_type


def asked(batch: bool = False, **changes: object) -> tuple[WhyTrip, float]:
    scenario = tiny_scenario(**changes)
    plan = solve_scenario(scenario, "insertion", iterations=20, threads=1)
    trip = max(plan.trips, key=lambda trip: len(trip.stops))
    name = next(b.id for b in plan.batches if b.trip == trip.id) if batch else trip.id
    found = explain(scenario, plan, name).trip
    assert found is not None
    return found, trip.cost


def only(found: WhyTrip, what: str) -> list[Alternative]:
    return [each for each in found.alternatives if each.what == what]


def test_another_day_costs_the_waiting() -> None:
    """Everybody is ready on the first day, and each day of waiting is 50."""
    found, _ = asked(batch=False)
    people = int(found.facts[0].split(" people")[0].rsplit(" ", 1)[1])
    days = only(found, "day")
    assert [each.words for each in days] == ["later, on 23 Feb", "later, on 24 Feb"]
    assert [each.cost for each in days] == [
        pytest.approx(50 * people), pytest.approx(100 * people)
    ]  # fmt: skip


def test_alone_they_cost_another_coach() -> None:
    found, cost = asked(batch=True)
    (alone,) = only(found, "alone")
    assert alone.cost is not None
    assert alone.rule == ""
    assert 1000 < alone.cost < cost + 2000
    (direct,) = only(found, "direct")
    assert direct.cost is not None
    assert direct.cost >= alone.cost


def test_with_no_coach_left_it_says_what_it_would_cost_and_what_forbids_it() -> None:
    found, _ = asked(pools=[pool(units=1)], cohorts=_two())
    for each in (*only(found, "alone"), *only(found, "direct")):
        assert each.rule == "fleet"
        assert each.cost is not None


def test_a_dearer_coach_is_named_with_its_price() -> None:
    dear = unit_type(id="dear", per_day=2200)
    pools = [pool(), pool(id="dear", unit_type="dear")]
    found, _ = asked(unit_types=[unit_type(), dear], pools=pools)
    (other,) = only(found, "coach")
    assert other.words == "with dear of dear"
    assert other.cost == pytest.approx(1000)


def _two() -> list[dict[str, object]]:
    from tests.tiny import cohort

    return [
        cohort(count=20, due="2020-02-22"),
        cohort(id="pn-ba", origin="pingnan", count=20, due="2020-02-22"),
    ]
