"""``p2p-dispatch seat``: the people of a roster on the trips of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, LanguageName, PlanPath, Quiet, ScenarioName
from p2p_dispatch.cli.terminal import Terminal

RosterPath = Annotated[
    Path, typer.Argument(metavar="ROSTER", help="A roster.csv that import roster wrote.")
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Default: seating.csv beside the plan."),
]


def seat(
    scenario: ScenarioName,
    plan: PlanPath,
    roster: RosterPath,
    output: Output = None,
    lang: LanguageName = "en",
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Say who of a roster sits where on the trips of a plan.

    Parties together, counties and employers side by side; who leads each vehicle, who stands by,
    and who is left behind and why. The file names people by their ids.
    """
    from p2p_dispatch.cli.find import find_scenario
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.plan.files import read_plan
    from p2p_dispatch.roster import check_seating, read_roster, seat_people, write_seating
    from p2p_dispatch.roster.folder import put_into
    from p2p_dispatch.scenario.read import read_scenario

    terminal = Terminal(as_json=as_json, quiet=quiet, lang=lang)
    say = terminal.language
    with step(terminal, "reading"):
        question = read_scenario(find_scenario(scenario))
        answer, people = read_plan(plan), read_roster(roster)
    with step(terminal, "seating people"):
        seating = seat_people(question, answer, people)
    with step(terminal, "counting again"):
        wrong = check_seating(question, answer, people, seating)
    file = output or (plan if plan.is_dir() else plan.parent) / "seating.csv"
    with step(terminal, "writing"):
        put_into(file.parent, lambda workshop: write_seating(seating, workshop / file.name))
    seated = len({seated.person.id for seated in seating.seated})
    standby = sum(len(manifest.standby) for manifest in seating.manifests)
    terminal.hand_over(
        {
            "file": file,
            "people": len(people),
            "seated": seated,
            "standby": standby,
            "left": len(seating.left),
            "wrong": wrong,
        }
    )
    terminal.show(
        say(
            "said.seated",
            people=say.many("people", len(people)),
            seated=f"{seated:,}",
            trips=say.many("trips", len(seating.manifests)),
            standby=f"{standby:,}",
            left=f"{len(seating.left):,}",
        ),
        str(file),
    )
    for sentence in wrong:
        terminal.complain(sentence)
    if wrong:
        terminal.complain(say("said.again"))
    return Exit.FINDINGS if wrong else Exit.DONE
