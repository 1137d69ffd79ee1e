"""``p2p-dispatch import``: lists as they come."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, LanguageName, Quiet
from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from p2p_dispatch.roster.employers import Employers
    from p2p_dispatch.roster.fleet import Fleet
    from p2p_dispatch.roster.mapping import Mapping

lists = typer.Typer(
    name="import",
    help="Read lists as they come: people, employers, vehicles; XLSX or CSV.",
    rich_markup_mode=None,
    no_args_is_help=True,
)

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Workbooks (.xlsx) and CSV, one or several.")
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="DIR", help="Where to; by default the name of the file."
    ),
]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="YAML: what the lists call things."),
]
Gazetteer = Annotated[
    Path | None,
    typer.Option("--gazetteer", metavar="FILE", help="CSV of places, in the place of ours."),
]


@lists.command()
def roster(
    files: Files,
    output: Folder = None,
    scenario: Annotated[
        str | None,
        typer.Option(
            "--scenario", help="A scenario to go on with: its places, employers, classes."
        ),
    ] = None,
    mapping: MappingFile = None,
    gazetteer: Gazetteer = None,
    ready: Annotated[
        str | None, typer.Option("--ready", metavar="DAY", help="When people are ready, if empty.")
    ] = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar="DAY", help="When people are due, if empty.")
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", min=1950, max=2150, help="Year of days written without one."),
    ] = None,
    lang: LanguageName = "en",
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Read lists of people who signed up.

    Writes the cleaned roster, the rows that cannot be read, the cohorts and, where there is none
    yet, a scenario around them.
    """
    from p2p_dispatch.cli.find import find_scenario
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.cli.trouble import as_data
    from p2p_dispatch.reading.faults import listing
    from p2p_dispatch.report.sentences import and_more, retold_faults
    from p2p_dispatch.roster.mapping import read_mapping_file
    from p2p_dispatch.roster.season import import_people, open_season

    terminal = Terminal(as_json=as_json, quiet=quiet, lang=lang)
    say = terminal.language
    folder = output or _folder(files)
    said = _with_options(read_mapping_file(mapping), ready=ready, due=due, year=year)
    question = find_scenario(scenario) if scenario else None
    season = open_season(folder, question, gazetteer, said, str(mapping or ""))
    with step(terminal, "reading lists") as tell:
        imported, written = import_people(season, files, tell)
    if imported.faults:
        terminal.say(f"{listing(retold_faults(imported.faults, say), partial(and_more, say))}\n")
    bad, others = len(imported.bad), len(imported.rejects) - len(imported.bad)
    people = len(imported.roster)
    terminal.hand_over(
        {
            "folder": folder,
            "files": [path.name for path in written],
            "rows": imported.rows,
            "people": people,
            "cohorts": len(imported.cohorts),
            "rejected": bad,
            "no_person": others,
            "faults": [as_data(fault) for fault in imported.faults],
        }
    )
    terminal.show(
        say(
            "said.imported",
            rows=say.many("rows", imported.rows),
            people=say.many("people", people),
            cohorts=say.many("cohorts", len(imported.cohorts)),
            bad=f"{bad:,}",
            others=f"{others:,}",
        ),
        "\n".join(str(path) for path in written),
    )
    if bad:
        terminal.say("\n" + say("said.rejects", file=folder / "rejects.csv"))
    if imported.cohorts:
        terminal.say("\n" + say("said.next", command=f"p2p-dispatch validate {folder}"))
    return Exit.FINDINGS if bad else Exit.DONE


@lists.command()
def employers(
    files: Files,
    output: Folder = None,
    mapping: MappingFile = None,
    gazetteer: Gazetteer = None,
    lang: LanguageName = "en",
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Read lists of employers: sites, their posts by trade and what they take in a day.

    People imported into the same folder afterwards go to these and no others.
    """
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.roster.employers import import_employers
    from p2p_dispatch.roster.mapping import read_mapping_file
    from p2p_dispatch.roster.places import read_gazetteer

    terminal = Terminal(as_json=as_json, quiet=quiet, lang=lang)
    folder = output or _folder(files)
    said, places = read_mapping_file(mapping), read_gazetteer(gazetteer)
    with step(terminal, "reading lists") as tell:
        done = import_employers(files, folder, said, str(mapping or ""), places, tell)
    return _report(terminal, "employers", folder, done, {"sites": len(done.sites)})


@lists.command()
def fleet(
    files: Files,
    output: Folder = None,
    mapping: MappingFile = None,
    gazetteer: Gazetteer = None,
    lang: LanguageName = "en",
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Read lists of vehicles: unit types, pools and depots.

    People imported into the same folder afterwards have these and no others.
    """
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.roster.fleet import import_fleet
    from p2p_dispatch.roster.mapping import read_mapping_file
    from p2p_dispatch.roster.places import read_gazetteer

    terminal = Terminal(as_json=as_json, quiet=quiet, lang=lang)
    folder = output or _folder(files)
    said, places = read_mapping_file(mapping), read_gazetteer(gazetteer)
    with step(terminal, "reading lists") as tell:
        done = import_fleet(files, folder, said, str(mapping or ""), places, tell)
    counts = {"vehicles": done.vehicles, "pools": len(done.pools), "depots": len(done.depots)}
    return _report(terminal, "fleet", folder, done, counts)


def _folder(files: list[Path]) -> Path:
    """Where to, if nobody said: the name of the first file."""
    return Path(files[0].stem.strip(". ") or "lists")


def _report(
    terminal: Terminal, what: str, folder: Path, done: Employers | Fleet, counts: dict[str, int]
) -> int:
    """Say what became of a list: of employers, or of the fleet."""
    from p2p_dispatch.cli.trouble import as_data
    from p2p_dispatch.reading.faults import listing
    from p2p_dispatch.report.sentences import and_more, retold_faults

    if done.faults:
        say = terminal.language
        terminal.say(f"{listing(retold_faults(done.faults, say), partial(and_more, say))}\n")
    bad, others = len(done.bad), len(done.rejects) - len(done.bad)
    terminal.hand_over(
        {
            "folder": folder,
            "files": [path.name for path in done.files],
            "rows": done.rows,
            **counts,
            "rejected": bad,
            "others": others,
            "faults": [as_data(fault) for fault in done.faults],
        }
    )
    say = terminal.language
    words = {name: say.many(name, n) for name, n in counts.items()}
    line = say(f"said.{what}", rows=say.many("rows", done.rows), bad=f"{bad:,}", **words)
    terminal.show(line, "\n".join(map(str, done.files)))
    if bad:
        terminal.say("\n" + say("said.rejects", file=folder / f"{what}-rejects.csv"))
    command = f"p2p-dispatch import roster FILE -o {folder}"
    terminal.say("\n" + say("said.next", command=command))
    return Exit.FINDINGS if bad else Exit.DONE


def _with_options(
    said: Mapping, *, ready: str | None, due: str | None, year: int | None
) -> Mapping:
    """The mapping with what the command line says."""
    given = {name: value for name, value in (("ready", ready), ("due", due)) if value}
    defaults = {**said.defaults, **given}
    return said.model_copy(update={"defaults": defaults, "year": year or said.year})
