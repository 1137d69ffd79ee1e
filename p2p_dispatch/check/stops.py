"""``stops``: how far a coach strays to collect and drop people, and how long they ride."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import isnan

from p2p_dispatch.check.clock import TINY, span
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.run import Run

RULE = "stops"


def stops(facts: Facts) -> Iterator[Finding]:
    """Few stops, each used, none twice; no long detour and no long ride."""
    judge_way = _whole_way if facts.by_day else _everybodys_way
    for run in facts.coaches:
        for words in (*_numbers(facts, run), *judge_way(facts, run)):
            yield Finding(rule=RULE, where=run.where, words=words)


def _numbers(facts: Facts, run: Run) -> Iterator[str]:
    limits = facts.scenario.rules.stops
    if len(run.boards) > limits.most_pickups:
        yield f"picks up at {len(run.boards)} stops, at most {limits.most_pickups}"
    if len(run.alights) > limits.most_drops:
        yield f"drops at {len(run.alights)} stops, at most {limits.most_drops}"
    used = {*run.boards, *run.alights}
    for i, stop in enumerate(run.stops[1:-1], start=1):
        if i not in used:
            yield f"nobody boards or gets off at {stop.place}"
    for place, times in Counter(stop.place for stop in run.stops[1:-1]).items():
        if times > 1:
            yield f"comes to {place} {times} times"


def _whole_way(facts: Facts, run: Run) -> Iterator[str]:
    if not (run.boards and run.alights):
        return
    first, last = run.boards[0], run.alights[-1]
    yield from _detour(facts, run, first, last)
    standing = facts.stop_minutes * sum(first <= i <= last for i in {*run.boards, *run.alights})
    yield from _ride(facts, run, first, last, sum(run.minutes[first:last]) + standing)


def _everybodys_way(facts: Facts, run: Run) -> Iterator[str]:
    for first, last in _rides(run):
        yield from _detour(facts, run, first, last)
        arrives = run.times.off[last] if run.times else None
        if run.times and arrives is not None:
            yield from _ride(facts, run, first, last, arrives - run.times.go[first])


def _rides(run: Run) -> list[tuple[int, int]]:
    """From which stop to which stop somebody rides, each once."""
    boarded: dict[str, int] = {}
    rides: dict[tuple[int, int], None] = {}
    for i, stop in enumerate(run.stops):
        for riders in stop.alight:
            if riders.count > 0 and riders.cohort in boarded:
                rides[boarded[riders.cohort], i] = None
        for riders in stop.board:
            # A cohort that boards twice breaks ``balance``; its longest ride is the one to judge.
            if riders.count > 0:
                boarded.setdefault(riders.cohort, i)
    return list(rides)


def _detour(facts: Facts, run: Run, first: int, last: int) -> Iterator[str]:
    limits, start, end = facts.scenario.rules.stops, run.stops[first].place, run.stops[last].place
    way, direct = sum(run.km[first:last]), facts.road(start, end)[0]
    # No direct road, nothing to take a multiple of: only the allowance is left.
    allowed = limits.detour_factor * (0.0 if isnan(direct) else direct) + limits.detour_km
    if way > allowed + TINY:
        straight = "where no road is direct" if isnan(direct) else f"where {direct:.1f} is direct"
        yield f"{start} to {end} is {way:.1f} km on board {straight}, at most {allowed:.1f}"


def _ride(facts: Facts, run: Run, first: int, last: int, minutes: float) -> Iterator[str]:
    longest = facts.scenario.rules.stops.longest_ride_hours * 60
    if minutes > longest + TINY:
        ends = f"{run.stops[first].place} to {run.stops[last].place}"
        yield f"{ends} takes {span(minutes)}, at most {span(longest)}"
