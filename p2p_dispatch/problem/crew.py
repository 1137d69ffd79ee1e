"""The limits on driving, in minutes and metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem.basics import Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Limits between two rests, minutes; for one driver and for a team."""

    driving: int
    span: tuple[int, int]
    rest: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """
    Limits on driving, minutes.

    Attributes
    ----------
    spell, night_spell
        Longest spell at the wheel, and the most of it by night.
    pause
        Shortest pause that ends a spell.
    rolling
        Pairs (most, within): driving in any window.
    nights, bans
        (start, end) of every night and of every ban around the horizon, in order.
    ban_exempt
        Loaded way in metres up to which the ban does not hold.
    two_drivers_past
        Loaded way in metres past which two drivers are needed.
    """

    spell: int
    night_spell: int
    pause: int
    rolling: tuple[tuple[int, int], ...]
    shift: Shift | None
    nights: tuple[tuple[int, int], ...]
    bans: tuple[tuple[int, int], ...]
    ban_exempt: int
    two_drivers_past: int
    most_drivers: int


class CrewNet(NamedTuple):
    """The limits of ``Crew`` as compiled functions take them."""

    spell: int
    night_spell: int
    pause: int
    rolling: Ints
    """(n, 2) most minutes within minutes."""
    shift: Ints
    """(5,) driving, span alone, span of a team, rest alone, rest of a team; empty: no shifts."""
    nights: Ints
    """(n, 2) starts and ends."""
    bans: Ints
    """(n, 2) starts and ends."""
    ban_exempt: int
    two_drivers_past: int
    most_drivers: int


def crew_net(crew: Crew) -> CrewNet:
    """The limits as arrays."""
    shift = crew.shift
    return CrewNet(
        spell=crew.spell,
        night_spell=crew.night_spell,
        pause=crew.pause,
        rolling=np.array(crew.rolling, dtype=np.int64).reshape(-1, 2),
        shift=np.array([shift.driving, *shift.span, *shift.rest] if shift else [], dtype=np.int64),
        nights=np.array(crew.nights, dtype=np.int64).reshape(-1, 2),
        bans=np.array(crew.bans, dtype=np.int64).reshape(-1, 2),
        ban_exempt=crew.ban_exempt,
        two_drivers_past=crew.two_drivers_past,
        most_drivers=crew.most_drivers,
    )
