"""
Whom to call, and which number plate a vehicle has: what stands in no scenario.

Read from lists with names: one made for this, with a column ``of``, or the lists of employers and
of vehicles that an import has cleaned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from p2p_dispatch.plan.model import Plan
from p2p_dispatch.reading import Fault, InputError
from p2p_dispatch.reading.near import nearest
from p2p_dispatch.report.provinces import province_of
from p2p_dispatch.roster.cells import unguarded, write_rows
from p2p_dispatch.roster.sheets import Cell, Sheet, read_sheets
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.places import Site

COLUMNS = ("of", "what", "label", "name", "phone", "plate")
"""Of a list of contacts; ``what`` and ``label`` are for whoever fills it in."""

FILLED_IN = ("name", "phone", "plate")

MOST_SIGNS = 200
"""Longest cell that is a name or a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody to call."""

    name: str = ""
    phone: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.phone)))


@dataclass(frozen=True)
class Contacts:
    """Whom to call, and number plates, by ids of the scenario and of the plan."""

    people: Mapping[str, tuple[Contact, ...]] = field(default_factory=dict)
    """By places, pools, services, drivers, cities and provinces."""
    plates: Mapping[str, str] = field(default_factory=dict)
    """By units."""

    def of(self, *names: str) -> str:
        """Whom to call of the first of these that has somebody; empty where none has."""
        some = next((self.people[name] for name in names if self.people.get(name)), ())
        return ", ".join(map(str, some))


def read_contacts(paths: Iterable[Path], scenario: Scenario, plan: Plan) -> Contacts:
    """
    Contacts and number plates from lists, XLSX or CSV.

    A list has a column ``of`` with ids, or ``site`` as the employers of ``import employers`` have
    it, or ``pool`` and ``plate`` as the vehicles of ``import fleet``: the first plate of a pool is
    that of its first unit.

    Raises
    ------
    InputError
        P2P5006, when a list is none of these, or an id is neither in the scenario nor in the plan;
        and those of any list.
    """
    read = _Read(set(subjects(scenario, plan)), {trip.unit for trip in plan.trips if trip.unit})
    for path in paths:
        for sheet in read_sheets(path):
            read.sheet(sheet)
    if read.faults:
        raise InputError(read.faults)
    people = {name: tuple(dict.fromkeys(some)) for name, some in read.people.items()}
    return Contacts(people, read.plates)


def subjects(scenario: Scenario, plan: Plan) -> dict[str, tuple[str, str]]:
    """
    All that somebody can be called about: what it is, and its name, by its id.

    Units and drivers are those of the plan; cities and provinces those that people come to.
    """
    found = {
        name: (kind, place.label)
        for kind, places in (
            ("origin", scenario.origins),
            ("site", scenario.sites),
            ("hub", scenario.hubs),
            ("depot", scenario.depots),
        )
        for name, place in ((place.id, place) for place in places)
    }
    found |= {pool.id: ("pool", pool.id) for pool in scenario.pools}
    found |= {pool.id: ("service_pool", pool.name or pool.id) for pool in scenario.service_pools}
    found |= {service.id: ("service", service.label) for service in scenario.services}
    for trip in plan.trips:
        if trip.unit:
            found.setdefault(trip.unit, ("unit", trip.unit))
        for spell in trip.driving:
            found.setdefault(spell.driver, ("driver", spell.driver))
    for site in scenario.sites:
        for kind, name in (("city", site.city), ("province", province_of(site))):
            if name:
                found.setdefault(name, (kind, name))
    return found


def write_blank(path: Path, scenario: Scenario, plan: Plan, filled: Path | None = None) -> None:
    """
    Write a list to be filled in: a row for everybody whom the sheets name.

    Parameters
    ----------
    filled
        An older such list, if there is one: what was filled in there stays, also in rows that this
        plan needs no more.

    Raises
    ------
    InputError
        When the older list cannot be read.
    OSError
        When it cannot be written there.
    """
    said = {row["of"]: row for sheet in _sheets_of(filled) for _, row in _table(sheet)
            if any(row.get(name) for name in FILLED_IN)}  # fmt: skip
    used = {stop.place for trip in plan.trips for stop in trip.stops}
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    for itinerary in plan.itineraries:
        if cohort := cohorts.get(itinerary.cohort):
            used |= {cohort.origin, cohort.site or itinerary.site}
    used |= {trip.pool or trip.service for trip in plan.trips if trip.mode != "coach"}
    used |= {pool.depot for pool in scenario.pools if pool.id in {t.pool for t in plan.trips}}
    sites = [place for name in used if isinstance(place := scenario.places.get(name), Site)]
    used |= {word for site in sites for word in (site.city, province_of(site))}
    of_plan = ("unit", "driver")
    wanted = {
        name: {"what": kind, "label": label}
        for name, (kind, label) in subjects(scenario, plan).items()
        if name in used or kind in of_plan or name in said
    }
    rows = [
        [name, *({**wanted.get(name, {}), **said.get(name, {})}.get(c, "") for c in COLUMNS[1:])]
        for name in dict.fromkeys([*wanted, *said])
    ]
    write_rows(path, COLUMNS, rows)


def _sheets_of(path: Path | None) -> list[Sheet]:
    return read_sheets(path) if path is not None and path.is_file() else []


class _Read:
    """What was read so far."""

    def __init__(self, known: set[str], units: set[str]) -> None:
        self.known, self.units = known, units
        self.people: defaultdict[str, list[Contact]] = defaultdict(list)
        self.plates: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.vehicles: defaultdict[str, int] = defaultdict(int)

    def sheet(self, sheet: Sheet) -> None:
        """Read one list by the headings that it has."""
        rows = list(_table(sheet))
        names = set(rows[0][1]) if rows else set()
        if "of" in names:
            for at, row in rows:
                self._of(sheet, at, row)
        elif {"site", "contact"} <= names:
            for _, row in rows:
                self._put(row["site"], row.get("contact", ""), row.get("phone", ""))
        elif {"pool", "plate"} <= names:
            for _, row in rows:
                self._vehicle(row)
        elif rows:
            found = f"there is no column of; there are {', '.join(sorted(names))[:100]}"
            right = f"columns {', '.join(COLUMNS)}, or a list that import has written"
            self.faults.append(Fault(code="P2P5006", mark=sheet.mark(0), found=found, right=right))

    def _of(self, sheet: Sheet, at: int, row: Mapping[str, str]) -> None:
        name = row["of"]
        said = row.get("name", ""), row.get("phone", ""), row.get("plate", "")
        if not any(said):
            return  # nobody has filled it in
        if name not in self.known:
            near = nearest(name, self.known)
            right = f"did you mean {near}?" if near else "an id, as export --to contacts has it"
            self.faults.append(
                Fault(
                    code="P2P5006",
                    mark=sheet.mark(at),
                    field="of",
                    found=f"{name[:60]!r} is neither in the scenario nor in the plan",
                    right=right,
                )
            )
            return
        self._put(name, said[0], said[1])
        if said[2]:
            self.plates[name] = said[2]

    def _put(self, name: str, person: str, phone: str) -> None:
        if person or phone:
            self.people[name].append(Contact(name=person, phone=phone))

    def _vehicle(self, row: Mapping[str, str]) -> None:
        """A vehicle of a pool is its next unit; several in a row have no plate of their own."""
        pool, many = row["pool"], row.get("vehicles", "")
        for _ in range(int(many) if many.isdecimal() and int(many) else 1):
            self.vehicles[pool] += 1
            unit = f"{pool}/{self.vehicles[pool]}"
            if row["plate"]:
                self.plates.setdefault(unit, row["plate"])
            if unit in self.units:
                self._put(unit, row.get("contact", ""), row.get("phone", ""))


def _table(sheet: Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows that hold something, by the headings of the first that does; with their index."""
    filled = [(at, row) for at, row in enumerate(sheet.rows) if any(cell != "" for cell in row)]
    if not filled:
        return
    names = [_text(cell).lower() for cell in filled[0][1]]
    for at, row in filled[1:]:
        yield at, dict(zip(names, map(_text, _wide(row, len(names))), strict=False))


def _wide(row: Sequence[Cell], width: int) -> list[Cell]:
    return [*row, *[""] * (width - len(row))]


def _text(cell: Cell) -> str:
    """A cell as text; a telephone number that a spreadsheet made a number of is one again."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unguarded(str(cell).strip())[:MOST_SIGNS]
