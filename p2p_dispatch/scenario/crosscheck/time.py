"""The horizon, the as-of date, the time zone, and days that lie far from the horizon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo, available_timezones

from p2p_dispatch.reading.near import nearest
from p2p_dispatch.reading.spots import Path
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.crosscheck.clash import LONGEST, Clash, Draft
from p2p_dispatch.scenario.scenario import Scenario

_FAR = timedelta(days=300)
"""A day further than this from the horizon is rather a slip of the year."""


def horizon(draft: Draft) -> Iterator[Clash]:
    """First and last day in order, and not a lifetime apart."""
    days = draft.scenario.days
    span = (days.last - days.first).days + 1
    if span < 1:
        found = f"the last day {days.last} is before the first, {days.first}"
        yield Clash("P2P1301", ("days", "last"), found, f"write last as {days.first} or later")
    elif span > LONGEST:
        found = f"the horizon has {span:,} days"
        right = f"plan {LONGEST} days or fewer at a time; is the year right?"
        yield Clash("P2P1302", ("days", "last"), found, right)


def as_of(draft: Draft) -> Iterator[Clash]:
    """The moment at which all this was true, not after the plan is over."""
    day, days = day_of(draft.scenario.as_of), draft.scenario.days
    if day > days.last and days.first <= days.last:
        found = f"as_of {day} is after the last day, {days.last}"
        yield Clash("P2P1303", ("as_of",), found, "write when the figures were true, or new days")


def time_zone(draft: Draft) -> Iterator[Clash]:
    """A time zone that exists."""
    name = draft.scenario.time_zone
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # a path, a directory of zones, no such zone
        zones = sorted(available_timezones())
        near = nearest(name, zones) or next((z for z in zones if name and name in z), None)
        right = f"did you mean {near}?" if near else "write a name like Asia/Shanghai"
        yield Clash("P2P1304", ("time_zone",), f"there is no time zone {name[:40]}", right)


def far_days(draft: Draft) -> Iterator[Clash]:
    """An exception for a day of another year."""
    days = draft.scenario.days
    for path, day in _exceptions(draft.scenario):
        if day - days.last > _FAR or days.first - day > _FAR:
            found = f"{day} is far from the horizon, {days.first} to {days.last}"
            yield Clash("P2P1312", path, found, "is the year right?")


def _exceptions(scenario: Scenario) -> Iterator[tuple[Path, date]]:
    for i, pool in enumerate(scenario.pools):
        yield from _keys(("pools", i, "on"), pool.on)
    for i, origin in enumerate(scenario.origins):
        yield from _keys(("origins", i, "medical_per_day", "on"), origin.medical_per_day.on)
    for i, site in enumerate(scenario.sites):
        yield from _keys(("sites", i, "intake_per_day", "on"), site.intake_per_day.on)
    for i, service in enumerate(scenario.services):
        offer = service.carriages_per_day.on
        yield from _keys(("services", i, "carriages_per_day", "on"), offer)
    for i, service_pool in enumerate(scenario.service_pools):
        trips = service_pool.trips_per_day.on
        yield from _keys(("service_pools", i, "trips_per_day", "on"), trips)
    for name in ("depots", "origins", "sites", "hubs"):
        for i, place in enumerate(getattr(scenario, name)):
            for j, day in enumerate(place.closed_on):
                yield (name, i, "closed_on", j), day


def _keys(path: Path, days: Iterable[date]) -> Iterator[tuple[Path, date]]:
    for day in days:
        yield (*path, day.isoformat()), day
