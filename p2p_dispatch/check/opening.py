"""When people can board or get off at a place."""

from __future__ import annotations

from datetime import time

from p2p_dispatch.check.clock import ONE_DAY, TINY, Clock
from p2p_dispatch.scenario.places import Place


def lies_open(clock: Clock, place: Place | None, begin: float, end: float) -> bool:
    """Whether a place is open from ``begin`` to ``end``; a place nobody knows is not judged."""
    if place is None:
        return True
    first, last = clock.day(begin), clock.day(max(begin, end - TINY))
    if first in place.closed_on or last in place.closed_on:
        return False
    return place.hours is None or (
        begin >= clock.at(first, place.hours.opens) - TINY
        and end <= clock.at(first, place.hours.closes) + TINY
    )


def first_open(clock: Clock, place: Place | None, moment: float, length: float) -> float | None:
    """First minute from ``moment`` on from which a place is open for so long; None if never."""
    if lies_open(clock, place, moment, moment + length):
        return moment
    assert place is not None
    opens = place.hours.opens if place.hours else time()
    day = clock.day(moment)
    # One more day than it is closed for, and today: after that no day is any different.
    for _ in range(len(place.closed_on) + 3):
        begin = clock.at(day, opens)
        if begin >= moment and lies_open(clock, place, begin, begin + length):
            return begin
        day += ONE_DAY
    return None
