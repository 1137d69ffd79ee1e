"""``consist``: trains of carriages that can be put together, and carriages that can be booked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import Run
from p2p_dispatch.scenario.fleet import Carriage, Train

RULE = "consist"


def consist(facts: Facts) -> Iterator[Finding]:
    """Carriages of every kind within their least and most, and booked ones within the offer."""
    booked: Counter[tuple[str, date]] = Counter()
    for run in facts.runs:
        for words in _carriages(facts, run):
            yield Finding(rule=RULE, where=run.where, words=words)
        if run.trip.mode == "carriage":
            booked[run.trip.service, run.day] += sum(run.trip.carriages.values())
    for (name, day), number in booked.items():
        service = facts.services.get(name)
        offer = service.carriages_per_day(day) if service else None
        if offer is not None and number > offer:
            words = f"{number} carriages are booked, {offer} are offered"
            yield Finding(rule=RULE, where=f"service {name} on {day}", words=words)


def _carriages(facts: Facts, run: Run) -> Iterator[str]:
    have, unit_type = run.trip.carriages, facts.unit_types.get(run.trip.unit_type)
    if isinstance(unit_type, Train) and unit_type.consist:
        yield from _train(unit_type, have)
        yield from _platforms(facts, run, sum(have.values()))
    elif isinstance(unit_type, Carriage):
        number = have.get(unit_type.id, 0)
        if number < 1:
            yield f"books {number} carriages of kind {unit_type.id}, at least one"
        yield from _others(have, {unit_type.id})
    elif have:
        yield f"lists carriages, a {run.trip.unit_type} is as it is"


def _train(train: Train, have: dict[str, int]) -> Iterator[str]:
    for span in train.consist:
        number = have.get(span.carriage, 0)
        if not span.least <= number <= span.most:
            limits = f"{span.least} to {span.most}"
            yield f"has {number} carriages of kind {span.carriage}, {limits} are possible"
    total = sum(have.values())
    if train.most_carriages is not None and total > train.most_carriages:
        yield f"has {total} carriages, at most {train.most_carriages}"
    if total < 1:
        yield "has no carriage"
    yield from _others(have, {span.carriage for span in train.consist})


def _others(have: dict[str, int], known: set[str]) -> Iterator[str]:
    for kind, number in have.items():
        if kind not in known:
            yield f"has {number} carriages of kind {kind}, which is none of its kinds"


def _platforms(facts: Facts, run: Run, carriages: int) -> Iterator[str]:
    """The train fits where it stops."""
    for stop in run.stops:
        hub = facts.hubs.get(stop.place)
        if hub and hub.most_carriages is not None and carriages > hub.most_carriages:
            yield f"has {carriages} carriages, {hub.id} takes trains of {hub.most_carriages}"
