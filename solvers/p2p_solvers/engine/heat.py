"""
How hot an annealing is as it goes on, in costs of a mean trip.

Most cool all the way down. Where a plan has few trips, what is far better is far away: it is come
by while there still is heat, for some rounds, and left again, and what an annealing ends with
depends on luck. So every other one lingers where it is warm, watched all the time, and then cools
down from the best plan that it came by.
"""

from __future__ import annotations

from typing import NamedTuple


class Heat(NamedTuple):
    """
    Temperatures of an annealing.

    Attributes
    ----------
    hot, cold
        At the beginning and at the end.
    turn
        Which share of it is over when it goes on from the best plan it came by; 1: it never does.
    warm
        The temperature then.
    """

    hot: float
    cold: float
    turn: float = 1.0
    warm: float = 0.0

    @property
    def lingers(self) -> bool:
        """Whether it turns back to the best plan it came by."""
        return self.turn < 1

    def at(self, done: float) -> float:
        """The temperature when this share of the annealing is over."""
        if not self.lingers:
            return _between(self.hot, self.cold, done)
        if done < self.turn:
            return _between(self.hot, self.warm, done / self.turn)
        return _between(self.warm, self.cold, (done - self.turn) / (1 - self.turn))


LINGERING = Heat(hot=0.2, warm=0.12, turn=0.8, cold=0.03)
"""An annealing that lingers, for plans of few trips."""


def _between(hot: float, cold: float, done: float) -> float:
    return float(hot * (cold / hot) ** min(1.0, done))
