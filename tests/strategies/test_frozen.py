"""Trips that stand: they are in every plan, and the rest is planned around them."""

from __future__ import annotations

import pytest

from p2p_dispatch.api import NoPlan, solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.solution import strategy_names
from tests.tiny import cohort, pool, tiny_scenario


def told(**changes: object) -> dict[str, object]:
    """Twelve people of gb-ba were told that they leave at 08:00 on the second day."""
    return {
        "id": "0223-gangbei-7",
        "pool": "gg",
        "leaves": "2020-02-23 07:30",
        "drivers": 2,
        "stops": ["gangbei", "baoan"],
        "riders": [{"cohort": "gb-ba", "count": 12, "drop": "baoan"}],
        **changes,
    }


@pytest.mark.parametrize("solver", strategy_names())
def test_a_frozen_trip_stands_and_the_others_find_their_own(solver: str) -> None:
    """Twelve of thirty were promised a seat; everybody is moved, and the promise is kept."""
    scenario = tiny_scenario(frozen=[told()])
    plan = solve_scenario(scenario, solver)
    assert check(scenario, plan) == []
    assert plan.moved == scenario.people
    trip = next(trip for trip in plan.trips if trip.id == "0223-gangbei-7")
    assert trip.stops[0].depart is not None
    assert trip.stops[0].depart.isoformat() == "2020-02-23T07:30:00+08:00"


def test_a_promise_that_breaks_a_rule_is_proved_impossible() -> None:
    """Fifty people on a coach of 49."""
    riders = [{"cohort": "gb-ba", "count": 50, "drop": "baoan"}]
    scenario = tiny_scenario(cohorts=[cohort(count=60)], frozen=[told(riders=riders)])
    with pytest.raises(NoPlan, match="0223-gangbei-7 cannot stand, it breaks seats") as raised:
        solve_scenario(scenario)
    assert raised.value.impossible


def test_promises_that_cannot_stand_together() -> None:
    """One coach, promised twice at the same hour."""
    other = told(id="again", riders=[{"cohort": "gb-ba", "count": 5, "drop": "baoan"}])
    scenario = tiny_scenario(pools=[pool(units=1)], frozen=[told(), other])
    with pytest.raises(NoPlan, match="again cannot stand, it breaks fleet"):
        solve_scenario(scenario)


def test_a_share_that_must_be_moved() -> None:
    """One coach on one day for 70 people of two origins: half of each cannot be."""
    on = {"2020-02-23": 0, "2020-02-24": 0}
    rules = {"priority": {"least_share": 0.5}}
    scenario = tiny_scenario(pools=[pool(units=1, on=on)], rules=rules)
    with pytest.raises(NoPlan, match="must be"):
        solve_scenario(scenario, "first-come")
