"""Which unit makes which trip, and who drives it."""

from __future__ import annotations

from collections.abc import Sequence

from p2p_dispatch.problem import Problem, TripChoice, TripRun
from p2p_dispatch.problem.crew import Crew

Interval = tuple[int, int]


def give_units(problem: Problem, trips: Sequence[TripChoice], runs: Sequence[TripRun]) -> list[int]:
    """
    Number of the unit of its pool, from 1, for every trip in order of leaving.

    A unit that has been out on the same day is taken before one that has not, so that no day
    sees more units than it must; of several the lowest number.
    """
    turn = 0 if problem.by_day else problem.turnaround
    backs: dict[int, list[int]] = {}
    units = []
    for trip, run in zip(trips, runs, strict=True):
        pool = backs.setdefault(trip.pool, [])
        today = problem.midnights[problem.column(run.leave)]
        free = [n for n, back in enumerate(pool) if back + turn <= run.leave]
        unit = min(free, key=lambda n: (pool[n] <= today, n), default=len(pool))
        if unit == len(pool):
            pool.append(0)
        pool[unit] = run.back
        units.append(unit + 1)
    return units


class Crews:
    """Names drivers: the people of a unit stay on it as long as their hours allow."""

    def __init__(self, crew: Crew):
        self.crew = crew
        self._driven: dict[str, list[Interval]] = {}
        self._last: dict[str, list[str]] = {}
        self._back: dict[str, int] = {}
        self._hired: dict[str, int] = {}

    def board(self, unit: str, run: TripRun, drivers: int) -> list[str]:
        """Names of the drivers of a trip, in the order of the run's driver numbers."""
        stretches: list[list[Interval]] = [[] for _ in range(drivers)]
        for stretch in run.stretches:
            stretches[stretch.driver].append((stretch.start, stretch.end))
        rested = self._rested(unit, run)
        old = iter(self._last.get(unit, ()) if rested else ())
        names = []
        for driving in stretches:
            name = next((n for n in old if self._may(self._driven[n] + driving)), None)
            name = name or self._hire(unit)
            self._driven.setdefault(name, []).extend(driving)
            names.append(name)
        self._last[unit] = names
        self._back[unit] = run.back
        return names

    def _rested(self, unit: str, run: TripRun) -> bool:
        """Whether the time at the depot was a break and, where shifts are counted, a rest."""
        rest = self.crew.shift.rest[0] if self.crew.shift else 0
        pause = max(rest, self.crew.pause)
        return unit in self._back and run.leave - self._back[unit] >= pause

    def _may(self, driven: list[Interval]) -> bool:
        return all(_most_within(driven, within) <= most for most, within in self.crew.rolling)

    def _hire(self, unit: str) -> str:
        self._hired[unit] = self._hired.get(unit, 0) + 1
        return f"{unit} driver {self._hired[unit]}"


def _most_within(driven: list[Interval], within: int) -> int:
    """
    Most minutes at the wheel in any window; the worst window ends where a stretch ends.

    Stretches come in order of time, since those of a trip follow those of the last.
    """
    most = first = whole = 0
    for start, close in driven:
        whole += close - start
        opens = close - within
        while driven[first][1] <= opens:
            whole -= driven[first][1] - driven[first][0]
            first += 1
        most = max(most, whole - max(0, opens - driven[first][0]))
    return most
