"""Random events over days: what has left never changes, every plan keeps every rule."""

from __future__ import annotations

from collections import Counter

import pytest

from p2p_dispatch.check import check
from p2p_dispatch.events.model import NoShow, WalkUp
from p2p_dispatch.plan.model import Plan
from p2p_dispatch.scenario import Scenario
from tests.generated.jobs import scenario_with_jobs
from tests.generated.scenarios import random_scenario
from tests.generated.services import scenario_with_services
from tests.life.streams import Step, stream, with_prices


def judge(step: Step) -> None:
    """Nothing is found, nothing that has left is other than it was, nobody is lost."""
    after = step.after
    assert [str(finding) for finding in check(after.scenario, after.plan)] == []
    left = {trip.id for trip in after.scenario.frozen}
    before = {trip.id: trip for trip in step.before.trips}
    for trip in after.plan.trips:
        if trip.id in left and not any(event.subject == trip.id for event in step.events):
            same = [(s.place, s.arrive, s.depart, s.km) for s in trip.stops]
            assert same == [(s.place, s.arrive, s.depart, s.km) for s in before[trip.id].stops]
            assert (trip.unit, trip.driving) == (before[trip.id].unit, before[trip.id].driving)
    came: Counter[str] = Counter()
    for event in step.events:
        if isinstance(event, NoShow):
            came[event.cohort or ""] -= event.value
        elif isinstance(event, WalkUp):
            came[event.subject] += event.value
    assert people(after.plan) == {
        cohort: count
        for cohort in people(step.before) | dict.fromkeys(came, 0)
        if (count := people(step.before)[cohort] + came[cohort])
    }


def people(plan: Plan) -> Counter[str]:
    """Everybody by cohort."""
    counts: Counter[str] = Counter()
    for part in plan.itineraries:
        counts[part.cohort] += part.count
    for left in plan.unserved:
        counts[left.cohort] += left.count
    return counts


def scenarios(kind: str, seed: int) -> Scenario:
    drawn = {
        "coaches": random_scenario,
        "services": scenario_with_services,
        "jobs": scenario_with_jobs,
    }[kind](seed)
    return with_prices(drawn, **({"stay_from": "high"} if seed % 2 else {}))


@pytest.mark.parametrize("seed", [*range(14), 21])
@pytest.mark.parametrize("kind", ["coaches", "services", "jobs"])
def test_plans_go_on_from_each_other(kind: str, seed: int) -> None:
    for step in stream(scenarios(kind, seed), seed, "intermodal"):
        judge(step)


@pytest.mark.parametrize("kind", ["coaches", "services"])
def test_where_nothing_happens_nothing_changes(kind: str) -> None:
    """Events that say how far a trip is change nothing either."""
    for seed in range(100, 104):
        for step in stream(scenarios(kind, seed), seed, "intermodal"):
            if not step.events:
                assert step.after.changes == ()
