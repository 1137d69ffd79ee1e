"""
Departures in the gaps between the trips of a pool.

By the clock a trip leaves when that is cheapest, and of equal departures the one with the least
time out is taken; most trips of a depot would leave at the same hour of a morning. Where no unit is
there then, one may come back some hours later and go out again on the same day.
"""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import NEVER, at, compiled, small
from p2p_dispatch.problem.timing import first_begin, last_begin
from p2p_dispatch.problem.work import ARRIVES, BACK, DAYS, FIGURES, LEAVE, TIMES
from p2p_dispatch.problem.work import POOL as DRAFT_POOL
from p2p_solvers.engine.board import free_from, unit_free
from p2p_solvers.engine.known import time_draft, time_for

GAPS = 3
"""Departures that are tried before no unit is thought to be there on that day."""


@small
def draft_unit_free(m: Ints, s: Ints, w: Ints, day: int, row: int) -> bool:
    """Whether its pool has a unit for the draft at its times; the trip ``row`` is not counted."""
    leave, back, days = at(w, FIGURES, 0, LEAVE), at(w, FIGURES, 0, BACK), at(w, FIGURES, 0, DAYS)
    return unit_free(m, s, w[DRAFT_POOL], day, days, leave, back, row)


@small
def lacks_unit(m: Ints, s: Ints, w: Ints, day: int, row: int) -> bool:
    """Whether the draft keeps the rules at its best time, but for the unit that it needs."""
    if m[net.BY_DAY] or not time_draft(m, w, day):
        return False
    return not draft_unit_free(m, s, w, day, row)


@compiled
def _next_begin(m: Ints, s: Ints, w: Ints, day: int, row: int, begin: int) -> int:
    """When boarding can begin from a minute on if the draft is out as long as now; ``NEVER``."""
    leave, back = at(w, FIGURES, 0, LEAVE), at(w, FIGURES, 0, BACK)
    first, last = first_begin(m, w, day), last_begin(m, w, day)
    lead = at(w, TIMES, ARRIVES, 0) - leave
    leave = free_from(m, s, w[DRAFT_POOL], begin - lead, last - lead, back - leave, row)
    if leave >= NEVER:
        return NEVER
    every = m[net.DEPART_EVERY]
    begin = first + -(-(leave + lead - first) // every) * every
    return begin if begin <= last else NEVER


@compiled
def time_between(m: Ints, s: Ints, w: Ints, day: int, row: int) -> bool:
    """
    Times of the draft when it leaves between other trips of its pool, as early on a day as can be.

    It must have been timed at its best, for which there was no unit. False if there is none all
    day, and by the day.

    Parameters
    ----------
    row
        The trip that the draft replaces, which is not counted; -1: none.
    """
    if m[net.BY_DAY]:
        return False
    begin = first_begin(m, w, day)
    for _ in range(GAPS):
        begin = _next_begin(m, s, w, day, row, begin)
        if begin >= NEVER or not time_for(m, w, day, begin):
            return False
        if draft_unit_free(m, s, w, day, row):
            return True
        begin += m[net.DEPART_EVERY]
    return False
