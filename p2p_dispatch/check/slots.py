"""``slots``: a place handles so many coaches, and a hub so many trains or planes, at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, time
from math import floor

from p2p_dispatch.check.clock import TINY
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import Run
from p2p_dispatch.scenario.places import Slots

RULE = "slots"


def slots(facts: Facts) -> Iterator[Finding]:
    """Trips that take a place in a slot are at most those it has."""
    coaches = [(*call, run) for run in facts.coaches for call in _calls(facts, run)]
    yield from _full(facts, coaches, "coaches", lambda place: facts.places[place].slots)
    services = [(*call, run) for run in facts.service_runs for call in _service_calls(facts, run)]
    yield from _full(facts, services, "trips", lambda place: facts.hubs[place].service_slots)


def _full(
    facts: Facts,
    calls: list[tuple[str, float, Run]],
    what: str,
    slots_of: Callable[[str], Slots | None],
) -> Iterator[Finding]:
    used: Counter[tuple[str, date, int]] = Counter()
    decided: set[tuple[str, date, int]] = set()
    for place, minute, run in calls:
        limit = slots_of(place)
        if limit:
            day = facts.clock.day(minute)
            passed = minute - facts.clock.at(day, time())
            slot = place, day, floor((passed + TINY) / limit.minutes)
            used[slot] += 1
            if run.trip.id not in facts.left:
                decided.add(slot)  # one that could have come at another time
    for (place, day, number), trips in used.items():
        limit = slots_of(place)
        if limit and trips > limit.trips and (place, day, number) in decided:
            begins = facts.clock.at(day, time()) + number * limit.minutes
            words = (
                f"{trips} {what} in the {limit.minutes} min from {facts.clock.text(begins)}, "
                f"at most {limit.trips}"
            )
            yield Finding(rule=RULE, where=f"{place} on {day}", words=words)


def _service_calls(facts: Facts, run: Run) -> Iterator[tuple[str, float]]:
    """Hubs a train or plane leaves with people who board, or comes to with people who get off."""
    if run.times is None or run.trip.mode == "carriage":
        return  # the train of a booked carriage runs anyway
    for i in sorted({*run.boards, *run.alights}):
        if run.stops[i].place in facts.hubs:
            yield run.stops[i].place, run.times.go[i] if i in run.boards else run.times.come[i]


def _calls(facts: Facts, run: Run) -> Iterator[tuple[str, float]]:
    """Where and when a coach takes a place in a slot."""
    if run.times is None:
        return
    for i in run.boards:
        if run.stops[i].place in facts.origins or run.stops[i].place in facts.hubs:
            yield run.stops[i].place, run.times.go[i]
    for i in run.alights:
        arrives, place = run.times.off[i], run.stops[i].place
        if arrives is not None and place in facts.places and place not in facts.origins:
            yield place, arrives
