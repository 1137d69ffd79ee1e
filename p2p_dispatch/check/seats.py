"""``seats``: nobody without a seat that the rules of the day leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from p2p_dispatch.check.clock import TINY
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.load import load
from p2p_dispatch.check.run import Run, people
from p2p_dispatch.check.seat_parts import parts_of
from p2p_dispatch.scenario.fleet import AnyUnitType, Coach
from p2p_dispatch.scenario.places import Risk
from p2p_dispatch.scenario.rules import SeatRule

RULE = "seats"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """Seats that the rules leave, the rule that binds, and the staff they ask for."""

    seats: int
    built: int
    by: str
    staff: dict[str, int]


def seats(facts: Facts) -> Iterator[Finding]:
    """People on board and staff are at most the allowed seats, after every stop."""
    for run in facts.runs:
        unit_type = facts.unit_types.get(run.trip.unit_type)
        if unit_type is None:
            continue  # a finding of ``fleet``
        allowed = allowed_on(facts, run, unit_type)
        staff = {**run.trip.staff}
        for role, wanted in allowed.staff.items():
            if staff.get(role, 0) < wanted:
                have = f"{staff.get(role, 0)} {role} in the plan"
                words = f"{have}, {wanted} wanted on every {run.trip.mode}"
                yield Finding(rule=RULE, where=run.where, words=words)
            staff[role] = max(wanted, staff.get(role, 0))
        if any(number < 0 for number in staff.values()):
            yield Finding(rule=RULE, where=run.where, words=f"fewer than no staff: {staff}")
        most, place = _fullest(run)
        if most and most + sum(staff.values()) > allowed.seats:
            extra = "".join(f" and {number} {role}" for role, number in staff.items() if number)
            words = (
                f"{most} people{extra} on {allowed.seats} allowed seats of {allowed.built} "
                f"({allowed.by}) after {place}"
            )
            yield Finding(rule=RULE, where=run.where, words=words)
    yield from load(facts)


def allowed_on(facts: Facts, run: Run, unit_type: AnyUnitType) -> Allowed:
    """Seats that the rules in force on the day of a trip leave, staff included."""
    used = {run.stops[i].place for i in (*run.boards, *run.alights)}
    levels = [facts.places[place].risk_on(run.day) for place in used if place in facts.places]
    risk = max(levels, key=lambda level: level.rank, default=Risk.LOW)
    parts = parts_of(facts, run, unit_type)
    built = sum(number * (part.seats or 0) for part, number in parts)
    kept = sum(number * _reserved(part) for part, number in parts)
    force = [
        rule
        for rule in facts.scenario.rules.seats
        if rule.holds_on(run.day) and (rule.modes is None or unit_type.mode in rule.modes)
    ]
    left = [(seats_left(parts, rule, risk), rule.id) for rule in force]
    usual = built - kept, "less those kept free" if kept else "as licensed"
    number, by = min([usual, *left], key=lambda result: result[0])
    staff: dict[str, int] = {}
    for rule in force:
        for role, wanted in rule.staff.items():
            staff[role] = max(wanted, staff.get(role, 0))
    return Allowed(seats=number, built=built, by=by, staff=staff)


def _reserved(part: AnyUnitType) -> int:
    return 0 if isinstance(part, Coach) else min(part.reserved_seats, part.seats or 0)


def seats_left(parts: Sequence[tuple[AnyUnitType, int]], rule: SeatRule, risk: Risk) -> int:
    """Seats that one rule leaves of a vehicle, or of so many carriages of each kind."""
    built = sum(number * (part.seats or 0) for part, number in parts)
    capped = floor(rule.cap(risk) * built + TINY)
    if not (rule.reserved_rows or rule.one_per_pair):
        return capped
    return min(capped, sum(number * _rows_left(part, rule) for part, number in parts))


def _rows_left(part: AnyUnitType, rule: SeatRule) -> int:
    rows = [row.blocks for row in part.layout for _ in range(row.rows)]
    free = rows[: max(0, len(rows) - rule.reserved_rows)]
    # Without a layout there is no row to sit in: nothing can be shown to keep the rule.
    return sum(_usable(block, rule) for blocks in free for block in blocks)


def _usable(block: int, rule: SeatRule) -> int:
    return ceil(block / 2) if rule.one_per_pair else block


def _fullest(run: Run) -> tuple[int, str]:
    """Most people on board, and the stop after which that is."""
    board, fullest = 0, (0, "")
    for stop in run.stops:
        board += people(stop.board) - people(stop.alight)
        fullest = max(fullest, (board, stop.place), key=lambda load: load[0])
    return fullest
