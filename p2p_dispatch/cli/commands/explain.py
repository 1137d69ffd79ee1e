"""``p2p-dispatch explain``: why people stay and what would take them; why a trip is as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, Offline, Quiet, ScenarioName, Seed, finite
from p2p_dispatch.cli.terminal import Terminal


def explain(
    scenario: ScenarioName,
    plan: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PLAN]",
            help="A plan.json, or the folder that holds it; none: which demands cannot stand.",
        ),
    ] = None,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[COHORT|TRIP|BATCH]", help="What is asked about; none: all who are left."
        ),
    ] = None,
    solver: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="What every change is verified with.")
    ] = "intermodal",
    iterations: Annotated[
        int, typer.Option(min=0, metavar="N", help="Iterations of every run of it.")
    ] = 200,
    time_limit: Annotated[
        float,
        typer.Option(min=0, callback=finite, metavar="S", help="Try no more changes after that."),
    ] = 60,
    whole: Annotated[
        bool | None,
        typer.Option(
            "--whole/--around",
            help="For every change plan everything again, or only around the coaches that stand; "
            "none: both where there are few cohorts.",
        ),
    ] = None,
    seed: Seed = 0,
    require_all: Annotated[
        bool, typer.Option("--require-all", help="Without a plan: everybody must go.")
    ] = False,
    offline: Offline = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="The plan with its remedies, where to."),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """
    Say why people stay and what would take them, or why a trip is as it is.

    Every change that is named was verified by solving again with that change alone. Without a plan:
    hard demands that cannot stand together (exit code 3), a smallest set of them.
    """
    from p2p_dispatch.cache import listen

    terminal = Terminal(as_json=as_json, quiet=quiet)
    listen(terminal.say)
    from p2p_dispatch.cli.find import find_scenario
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.cli.travel import get_travel
    from p2p_dispatch.plan.files import read_plan, refuse_folder, write_plan
    from p2p_dispatch.scenario.read import read_scenario
    from p2p_dispatch.why import explain as say_why
    from p2p_dispatch.why.data import conflict_as_data, data
    from p2p_dispatch.why.demands import conflict
    from p2p_dispatch.why.text import conflict_text, text

    with step(terminal, "reading"):
        question = read_scenario(find_scenario(scenario))
    if plan is None:
        travel = get_travel(terminal, question, offline=offline)
        with step(terminal, "proving") as tell:
            clash = conflict(
                question, travel, require_all=require_all, seconds=time_limit, watch=tell
            )
        terminal.hand_over(conflict_as_data(clash, question))
        terminal.show(conflict_text(clash))
        return Exit.DONE if clash is None else Exit.IMPOSSIBLE
    with step(terminal, "reading"):
        answer = read_plan(plan)
    if out is not None:
        refuse_folder(out)
    with step(terminal, "solving again") as tell:
        found = say_why(
            question,
            answer,
            what,
            solver=solver,
            iterations=iterations,
            seed=seed,
            seconds=time_limit,
            whole=whole,
            watch=tell,
        )
    terminal.hand_over(data(found, question))
    terminal.show(text(found, question))
    if out is not None:
        write_plan(found.saved(), out, scenario=question)
        terminal.say(f"The plan with its remedies lies in {out}")
    return Exit.DONE
