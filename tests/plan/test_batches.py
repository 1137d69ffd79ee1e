"""Whose batch people are in."""

from __future__ import annotations

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.plan.life import people_by_batch
from p2p_dispatch.plan.model import Batch, Itinerary, Plan, Riders, Stop, Trip
from tests.generated.services import scenario_with_services


@pytest.mark.parametrize("seed", range(12))
def test_everybody_is_in_the_batch_of_their_origin(seed: int) -> None:
    """Also where people of several origins gather at one hub."""
    scenario = scenario_with_services(seed)
    plan = solve_scenario(scenario, "trains-first", iterations=20, threads=1)
    origins = {cohort.id: cohort.origin for cohort in scenario.cohorts}
    people = people_by_batch(plan, origins)
    for batch in plan.batches:
        assert sum(people[batch.id].values()) == batch.people
        assert {origins[cohort] for cohort in people[batch.id]} == {batch.origin}


def test_two_origins_gather_at_one_hub() -> None:
    """The plan says who boards there and how many each batch is, not who is whose."""
    riders = tuple(Riders(cohort=name, count=2) for name in ("of-north", "of-south"))
    hub = Stop.model_construct(place="hub", board=riders, alight=())
    plan = Plan.model_construct(
        trips=(Trip.model_construct(id="train", stops=(hub,)),),
        itineraries=tuple(Itinerary(cohort=r.cohort, count=2, trips=("train",)) for r in riders),
        batches=tuple(
            Batch.model_construct(id=origin, origin=origin, trip="train", people=2)
            for origin in ("north", "south")
        ),
    )
    assert people_by_batch(plan, {"of-north": "north", "of-south": "south"}) == {
        "north": {"of-north": 2},
        "south": {"of-south": 2},
    }
