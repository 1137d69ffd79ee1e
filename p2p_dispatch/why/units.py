"""Units and drivers of trips that are added to a plan: those of its own trips keep theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import Trip
from p2p_dispatch.plan.standing import days_out
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.fleet import Pool
from p2p_dispatch.scenario.planning import ByClock


def manned(
    scenario: Scenario, old: Plan, solved: Sequence[Trip], kept: Sequence[Trip]
) -> tuple[Trip, ...] | None:
    """
    The trips of a plan with those that are new, each with a unit and drivers.

    Parameters
    ----------
    old
        The plan before; trips with an id of its keep unit, drivers and status.
    solved, kept
        Trips that were planned again, and those that were not.

    Returns
    -------
    None where no unit of a pool is free all the time that a new trip needs one.
    """
    known = {trip.id: trip for trip in old.trips}
    pools = {pool.id: pool for pool in scenario.pools}
    minutes = scenario.planning.turnaround_minutes if isinstance(scenario.planning, ByClock) else 0
    turn = timedelta(minutes=minutes)
    stay = [_as_before(trip, known[trip.id]) for trip in solved if trip.id in known]
    busy: dict[str, list[Trip]] = defaultdict(list)
    for trip in (*stay, *kept):
        busy[trip.unit].append(trip)
    new = []
    for trip in solved:
        if trip.id in known:
            continue
        unit = _free(trip, pools[trip.pool], busy, turn)
        if unit is None:
            return None
        names = _drivers(trip)
        hired = {name: f"{trip.id} driver {n}" for n, name in enumerate(names, start=1)}
        new.append(_named(trip, unit, hired))
        busy[unit].append(new[-1])
    return (*stay, *new, *kept)


def _free(trip: Trip, pool: Pool, busy: dict[str, list[Trip]], turn: timedelta) -> str | None:
    """A unit of a pool that is at its depot all the time that a trip needs one."""
    units = min(pool.units_on(day) for day in days_out(trip))
    names = (f"{pool.id}/{number}" for number in range(1, units + 1))
    return next(
        (name for name in names if not any(_meet(trip, other, turn) for other in busy[name])), None
    )


def _meet(one: Trip, other: Trip, turn: timedelta) -> bool:
    """Whether one unit cannot make both trips."""
    a, b = _times(one), _times(other)
    if a is None or b is None:
        return bool(set(days_out(one)) & set(days_out(other)))
    return a[0] < b[1] + turn and b[0] < a[1] + turn


def _times(trip: Trip) -> tuple[datetime, datetime] | None:
    first, last = trip.stops[0].depart, trip.stops[-1].arrive
    return None if first is None or last is None else (first, last)


def _as_before(trip: Trip, old: Trip) -> Trip:
    """A trip with the unit, the drivers and the status that it had."""
    names = dict(zip(_drivers(trip), _drivers(old), strict=False))
    return _named(trip, old.unit, names).model_copy(update={"status": old.status})


def _named(trip: Trip, unit: str, names: dict[str, str]) -> Trip:
    spells = tuple(
        spell.model_copy(update={"driver": names.get(spell.driver, spell.driver)})
        for spell in trip.driving
    )
    return trip.model_copy(update={"unit": unit, "driving": spells})


def _drivers(trip: Trip) -> list[str]:
    return list(dict.fromkeys(spell.driver for spell in trip.driving))
