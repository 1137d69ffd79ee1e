"""``fleet``: units start and end at home, make one trip at a time, and are as many as there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from p2p_dispatch.check.clock import ONE_DAY, TINY, span
from p2p_dispatch.check.duties import duties
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.offers import offers
from p2p_dispatch.check.run import Run
from p2p_dispatch.scenario.fleet import Pool
from p2p_dispatch.scenario.planning import ByClock, ByDay

RULE = "fleet"


def fleet(facts: Facts) -> Iterator[Finding]:
    """Every trip is at home in its pool, no unit is in two places, no pool has too many out."""
    for run in facts.coaches:
        for words in _home(facts, run):
            yield Finding(rule=RULE, where=run.where, words=words)
    held: defaultdict[str, list[tuple[date, date]]] = defaultdict(list)
    for unit, runs in facts.units():
        days = [_days_out(facts, run) for run in runs]
        held[runs[0].trip.pool] += _joined(days)
        for earlier, later in pairwise(runs):
            for words in _turn(facts, earlier, later):
                yield Finding(rule=RULE, where=f"unit {unit}", words=words)
    for name, spans in held.items():
        if name in facts.pools:
            yield from _pool(facts, facts.pools[name], spans)
    yield from duties(facts)
    yield from offers(facts)


def _home(facts: Facts, run: Run) -> Iterator[str]:
    trip, pool = run.trip, facts.pools.get(run.trip.pool)
    if trip.service:
        yield f"is a coach, and goes as service {trip.service}"
    if pool is None:
        yield f"the scenario has no pool {trip.pool}"
        return
    if trip.unit_type != pool.unit_type:
        yield f"goes with a {trip.unit_type}, pool {pool.id} has {pool.unit_type}"
    number = trip.unit.removeprefix(f"{pool.id}/")
    if trip.unit == number or not number.isdecimal() or str(int(number)) != number or number == "0":
        yield f"goes with unit {trip.unit}, units of the pool are {pool.id}/1, {pool.id}/2, ..."
    ends = [stop.place for stop in (*trip.stops[:1], *trip.stops[-1:])]
    if len(trip.stops) < 2 or ends != [pool.depot, pool.depot]:
        yield f"goes from {' to '.join(ends) or 'nowhere'}, its depot is {pool.depot}"
    depot = facts.depots.get(pool.depot)
    serves = depot.serves if depot else None
    for place in [run.stops[i].place for i in run.boards if serves is not None]:
        if place in facts.origins and place not in (serves or ()):
            yield f"picks up at {place}, which {pool.depot} does not serve"


def _days_out(facts: Facts, run: Run) -> tuple[date, date]:
    """First and last day on which a trip holds its unit."""
    planning = facts.scenario.planning
    if isinstance(planning, ByDay):
        limit = planning.two_days_past_km
        return run.day, run.day + ONE_DAY * (limit is not None and run.loaded_km > limit + TINY)
    if run.times is None:
        return run.day, run.day
    leave, back = run.times.go[0], run.times.come[-1]
    # Back at midnight sharp it was not out on the day that begins.
    return facts.clock.day(leave), facts.clock.day(max(leave, back - TINY))


def _joined(days: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """Days of one unit without those that two trips share, since it counts once a day."""
    joined: list[tuple[date, date]] = []
    for first, last in sorted(days):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return joined


def _turn(facts: Facts, earlier: Run, later: Run) -> Iterator[str]:
    """One trip at a time."""
    planning = facts.scenario.planning
    pair = f"{earlier.trip.id} and {later.trip.id}"
    if not isinstance(planning, ByClock):
        last = _days_out(facts, earlier)[1]
        if later.day <= last:
            yield f"makes {pair} on the same day, {later.day}"
    elif earlier.times and later.times:
        rest = later.times.go[0] - earlier.times.come[-1]
        if rest < planning.turnaround_minutes - TINY:
            yield f"has {span(rest)} between {pair}, at least {span(planning.turnaround_minutes)}"


def _pool(facts: Facts, pool: Pool, spans: list[tuple[date, date]]) -> Iterator[Finding]:
    change: Counter[date] = Counter()
    for first, last in spans:
        change[first] += 1
        change[last + ONE_DAY] -= 1
    # What is out or what there is can differ from the day before on these days only.
    days = {*change, *pool.on, *(facts.clock.held(day) + ONE_DAY for day in pool.on)}
    out = 0
    for day in sorted(days):
        out += change[day]
        free = facts.by_day and day > facts.scenario.days.last
        if out > pool.units_on(day) and not free:
            words = f"{out} units are out, the pool has {pool.units_on(day)}"
            yield Finding(rule=RULE, where=f"pool {pool.id} on {day}", words=words)
