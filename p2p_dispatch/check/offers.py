"""``fleet``, third part: services run as they are offered, and no more often than they may."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import Run

RULE = "fleet"


def offers(facts: Facts) -> Iterator[Finding]:
    """Every trip is one of a service, over its hubs; so many a day, and so many of a pool."""
    trips: Counter[tuple[str, date]] = Counter()
    for run in facts.service_runs:
        for words in _as_offered(facts, run):
            yield Finding(rule=RULE, where=run.where, words=words)
        trips[run.trip.service, run.day] += 1
    for (name, day), number in trips.items():
        service = facts.services.get(name)
        if service and number > service.trips_per_day:
            words = f"{number} trips, at most {service.trips_per_day}"
            yield Finding(rule=RULE, where=f"service {name} on {day}", words=words)
    yield from _pools(facts)


def _as_offered(facts: Facts, run: Run) -> Iterator[str]:
    trip, service = run.trip, facts.services.get(run.trip.service)
    if service is None:
        yield f"the scenario has no service {trip.service}"
        return
    kind = facts.unit_types.get(service.unit_type)
    if trip.unit_type != service.unit_type:
        yield f"goes with a {trip.unit_type}, {service.id} has {service.unit_type}"
    if kind and trip.mode != kind.mode:
        yield f"is a {trip.mode} in the plan, {service.id} is a {kind.mode}"
    if trip.pool != (service.pool or ""):
        yield f"counts in pool {trip.pool or 'none'}, {service.id} in {service.pool or 'none'}"
    if run.service is None:
        road = ", ".join(stop.place for stop in trip.stops) or "nowhere"
        yield f"runs over {road}, {service.id} over {', '.join(service.stops)}"
    for i in run.boards:
        if (place := trip.stops[i].place) not in service.board:
            yield f"picks up at {place}, {service.id} does at {', '.join(service.board)}"
    for i in run.alights:
        if (place := trip.stops[i].place) not in service.alight:
            yield f"drops at {place}, {service.id} does at {', '.join(service.alight)}"
    if trip.unit or trip.drivers or trip.driving:
        yield "names a unit or drivers, which are the operator's"


def _pools(facts: Facts) -> Iterator[Finding]:
    """Trips that are counted together, on a day and in all."""
    daily: Counter[tuple[str, date]] = Counter()
    for run in facts.service_runs:
        service = facts.services.get(run.trip.service)
        if service and service.pool:
            daily[service.pool, run.day] += 1
    in_all: Counter[str] = Counter()
    for (name, day), number in daily.items():
        in_all[name] += number
        pool = facts.service_pools.get(name)
        limit = pool.trips_per_day(day) if pool else None
        if limit is not None and number > limit:
            words = f"{number} trips, at most {limit}"
            yield Finding(rule=RULE, where=f"pool {name} on {day}", words=words)
    for name, number in in_all.items():
        pool = facts.service_pools.get(name)
        if pool and pool.trips is not None and number > pool.trips:
            words = f"{number} trips in all, at most {pool.trips}"
            yield Finding(rule=RULE, where=f"pool {name}", words=words)
