"""``frozen``: trips that have left, or were told, stand as they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from p2p_dispatch.check.clock import TINY
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import Run
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.frozen import FrozenTrip

RULE = "frozen"


def frozen(facts: Facts) -> Iterator[Finding]:
    """Every frozen trip that has no price of changing is in the plan as it was."""
    for trip in facts.scenario.frozen:
        if trip.changing is None and (words := strays(facts, trip)):
            yield Finding(rule=RULE, where=f"trip {trip.id}", words=words)


def strays(facts: Facts, trip: FrozenTrip) -> str | None:
    """How the plan differs from a frozen trip, a sentence; None where it keeps it."""
    run = facts.by_trip.get(trip.id)
    if run is None:
        return "stands, and the plan does without"
    if run.trip.pool != trip.pool:
        return f"stands with pool {trip.pool}, in the plan it has {run.trip.pool}"
    places = tuple(stop.place for stop in run.stops[1:-1])
    if places != trip.stops:
        return f"stands over {', '.join(trip.stops)}, in the plan it is {', '.join(places) or '-'}"
    return _elsewhen(facts, trip, run) or _forgotten(trip, run)


def _elsewhen(facts: Facts, trip: FrozenTrip, run: Run) -> str | None:
    if facts.by_day:
        same = run.day == day_of(trip.leaves)
        return None if same else f"stands on {day_of(trip.leaves)}, in the plan it is on {run.day}"
    wanted, text = facts.clock.minute(trip.leaves), facts.clock.text
    if run.times and abs(run.times.go[0] - wanted) <= TINY:
        return None
    leaves = text(run.times.go[0]) if run.times else "at no time"
    return f"stands to leave at {text(wanted)}, in the plan it leaves {leaves}"


def _forgotten(trip: FrozenTrip, run: Run) -> str | None:
    """Riders who were promised a seat and a drop, and have it no more."""
    promised: Counter[tuple[str, str]] = Counter()
    for riders in trip.riders:
        promised[riders.cohort, riders.drop] += riders.count
    seated: Counter[tuple[str, str]] = Counter()
    for stop in run.stops:
        for some in stop.alight:
            seated[some.cohort, stop.place] += some.count
    for (cohort, drop), number in promised.items():
        if seated[cohort, drop] < number:
            found = seated[cohort, drop]
            return f"{number} of {cohort} were promised to be taken to {drop}, {found} are"
    return None
