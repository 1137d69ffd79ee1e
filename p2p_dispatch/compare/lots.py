"""Who is better off in which of two plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from p2p_dispatch.compare.model import Lot, Measure, Verdict, Way
from p2p_dispatch.compare.ways import Ways
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.people import Cohort

LEAST_RIDE = 30
"""Minutes by which a ride must differ to be a longer one. ASSUMPTION: less is not felt."""


def lots_of(scenario: Scenario, one: Ways, other: Ways) -> Iterator[Lot]:
    """
    What becomes of everybody, cohort by cohort.

    Who of a cohort is who does not matter: those who travel alike in both plans are paired first,
    so that as few as can be differ, and the rest in order of leaving, those left behind last.
    """
    for cohort in scenario.cohorts:
        mine = one.get(cohort.id, Counter[Way]())
        theirs = other.get(cohort.id, Counter[Way]())
        for people, way, now in _pairs(mine, theirs):
            yield _lot(cohort, people, way, now)


def _pairs(mine: Counter[Way], theirs: Counter[Way]) -> Iterator[tuple[int, Way, Way]]:
    """People of one cohort with their ways in both plans: those alike in all come first."""
    mine, theirs = Counter(mine), Counter(theirs)
    for key in (_whole, _told):
        for way in list(mine):
            for now in [each for each in theirs if key(each) == key(way)]:
                people = min(mine[way], theirs[now])
                if people:
                    yield people, way, now
                    mine[way] -= people
                    theirs[now] -= people
    left, right = _in_order(mine), _in_order(theirs)
    while left and right:
        (way, n), (now, m) = left.pop(), right.pop()
        people = min(n, m)
        yield people, way, now
        left += [(way, n - people)] if n > people else []
        right += [(now, m - people)] if m > people else []


def _whole(way: Way) -> Way:
    return way


def _told(way: Way) -> tuple[object, ...]:
    """What people are told, the name of the trip aside."""
    return way.moved, way.day, way.leaves, way.board, way.drop, way.site, way.modes


def _in_order(ways: Counter[Way]) -> list[tuple[Way, int]]:
    """Those who leave last come first, to be taken from the end."""
    some = [(way, count) for way, count in ways.items() if count]
    return sorted(some, key=lambda each: _rank(each[0]), reverse=True)


def _rank(way: Way) -> tuple[object, ...]:
    """An order of ways: by leaving and arriving; whoever is left behind comes last."""
    leaves = way.leaves.timestamp() if way.leaves else 0.0
    arrives = way.arrives.timestamp() if way.arrives else 0.0
    return not way.moved, way.day or date.max, leaves, arrives, way.trips, way.drop


def _lot(cohort: Cohort, people: int, one: Way, other: Way) -> Lot:
    both = one.moved and other.moved
    days = (other.day - one.day).days if both and one.day and other.day else 0
    ride = _minutes(other) - _minutes(one) if both else 0
    by, worse = next(
        ((measure, amount > 0) for measure, amount in _measures(one, other, days, ride) if amount),
        (None, False),
    )
    if by is not None:
        verdict = Verdict.WORSE if worse else Verdict.BETTER
    else:
        verdict = Verdict.SAME if _told(one) == _told(other) else Verdict.OTHERWISE
    return Lot(
        cohort=cohort.id,
        origin=cohort.origin,
        site=cohort.site or "",
        priority=cohort.priority or "",
        people=people,
        verdict=verdict,
        by=by,
        days=days,
        ride_minutes=ride,
        anew=_told(one) != _told(other) or one.trips != other.trips,
        one=one,
        other=other,
    )


def _measures(one: Way, other: Way, days: int, ride: int) -> Iterator[tuple[Measure, int]]:
    """What decides, in order, and by how much it is worse in the second plan."""
    yield Measure.MOVED, one.moved - other.moved
    yield Measure.LATE, other.late_days - one.late_days
    yield Measure.DAY, days
    if one.moved and other.moved:
        yield Measure.TRANSFERS, len(other.trips) - len(one.trips)
    yield Measure.RIDE, ride if abs(ride) >= LEAST_RIDE else 0


def _minutes(way: Way) -> int:
    return _between(way.leaves, way.arrives)


def _between(start: datetime | None, end: datetime | None) -> int:
    return round((end - start).total_seconds() / 60) if start and end else 0
