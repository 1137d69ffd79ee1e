"""
Trips that people who go by coach all the way share with others, who change to a service or from it.

Those others are strangers: what they pay for their seats is known (``fares``), where they board and
get off is not asked. They need a stop of their own, a hub, so that a trip with strangers has a
pick-up or a drop less for the rest; every seat without one of the rest is worth the dearest fare of
a stranger. What remains of the trip without its strangers is no longer over the shortest ways, and
no less fit for anybody.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from p2p_dispatch.problem import NO_ROAD, Problem
from p2p_solvers.bounds.basics import FINE, NEVER, Ints
from p2p_solvers.bounds.fares import Fares
from p2p_solvers.proof.blocks import Block, blocks_of
from p2p_solvers.proof.kinder import kinder
from p2p_solvers.proof.memory import P_BESIDE, P_SEATS, pools_of
from p2p_solvers.proof.moments import Moments
from p2p_solvers.proof.oracle import Room


def without_strangers(problem: Problem, fares: Fares) -> Problem:
    """
    The problem of what remains of trips without their strangers.

    A stranger may board on the day before, which is then the day of the trip, and makes its level
    of risk stricter: seats are the most of these days and levels, risk is the least.
    """
    base, days = kinder(problem), fares.days_before
    metres, seconds = (
        np.where(ways >= NEVER, NO_ROAD, ways) for ways in (fares.metres, fares.seconds)
    )
    longer = np.where(base.metres == NO_ROAD, 0, base.metres - metres).max(initial=0)
    riders = np.maximum(problem.allowed - problem.staff, 0)
    riders = np.maximum.accumulate(riders[..., ::-1], axis=2)[..., ::-1]
    return replace(
        base,
        metres=metres,
        seconds=seconds,
        minutes=np.where(seconds == NO_ROAD, NO_ROAD, seconds // 60),
        # a detour is held against the direct road, which may be shorter here
        detour_metres=base.detour_metres + math.ceil(base.detour_factor * int(longer)),
        allowed=_of_days(riders, days, np.maximum),
        staff=np.zeros_like(problem.staff),
        risk=_of_days(problem.risk, days, np.minimum),
        minimum_load=np.zeros_like(problem.minimum_load),
    )


def _of_days(table: Ints, days: int, most: np.ufunc) -> Ints:
    """The most, or the least, of each calendar day and so many before; days are the second axis."""
    best = table.copy()
    for before in range(1, min(days, table.shape[1] - 1) + 1):
        best[:, before:] = most(best[:, before:], table[:, :-before])
    return best


def shared_rooms(
    problem: Problem, fares: Fares, feeders: Ints, onward: int, moments: Moments
) -> list[Room]:
    """
    Rooms of all trips with strangers.

    Parameters
    ----------
    problem
        ``without_strangers``.
    feeders
        (n_places,) by origin the dearest fare of a feeder, hundredths of a cent.
    onward
        The dearest fare of any other coach.
    """
    services = problem.services
    assert services is not None
    hubs = {place for offer in services.offers for place in offer.places}
    ends = {drop for drops in problem.drops for drop, _ in drops}
    # who gets off where others change needs no stop of their own
    drops = problem.most_drops - (0 if hubs & ends else 1)
    picks = problem.most_pickups - 1
    fewer_drops = replace(problem, most_drops=drops)
    fewer_picks = replace(problem, most_pickups=picks)
    rooms = []
    for block in blocks_of(problem):
        if drops > 0:
            fare = max(onward, int(feeders[list(block.origins)].max(initial=0)))
            rooms.append(_room(fewer_drops, block, moments, fare))
        if picks > 0:
            rooms.append(_room(fewer_picks, block, moments, onward))
    return rooms


def _room(problem: Problem, block: Block, moments: Moments, fare: int) -> Room:
    """Every seat earns a fare; whoever is known takes one from a stranger."""
    cents = -(-fare // FINE)
    entries = tuple(entry._replace(cents=entry.cents + cents) for entry in block.entries)
    room = Room(problem, block._replace(entries=entries), moments)
    pools = pools_of(room.q)
    pools[:, P_BESIDE] = -cents * pools[:, P_SEATS : P_SEATS + 3].max(axis=1)
    return room
