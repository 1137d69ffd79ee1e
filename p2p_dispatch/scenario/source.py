"""Where a scenario came from: the positions of its values, and what was noticed on reading."""

from __future__ import annotations

from dataclasses import dataclass, field

from p2p_dispatch.reading.faults import Fault
from p2p_dispatch.reading.spots import Spot, nowhere


@dataclass(frozen=True, slots=True)
class Source:
    """
    What a scenario keeps of its file.

    Two scenarios with the same content are equal wherever they came from, so nothing here is
    compared.
    """

    spot: Spot = field(default_factory=lambda: nowhere("<scenario>"), compare=False)
    notices: tuple[Fault, ...] = field(default=(), compare=False)
