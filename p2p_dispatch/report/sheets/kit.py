"""What everybody on board is given."""

from __future__ import annotations

from dataclasses import dataclass

from p2p_dispatch.plan.model import Trip
from p2p_dispatch.report.batches import filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing of the kit."""

    key: str
    """Its word: ``kit.KEY`` in the language."""
    per_head: int


KIT = (
    Item(key="masks", per_head=2),
    Item(key="milk", per_head=1),
    Item(key="bread", per_head=2),
    Item(key="water", per_head=2),
)
"""
The kit of one person.

Milk, bread, water and masks were handed to people on the coaches of 2020. ASSUMPTION: how many of
each; a mask is changed once on the way, and there are two meals.
"""


def heads(trip: Trip) -> int:
    """Everybody on board: riders, staff and drivers."""
    return filled(trip) + trip.drivers


def needed(trip: Trip) -> dict[str, int]:
    """Pieces by item for everybody on a trip."""
    return {item.key: item.per_head * heads(trip) for item in KIT}
