"""``crew``, the driver's side: spells, rolling limits and shifts of one driver over all trips."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from p2p_dispatch.check.clock import TINY, Clock, span
from p2p_dispatch.check.drivers import Driver, Minutes
from p2p_dispatch.check.run import Run
from p2p_dispatch.scenario.crew import CrewLimits, RollingLimit, ShiftLimit


def hours(driver: Driver, limits: CrewLimits, clock: Clock, stop_minutes: float) -> Iterator[str]:
    """What a driver does against the limits on driving."""
    yield from _spells(driver, limits, clock, stop_minutes)
    for rolling in limits.rolling:
        yield from _rolling(driver, rolling, clock)
    if limits.shift:
        yield from _shifts(driver, limits.shift, clock)


def _spells(driver: Driver, limits: CrewLimits, clock: Clock, stop_minutes: float) -> Iterator[str]:
    night = limits.night
    for spell in driver.spells(break_minutes=limits.break_minutes, stop_minutes=stop_minutes):
        driven = sum(end - start for start, end in spell)
        if limits.spell_hours is not None and driven > limits.spell_hours * 60 + TINY:
            most = span(limits.spell_hours * 60)
            yield f"drives {span(driven)} {_since(spell, limits, clock)}, at most {most}"
        if night:
            dark = sum(clock.within(night.starts, night.ends, start, end) for start, end in spell)
            if dark > night.hours * 60 + TINY:
                since = f"by night {_since(spell, limits, clock)}"
                yield f"drives {span(dark)} {since}, at most {span(night.hours * 60)}"


def _since(spell: list[Minutes], limits: CrewLimits, clock: Clock) -> str:
    return f"from {clock.text(spell[0][0])} without a pause of {limits.break_minutes:g} min"


def _rolling(driver: Driver, limit: RollingLimit, clock: Clock) -> Iterator[str]:
    length = limit.within_hours * 60
    starts = [start for start, _ in driver.wheel]
    total = [0.0, *accumulate(end - start for start, end in driver.wheel)]

    def driven_until(minute: float) -> float:
        i = bisect_right(starts, minute) - 1
        if i < 0:
            return 0.0
        start, end = driver.wheel[i]
        return total[i] + min(minute, end) - start

    # A window that slides gains and loses evenly; the fullest begins or ends with a stretch.
    begins = [*starts, *(end - length for _, end in driver.wheel)]
    driven, begin = max((driven_until(t + length) - driven_until(t), t) for t in begins)
    if driven > limit.hours * 60 + TINY:
        window = f"in the {limit.within_hours:g} h from {clock.text(begin)}"
        yield f"drives {span(driven)} {window}, at most {span(limit.hours * 60)}"


def _shifts(driver: Driver, limit: ShiftLimit, clock: Clock) -> Iterator[str]:
    for begin, end, team in _between_rests(driver, limit):
        wheel = [s for s in driver.wheel if begin <= s[0] < end]
        driven = sum(end - start for start, end in wheel)
        since = f"from {clock.text(begin)} without a rest"
        if driven > limit.driving_hours * 60 + TINY:
            yield f"drives {span(driven)} {since}, at most {span(limit.driving_hours * 60)}"
        most = _or(limit.team_span_hours, limit.span_hours, team=team)
        if wheel and wheel[-1][1] - begin > most * 60 + TINY:
            yield f"is on duty {span(wheel[-1][1] - begin)} {since}, at most {span(most * 60)}"


def _between_rests(driver: Driver, limit: ShiftLimit) -> list[tuple[float, float, bool]]:
    """First and last movement of each shift, and whether all its trips have a team."""
    moves = sorted(
        ((stretch.start, stretch.end, run) for run in driver.runs for stretch in run.wheel),
        key=lambda move: move[:2],
    )
    shifts: list[tuple[float, float, bool]] = []
    for start, end, run in moves:
        if shifts:
            begin, until, team = shifts[-1]
            with_team = any(_spans(other, until, start) for other in driver.runs if other.team)
            rest = _or(limit.team_rest_hours, limit.rest_hours, team=with_team)
            if start - until < rest * 60 - TINY:
                shifts[-1] = begin, max(until, end), team and run.team
                continue
        shifts.append((start, end, run.team))
    return shifts


def _spans(run: Run, start: float, end: float) -> bool:
    """Whether a pause lies within a trip."""
    return run.wheel[0].start <= start and end <= max(stretch.end for stretch in run.wheel)


def _or(with_team: float | None, alone: float, *, team: bool) -> float:
    return with_team if team and with_team is not None else alone
