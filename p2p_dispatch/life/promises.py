"""What it costs to tell people otherwise, and who of a cohort is told what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from p2p_dispatch.life.parts import Party, leaves_home, split, vehicle_of
from p2p_dispatch.plan.model import Trip
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.scenario.prices import Prices
from p2p_dispatch.scenario.told import ToldPeople


@dataclass(frozen=True, slots=True)
class Way:
    """How people travel, as far as they are told: when and where they leave home, and so on."""

    leaves: datetime
    vehicle: str
    board: str
    drop: str


def way_of(part: Party, trips: Mapping[str, Trip], cohort: Cohort) -> Way | None:
    """How a part travels; None where it is left behind."""
    if not part.moved:
        return None
    board, leaves = leaves_home(part, trips, cohort)
    return Way(leaves, vehicle_of(part, trips), board, part.drop)


def told_way(told: ToldPeople) -> Way:
    """How people were told that they travel."""
    leaves = told.leaves
    if not isinstance(leaves, datetime):
        leaves = datetime.combine(leaves, datetime.min.time())
    return Way(leaves, told.vehicle, told.board, told.drop)


def changes(before: Way, after: Way | None) -> tuple[str, ...]:
    """What differs: ``stays`` alone, or some of day, hour, vehicle and place."""
    if after is None:
        return ("stays",)
    found = []
    if before.leaves.date() != after.leaves.date():
        found.append("day")
    elif before.leaves != after.leaves:
        found.append("hour")
    if before.vehicle != after.vehicle:
        found.append("vehicle")
    if (before.board, before.drop) != (after.board, after.drop):
        found.append("place")
    return tuple(found)


def price(prices: Prices, changed: Sequence[str]) -> float:
    """What that costs per person; who stays is told another day."""
    of = {
        "stays": prices.changed_day,
        "day": prices.changed_day,
        "hour": prices.changed_hour,
        "vehicle": prices.changed_vehicle,
        "place": prices.changed_place,
    }
    return sum(of[what] for what in changed)


def settled(
    parts: Sequence[Party],
    told: Mapping[str, ToldPeople],
    trips: Mapping[str, Trip],
    cohorts: Mapping[str, Cohort],
) -> list[Party]:
    """
    Parts among which those of a cohort who are at home have changed places, so that fewest change.

    People of a cohort are equal as long as nobody has told them apart: whoever of those that were
    told this trip goes on it. The most alike come first; parties and people who need an accessible
    place keep what the strategy gave them.
    """
    fixed: list[Party] = []
    free: defaultdict[str, list[Party]] = defaultdict(list)
    for part in parts:
        if part.gone or part.parties or part.accessible:
            fixed.append(part)
        else:
            free[part.cohort].append(part)
    return fixed + [
        part for cohort, mine in free.items() for part in _dealt(mine, told, trips, cohorts[cohort])
    ]


def _dealt(
    parts: list[Party],
    told: Mapping[str, ToldPeople],
    trips: Mapping[str, Trip],
    cohort: Cohort,
) -> list[Party]:
    labels: defaultdict[str, int] = defaultdict(int)
    for part in parts:
        labels[part.told] += part.count
    if set(labels) == {""}:
        return parts
    ways = [way_of(part, trips, cohort) for part in parts]
    pairs = sorted(
        (
            _apart(told_way(told[label]), way) if label else (50, ""),
            label,
            i,
        )
        for label in labels
        for i, way in enumerate(ways)
    )
    left = [part.count for part in parts]
    dealt = []
    for _, label, i in pairs:
        some = min(labels[label], left[i])
        if some:
            labels[label] -= some
            left[i] -= some
            mine, _ = split(parts[i], some)
            assert mine is not None
            dealt.append(replace(mine, told=label))
    return dealt


_WEIGHT = {"stays": 100, "day": 30, "hour": 10, "vehicle": 12, "place": 8}
"""How far apart ways are by what differs: the order in which people are dealt."""


def _apart(before: Way, after: Way | None) -> tuple[int, str]:
    found = changes(before, after)
    days = abs((after.leaves - before.leaves).days) if after else 0
    return sum(_WEIGHT[what] for what in found) + min(days, 9) * ("day" in found), ""
