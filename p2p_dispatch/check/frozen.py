"""``frozen``: trips that have left, or were told, stand as they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from p2p_dispatch.check.clock import TINY
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import Run
from p2p_dispatch.plan.model import Itinerary, Unserved
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.frozen import FrozenTrip
from p2p_dispatch.scenario.told import ToldPeople

RULE = "frozen"


def frozen(facts: Facts) -> Iterator[Finding]:
    """Frozen trips without a price of changing are as they were; all promises are accounted for."""
    for trip in facts.scenario.frozen:
        if trip.changing is None and (words := strays(facts, trip)):
            yield Finding(rule=RULE, where=f"trip {trip.id}", words=words)
    yield from _promises(facts)


def _promises(facts: Facts) -> Iterator[Finding]:
    """Of everybody who was told something, plan and scenario say the same number."""
    if not facts.scenario.told and not any(part.told for part in facts.parts):
        return
    held: Counter[tuple[str, str]] = Counter()
    for part in facts.parts:
        if part.told:
            held[part.told, part.cohort] += part.count
    known = {(told.id, told.cohort): told.count for told in facts.scenario.told}
    for key in sorted(held.keys() | known.keys()):
        if held[key] != known.get(key, 0):
            words = f"{known.get(key, 0)} of {key[1]} were told, the plan accounts for {held[key]}"
            yield Finding(rule=RULE, where=f"told {key[0]}", words=words)


def otherwise(facts: Facts, told: ToldPeople, part: Itinerary | Unserved) -> float:
    """What it costs to tell one person otherwise than they were told."""
    prices = facts.scenario.prices
    if isinstance(part, Unserved):
        return prices.changed_day
    runs = [facts.by_trip[trip] for trip in part.trips if trip in facts.by_trip]
    if not runs:
        return 0.0  # a finding of ``balance``
    board = _boards(facts, part, runs[0])
    cost = _when(facts, told, runs[0], board)
    by = next((run.trip.service for run in runs if run.trip.service), runs[0].trip.pool)
    if by != told.vehicle:
        cost += prices.changed_vehicle
    if board != told.board or _last_drop(part, runs[-1]) != told.drop:
        cost += prices.changed_place
    return cost


def _when(facts: Facts, told: ToldPeople, run: Run, board: str) -> float:
    """The price of another day, or of another minute of the same day."""
    prices, clock = facts.scenario.prices, facts.clock
    if facts.by_day or run.times is None:
        return 0.0 if run.day == day_of(told.leaves) else prices.changed_day
    places = [stop.place for stop in run.stops]
    goes = run.times.go[places.index(board)] if board in places else run.times.go[0]
    if clock.day(goes) != day_of(told.leaves):
        return prices.changed_day
    return 0.0 if abs(goes - clock.minute(told.leaves)) <= TINY else prices.changed_hour


def _boards(facts: Facts, part: Itinerary, run: Run) -> str:
    """Where people board first: at their origin, or at a hub where they gather."""
    cohort = facts.cohorts.get(part.cohort)
    places = [stop.place for stop in run.stops for riders in stop.board
              if riders.cohort == part.cohort]  # fmt: skip
    origin = cohort.origin if cohort else ""
    return origin if origin in places or not places else places[0]


def _last_drop(part: Itinerary, run: Run) -> str:
    """Where people get off at last."""
    if part.drop:
        return part.drop
    places = [stop.place for stop in run.stops for riders in stop.alight
              if riders.cohort == part.cohort]  # fmt: skip
    return places[-1] if places else ""


def strays(facts: Facts, trip: FrozenTrip) -> str | None:
    """How the plan differs from a frozen trip, a sentence; None where it keeps it."""
    run = facts.by_trip.get(trip.id)
    if run is None:
        return "stands, and the plan does without"
    if trip.service is not None and run.trip.service != trip.service:
        return (
            f"stands as service {trip.service}, in the plan it is {run.trip.service or 'a coach'}"
        )
    if trip.pool is not None and run.trip.pool != trip.pool:
        return f"stands with pool {trip.pool}, in the plan it has {run.trip.pool}"
    between = run.stops if trip.service else run.stops[1:-1]
    places = tuple(stop.place for stop in between)
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
    if trip.left and seated != promised:
        changed = next(
            key for key in seated.keys() | promised.keys() if seated[key] != promised[key]
        )
        cohort, drop = changed
        return (
            f"has left with {promised[changed]} of {cohort} to {drop}, in the plan it has "
            f"{seated[changed]}"
        )
    for (cohort, drop), number in promised.items():
        if seated[cohort, drop] < number:
            found = seated[cohort, drop]
            return f"{number} of {cohort} were promised to be taken to {drop}, {found} are"
    return None
