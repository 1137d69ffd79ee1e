"""``crew``: somebody rested is at the wheel whenever the coach drives."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from math import isnan

from p2p_dispatch.check.clock import TINY, span
from p2p_dispatch.check.drivers import Driver, drivers
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.hours import hours
from p2p_dispatch.check.run import Run
from p2p_dispatch.check.times import Times
from p2p_dispatch.scenario.planning import ByDay

RULE = "crew"


def crew(facts: Facts) -> Iterator[Finding]:
    """Enough drivers on every trip and, by the clock, nobody past the hours they may drive."""
    limits, planning = facts.scenario.rules.crew, facts.scenario.planning
    for run in facts.coaches:
        if isinstance(planning, ByDay):
            clauses = [_second_driver(run, planning)]
        else:
            clauses = [_number(facts, run), _wheel(facts, run), _ban(facts, run)]
        for clause in clauses:
            for words in clause:
                yield Finding(rule=RULE, where=run.where, words=words)
    for driver in () if facts.by_day else drivers(facts):
        where = f"driver {driver.name}"
        for words in _one_place(driver):
            yield Finding(rule=RULE, where=where, words=words)
        for words in hours(driver, limits, facts.clock, facts.stop_minutes):
            yield Finding(rule=RULE, where=where, words=words)


def _second_driver(run: Run, planning: ByDay) -> Iterator[str]:
    driving = sum(run.minutes[: run.alights[-1]]) if run.alights else 0.0
    limit = planning.second_driver_past_hours
    long = limit is not None and driving > limit * 60 + TINY
    if run.trip.drivers < (2 if long else 1):
        way = f"{span(driving)} of driving to the last drop" if long else "any trip"
        yield f"has {run.trip.drivers} drivers, {way} takes {2 if long else 1}"


def _number(facts: Facts, run: Run) -> Iterator[str]:
    limits, have = facts.scenario.rules.crew, run.trip.drivers
    names = {stretch.driver for stretch in run.wheel}
    if have > limits.most_drivers:
        yield f"has {have} drivers, at most {limits.most_drivers}"
    if have < max(1, len(names)):
        yield f"has {have} drivers, {len(names)} are named at its wheel"
    far = limits.two_drivers_past_km
    if have < 2 and far is not None and run.loaded_km > far + TINY:
        yield f"has {have} driver for {run.loaded_km:.1f} loaded km, two past {far:g}"


def _wheel(facts: Facts, run: Run) -> Iterator[str]:
    """Spells lie within legs, one at a time, and fill the driving time of each leg."""
    text = facts.clock.text
    for spell in run.trip.driving:
        start, end = facts.clock.minute(spell.start), facts.clock.minute(spell.end)
        if end < start:
            yield f"{spell.driver} is at the wheel from {text(start)} back to {text(end)}"
    for before, after in pairwise(run.wheel):
        if after.start < before.end - TINY:
            yield f"{before.driver} and {after.driver} are both at the wheel at {text(after.start)}"
    if run.times is None:
        return
    driven = [0.0 for _ in run.minutes]
    for stretch in run.wheel:
        leg = bisect_right(run.times.go, stretch.start + TINY) - 1
        if not 0 <= leg < len(driven) or stretch.end > run.times.come[leg + 1] + TINY:
            when = f"from {text(stretch.start)} to {text(stretch.end)}"
            yield f"{stretch.driver} is at the wheel {when}, when the coach stands"
        else:
            driven[leg] += stretch.end - stretch.start
    yield from _nobody(run, run.times, driven)


def _nobody(run: Run, times: Times, driven: list[float]) -> Iterator[str]:
    for i, road in enumerate(run.minutes):
        taken = times.come[i + 1] - times.go[i]
        # A leg that is itself too short is a finding of ``windows``.
        if not isnan(road) and driven[i] < min(road, taken) - TINY:
            way = f"from {run.stops[i].place} to {run.stops[i + 1].place}"
            yield f"{span(driven[i])} at the wheel {way}, the road takes {span(road)}"


def _ban(facts: Facts, run: Run) -> Iterator[str]:
    ban, clock = facts.scenario.rules.crew.ban, facts.clock
    if ban is None or run.loaded_km <= ban.exempt_km + TINY:
        return
    for stretch in run.wheel:
        banned = clock.within(ban.starts, ban.ends, stretch.start, stretch.end)
        if banned > TINY:
            hours = f"{ban.starts:%H:%M} and {ban.ends:%H:%M}"
            yield (
                f"{stretch.driver} drives {span(banned)} of the spell from "
                f"{clock.text(stretch.start)} between {hours}, when nobody does"
            )


def _one_place(driver: Driver) -> Iterator[str]:
    """Nobody is on two coaches at once."""
    trips = sorted(
        (run.times.go[0], run.times.come[-1], run.trip.id) for run in driver.runs if run.times
    )
    for (_, back, earlier), (leave, _, later) in pairwise(trips):
        if leave < back - TINY:
            yield f"is out with {earlier} and {later} at once"
