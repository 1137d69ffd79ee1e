"""The limits on driving, in minutes and metres."""

from __future__ import annotations

from dataclasses import dataclass


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
