"""The roads of a scenario, and whether they lead where people must go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p2p_dispatch.reading import InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel.reach import travel_faults
from p2p_dispatch.travel.travel import Travel, travel_of

if TYPE_CHECKING:
    from p2p_dispatch.travel.osrm import Watch


def find_travel(scenario: Scenario, *, offline: bool = False, watch: Watch | None = None) -> Travel:
    """
    The roads of a scenario, on which everybody can get where they must.

    Parameters
    ----------
    scenario
        The planner's question.
    offline
        Whether a travel service may not be asked, and only what it said before is used.
    watch
        Called while a travel service is asked, which can take minutes.

    Raises
    ------
    InputError
        When the travel service does not give what is needed, or there is no way for somebody.
    """
    travel = travel_of(scenario, offline=offline, watch=watch)
    if faults := travel_faults(scenario, travel):
        raise InputError([*faults, *travel.notices])
    return travel
