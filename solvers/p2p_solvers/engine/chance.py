"""Draws; their state stands on the board, so that the same seed draws the same."""

from __future__ import annotations

from math import log

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import small
from p2p_solvers.engine.memory import DRAW


@small
def draw(s: Ints, below: int) -> int:
    """A whole number from 0 to below ``below``; xorshift of Marsaglia (2003)."""
    x = s[DRAW]
    x ^= (x << 13) & 0x7FFFFFFFFFFFFFFF
    x ^= x >> 7
    x ^= (x << 17) & 0x7FFFFFFFFFFFFFFF
    s[DRAW] = x
    return (x >> 11) % below  # type: ignore[no-any-return]


@small
def cooled(s: Ints, temperature: float) -> float:
    """By how much a round may be dearer: drawn from the exponential distribution of a mean."""
    return -temperature * log((draw(s, 1 << 30) + 1) / (1 << 30))
