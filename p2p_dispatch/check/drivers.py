"""Every driver's work over all trips of a plan."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from p2p_dispatch.check.clock import TINY
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.run import Run

Minutes = tuple[float, float]
"""From and to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """
    One driver.

    Attributes
    ----------
    wheel
        At the wheel, in order of time and apart from each other.
    stands
        When a coach they are on comes to a stop to board or drop, in order.
    runs
        The trips on which they drive.
    """

    name: str
    wheel: tuple[Minutes, ...]
    stands: tuple[float, ...]
    runs: tuple[Run, ...]

    def spells(self, *, break_minutes: float, stop_minutes: float) -> Iterator[list[Minutes]]:
        """The driving between two pauses that are long enough without the work in them."""
        spell: list[Minutes] = []
        for start, end in self.wheel:
            if spell:
                since = spell[-1][1]
                work = stop_minutes * self._stops_between(since, start)
                pause = start - since - work
                # No break at all is no break, even where a scenario asks for none.
                if pause > TINY and pause >= break_minutes - TINY:
                    yield spell
                    spell = []
            spell.append((start, end))
        if spell:
            yield spell

    def _stops_between(self, start: float, end: float) -> int:
        return bisect_right(self.stands, end + TINY) - bisect_left(self.stands, start - TINY)


def drivers(facts: Facts) -> Iterator[Driver]:
    """Everybody who is at a wheel in the plan."""
    runs_of: defaultdict[str, list[Run]] = defaultdict(list)
    for run in facts.coaches:
        for name in dict.fromkeys(stretch.driver for stretch in run.wheel):
            runs_of[name].append(run)
    for name, runs in runs_of.items():
        wheel = sorted((s.start, s.end) for run in runs for s in run.wheel if s.driver == name)
        stands = sorted(come for run in runs for come in _stands(facts, run))
        yield Driver(name=name, wheel=tuple(_apart(wheel)), stands=tuple(stands), runs=tuple(runs))


def _stands(facts: Facts, run: Run) -> Iterator[float]:
    for i in range(1, len(run.stops) - 1):
        if run.times and run.stops[i].place not in facts.depots:
            yield run.times.come[i]


def _apart(wheel: list[Minutes]) -> list[Minutes]:
    """Stretches that overlap as one; those that only touch stay as they are."""
    apart: list[Minutes] = []
    for start, end in wheel:
        if apart and start < apart[-1][1]:
            apart[-1] = apart[-1][0], max(apart[-1][1], end)
        else:
            apart.append((start, end))
    return apart
