"""Two plans of one scenario side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from p2p_dispatch.report.figures import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One figure of both plans."""

    key: str
    """What is compared."""
    mine: float
    other: float
    kind: str
    """people, count, km, money or share."""

    @property
    def change(self) -> float | None:
        """How much more than the other, as a part of the other; None where that is zero."""
        return self.mine / self.other - 1 if self.other else None


def compared(mine: Figures, other: Figures) -> Iterator[Compared]:
    """The figures of two plans that a planner would put side by side."""
    rows = (
        ("moved", mine.moved, other.moved, "count"),
        ("trips", mine.trips, other.trips, "count"),
        ("units", mine.units, other.units, "count"),
        ("seats", _share(mine.filled, mine.allowed), _share(other.filled, other.allowed), "share"),
        ("km", mine.km, other.km, "count"),
        ("empty_km", mine.empty_km, other.empty_km, "count"),
        ("waited", mine.waited, other.waited, "count"),
        ("money", mine.money, other.money, "money"),
        ("per_person", mine.per_person or 0.0, other.per_person or 0.0, "money"),
    )
    for key, one, two, kind in rows:
        yield Compared(key=key, mine=one, other=two, kind=kind)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
