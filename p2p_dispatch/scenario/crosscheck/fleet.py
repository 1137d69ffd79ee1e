"""Vehicles: there are some, their depots serve somebody, somebody may drive them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from p2p_dispatch.reading.spots import Path
from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft
from p2p_dispatch.scenario.crosscheck.coaches import days_by
from p2p_dispatch.scenario.fleet import Coach
from p2p_dispatch.scenario.places import Depot


def no_vehicles(draft: Draft) -> Iterator[Clash]:
    """A fleet without a unit on any day."""
    scenario = draft.scenario
    if scenario.services:
        return  # people may gather at a station and be met at another
    if not any(pool.units_on(day) for pool in scenario.pools for day in scenario.dates):
        right = "list the units of each type at each depot"
        yield Clash("P2P1207", ("pools",), "no pool has a unit on any day", right)


def idle_pools(draft: Draft) -> Iterator[Clash]:
    """A pool without units on the days its depot could use them."""
    scenario = draft.scenario
    if any(no_vehicles(draft)):
        return
    days = days_by(scenario, ((cohort.origin, cohort) for cohort in scenario.cohorts))
    depots = {depot.id: depot for depot in scenario.depots}
    for i, pool in enumerate(scenario.pools):
        depot = depots.get(pool.depot)
        useful = {d for origin in days if depot and _serves(depot, origin) for d in days[origin]}
        if useful and not any(pool.units_on(day) for day in useful):
            yield Clash(
                "P2P1208",
                ("pools", i, "units"),
                f"it has no unit on any day its people can leave, {_span(useful)}",
                "write its units, or take the pool out",
            )


def idle_depots(draft: Draft) -> Iterator[Clash]:
    """A depot with vehicles, and nobody at the origins it serves."""
    scenario = draft.scenario
    peopled = {cohort.origin for cohort in scenario.cohorts}
    based = {pool.depot for pool in scenario.pools}
    if scenario.services:
        return  # a depot at the far end serves no origin and has work
    for i, depot in enumerate(scenario.depots):
        served = [origin for origin in peopled if _serves(depot, origin)]
        if peopled and depot.id in based and not served:
            yield Clash(
                "P2P1209",
                ("depots", i, "serves"),
                f"nobody travels from the origins {depot.label} serves",
                "let it serve others, or take depot and pools out",
            )


def unserved_origins(draft: Draft) -> Iterator[Clash]:
    """An origin with people and no depot whose vehicles may come."""
    scenario = draft.scenario
    peopled = {cohort.origin for cohort in scenario.cohorts}
    based = {pool.depot for pool in scenario.pools}
    depots = [depot for depot in scenario.depots if depot.id in based]
    peopled -= {origin for hub in scenario.hubs for origin in hub.assembly_of}
    for i, origin in enumerate(scenario.origins):
        if depots and origin.id in peopled and not any(_serves(d, origin.id) for d in depots):
            yield Clash(
                "P2P1409",
                ("origins", i),
                f"no depot with vehicles serves {origin.label}: its people stay behind",
                f"add {origin.id} to the serves of a depot",
            )


def load_above_seats(draft: Draft) -> Iterator[Clash]:
    """A vehicle that needs more people than it has seats."""
    for i, unit_type in enumerate(draft.scenario.unit_types):
        if isinstance(unit_type, Coach) and unit_type.minimum_load > unit_type.seats:
            yield Clash(
                "P2P1212",
                ("unit_types", i, "minimum_load"),
                f"it runs with {unit_type.minimum_load} people or not at all, and has "
                f"{unit_type.seats} seats",
                f"write {unit_type.seats} or fewer",
            )


def ordered_too_late(draft: Draft) -> Iterator[Clash]:
    """A vehicle that, ordered now, comes after the last day."""
    scenario = draft.scenario
    now = scenario.now
    end = datetime.combine(scenario.days.last, time(23, 59))
    for i, unit_type in enumerate(scenario.unit_types):
        hours = unit_type.notice_hours if isinstance(unit_type, Coach) else 0
        if now <= end and hours > (end - now).total_seconds() / 3600:
            yield Clash(
                "P2P1213",
                ("unit_types", i, "notice_hours"),
                f"ordered at {now:%Y-%m-%d %H:%M} it comes {hours:g} hours later, "
                f"after the last day {scenario.days.last}",
                "extend days.last, or plan with what can still be ordered",
            )


def nobody_drives(draft: Draft) -> Iterator[Clash]:
    """Driving hours of zero."""
    crew = draft.scenario.rules.crew
    limits: dict[Path, float | None] = {
        ("spell_hours",): crew.spell_hours,
        ("shift", "driving_hours"): crew.shift.driving_hours if crew.shift else None,
        **{("rolling", i, "hours"): limit.hours for i, limit in enumerate(crew.rolling)},
    }
    for path, hours in limits.items():
        if hours == 0 and not draft.scenario.by_day:
            found = "with 0 hours nobody may drive"
            yield Clash("P2P1210", ("rules", "crew", *path), found, "write the hours allowed")


def idle_limits(draft: Draft) -> Iterator[Clash]:
    """Driving hours beyond the hours there are."""
    crew = draft.scenario.rules.crew
    for i, limit in enumerate(crew.rolling):
        if limit.hours > limit.within_hours:
            most, within = limit.hours, limit.within_hours
            found = f"{most:g} hours at the wheel within {within:g} hours can never be passed"
            right = f"write fewer than {within:g}, or take the limit out"
            yield Clash("P2P1211", ("rules", "crew", "rolling", i, "hours"), found, right)


def _serves(depot: Depot, origin: str) -> bool:
    return depot.serves is None or origin in depot.serves


def _span(days: set[date]) -> str:
    first, last = min(days), max(days)
    return str(first) if first == last else f"{first} to {last}"
