"""``p2p-dispatch report``: a plan as one page for a browser."""

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
    from p2p_dispatch.plan import Plan
    from p2p_dispatch.report.page import Beside
    from p2p_dispatch.scenario import Scenario

MOST_COMPARED = 3000
"""People for whom first-come is planned in a second or two, so that it is done unasked."""


def report(
    scenario: ScenarioName,
    plan: PlanPath,
    roster: RosterPath = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="FILE", help="Where to; none: report.html beside the plan."
        ),
    ] = None,
    lang: LanguageName = "en",
    unmask: Unmask = False,
    boundaries: Annotated[
        Path | None, typer.Option(metavar="GEOJSON", help="Outlines to draw under the map.")
    ] = None,
    attribution: Annotated[
        str, typer.Option(metavar="TEXT", help="Whose the outlines are; printed under the map.")
    ] = "",
    against: Annotated[
        Path | None,
        typer.Option(metavar="PLAN", help="A plan to compare with; none: first-come is planned."),
    ] = None,
    alone: Annotated[bool, typer.Option("--alone", help="Compare with no other plan.")] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:  # fmt: skip
    """Show a plan on one page for a browser.

    Map, board of vehicles, figures and tables in one HTML file that needs no network.
    """
    from p2p_dispatch.cache import listen

    terminal = Terminal(as_json=as_json, quiet=quiet, lang=lang)
    listen(terminal.say)
    from p2p_dispatch.cli.find import beside_plan, find_scenario
    from p2p_dispatch.cli.seats import people_of
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.plan.files import read_plan
    from p2p_dispatch.report.page import page
    from p2p_dispatch.report.page.drawing import map_frame
    from p2p_dispatch.report.page.outlines import read_outlines
    from p2p_dispatch.report.words import file_size
    from p2p_dispatch.report.write import refuse_file, write_text
    from p2p_dispatch.scenario.read import read_scenario

    language = terminal.language
    target = out or beside_plan(plan, "report.html")
    if target.is_dir():
        target = target / "report.html"
    refuse_file(target)
    with step(terminal, "reading"):
        question, answer = read_scenario(find_scenario(scenario)), read_plan(plan)
    frame = map_frame(question, answer)
    outlines = read_outlines(boundaries, frame, attribution) if boundaries else None
    people = people_of(terminal, question, answer, roster, unmask=unmask)
    beside = None if alone else _beside(terminal, question, answer, against)
    with step(terminal, "drawing"):
        text = page(
            answer,
            question,
            language,
            beside=beside,
            outlines=outlines,
            people=people,
        )
        write_text(target, text)
    terminal.hand_over({"file": target, "bytes": len(text.encode())})
    size = file_size(target.stat().st_size)
    terminal.say(language("said.page", file=target, size=size))
    return Exit.DONE


def _beside(
    terminal: Terminal, scenario: Scenario, plan: Plan, against: Path | None
) -> Beside | None:
    """What the plan is compared with."""
    from p2p_dispatch.api import NoPlan, solve_scenario
    from p2p_dispatch.cli.progress import watching
    from p2p_dispatch.plan.files import read_plan
    from p2p_dispatch.reading import InputError
    from p2p_dispatch.report.page import Beside

    if against is not None:
        return Beside(plan=read_plan(against))
    if plan.made.strategy == "first-come":
        return None
    if scenario.people > MOST_COMPARED:
        return Beside(why="too_many", most=MOST_COMPARED)
    try:
        with watching(terminal, scenario.currency) as watch:
            other = solve_scenario(scenario, "first-come", travel=plan.travel, watch=watch)
    except (InputError, NoPlan):
        return Beside(why="declined")
    return Beside(plan=other)
