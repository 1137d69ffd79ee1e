"""Plans of other scenarios."""

from __future__ import annotations

from collections.abc import Iterator

from p2p_dispatch.plan import Plan
from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.scenario import Scenario

MOST_NAMED = 3
"""Names that are told of those the scenario does not know."""


def refuse_stranger(scenario: Scenario, plan: Plan, where: str) -> None:
    """
    Say of a plan that it is of another scenario.

    A plan made before people or pools were added is none: whatever it names must be there.

    Raises
    ------
    InputError
        P2P3005, one fault, when it names cohorts, places, pools, services or unit types that the
        scenario does not have.
    """
    names = strange_names(scenario, plan)
    if not names:
        return
    found = f"the plan is of {plan.scenario} and names what {scenario.name} does not have: {names}"
    right = f"a plan of {scenario.name}, or the scenario that this plan answers"
    raise InputError([Fault(code="P2P3005", mark=Mark(where, 0), found=found, right=right)])


def strange_names(scenario: Scenario, plan: Plan) -> str:
    """The first few names of a plan that the scenario does not know; empty: it knows them all."""
    strangers = list(_strangers(scenario, plan))
    more = f" and {len(strangers) - MOST_NAMED} more" if len(strangers) > MOST_NAMED else ""
    return ", ".join(strangers[:MOST_NAMED]) + more


def _strangers(scenario: Scenario, plan: Plan) -> Iterator[str]:
    """What a plan names and the scenario does not know, each once, with its kind."""
    named: tuple[tuple[str, Iterator[str], set[str]], ...] = (
        ("cohort", _cohorts(plan), {cohort.id for cohort in scenario.cohorts}),
        ("place", _places(plan), set(scenario.places)),
        ("unit type", (trip.unit_type for trip in plan.trips), {t.id for t in scenario.unit_types}),
        ("pool", (trip.pool for trip in plan.trips), _pools(scenario)),
        ("service", (trip.service for trip in plan.trips), {s.id for s in scenario.services}),
    )
    for kind, names, known in named:
        for name in dict.fromkeys(names):
            if name and name not in known:
                yield f"{kind} {name}"


def _pools(scenario: Scenario) -> set[str]:
    return {pool.id for pool in scenario.pools} | {pool.id for pool in scenario.service_pools}


def _cohorts(plan: Plan) -> Iterator[str]:
    yield from (itinerary.cohort for itinerary in plan.itineraries)
    yield from (part.cohort for part in plan.unserved)
    for trip in plan.trips:
        for stop in trip.stops:
            yield from (riders.cohort for riders in (*stop.board, *stop.alight))


def _places(plan: Plan) -> Iterator[str]:
    yield from (stop.place for trip in plan.trips for stop in trip.stops)
    yield from (batch.origin for batch in plan.batches)
