"""``windows``: on days and at hours at which people, places and roads allow it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import isnan

from p2p_dispatch.check.clock import TINY, span
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.on_time import timetable
from p2p_dispatch.check.opening import lies_open
from p2p_dispatch.check.people import leaving, starting
from p2p_dispatch.check.run import Run
from p2p_dispatch.check.times import Times
from p2p_dispatch.check.value import late_days
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.people import Cohort

RULE = "windows"


def windows(facts: Facts) -> Iterator[Finding]:
    """Ready, due, opening hours and days, and time enough for every leg and stop."""
    for run in facts.runs:
        for words in (*_both(facts, run), *(_by_day if facts.by_day else _by_clock)(facts, run)):
            yield Finding(rule=RULE, where=run.where, words=words)


def _both(facts: Facts, run: Run) -> Iterator[str]:
    horizon = facts.scenario.days
    # who left home in the horizon may go on after it
    at_home = not run.boards or any(True for i in run.boards for _ in starting(facts, run, i))
    if at_home and not horizon.first <= run.day <= horizon.last:
        yield f"leaves on {run.day}, the plan covers {horizon.first} to {horizon.last}"
    for i, minutes in enumerate(run.minutes):
        if isnan(minutes) and run.coach:
            yield f"there is no road from {run.stops[i].place} to {run.stops[i + 1].place}"


def _by_day(facts: Facts, run: Run) -> Iterator[str]:
    day: date = run.trip.day
    for i in sorted({*run.boards, *run.alights}):
        place = facts.places.get(run.stops[i].place)
        if place and day in place.closed_on:
            yield f"{place.id} is closed on {day}"
    for i in run.boards:
        for cohort in _aboard(facts, run, i):
            if day < day_of(cohort.ready):
                yield f"{cohort.id} leaves on {day} and is ready on {day_of(cohort.ready)}"
            if late_days(facts, run, i, cohort) > facts.scenario.rules.priority.late_days:
                yield f"{cohort.id} leaves on {day} and is due on {day_of(cohort.due)}"


def _by_clock(facts: Facts, run: Run) -> Iterator[str]:
    if run.times is None:
        yield "lacks times: every stop but the first is come to, every stop but the last is left"
        return
    yield from (_order if run.coach else timetable)(facts, run, run.times)
    for i in run.boards:
        yield from _boarding(facts, run, run.times, i)
    for i in run.alights:
        yield from _getting_off(facts, run, run.times, i)


def _order(facts: Facts, run: Run, times: Times) -> Iterator[str]:
    text = facts.clock.text
    for i, (come, go) in enumerate(zip(times.come, times.go, strict=True)):
        if go < come - TINY:
            yield f"leaves {run.stops[i].place} at {text(go)}, before it comes at {text(come)}"
    for i, minutes in enumerate(run.minutes):
        taken, road = times.come[i + 1] - times.go[i], 0.0 if isnan(minutes) else minutes
        if taken < road - TINY:
            way = f"from {run.stops[i].place} to {run.stops[i + 1].place}"
            yield f"takes {span(taken)} {way}, the road takes {span(road)}"


def _boarding(facts: Facts, run: Run, times: Times, i: int) -> Iterator[str]:
    place, text = run.stops[i].place, facts.clock.text
    takes = _standing(facts, run)
    begins = times.go[i] - takes
    if begins < times.come[i] - TINY and run.coach:
        stands = span(times.go[i] - times.come[i])
        yield f"stands {stands} at {place}, boarding takes {span(takes)}"
    if not lies_open(facts.clock, facts.places.get(place), begins, times.go[i]):
        yield f"boards at {place} from {text(begins)} to {text(times.go[i])}, when it is not open"
    for cohort in _aboard(facts, run, i):
        ready = facts.clock.minute(cohort.ready)
        if begins < ready - TINY:
            yield f"{cohort.id} boards at {text(begins)} and is ready at {text(ready)}"


def _getting_off(facts: Facts, run: Run, times: Times, i: int) -> Iterator[str]:
    place, text, begins = run.stops[i].place, facts.clock.text, times.off[i]
    takes = _standing(facts, run)
    if begins is None:
        yield f"{place} is never open for the {span(takes)} that getting off takes"
        return
    if times.go[i] < begins + takes - TINY and run.coach:
        over = text(begins + takes)
        yield f"leaves {place} at {text(times.go[i])}, everybody can be off at {over}"
    if not run.coach and not lies_open(
        facts.clock, facts.places.get(place), begins, begins + takes
    ):
        yield f"comes to {place} at {text(begins)}, when it is not open"
    for off in leaving(facts, run, i):
        cohort = facts.cohorts.get(off.cohort) if off.ends else None
        if (run.trip.id, off.cohort) in facts.on_the_way:
            continue  # late rather than not at all
        if cohort and late_days(facts, run, i, cohort) > facts.scenario.rules.priority.late_days:
            due = text(facts.clock.end(cohort.due))
            yield f"{cohort.id} arrives at {text(begins)} and is due by {due}"


def _aboard(facts: Facts, run: Run, i: int) -> Iterator[Cohort]:
    """Known cohorts that leave home at a stop."""
    for name, _ in starting(facts, run, i):
        if name in facts.cohorts:
            yield facts.cohorts[name]


def _standing(facts: Facts, run: Run) -> float:
    """Minutes that boarding, or getting off, takes."""
    return run.service.dwell_minutes if run.service else facts.stop_minutes if run.coach else 0
