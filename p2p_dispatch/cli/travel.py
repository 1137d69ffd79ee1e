"""The roads of a scenario, with a word on where they come from while that takes time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from p2p_dispatch.cli.progress import EVERY, FIRST_AFTER
from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from p2p_dispatch.scenario import Scenario
    from p2p_dispatch.travel import Travel
    from p2p_dispatch.travel.osrm import Asked, Watch


def get_travel(terminal: Terminal, scenario: Scenario, *, offline: bool) -> Travel:
    """
    The roads of a scenario; what was noticed on the way is said.

    Raises
    ------
    InputError
        When the travel service does not give what is needed, or there is no way for somebody.
    """
    from p2p_dispatch.reading.faults import listing
    from p2p_dispatch.travel.find import find_travel

    travel = find_travel(scenario, offline=offline, watch=_telling(terminal))
    if travel.notices:
        terminal.say(f"{listing(travel.notices)}\n")
    return travel


def _telling(terminal: Terminal) -> Watch:
    """Say now and then how far the asking has come; nothing if it takes no time."""
    due = time.monotonic() + FIRST_AFTER

    def tell(asked: Asked) -> None:
        nonlocal due
        if time.monotonic() >= due:
            due = time.monotonic() + EVERY
            terminal.say(f"travel: {asked.tables} of {asked.of} tables from {asked.url}")

    return tell
