"""Who could ride together: the people of a depot's origins who may leave on a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import Load, Problem, price_of
from p2p_dispatch.problem.basics import NO_LIMIT


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
    """

    cohort: int
    origin: int
    drop: int
    cents: int
    takes: range
    checks: range


class Block(NamedTuple):
    """
    Pools of one base on one day, and everybody who could ride.

    A base is a depot with the origins it serves. By the day and with ``apart``, the people of each
    level of risk have blocks of their own; else there is one.
    """

    base: int
    day: int
    pools: tuple[int, ...]
    origins: tuple[int, ...]
    drops: tuple[int, ...]
    entries: tuple[Entry, ...]


Ride = tuple[int, int, range, range]
"""A drop, with cents, takes and checks as in ``Entry``."""


def blocks_of(problem: Problem) -> list[Block]:
    """All blocks in which somebody could ride, base by base, in order of days."""
    return [
        block
        for base, pools in enumerate(_bases(problem))
        for day in range(problem.n_days)
        for block in _on_day(problem, base, pools, day)
    ]


def _bases(problem: Problem) -> list[tuple[int, ...]]:
    """Pools that stand at one place and serve the same origins."""
    bases: dict[tuple[int, bytes], list[int]] = {}
    for pool in range(problem.n_pools):
        key = int(problem.depot[pool]), problem.serves[pool].tobytes()
        bases.setdefault(key, []).append(pool)
    return [tuple(pools) for pools in bases.values()]


def _on_day(problem: Problem, base: int, pools: tuple[int, ...], day: int) -> Iterator[Block]:
    out = tuple(pool for pool in pools if _may_leave(problem, pool, day))
    if not out:
        return
    served = np.flatnonzero(problem.serves[pools[0]][problem.origin]).tolist()
    riders = [(cohort, ride) for cohort in served for ride in _rides(problem, cohort, day)]
    # by the clock people may leave on the next day, when their level may be another
    apart = problem.apart and problem.by_day
    levels = {cohort: problem.level(cohort, day) if apart else 0 for cohort, _ in riders}
    for level in sorted(set(levels.values())):
        mine = [(cohort, ride) for cohort, ride in riders if levels[cohort] == level]
        origins = tuple(sorted({int(problem.origin[cohort]) for cohort, _ in mine}))
        drops = tuple(sorted({ride[0] for _, ride in mine}))
        on = {place: i for i, place in enumerate(origins)}
        off = {place: i for i, place in enumerate(drops)}
        entries = tuple(
            Entry(cohort, on[int(problem.origin[cohort])], off[drop], cents, takes, checks)
            for cohort, (drop, cents, takes, checks) in mine
        )
        yield Block(base, day, out, origins, drops, entries)


def _may_leave(problem: Problem, pool: int, day: int) -> bool:
    """Whether a trip of a pool may be of a day; frozen trips may whatever the notice."""
    if problem.units[pool, day + problem.pad] <= 0:
        return False
    last = problem.midnight(day) if problem.by_day else problem.midnight(day + 1) - 1
    return bool(problem.frozen) or last >= problem.earliest[problem.unit_type[pool]]


def _rides(problem: Problem, cohort: int, day: int) -> Iterator[Ride]:
    """Drops at which a cohort may get off if its trip is of this day."""
    if problem.risk[problem.site[cohort], day + problem.pad] >= problem.shut_from:
        return
    rides = _by_day(problem, cohort, day) if problem.by_day else _by_clock(problem, cohort, day)
    yield from rides


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
            yield drop, price_of(problem, load, day, midnight), this, this


def _by_clock(problem: Problem, cohort: int, day: int) -> Iterator[Ride]:
    """
    As early and as kind as can be: straight to the drop, whichever hour the coach leaves.

    Whoever boards first has arrived within the longest ride, so everybody has boarded by then.
    """
    first = max(problem.midnight(day), int(problem.ready[cohort]))
    last = problem.midnight(day + 1) + problem.longest_ride
    if first > last:
        return
    checks = range(problem.column(first), problem.column(last) + 1)
    levels = [problem.level(cohort, column - problem.pad) for column in checks]
    if min(levels) >= problem.stay_from:
        return
    for drop, _ in problem.drops[cohort]:
        minutes = int(problem.minutes[problem.origin[cohort], drop])
        arrives, until = first + minutes, int(problem.latest[cohort])
        if minutes < 0 or minutes > problem.longest_ride or arrives > until:
            continue
        takes = range(
            problem.column(arrives),
            problem.column(min(until, last + problem.longest_ride)) + 1,
        )
        boards = max(day, int(problem.ready_day[cohort]))
        load = Load(cohort=cohort, people=1, drop=drop)
        yield drop, price_of(problem, load, boards, arrives), takes, checks


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
