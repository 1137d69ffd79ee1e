"""What people travel on: unit types with their seats, and the pools of units at the depots."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import field_validator

from p2p_dispatch.scenario.base import Amount, Count, Day, Id, Limit, Money, Part, Text


class Rows(Part):
    """Equal rows of seats, from the front."""

    rows: Count
    """How many rows."""

    across: str
    """Seats side by side from window to window, blocks parted by the aisle: ``2+2``, ``2+1``,
    ``5`` for the bench at the rear."""

    @field_validator("across", mode="before", json_schema_input_type=str | int)
    @classmethod
    def _text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("across")
    @classmethod
    def _blocks(cls, value: str) -> str:
        if not re.fullmatch(r"[1-9](\+[1-9])*", value):
            raise ValueError("seats across are written like 2+2, 2+1 or 5")
        return value

    @property
    def blocks(self) -> tuple[int, ...]:
        """Seats of each block, e.g. (2, 2)."""
        return tuple(int(block) for block in self.across.split("+"))


class UnitType(Part):
    """A kind of vehicle."""

    id: Id
    name: Text = ""

    mode: Literal["coach"] = "coach"
    """What it is; coaches only so far."""

    seats: Count
    """Licensed seats for passengers, as built."""

    layout: tuple[Rows, ...] = ()
    """Its rows from front to rear; needed where a rule keeps rows free or seats one per pair.
    A 49-seat coach: ``[{rows: 11, across: 2+2}, {rows: 1, across: 5}]``."""

    per_day: Money
    """Charter price of one vehicle for one day, crew not included."""

    per_km: Money
    """Charter price per km, empty kilometres included."""

    minimum_load: Limit = 0
    """People with whom it runs at least, or not at all."""

    notice_hours: Amount = 0.0
    """How long before it leaves its depot it must be ordered, counted from the as-of moment."""

    accessible: Limit = 0
    """Places for people who need an accessible one; each takes a seat too."""

    luggage: Limit | None = None
    """Pieces of luggage it holds; none: no limit."""

    basis: Text = ""
    """Where the prices come from; begins with ASSUMPTION where nobody said so."""

    @property
    def label(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.id


class Pool(Part):
    """Units of one type at one depot."""

    id: Id
    unit_type: Id
    depot: Id
    """Where the units start from and return to."""

    units: Limit
    """Units on every day that ``on`` does not name."""

    on: dict[Day, Limit] = {}
    """Units on days that differ, e.g. ``{2020-02-22: 4}``."""

    def units_on(self, day: Day) -> int:
        """Units of the pool on ``day``."""
        return self.on.get(day, self.units)
