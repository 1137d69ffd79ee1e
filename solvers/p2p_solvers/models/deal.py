"""
What trips share is dealt out before a model is built, so that the model needs no rule on it.

A search that must look up who else is on a day is slow. Here every piece and day that a model
allows has its place at the site and its check at the origin set aside, and all vehicles of a
model can be out at once: whatever the model makes of them keeps intake, checks and units. What
is dealt out is drawn anew for every model; what the plan in hand uses comes first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.basics import Ints
from p2p_solvers.models.pieces import Piece
from p2p_solvers.models.vehicles import Vehicle

Units = dict[tuple[int, int], int]
"""Units left by pool and day."""


def deal_days(
    problem: Problem,
    pieces: Sequence[Piece],
    intake: Ints,
    medical: Ints,
    held: Mapping[int, int],
    rng: np.random.Generator,
) -> list[Piece]:
    """
    The pieces with those of their days for which places and checks could be set aside.

    Parameters
    ----------
    intake, medical
        People whom a site takes, an origin checks, on a calendar day, still.
    held
        By number of the piece, the day on which it leaves in the plan in hand.
    """
    intake, medical = intake.copy(), medical.copy()
    allowed: list[set[int]] = [set() for _ in pieces]

    def allow(i: int, day: int) -> bool:
        piece, site = pieces[i], int(problem.site[pieces[i].cohort])
        arrivals = {
            problem.column(lone.run.arrives[-1]) for (_, d), lone in piece.lone.items() if d == day
        }
        boards = day + problem.pad
        full = medical[piece.origin, boards] < piece.people or any(
            intake[site, column] < piece.people for column in arrivals
        )
        if full or day in allowed[i]:
            return False
        medical[piece.origin, boards] -= piece.people
        for column in arrivals:
            intake[site, column] -= piece.people
        allowed[i].add(day)
        return True

    for i, day in held.items():
        allow(i, day)
    days = [piece.days for piece in pieces]
    turns = [int(i) for i in rng.permutation(len(pieces)) if i not in held]
    # whoever has the fewest days chooses first
    for i in sorted(turns, key=lambda i: len(days[i])):
        any(allow(i, int(day)) for day in rng.permutation(days[i]))
    pairs = [(i, day) for i, mine in enumerate(days) for day in mine]
    for j in rng.permutation(len(pairs)):
        allow(*pairs[j])
    return [
        piece._replace(lone={at: each for at, each in piece.lone.items() if at[1] in allowed[i]})
        for i, piece in enumerate(pieces)
    ]


def deal_units(
    problem: Problem,
    kinds: Mapping[Vehicle, int],
    left: Units,
    held: Sequence[Vehicle],
    rng: np.random.Generator,
) -> list[Vehicle]:
    """
    Vehicles that can all be out at once, those of the plan in hand first.

    Parameters
    ----------
    kinds
        The vehicles that could be needed, and how many of each.
    """
    free, count = dict(left), dict(kinds)
    fleet: list[Vehicle] = []

    def add(vehicle: Vehicle) -> None:
        out = [(vehicle.pool, day) for day in vehicle.out(problem)]
        if count.get(vehicle, 0) > 0 and all(free[at] > 0 for at in out):
            for at in out:
                free[at] -= 1
            count[vehicle] -= 1
            fleet.append(vehicle)

    for vehicle in held:
        add(vehicle)
    hands = [vehicle for vehicle, hand in kinds.items() for _ in range(hand)]
    for j in rng.permutation(len(hands)):
        add(hands[j])
    return fleet
