"""``p2p-dispatch replan``: the plan again, after what happened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import (
    Iterations,
    Json,
    PlanPath,
    Quiet,
    ScenarioName,
    Seed,
    SolverName,
    Threads,
    TimeLimit,
)
from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from datetime import datetime

    from p2p_dispatch.check.finding import Finding
    from p2p_dispatch.life import Replanned

MOST_LINES = 40
"""Changes that are shown; ``changes.csv`` has all."""


def replan(
    scenario: ScenarioName,
    plan: PlanPath,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="TIME", help="Now: '2020-02-22 09:30', local time.")
    ],
    events: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What happened; none: the events beside the plan alone."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Where to; none: PLAN-next beside it."),
    ] = None,
    solver: SolverName = "quick",
    time_limit: TimeLimit = None,
    iterations: Iterations = None,
    seed: Seed = 0,
    threads: Threads = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Plan again after what happened, and say who must be told what.

    What has left stands, what people were told has its prices, the rest is free. Writes the plan
    with the scenario it is judged by and the changes; the old plan stays.
    """
    from p2p_dispatch.cache import listen

    terminal = Terminal(as_json=as_json, quiet=quiet)
    listen(terminal.say)
    from p2p_dispatch.api import NoPlan
    from p2p_dispatch.check import check
    from p2p_dispatch.cli.find import find_scenario
    from p2p_dispatch.cli.progress import watching
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.events import read_events
    from p2p_dispatch.life import replan as plan_again
    from p2p_dispatch.life.write import write_replanned
    from p2p_dispatch.plan.files import read_plan, refuse_folder
    from p2p_dispatch.scenario.read import read_scenario

    moment = _moment(as_of)
    with step(terminal, "reading"):
        question = read_scenario(find_scenario(scenario))
        told = read_plan(plan)
        happened = read_events(events) if events else ()
    home = plan if plan.is_dir() else plan.parent
    folder = out or home.with_name(f"{home.resolve().name}-next")
    _refuse_same(folder, home)
    refuse_folder(folder)
    try:
        with watching(terminal, question.currency) as watch:
            again = plan_again(
                question,
                told,
                happened,
                moment,
                solver=solver,
                time_limit=time_limit,
                iterations=iterations,
                seed=seed,
                threads=threads,
                watch=watch,
            )
    except NoPlan as none:
        terminal.complain(f"No plan: {none.words}")
        terminal.hand_over({"no_plan": none.words, "impossible": none.impossible})
        return Exit.IMPOSSIBLE if none.impossible else Exit.NOTHING
    with step(terminal, "checking and writing the plan"):
        findings = check(again.scenario, again.plan)
        files = write_replanned(again, folder)
    _hand_over(terminal, again, findings, files)
    _show(terminal, again)
    if findings:
        terminal.complain(
            "\nDo not use this plan: it breaks rules. That is our mistake, not yours;"
        )
        terminal.complain("please report it with the two plans and the events.")
        for finding in findings[:20]:
            terminal.complain(f"  {finding}")
        return Exit.FINDINGS
    terminal.say(f"\nThe plan keeps every rule. It lies in {folder} ({len(files)} files)")
    return Exit.DONE


def _moment(text: str) -> datetime:
    from datetime import datetime, time

    from pydantic import TypeAdapter, ValidationError

    from p2p_dispatch.scenario.base import Moment

    try:
        found = TypeAdapter(Moment).validate_python(text)
    except ValidationError as trouble:
        words = trouble.errors()[0]["msg"]
        raise typer.BadParameter(words, param_hint="--as-of") from None
    return found if isinstance(found, datetime) else datetime.combine(found, time())


def _refuse_same(folder: Path, home: Path) -> None:
    if folder.resolve() == home.resolve():
        words = "the plan that people were told stays: name another folder"
        raise typer.BadParameter(words, param_hint="--out")


def _show(terminal: Terminal, again: Replanned) -> None:
    from p2p_dispatch.life.changes import lines
    from p2p_dispatch.report.words import many

    plan, said = again.plan, list(lines(again.changes))
    terminal.show(*said[:MOST_LINES])
    if len(said) > MOST_LINES:
        terminal.show(f"and {len(said) - MOST_LINES} more lines in changes.csv")
    people = sum(change.count for change in again.changes)
    terminal.show(
        f"{many(people, 'person', 'people')} must be told something, "
        f"{again.told_otherwise:,} of them otherwise than before.",
        f"{plan.moved:,} of {plan.people:,} people on {many(len(plan.trips), 'trip')}, "
        f"{plan.currency} {plan.value.money:,.0f}",
    )


def _hand_over(
    terminal: Terminal, again: Replanned, findings: list[Finding], files: list[Path]
) -> None:
    if not terminal.as_json:
        return
    from dataclasses import asdict

    from p2p_dispatch.life.changes import as_data

    terminal.hand_over(
        {
            "scenario": again.scenario.name,
            "folder": files[0].parent,
            "files": [file.name for file in files],
            "moved": again.plan.moved,
            "people": again.plan.people,
            "value": again.plan.value.model_dump(mode="json"),
            "told_otherwise": again.told_otherwise,
            "changes": [as_data(change) for change in again.changes],
            "findings": [asdict(finding) for finding in findings],
        }
    )
