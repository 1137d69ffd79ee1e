"""What an import leaves in a folder: roster, rejects, cohorts, and a scenario around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from p2p_dispatch.reading.yaml import read_yaml
from p2p_dispatch.roster.files import write_roster
from p2p_dispatch.roster.folder import put_into
from p2p_dispatch.roster.importing import Imported, Told, import_roster, nothing, write_rejects
from p2p_dispatch.roster.known import Books, books_of
from p2p_dispatch.roster.mapping import Mapping
from p2p_dispatch.roster.places import Known, Places, put_said, read_gazetteer
from p2p_dispatch.roster.skeleton import COACH, depots_for, origins_of, sites_of, skeleton
from p2p_dispatch.roster.tables import plain, read_parts, write_parts
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import Part
from p2p_dispatch.scenario.fleet import Pool
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.scenario.places import Depot, Hub, Origin, Site
from p2p_dispatch.scenario.read import read_scenario

TABLES: dict[str, type[Part]] = {
    "cohorts": Cohort,
    "origins": Origin,
    "sites": Site,
    "hubs": Hub,
    "depots": Depot,
    "pools": Pool,
}
"""The lists of a scenario that are written as tables."""

EMPLOYERS = "employers.csv"
"""The file that says that employers were imported: then people go to those and no others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A folder that people are imported into."""

    folder: Path
    scenario: Scenario | None
    """What is planned already; none: a scenario is made."""
    own: bool
    """Whether that scenario is the one in the folder."""
    growing: bool
    """Whether its origins and sites are tables beside it that an import made, and may add to."""
    gazetteer: Places
    mapping: Mapping
    said_in: str
    """The file of the mapping."""


def open_season(
    folder: Path, scenario: Path | None, gazetteer: Path | None, mapping: Mapping, said_in: str
) -> Season:
    """
    What is there before people are imported.

    Parameters
    ----------
    folder
        Where to; a ``scenario.yaml`` there is gone on with.
    scenario
        Another scenario to go on with.
    gazetteer
        A file of places; none: our own.
    mapping, said_in
        The mapping, and the name of its file.

    Raises
    ------
    InputError
        When one of the files cannot be read.
    """
    here = folder / "scenario.yaml"
    path = scenario or (here if here.is_file() else None)
    return Season(
        folder=folder,
        scenario=read_scenario(path) if path else None,
        own=path == here,
        growing=path == here and _may_grow(folder),
        gazetteer=read_gazetteer(gazetteer),
        mapping=mapping,
        said_in=said_in,
    )


def _may_grow(folder: Path) -> bool:
    content = read_yaml(folder / "scenario.yaml").data
    return all(content.get(name) == f"{name}.csv" for name in ("cohorts", "origins", "sites"))


def import_people(
    season: Season, files: Sequence[Path], tell: Told = nothing
) -> tuple[Imported, list[Path]]:
    """
    Import lists of people into a folder; what was made, and the files.

    Parameters
    ----------
    tell
        Called with the name of each list before its rows are read.

    Raises
    ------
    InputError
        When a list cannot be read at all, the mapping names places that are not known, or nothing
        can be written.
    """
    books = _books(season)
    before = season.scenario.cohorts if season.scenario else ()
    imported = import_roster(files, books, before=before, tell=tell)

    def write(workshop: Path) -> None:
        write_roster(imported.roster, workshop / "roster.csv")
        write_rejects(imported.rejects, workshop / "rejects.csv")
        if not imported.cohorts:
            return
        write_parts(workshop / "cohorts.csv", Cohort, imported.cohorts)
        if season.scenario is None:
            _write_skeleton(season, books, imported, workshop, files)
        elif season.growing:
            _write_more(season.scenario, books, imported, workshop)
        elif not season.own:
            write_scenario(season.scenario, imported.cohorts, workshop)

    return imported, put_into(season.folder, write)


def _books(season: Season) -> Books:
    employers = (season.folder / EMPLOYERS).is_file()
    if season.scenario is not None:
        books = books_of(season.scenario, season.mapping, season.gazetteer)
        several = [books.origins, books.destinations]
        if season.growing:
            books.growing, books.open_sites = True, not employers
            books.destinations = season.gazetteer
            several += [season.gazetteer]
        put_said(several, season.mapping, season.said_in)
        return books
    put_said([season.gazetteer], season.mapping, season.said_in)
    books = Books(season.mapping, season.gazetteer, season.gazetteer)
    if employers:
        table, books.open_sites = season.folder / "sites.csv", False
        sites = read_parts(table, Site, "sites")
        books.sites = Places(
            tuple(
                Known(s.id, s.name, s.lat, s.lon, (), s.city, (s.city,), province=s.province)
                for s in sites
            ),
            "the employers",
        )
    return books


def _write_skeleton(
    season: Season, books: Books, imported: Imported, workshop: Path, files: Sequence[Path]
) -> None:
    folder = season.folder
    used = {cohort.origin for cohort in imported.cohorts}
    origins = origins_of(place for name, place in books.used_origins.items() if name in used)
    write_parts(workshop / "origins.csv", Origin, origins)
    if books.sites is None:
        bound = {cohort.site for cohort in imported.cohorts}
        sites = sites_of(place for name, place in books.used_sites.items() if name in bound)
        write_parts(workshop / "sites.csv", Site, sites)
    fleet = "\n" + COACH
    if all((folder / f"{name}.csv").is_file() for name in ("unit_types", "pools", "depots")):
        fleet = "unit_types: unit_types.csv\n"
    else:
        depots, pools = depots_for(origins, imported.cohorts, season.gazetteer)
        write_parts(workshop / "depots.csv", Depot, depots)
        write_parts(workshop / "pools.csv", Pool, pools)
    source = ", ".join(path.name for path in files)
    name = folder.resolve().name
    text = skeleton(_scenario_name(name), imported.cohorts, fleet=fleet, source=source)
    (workshop / "scenario.yaml").write_text(text, encoding="utf-8", newline="\n")


def _write_more(scenario: Scenario, books: Books, imported: Imported, workshop: Path) -> None:
    """The tables of origins and sites again, where people name places that are not in them."""
    origins = {cohort.origin for cohort in imported.cohorts} - {o.id for o in scenario.origins}
    sites = {cohort.site for cohort in imported.cohorts} - {s.id for s in scenario.sites}
    if origins:
        more = origins_of(place for name, place in books.used_origins.items() if name in origins)
        write_parts(workshop / "origins.csv", Origin, [*scenario.origins, *more])
    if found := [place for name, place in books.used_sites.items() if name in sites]:
        write_parts(workshop / "sites.csv", Site, [*scenario.sites, *sites_of(found)])


def _scenario_name(text: str) -> str:
    return re.sub(r"[^\w.-]+", "-", text).strip("-.")[:80] or "my-season"


def write_scenario(scenario: Scenario, cohorts: Sequence[Cohort], folder: Path) -> None:
    """
    Write a scenario with other cohorts into a folder, its lists as tables.

    Comments of the file it came from are not carried over.

    Raises
    ------
    OSError
        When it cannot be written there.
    """
    content = plain(scenario.model_dump(by_alias=True, exclude_unset=True))
    for name, model in TABLES.items():
        parts: Sequence[Part] = cohorts if name == "cohorts" else getattr(scenario, name)
        if parts:
            write_parts(folder / f"{name}.csv", model, parts)
            content[name] = f"{name}.csv"
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8", newline="\n")
