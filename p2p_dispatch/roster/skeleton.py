"""A scenario to go on from: the people of a list, where they are, and what has to be filled in."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from pathlib import Path

from p2p_dispatch.roster.places import Known, Places
from p2p_dispatch.roster.tables import write_parts
from p2p_dispatch.scenario.base import Part, day_of
from p2p_dispatch.scenario.fleet import Pool
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.scenario.places import Depot, Origin, Site

PER_COACH = 40
"""People a coach is counted for where no fleet is given. ASSUMPTION."""

COACH = """\
unit_types:
  - id: coach-49
    name: 49-seat coach
    seats: 49
    layout: [{rows: 11, across: 2+2}, {rows: 1, across: 5}]
    per_day: 1500
    per_km: 6.5
    basis: ASSUMPTION
"""

REST = """\
# What leaving one of them behind counts for. ASSUMPTION: set your own.
prices:
  driver_day: 400
  left_behind: 8000
  waiting_day: 40
  basis: ASSUMPTION

payers:
  - {id: origin, name: Labour bureau at home, share: 1}

rules:
  stops:
    most_pickups: 3
    most_drops: 3
    longest_ride_hours: 30
    basis: ASSUMPTION
  crew: cn
"""


def origins_of(known: Iterable[Known]) -> tuple[Origin, ...]:
    """Places where people board."""
    return tuple(
        Origin(
            id=place.id,
            name=place.name,
            region=place.city,
            province=place.province,
            lat=place.lat,
            lon=place.lon,
        )
        for place in sorted(known, key=lambda place: place.id)
    )


def sites_of(known: Iterable[Known]) -> tuple[Site, ...]:
    """Employers, or the places they are at."""
    return tuple(
        Site(
            id=place.id,
            name=place.name,
            city=place.city,
            province=place.province,
            lat=place.lat,
            lon=place.lon,
        )
        for place in sorted(known, key=lambda place: place.id)
    )


def depots_for(
    origins: Sequence[Origin], cohorts: Sequence[Cohort], gazetteer: Places
) -> tuple[tuple[Depot, ...], tuple[Pool, ...]]:
    """
    A depot in every city that people come from, with coaches for its busiest day.

    ASSUMPTION throughout: until a fleet is known.
    """
    cities: defaultdict[str, list[Origin]] = defaultdict(list)
    for origin in origins:
        cities[origin.region or origin.label].append(origin)
    points = {place.city: place for place in gazetteer.known if place.kind == "city"}
    ready: Counter[tuple[str, date]] = Counter()
    city_of = {origin.id: city for city, some in cities.items() for origin in some}
    for cohort in cohorts:
        ready[city_of[cohort.origin], day_of(cohort.ready)] += cohort.count
    depots, pools = [], []
    taken: set[str] = set()
    for city, some in sorted(cities.items()):
        point = points.get(city)
        name = point.id.removesuffix("-city") if point else f"{some[0].id}-depot"
        name = name if name not in taken | set(city_of) else f"{name}-depot"
        taken.add(name)
        where = point or some[0]
        depots.append(Depot(id=name, name=city, lat=where.lat, lon=where.lon))
        busiest = max((n for (each, _), n in ready.items() if each == city), default=0)
        units = max(1, ceil(busiest / PER_COACH))
        pools.append(Pool(id=f"{name}-49", unit_type="coach-49", depot=name, units=units))
    return tuple(depots), tuple(pools)


def skeleton(name: str, cohorts: Sequence[Cohort], *, fleet: str, source: str) -> str:
    """
    The text of a scenario with its tables beside it.

    Parameters
    ----------
    name
        Its name.
    cohorts
        Its people; they give the days and the classes.
    fleet
        What it says of unit types.
    source
        Where the people come from, in words.
    """
    first = min(day_of(cohort.ready) for cohort in cohorts)
    last = max(day_of(cohort.due) for cohort in cohorts)
    evening = first - timedelta(days=1)
    text = f"""\
# yaml-language-server: $schema=./scenario.schema.json
#
# Made from {source}. What nobody has said is an ASSUMPTION: look at it.
name: {_quoted(name)}
as_of: {evening} 18:00 # ASSUMPTION: the evening before the first day
time_zone: Asia/Shanghai
currency: CNY

days:
  first: {first}
  last: {last}

cohorts: cohorts.csv # who travels, counted; names are in roster.csv
origins: origins.csv
sites: sites.csv
depots: depots.csv
pools: pools.csv
{fleet}
"""
    classes = sorted({cohort.priority for cohort in cohorts if cohort.priority})
    if classes:
        text += (
            "# Classes of people. ASSUMPTION: half as much again as anybody else.\npriorities:\n"
        )
        text += "".join(f"  - {{id: {_quoted(each)}, left_behind: 12000}}\n" for each in classes)
        text += "\n"
    return text + REST


def _quoted(text: str) -> str:
    """A text as YAML has it in quotes: a JSON string is one."""
    return json.dumps(text, ensure_ascii=False)


def write_tables(folder: Path, tables: Mapping[str, tuple[type[Part], Sequence[Part]]]) -> None:
    """
    Write tables of a scenario, each as ``NAME.csv``.

    Raises
    ------
    OSError
        When they cannot be written there.
    """
    for name, (model, parts) in tables.items():
        write_parts(folder / f"{name}.csv", model, parts)
