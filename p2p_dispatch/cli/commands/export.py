"""``p2p-dispatch export``: a plan for other programs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, LanguageName, PlanPath, Quiet, ScenarioName
from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from p2p_dispatch.report.names import Names


class Format(StrEnum):
    """What a plan can be written as."""

    GEOJSON = "geojson"
    ICAL = "ical"
    CSV = "csv"
    PARQUET = "parquet"
    CONTACTS = "contacts"


UNASKED = (Format.GEOJSON, Format.ICAL, Format.CSV)
"""What is written where nobody names a format: what needs no library and no filling in."""


def export(
    scenario: ScenarioName,
    plan: PlanPath,
    to: Annotated[
        list[Format] | None,
        typer.Option(help="A format, may be given several times; none: the first three."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Where to; none: export beside the plan."),
    ] = None,
    lang: LanguageName = "en",
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:  # fmt: skip
    """Write a plan for other programs.

    GeoJSON of trips and places, a calendar for every vehicle and assembly point, the movement
    lines as a CSV that Excel opens, all tables as Parquet, a list of contacts to fill in for
    sheets. None holds a name.
    """
    terminal = Terminal(as_json=as_json, quiet=quiet, lang=lang)
    from p2p_dispatch.cli.find import beside_plan, find_scenario
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.plan.files import read_plan
    from p2p_dispatch.report.exits.parquet import refuse_parquet
    from p2p_dispatch.report.names import Names
    from p2p_dispatch.report.write import refuse_file
    from p2p_dispatch.scenario.read import read_scenario

    formats = list(dict.fromkeys(to or UNASKED))
    folder = out or beside_plan(plan, "export")
    refuse_file(folder / "movements.csv")
    if Format.PARQUET in formats:
        refuse_parquet()
    language = terminal.language
    with step(terminal, "reading"):
        question, answer = read_scenario(find_scenario(scenario)), read_plan(plan)
    names = Names(answer, question, language)
    files: list[Path] = []
    with step(terminal, "writing") as tell:
        for one in formats:
            tell(one.value)
            files += _written(one, names, folder)
    terminal.hand_over({"folder": folder, "files": [str(f.relative_to(folder)) for f in files]})
    terminal.say(
        language(
            "said.exported",
            files=language.many("files_lie", len(files)),
            folder=folder,
            formats=language("spoken.comma").join(formats),
        )
    )
    return Exit.DONE


def _written(one: Format, names: Names, folder: Path) -> list[Path]:
    """The files of one format."""
    import json

    from p2p_dispatch.report.write import write_by, write_text

    match one:
        case Format.GEOJSON:
            from p2p_dispatch.report.exits.geojson import geojson

            path = folder / "trips.geojson"
            write_text(path, json.dumps(geojson(names), ensure_ascii=False, indent=1) + "\n")
            return [path]
        case Format.CSV:
            from p2p_dispatch.plan.cells import write_csv
            from p2p_dispatch.plan.tables import TABLES

            path, table = folder / "movements.csv", TABLES["movements"]
            rows = list(table.rows(names.plan, names.scenario))
            zone = names.scenario.zone
            write_by(path, lambda there: write_csv(there, table.columns, rows, zone))
            return [path]
        case Format.CONTACTS:
            from p2p_dispatch.report.contacts import write_blank

            path = folder / "contacts.csv"
            write_by(path, lambda there: write_blank(there, names.scenario, names.plan, path))
            return [path]
        case Format.PARQUET:
            from p2p_dispatch.report.exits.parquet import write_parquet

            return write_parquet(names.plan, names.scenario, folder / "parquet")
        case Format.ICAL:
            return [
                *_calendars(names, folder / "vehicles", "vehicles"),
                *_calendars(names, folder / "origins", "origins"),
            ]


def _calendars(names: Names, folder: Path, whose: str) -> list[Path]:
    from p2p_dispatch.cli.find import file_name
    from p2p_dispatch.report.exits.calendars import origin_calendars, vehicle_calendars
    from p2p_dispatch.report.write import write_bytes

    make = vehicle_calendars if whose == "vehicles" else origin_calendars
    files = []
    for name, content in make(names).items():
        path = folder / f"{file_name(name)}.ics"
        write_bytes(path, content)
        files.append(path)
    return files
