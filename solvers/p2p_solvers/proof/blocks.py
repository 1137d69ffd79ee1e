"""Who could ride together: the people of a depot's origins who may leave on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import Load, Problem, price_of
from p2p_dispatch.problem.basics import NO_LIMIT, Ints

TONIGHT, NEXT_DAY = 1, 2
"""To arrive on the day on which the last of all board; to board after the day of the trip."""


class Entry(NamedTuple):
    """
    People of a cohort who could ride from their origin to a drop.

    Attributes
    ----------
    origin, drop
        Numbers of the stops in their block.
    cents
        What each costs beside the trip, at the least.
    takes, checks
        Calendar columns of the days on which the site may take them, and of those on which they may
        be checked: whichever comes cheapest counts.
    needs
        By the clock, what they need of a trip: ``TONIGHT`` and ``NEXT_DAY``, as bits.
    """

    cohort: int
    origin: int
    drop: int
    cents: int
    takes: range
    checks: range
    needs: int = 0


class Block(NamedTuple):
    """
    Pools of one base on one day, and everybody who could ride.

    A base is a depot with the origins it serves. By the day and with ``apart``, the people of each
    level of risk have blocks of their own; else there is one. By the clock there are two: trips on
    which everybody boards on the day, and those that go on to their last pick-ups on a later one.

    Attributes
    ----------
    day
        On which trips leave their first stop.
    late
        Whether somebody boards on a later day.
    """

    base: int
    day: int
    pools: tuple[int, ...]
    origins: tuple[int, ...]
    drops: tuple[int, ...]
    entries: tuple[Entry, ...]
    late: bool = False


class Ride(NamedTuple):
    """How people may ride: a place to get off at, and the rest as in ``Entry``."""

    drop: int
    cents: int
    takes: range
    checks: range
    needs: int = 0


def blocks_of(problem: Problem) -> list[Block]:
    """All blocks in which somebody could ride, base by base, in order of days."""
    nearest = [None] if problem.by_day else [None, _nearest(problem)]
    return [
        block
        for base, pools in enumerate(_bases(problem))
        for day in range(problem.n_days)
        for each in nearest
        for block in _on_day(problem, base, pools, day, each)
    ]


def _bases(problem: Problem) -> list[tuple[int, ...]]:
    """Pools that stand at one place and serve the same origins."""
    bases: dict[tuple[int, bytes], list[int]] = {}
    for pool in range(problem.n_pools):
        key = int(problem.depot[pool]), problem.serves[pool].tobytes()
        bases.setdefault(key, []).append(pool)
    return [tuple(pools) for pools in bases.values()]


def _nearest(problem: Problem) -> Ints:
    """(n_places,) minutes from a place to the nearest at which somebody gets off."""
    ends = sorted({drop for own in problem.drops for drop, _ in own})
    ways = problem.minutes[:, ends]
    return np.asarray(np.where(ways >= 0, ways, NO_LIMIT).min(axis=1, initial=NO_LIMIT))


def _on_day(
    problem: Problem, base: int, pools: tuple[int, ...], day: int, nearest: Ints | None
) -> Iterator[Block]:
    """
    The blocks of a base on a day.

    Parameters
    ----------
    nearest
        (n_places,) as above, if somebody boards on a later day; None: everybody boards on the day.
    """
    out = tuple(pool for pool in pools if _may_leave(problem, pool, day))
    if not out:
        return
    served = np.flatnonzero(problem.serves[pools[0]][problem.origin]).tolist()
    late = nearest is not None
    homes = sorted(set(problem.origin[served].tolist()))
    night = None if nearest is None else _night(problem, homes, day, nearest)
    riders = [(cohort, ride) for cohort in served for ride in _rides(problem, cohort, day, night)]
    # by the clock people may leave on the next day, when their level may be another
    apart = problem.apart and problem.by_day
    levels = {cohort: problem.level(cohort, day) if apart else 0 for cohort, _ in riders}
    for level in sorted(set(levels.values())):
        mine = [(cohort, ride) for cohort, ride in riders if levels[cohort] == level]
        origins = tuple(sorted({int(problem.origin[cohort]) for cohort, _ in mine}))
        drops = tuple(sorted({ride.drop for _, ride in mine}))
        on = {place: i for i, place in enumerate(origins)}
        off = {place: i for i, place in enumerate(drops)}
        entries = tuple(
            Entry(cohort, on[int(problem.origin[cohort])], off[ride.drop], *ride[1:])
            for cohort, ride in mine
        )
        if not late or len(origins) > 1:
            yield Block(base, day, out, origins, drops, entries, late)


def _may_leave(problem: Problem, pool: int, day: int) -> bool:
    """Whether a trip of a pool may be of a day; frozen trips may whatever the notice."""
    if problem.units[pool, day + problem.pad] <= 0:
        return False
    last = problem.midnight(day) if problem.by_day else problem.midnight(day + 1) - 1
    return bool(problem.frozen) or last >= problem.earliest[problem.unit_type[pool]]


def _rides(problem: Problem, cohort: int, day: int, night: Night | None) -> Iterator[Ride]:
    """Drops at which a cohort may get off if its trip is of this day."""
    if problem.risk[problem.site[cohort], day + problem.pad] >= problem.shut_from:
        return
    if problem.by_day:
        yield from _by_day(problem, cohort, day)
    else:
        yield from _by_clock(problem, cohort, day, night)


def _by_day(problem: Problem, cohort: int, day: int) -> Iterator[Ride]:
    midnight, column = problem.midnight(day), day + problem.pad
    if problem.level(cohort, day) >= problem.stay_from:
        return
    if not problem.ready[cohort] <= midnight <= problem.latest[cohort]:
        return
    this = range(column, column + 1)
    for drop, _ in problem.drops[cohort]:
        if problem.metres[problem.origin[cohort], drop] >= 0:
            load = Load(cohort=cohort, people=1, drop=drop)
            yield Ride(drop, price_of(problem, load, day, midnight), this, this)


class Night(NamedTuple):
    """
    When the day ends on which a trip leaves its first stop, if it has a pick-up on a later one.

    Attributes
    ----------
    leaves
        Last minute at which any first stop is left.
    goes
        First minute at which any pick-up is left after midnight.
    nearest
        (n_places,) minutes from a place to the nearest at which somebody gets off.
    """

    leaves: int
    goes: int
    nearest: Ints


def _night(problem: Problem, origins: Sequence[int], day: int, nearest: Ints) -> Night:
    midnight, stop = problem.midnight(day + 1), problem.stop_minutes
    today, next_day = day + problem.pad, day + 1 + problem.pad
    leaves, goes = problem.midnight(day), problem.midnight(day + 2)
    for origin in origins:
        if problem.opens[origin, today] <= problem.shuts[origin, today]:
            leaves = max(leaves, min(int(problem.shuts[origin, today]), midnight))
        if problem.opens[origin, next_day] <= problem.shuts[origin, next_day]:
            opens = int(problem.opens[origin, next_day])
            goes = min(goes, opens + stop if opens > midnight else midnight)
    return Night(leaves, goes, nearest)


def _by_clock(problem: Problem, cohort: int, day: int, night: Night | None) -> Iterator[Ride]:
    """
    As early and as kind as can be: straight to the drop, whichever hour the coach leaves.

    Whoever boards first has arrived within the longest ride, so everybody has boarded by then, in
    time to drive to a drop; and nobody arrives before everybody has boarded.
    """
    origin, ready = problem.origin[cohort], int(problem.ready[cohort])
    first, last, soonest = max(problem.midnight(day), ready), problem.midnight(day + 1) - 1, 0
    tonight = problem.midnight(day + (2 if night else 1))
    if night is not None:
        last = night.leaves + problem.longest_ride - int(night.nearest[origin])
        soonest = night.goes
    if first > last or ready > last + 1 - problem.stop_minutes:
        return
    checks = range(problem.column(first), problem.column(last) + 1)
    levels = [problem.level(cohort, column - problem.pad) for column in checks]
    if min(levels) >= problem.stay_from:
        return
    for drop, _ in problem.drops[cohort]:
        minutes = int(problem.minutes[origin, drop])
        arrives = max(first + minutes, soonest)
        until = int(problem.latest[cohort])
        if minutes < 0 or minutes > problem.longest_ride or arrives > until:
            continue
        takes = range(
            problem.column(arrives),
            problem.column(min(until, last + problem.longest_ride)) + 1,
        )
        boards = max(day, int(problem.ready_day[cohort]))
        load = Load(cohort=cohort, people=1, drop=drop)
        needs = TONIGHT if until <= tonight else 0
        if night is not None and ready > night.leaves - problem.stop_minutes:
            needs |= NEXT_DAY
        yield Ride(drop, price_of(problem, load, boards, arrives), takes, checks, needs)


def leaves_out(problem: Problem, exact: bool) -> tuple[str, ...]:
    """
    Ids of the rules that the bound leaves out, wholly or in part, and that might bind.

    Parameters
    ----------
    exact
        Whether all trips were priced over all sets of stops that the rules allow.
    """
    by_clock = not problem.by_day
    bags = (problem.bags < NO_LIMIT).any() and problem.luggage.any()
    ceilings = problem.ceiling < NO_LIMIT or (problem.payer_ceiling < NO_LIMIT).any()
    parts = {
        "seats": bags or problem.accessible.any(),
        "stops": not exact,
        "windows": by_clock or not exact,
        "crew": by_clock or not exact,
        "fleet": by_clock,
        "slots": by_clock and (problem.slot_trips < NO_LIMIT).any(),
        "risk": by_clock and problem.apart,
        "minimum-load": not exact and problem.minimum_load.any(),
        "notice": bool(problem.frozen) and (problem.earliest > -NO_LIMIT).any(),
        "budget": ceilings,
        "priority": problem.origin_share > 0 or (problem.class_share > 0).any(),
        "frozen": bool(problem.frozen),
        "party": any(problem.parties),
    }
    return tuple(rule for rule, out in parts.items() if out)
