"""Unit-days as a routing model sees them: one vehicle for each trip that could be needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_solvers.models.pieces import Piece


class Vehicle(NamedTuple):
    """
    A unit of a pool on a day, held and paid for some days and drivers.

    Attributes
    ----------
    riders
        Most people on board.
    most_loaded
        Longest loaded way, metres, for which the days and drivers suffice.
    most_driving
        Longest driving to the last drop, seconds, for which the drivers suffice.
    """

    pool: int
    day: int
    days: int
    drivers: int
    riders: int
    most_loaded: int
    most_driving: int

    def fixed(self, problem: Problem) -> int:
        """Cents that it costs whatever it does."""
        kind = problem.unit_type[self.pool]
        return self.days * int(problem.per_day[kind] + self.drivers * problem.driver_day)

    def out(self, problem: Problem) -> range:
        """Days of the horizon on which it is held."""
        return range(self.day, min(self.day + self.days, problem.n_days))

    def fits(self, piece: Piece) -> bool:
        """Whether the piece could ride it alone."""
        lone = piece.lone.get((self.pool, self.day))
        return lone is not None and (lone.run.days, lone.drivers) <= (self.days, self.drivers)


def kinds_for(
    problem: Problem, pieces: Sequence[Piece], left: dict[tuple[int, int], int]
) -> dict[Vehicle, int]:
    """
    The vehicles that could be needed, and how many of each.

    For every pool, day and kind of trip (days, drivers) no more than there are pieces for, and
    than are filled to the half by everybody who could leave so.

    Parameters
    ----------
    left
        Units by pool and day.
    """
    riding: dict[tuple[int, int, int, int], list[Piece]] = defaultdict(list)
    loaded: dict[tuple[int, int], int] = defaultdict(int)
    for piece in pieces:
        for (pool, day), lone in piece.lone.items():
            kind = lone.run.days, lone.drivers
            riding[pool, day, *kind].append(piece)
            loaded[kind] = max(loaded[kind], lone.run.loaded)
    kinds = {}
    for (pool, day, days, drivers), some in sorted(riding.items()):
        riders = max(piece.lone[pool, day].riders for piece in some)
        people = sum(piece.people for piece in some)
        most_loaded, most_driving = _reach(problem, days, drivers, loaded)
        one = Vehicle(pool, day, days, drivers, riders, most_loaded, most_driving)
        kinds[one] = min(left[pool, day], len(some), -(-2 * people // riders) + 1)
    return kinds


def _reach(
    problem: Problem, days: int, drivers: int, loaded: dict[tuple[int, int], int]
) -> tuple[int, int]:
    if problem.by_day:
        return (
            problem.two_days_past if days == 1 else NO_LIMIT,
            problem.second_driver_past if drivers == 1 else NO_LIMIT,
        )
    # hours and rests are not in the model: as far as the longest lone trip of the kind goes
    largest = (days, drivers) == max(loaded)
    return (NO_LIMIT if largest else loaded[days, drivers]), NO_LIMIT
