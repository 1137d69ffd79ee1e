"""The roster of a command, and who of it sits where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from p2p_dispatch.plan import Plan
    from p2p_dispatch.report.people import People
    from p2p_dispatch.scenario import Scenario


def people_of(
    terminal: Terminal, scenario: Scenario, plan: Plan, roster: Path | None, *, unmask: bool
) -> People | None:
    """
    Who sits where, from a roster; None where there is none.

    Raises
    ------
    InputError
        When the roster cannot be read or does not fit the plan.
    """
    if roster is None:
        return None
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.report.people import People
    from p2p_dispatch.roster import read_roster, seat_people

    with step(terminal, "seating people"):
        return People(seat_people(scenario, plan, read_roster(roster)), unmask)
