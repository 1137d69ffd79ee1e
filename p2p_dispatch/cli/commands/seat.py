"""``p2p-dispatch seat``: the people of a roster on the trips of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, PlanPath, Quiet, ScenarioName
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
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Say who of a roster sits where on the trips of a plan.

    Parties together, counties and employers side by side; who leads each vehicle, who stands by,
    and who is left behind and why. The file names people by their ids.
    """
    from p2p_dispatch.cli.find import find_scenario
    from p2p_dispatch.plan.files import read_plan
    from p2p_dispatch.report.words import many
    from p2p_dispatch.roster import check_seating, read_roster, seat_people, write_seating
    from p2p_dispatch.roster.folder import put_into
    from p2p_dispatch.scenario.read import read_scenario

    terminal = Terminal(as_json=as_json, quiet=quiet)
    question = read_scenario(find_scenario(scenario))
    answer, people = read_plan(plan), read_roster(roster)
    seating = seat_people(question, answer, people)
    wrong = check_seating(question, answer, people, seating)
    file = output or (plan if plan.is_dir() else plan.parent) / "seating.csv"
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
        f"{many(len(people), 'person', 'people')}: {seated:,} seated on "
        f"{many(len(seating.manifests), 'trip')}, {standby:,} standing by, "
        f"{len(seating.left):,} left.",
        str(file),
    )
    for sentence in wrong:
        terminal.complain(sentence)
    if wrong:
        terminal.complain("-> import the roster again, and plan again")
    return Exit.FINDINGS if wrong else Exit.DONE
