"""
Proofs that somebody must be left behind, whatever the plan.

Each looks at one limit alone and grants everything else, so that what it says holds for every
plan. That none is found proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from p2p_dispatch.problem.basics import NO_LIMIT, NO_ROAD, Ints
from p2p_dispatch.problem.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """
    At least so many people cannot be moved.

    Attributes
    ----------
    rule
        The limit that proves it.
    people
        How many, at the least.
    cohort, place
        Which cohort, or the people of which origin or site; -1 for the other.
    """

    rule: str
    people: int
    cohort: int = -1
    place: int = -1


def proofs(problem: Problem) -> Iterator[Proof]:
    """Everything that can be proved quickly about people who cannot be moved."""
    for cohort in range(problem.n_cohorts):
        people = int(problem.people[cohort])
        for rule, holds in _COHORT_PROOFS.items():
            if holds(problem, cohort):
                yield Proof(rule=rule, people=people, cohort=cohort)
                break
    yield from _overflows(problem, "medical", problem.origin, problem.medical)
    yield from _overflows(problem, "intake", problem.site, problem.intake)


def _useful_columns(problem: Problem, cohort: int) -> range:
    """Calendar days of the horizon on which a cohort could leave and still arrive."""
    ready, latest = int(problem.ready[cohort]), int(problem.latest[cohort])
    if not problem.by_day:
        # a day ends at the midnight that begins the next one, on which nobody leaves in time
        latest = max(ready, latest - _least_drive(problem, cohort))
    first = max(problem.column(ready), problem.pad)
    last = min(problem.column(latest), problem.pad + problem.n_days - 1)
    return range(first, last + 1)


def _least_drive(problem: Problem, cohort: int) -> int:
    """
    Minutes that no drive to the nearest place of getting off can do without.

    Roads are rounded up to whole seconds; a whole minute less is surely no more than the truth.
    """
    origin = int(problem.origin[cohort])
    roads = [int(problem.seconds[origin, drop]) for drop, _ in problem.drops[cohort]]
    return min((max(0, road // 60 - 1) for road in roads if road != NO_ROAD), default=NO_LIMIT)


def _no_unit(problem: Problem, cohort: int) -> bool:
    days = _useful_columns(problem, cohort)
    serving = np.flatnonzero(problem.serves[:, problem.origin[cohort]])
    return not any(problem.units[p, c] > 0 for p, c in product(serving, days))


def _no_seat(problem: Problem, cohort: int) -> bool:
    days = _useful_columns(problem, cohort)
    serving = np.flatnonzero(problem.serves[:, problem.origin[cohort]])
    riders = problem.allowed - problem.staff
    ends = [problem.origin[cohort], *(drop for drop, _ in problem.drops[cohort])]
    # risk: at least that of the origin; the drop that is kindest
    return not any(
        riders[problem.unit_type[p], c, max(problem.risk[ends[0], c], problem.risk[drop, c])] > 0
        for p, c, drop in product(serving, days, ends[1:])
    )


def _too_far(problem: Problem, cohort: int) -> bool:
    """Driving alone, without a break, takes longer than the ride or the days allow."""
    longest = problem.longest_ride
    if not problem.by_day:
        longest = min(longest, int(problem.latest[cohort] - problem.ready[cohort]))
    return _least_drive(problem, cohort) > longest


_COHORT_PROOFS: dict[str, Callable[[Problem, int], bool]] = {
    "fleet": _no_unit,
    "seats": _no_seat,
    "stops": _too_far,
}


def _overflows(problem: Problem, rule: str, at: Ints, limits: Ints) -> Iterator[Proof]:
    """Places whose people outnumber what the limit lets pass on all their days together."""
    for place in np.unique(at):
        cohorts = np.flatnonzero(at == place)
        days = {c for cohort in cohorts for c in _useful_columns(problem, int(cohort))}
        if rule == "intake" and not problem.by_day:
            # arrivals follow departures by days; the last may be as late as the latest due
            last = max(problem.column(int(problem.latest[c])) for c in cohorts)
            days |= set(range(min(days, default=last), last + 1))
        room = sum(int(limits[place, column]) for column in days)
        over = int(problem.people[cohorts].sum()) - room
        if over > 0:
            yield Proof(rule=rule, people=over, place=int(place))
