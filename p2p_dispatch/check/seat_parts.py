"""What has the seats on a trip: one vehicle, or so many carriages of each kind."""

from __future__ import annotations

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.run import Run
from p2p_dispatch.scenario.fleet import AnyUnitType, Carriage, Train


def parts_of(facts: Facts, run: Run, unit_type: AnyUnitType) -> list[tuple[AnyUnitType, int]]:
    """What has the seats: the vehicle itself, or its carriages and how many of each."""
    if isinstance(unit_type, Carriage) or (isinstance(unit_type, Train) and unit_type.consist):
        kinds = [(facts.unit_types.get(name), n) for name, n in run.trip.carriages.items()]
        return [(kind, max(0, number)) for kind, number in kinds if isinstance(kind, Carriage)]
    return [(unit_type, 1)]
