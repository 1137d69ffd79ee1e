"""What people travel on: unit types with their seats, and the pools of units at the depots."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, field_validator, model_validator

from p2p_dispatch.reading.near import nearest
from p2p_dispatch.scenario.base import Amount, Count, Day, Id, Limit, Money, Part, Text

Mode = Literal["coach", "train", "carriage", "plane"]
"""How people travel: chartered coach, special train, booked carriage of a scheduled train,
charter plane."""


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


class _UnitType(Part):
    id: Id
    name: Text = ""

    @property
    def label(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.id


class Coach(_UnitType):
    """A kind of coach, chartered by the day."""

    model_config = ConfigDict(title="coach")

    mode: Literal["coach"] = "coach"
    """A coach, which is what a unit type is where nothing else is written."""

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


class Carriage(_UnitType):
    """A kind of carriage: of a special train, or booked whole on a scheduled one."""

    model_config = ConfigDict(title="carriage")

    mode: Literal["carriage"]
    """Booked whole on a scheduled train, or part of a special one."""

    seats: Count
    """Licensed seats of one carriage, as built."""

    layout: tuple[Rows, ...] = ()
    """Its rows from end to end; needed where a rule keeps rows free or seats one per pair."""

    reserved_seats: Limit = 0
    """Seats of each carriage that stay empty whatever the rules: a row, a group of seats."""

    per_trip: Money
    """Price of one carriage for one trip."""

    per_km: Money = 0
    """Price per carriage and km."""

    accessible: Limit = 0
    """Places in each carriage for people who need an accessible one; each takes a seat too."""

    luggage: Limit | None = None
    """Pieces of luggage that each carriage holds; none: no limit."""

    basis: Text = ""
    """Where the prices come from; begins with ASSUMPTION where nobody said so."""


class CarriageSpan(Part):
    """How many carriages of one kind a train may have."""

    carriage: Id
    """A unit type with ``mode: carriage``."""

    least: Limit = 0
    """Fewest carriages of this kind."""

    most: Count
    """Most carriages of this kind."""

    @model_validator(mode="after")
    def _in_order(self) -> CarriageSpan:
        if self.least > self.most:
            raise ValueError(
                f"least is {self.least} and most {self.most} -> let most be {self.least} or more"
            )
        return self


class Train(_UnitType):
    """
    A kind of special train.

    Either a set that is as it is, with its ``seats``, or one put together of carriages, with its
    ``consist``.
    """

    model_config = ConfigDict(title="train")

    mode: Literal["train"]
    """A special train."""

    seats: Count | None = None
    """Licensed seats of a set that is as it is, e.g. 613; none: those of its carriages."""

    layout: tuple[Rows, ...] = ()
    """Rows of such a set; needed where a rule keeps rows free or seats one per pair."""

    reserved_seats: Limit = 0
    """Seats of such a set that stay empty whatever the rules."""

    consist: tuple[CarriageSpan, ...] = ()
    """The carriages of a train that is put together, by kind."""

    most_carriages: Count | None = None
    """Most carriages of all kinds together; none: no limit but that of each kind."""

    per_trip: Money
    """Charter price of one train for one trip, carriages not included."""

    per_km: Money = 0
    """Charter price per km, carriages not included."""

    accessible: Limit = 0
    """Places of a set that is as it is for people who need an accessible one."""

    luggage: Limit | None = None
    """Pieces of luggage that such a set holds; none: no limit."""

    basis: Text = ""
    """Where the prices come from; begins with ASSUMPTION where nobody said so."""

    @model_validator(mode="after")
    def _one_way(self) -> Train:
        if (self.seats is None) == (not self.consist):
            found = "neither seats nor a consist" if self.seats is None else "seats and a consist"
            raise ValueError(
                f"there are {found} -> write seats for a set that is as it is, or a consist of "
                "carriages"
            )
        least = sum(span.least for span in self.consist)
        if self.most_carriages is not None and least > self.most_carriages:
            raise ValueError(
                f"the consist has {least} carriages at least and {self.most_carriages} at most"
                f" -> write most_carriages as {least} or more"
            )
        return self


class Plane(_UnitType):
    """A kind of charter plane."""

    model_config = ConfigDict(title="plane")

    mode: Literal["plane"]
    """A charter plane."""

    seats: Count
    """Seats for passengers, as built."""

    layout: tuple[Rows, ...] = ()
    """Its rows from front to rear; needed where a rule keeps rows free or seats one per pair."""

    reserved_seats: Limit = 0
    """Seats that stay empty whatever the rules."""

    per_trip: Money
    """Charter price of one flight."""

    per_km: Money = 0
    """Charter price per km of the flight."""

    accessible: Limit = 0
    """Places for people who need an accessible one; each takes a seat too."""

    luggage: Limit | None = None
    """Pieces of luggage it holds; none: no limit."""

    basis: Text = ""
    """Where the prices come from; begins with ASSUMPTION where nobody said so."""


def _coach(value: Any) -> Any:
    """Let a coach do without its ``mode``; one that is misspelt is taken for what it says."""
    if not isinstance(value, dict) or "mode" in value:
        return value
    meant = next((key for key in value if nearest(str(key), ["mode"])), None)
    return {"mode": value.get(meant, "coach"), **value}


AnyUnitType = Coach | Train | Carriage | Plane

UnitType = Annotated[
    Annotated[AnyUnitType, Field(discriminator="mode")],
    BeforeValidator(_coach),
]
"""A kind of vehicle: a coach, which is the default mode, a train, a carriage or a plane."""


class Pool(Part):
    """Coaches of one type at one depot."""

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
