"""Groups cut into pieces that fit a coach, each with its home depot and the days it can leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.compiled import table
from p2p_solvers.engine.load import Board
from p2p_solvers.engine.memory import WAITING
from p2p_solvers.models.lone import Lone, LoneTrips


class Piece(NamedTuple):
    """
    Some people of a group who stay together.

    Attributes
    ----------
    drop
        Where they get off: of several places the one that makes their lone trip cheapest.
    lone
        Their lone trips by pool and day.
    """

    group: int
    cohort: int
    people: int
    origin: int
    drop: int
    lone: dict[tuple[int, int], Lone]

    @property
    def days(self) -> list[int]:
        """Days on which they can leave."""
        return sorted({day for _, day in self.lone})


def pieces_by_depot(
    board: Board, trips: LoneTrips, stop: Callable[[], bool]
) -> dict[int, list[Piece]]:
    """
    Everybody who is left, cut into pieces, by home depot.

    The home depot is the nearest of those that can serve the piece; who can be served by none is
    left out. A piece that may be split is no larger than the smallest coach that has at least
    half the seats of the largest, and than half of what origin and site let through on a day.

    Parameters
    ----------
    stop
        Whether the time is up; who has not been looked at by then is left out.
    """
    problem, groups = board.problem, board.groups
    waiting = table(board.s, WAITING, len(groups.cohort))[:, 0]
    by_depot: dict[int, list[Piece]] = defaultdict(list)
    for group in np.flatnonzero(waiting):
        if stop():
            break
        cohort = int(groups.cohort[group])
        origin, whole = int(problem.origin[cohort]), bool(groups.whole[group])
        least = int(waiting[group]) if whole else 1
        found = _best_home(board, trips, cohort, least)
        if found is None:
            continue
        depot, drop, lone = found
        seats = sorted({each.riders for each in lone.values()})
        coach = next(riders for riders in seats if 2 * riders >= seats[-1])
        size = max(1, min(coach, _half_a_day(board, cohort, lone)))
        for people in [least] if whole else _cut(int(waiting[group]), size):
            fit = {at: each for at, each in lone.items() if each.riders >= people}
            by_depot[depot].append(Piece(int(group), cohort, people, origin, drop, fit))
    return dict(sorted(by_depot.items()))


def _half_a_day(board: Board, cohort: int, lone: dict[tuple[int, int], Lone]) -> int:
    """Half of the most people that site and origin let through on a day: so two days can share."""
    problem, origin, site = board.problem, board.problem.origin[cohort], board.problem.site[cohort]
    return (
        max(
            min(
                int(problem.intake[site, problem.column(each.run.arrives[-1])]),
                int(problem.medical[origin, day + problem.pad]),
            )
            for (_, day), each in lone.items()
        )
        // 2
    )


def _cut(people: int, size: int) -> Iterator[int]:
    """As few pieces as can be, of about the same size."""
    count = -(-people // size)
    for i in range(count):
        yield people * (i + 1) // count - people * i // count


def _best_home(
    board: Board, trips: LoneTrips, cohort: int, least: int
) -> tuple[int, int, dict[tuple[int, int], Lone]] | None:
    """The nearest depot with a coach for at least so many, their drop, and their lone trips."""
    problem = board.problem
    origin = int(problem.origin[cohort])
    days = _days(board, cohort)
    near = {
        int(depot): int(problem.metres[depot, origin])
        for depot in np.unique(problem.depot)
        if problem.metres[depot, origin] >= 0
    }
    for depot in sorted(near, key=lambda place: (near[place], place)):
        pools = [int(p) for p in np.flatnonzero(problem.depot == depot)]
        best, best_cents = None, 0.0
        for drop, onward in problem.drops[cohort]:
            lone = {
                (pool, day): each
                for pool in pools
                for day in days
                if problem.units[pool, day + problem.pad] > 0
                and (each := trips.of(cohort, drop, pool, day))
                and each.riders >= least
            }
            if not lone:
                continue
            cents = onward + min(each.run.cost / each.riders for each in lone.values())
            if best is None or cents < best_cents:
                best, best_cents = (depot, drop, lone), cents
        if best:
            return best
    return None


def _days(board: Board, cohort: int) -> range:
    problem = board.problem
    first = max(problem.day(int(problem.ready[cohort])), 0)
    return range(first, min(problem.day(int(problem.latest[cohort])), problem.n_days - 1) + 1)


def worth(problem: Problem, piece: Piece) -> int:
    """Cents that are saved by taking a piece, before the trip and the waiting are paid."""
    cohort = piece.cohort
    onward = problem.onward(cohort, piece.drop) or 0
    each = int(problem.value[cohort] + problem.subsidy[cohort]) - onward
    return max(0, piece.people * each)


def waiting(problem: Problem, piece: Piece, day: int) -> int:
    """Cents for the days that a piece waits and is late if it leaves on a day."""
    cohort = piece.cohort
    late = max(0, day - problem.day(int(problem.due[cohort])))
    days = max(0, day - int(problem.ready_day[cohort]))
    cents = days * problem.waiting_day + late * int(problem.late_day[cohort])
    return int(piece.people * cents)
