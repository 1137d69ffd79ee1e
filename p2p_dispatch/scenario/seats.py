"""How many seats of a vehicle the rules of a day leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from p2p_dispatch.scenario.fleet import AnyUnitType, Carriage, Coach
from p2p_dispatch.scenario.places import Risk
from p2p_dispatch.scenario.rules import SeatRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """Seats of one vehicle on one day at one risk level."""

    licensed: int
    """As built."""

    allowed: int
    """As the rules permit, staff included."""

    staff: dict[str, int]
    """People on board who are not on the roster, by role."""

    rule: str
    """Id of the rule that leaves the fewest seats; empty where all licensed seats are left."""

    @property
    def riders(self) -> int:
        """Seats left for people of the roster."""
        return max(0, self.allowed - sum(self.staff.values()))


Carriages = Sequence[tuple[Carriage, int]]
"""Kinds of carriages and how many of each."""


def allowed_seats(
    unit_type: AnyUnitType,
    rules: Sequence[SeatRule],
    day: date,
    risk: Risk,
    carriages: Carriages = (),
) -> Allowed:
    """
    Seats of a vehicle that the rules in force on a day leave.

    Each rule in force for its mode leaves the smaller of its cap, rounded down, and the seats of
    its free rows; the smallest result of all rules counts, and of what the vehicle itself keeps
    free. Staff takes its seats out of these: for each role the largest number any rule in force
    asks for.

    Parameters
    ----------
    unit_type
        The vehicle.
    rules
        The rules of ``rules.seats``, in force or not.
    day
        Local day of departure.
    risk
        Strictest risk level of all places where somebody boards or gets off.
    carriages
        What a train that is put together, or a booking, consists of.

    Raises
    ------
    ValueError
        When a rule counts rows and the unit type has no layout; ``read_scenario`` refuses that.
    """
    parts: list[tuple[AnyUnitType, int]] = [*carriages] or [(unit_type, 1)]
    licensed = sum(number * (part.seats or 0) for part, number in parts)
    allowed, binding, staff = licensed - _kept_free(parts), "", dict[str, int]()
    for rule in rules:
        if not rule.holds_on(day) or not rule.is_about(unit_type.mode):
            continue
        # 0.7 x 40 is 27.999...: without the allowance a seat would be lost to floating point.
        capped = floor(rule.cap(risk) * licensed + 1e-9)
        left = min(capped, sum(number * seats_of_rows(part, rule) for part, number in parts))
        if left < allowed:
            allowed, binding = left, rule.id
        for role, people in rule.staff.items():
            staff[role] = max(people, staff.get(role, 0))
    return Allowed(licensed=licensed, allowed=allowed, staff=staff, rule=binding)


def _kept_free(parts: Sequence[tuple[AnyUnitType, int]]) -> int:
    """Seats that stay empty whatever the rules."""
    return sum(
        number * min(part.reserved_seats, part.seats or 0)
        for part, number in parts
        if not isinstance(part, Coach)
    )


def counts_rows(rule: SeatRule) -> bool:
    """Whether a rule can be applied only to a vehicle whose rows are known."""
    return rule.reserved_rows > 0 or rule.one_per_pair


def seats_of_rows(unit_type: AnyUnitType, rule: SeatRule) -> int:
    """Seats of the rows that one rule leaves free, staff included."""
    if not counts_rows(rule):
        return unit_type.seats or 0
    if not unit_type.layout:
        raise ValueError(f"{rule.id} counts rows and {unit_type.id} has no layout")
    seats, skip = 0, rule.reserved_rows
    for rows in reversed(unit_type.layout):  # from the rear, where the reserved rows are
        free = max(0, rows.rows - skip)
        skip = max(0, skip - rows.rows)
        # of 2+2 one per pair takes 1+1, of a bench of five three: everybody has an empty seat
        # or the aisle beside them
        row = sum(-(-block // 2) if rule.one_per_pair else block for block in rows.blocks)
        seats += free * row
    return seats
