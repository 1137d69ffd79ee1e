"""``p2p-dispatch sheets``: what is printed, signed and handed out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import (
    Json,
    LanguageName,
    PlanPath,
    Quiet,
    RosterPath,
    ScenarioName,
    Unmask,
)
from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from p2p_dispatch.plan.model import Plan, Trip
    from p2p_dispatch.report.sheets.desk import Desk


def sheets(
    scenario: ScenarioName,
    plan: PlanPath,
    roster: RosterPath = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="FILE", help="Where to; none: sheets.xlsx beside the plan."
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Also order and manifest of each trip as a page."),
    ] = None,
    trip: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Of --html only this trip; may be given several times."),
    ] = None,
    contacts: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Whom to call, and plates; may be given several times. See export --to contacts.",
        ),
    ] = None,
    lang: LanguageName = "en",
    unmask: Unmask = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:  # fmt: skip
    """Write the dispatch workbook of a plan.

    Board, dispatch orders, manifests, kit, order sheets for carriers, call sheets for assembly
    points, arrivals and claims for employers, notices, and who is left behind.
    """
    terminal = Terminal(as_json=as_json, quiet=quiet, lang=lang)
    from p2p_dispatch.cli.find import beside_plan, find_scenario
    from p2p_dispatch.cli.seats import people_of
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.plan.files import read_plan
    from p2p_dispatch.report.contacts import read_contacts
    from p2p_dispatch.report.sheets import all_sheets, desk_for
    from p2p_dispatch.report.sheets.workbook import write_workbook
    from p2p_dispatch.report.words import file_size
    from p2p_dispatch.report.write import refuse_file, write_by
    from p2p_dispatch.scenario.read import read_scenario

    language = terminal.language
    target = out or beside_plan(plan, "sheets.xlsx")
    if target.is_dir():
        target = target / "sheets.xlsx"
    refuse_file(target)
    if trip and html is None:
        raise typer.BadParameter("--trip needs --html", param_hint="--trip")
    with step(terminal, "reading"):
        question, answer = read_scenario(find_scenario(scenario)), read_plan(plan)
    chosen = _chosen(answer, plan, trip)
    known = read_contacts(contacts or (), question, answer)
    people = people_of(terminal, question, answer, roster, unmask=unmask)
    desk = desk_for(answer, question, language, people, known)
    with step(terminal, "writing") as tell:
        write_by(target, lambda there: write_workbook(there, desk, all_sheets(desk), tell))
    files = [target]
    if html is not None:
        with step(terminal, "writing pages"):
            files += _pages(desk, chosen, html)
    terminal.hand_over({"files": files})
    terminal.say(language("said.workbook", file=target, size=file_size(target.stat().st_size)))
    if html is not None:
        terminal.say(language("said.pages", n=f"{len(files) - 1:,}", folder=html))
    return Exit.DONE


def _chosen(plan: Plan, path: Path, wanted: list[str] | None) -> list[Trip]:
    """The trips that have these ids; all of them where there are none."""
    from p2p_dispatch.reading import Fault, InputError, Mark
    from p2p_dispatch.reading.near import nearest

    trips = {trip.id: trip for trip in plan.trips}
    faults = []
    for name in wanted or ():
        if name not in trips:
            near = nearest(name, list(trips))
            right = f"did you mean {near}?" if near else "a trip of trips.csv"
            found = f"the plan has no trip {name}"
            mark = Mark(str(path), 0)
            faults.append(Fault(code="P2P5004", mark=mark, found=found, right=right))
    if faults:
        raise InputError(faults)
    return [trips[name] for name in dict.fromkeys(wanted)] if wanted else list(plan.trips)


def _pages(desk: Desk, trips: list[Trip], folder: Path) -> list[Path]:
    """A page for each trip."""
    from p2p_dispatch.cli.find import file_name
    from p2p_dispatch.report.sheets import trip_documents
    from p2p_dispatch.report.sheets.web import Web
    from p2p_dispatch.report.write import write_text

    web, files = Web(desk), []
    for trip in trips:
        path = folder / f"{file_name(trip.id)}.html"
        write_text(path, web.page(trip.id, trip_documents(desk, trip)))
        files.append(path)
    return files
