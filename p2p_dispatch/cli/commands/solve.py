"""``p2p-dispatch solve``: from a scenario to a plan in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import (
    Iterations,
    Json,
    LanguageName,
    Offline,
    Quiet,
    ScenarioName,
    Seed,
    SolverName,
    Threads,
    TimeLimit,
    finite,
)
from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from p2p_dispatch.check.finding import Finding
    from p2p_dispatch.plan import Plan
    from p2p_dispatch.scenario import Scenario


def solve(
    scenario: ScenarioName,
    solver: SolverName = "standard",
    time_limit: TimeLimit = None,
    iterations: Iterations = None,
    gap: Annotated[
        float | None,
        typer.Option(
            min=0, max=1, callback=finite, metavar="G",
            help="Stop when proved to be this close to the best, 0.01 for 1 %.",
        ),
    ] = None,
    seed: Seed = 0,
    threads: Threads = None,
    require_all: Annotated[
        bool, typer.Option("--require-all", help="No plan that leaves somebody behind.")
    ] = False,
    offline: Offline = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Where to; none: a folder of its name."),
    ] = None,
    show_all: Annotated[
        bool, typer.Option("--all", help="Every batch on the board, however many.")
    ] = False,
    lang: LanguageName = "en",
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:  # fmt: skip
    """
    Plan a scenario: who goes when, from where, on what.

    Shows the batches and writes the plan into a folder. A plan that is there already is kept in
    its folder older.
    """
    from p2p_dispatch.cache import listen

    terminal = Terminal(as_json=as_json, quiet=quiet, lang=lang)
    say = terminal.language
    listen(terminal.say)  # before anything is imported that may have to be compiled
    from p2p_dispatch.api import NoPlan, solve_scenario
    from p2p_dispatch.check import check
    from p2p_dispatch.cli.find import default_folder, find_scenario
    from p2p_dispatch.cli.progress import watching
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.cli.travel import get_travel
    from p2p_dispatch.plan.files import refuse_folder, write_plan
    from p2p_dispatch.scenario.read import read_scenario

    path = find_scenario(scenario)
    with step(terminal, "reading"):
        question = read_scenario(path)
    folder = default_folder(question.name) if out is None else out
    refuse_folder(folder)  # before an hour of work, not after
    travel = get_travel(terminal, question, offline=offline)
    try:
        labels = [place.label for place in question.places.values()]
        with watching(terminal, question.currency, labels) as watch:
            plan = solve_scenario(
                question,
                solver,
                time_limit=time_limit,
                iterations=iterations,
                gap=gap,
                seed=seed,
                threads=threads,
                require_all=require_all,
                travel=travel,
                watch=watch,
            )
    except NoPlan as none:
        terminal.complain(say("said.no_plan", why=none.words))
        terminal.hand_over({"no_plan": none.words, "impossible": none.impossible})
        if none.impossible:
            all_of_them = " --require-all" if require_all else ""
            terminal.say(f"Next:  p2p-dispatch explain {_quoted(scenario)}{all_of_them}")
        return Exit.IMPOSSIBLE if none.impossible else Exit.NOTHING
    with step(terminal, "checking and writing the plan"):
        findings = check(question, plan)
        files = write_plan(plan, folder, scenario=question)
    _hand_over(terminal, question, plan, findings, files)
    _show(terminal, question, plan, show_all=show_all)
    if findings:
        return _our_mistake(terminal, findings, folder)
    lies = {"folder": f"{folder}{_slash()}", "files": say.many("files", len(files))}
    terminal.say(f"\n{say('said.keeps', **lies)}")
    command = f"p2p-dispatch check {_quoted(scenario)} {_quoted(str(folder))}"
    terminal.say(say("said.next", command=command))
    return Exit.DONE


def _show(terminal: Terminal, scenario: Scenario, plan: Plan, *, show_all: bool) -> None:
    if terminal.as_json:
        return
    from rich.text import Text

    from p2p_dispatch.report.board import board
    from p2p_dispatch.report.figures import figures
    from p2p_dispatch.report.summary import summary

    say = terminal.language
    # in English the rules stand by their ids, as in files and findings
    language = None if terminal.lang == "en" else say
    made = say(
        "said.made",
        as_of=f"{plan.as_of:%Y-%m-%d %H:%M}",
        solver=plan.made.solver,
        ended=say.said("ended", plan.ended),
    )
    terminal.show(
        Text(scenario.title or scenario.name, style="bold"),
        Text(f"{made}\n", style="dim"),
        board(plan, scenario, width=terminal.width, show_all=show_all, language=language),
        summary(plan, figures(plan, scenario), language),
    )


def _hand_over(
    terminal: Terminal,
    scenario: Scenario,
    plan: Plan,
    findings: list[Finding],
    files: list[Path],
) -> None:
    if not terminal.as_json:
        return
    from dataclasses import asdict

    from p2p_dispatch.report.figures import figures

    terminal.hand_over(
        {
            "scenario": plan.scenario,
            "folder": files[0].parent,
            "files": [file.name for file in files],
            "quality": plan.quality,
            "ended": plan.ended,
            "solver": plan.made.solver,
            "seed": plan.made.seed,
            "certificate": plan.certificate.model_dump(mode="json"),
            "figures": asdict(figures(plan, scenario)),
            "findings": [asdict(finding) for finding in findings],
        }
    )


def _our_mistake(terminal: Terminal, findings: list[Finding], folder: Path) -> Exit:
    terminal.complain("\nDo not use this plan: it breaks rules. That is our mistake, not yours;")
    terminal.complain(f"please report it with the scenario and the folder {folder}.")
    for finding in findings[:20]:
        terminal.complain(f"  {finding}")
    if len(findings) > 20:
        terminal.complain(f"  and {len(findings) - 20} more")
    return Exit.FINDINGS


def _slash() -> str:
    import os

    return os.sep


def _quoted(word: str) -> str:
    import shlex

    return shlex.quote(word)
