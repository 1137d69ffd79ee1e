"""The coach problem in which groups choose among ways by the services that run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Journey, ServiceTrip
from p2p_solvers.engine.groups import Groups, groups_of
from p2p_solvers.engine.memory import Ways
from p2p_solvers.modes.legs import Leg, beside, legs_of, with_legs
from p2p_solvers.modes.prices import SeatPrices
from p2p_solvers.modes.ways import Way

PIECE, PIECES = 20, 100
"""Most people of a group that goes one way together, parties apart, and groups that there are at
the least: where people are few the last seats matter."""


@dataclass(frozen=True)
class Choices:
    """
    A coach problem with legs that are used or not, as groups choose.

    Attributes
    ----------
    trips
        The services that run.
    coaches
        The problem with a cohort for each leg of each way of each group.
    ways
        As the engine takes them.
    journeys
        What each row of ``ways`` means, with the cohorts that its legs are.
    """

    trips: tuple[ServiceTrip, ...]
    coaches: Problem
    ways: Ways
    journeys: tuple[Journey, ...]


def choices_of(
    problem: Problem,
    trips: Sequence[ServiceTrip],
    room: Sequence[tuple[int, int]],
    ways: Mapping[int, Sequence[Way]],
    prices: SeatPrices,
) -> Choices:
    """
    All ways of all groups.

    Parameters
    ----------
    trips
        The services that run.
    room
        Seats on each of them, and the pieces of luggage that it takes.
    ways
        By the number of the offer.
    """
    of_cohort: defaultdict[int, list[tuple[int, Way]]] = defaultdict(list)
    for number, trip in enumerate(trips):
        for way in ways.get(trip.offer, ()):
            of_cohort[way.cohort].append((number, way))
    most = most_together(problem)
    groups = groups_of(problem, most)
    n = len(groups.cohort)
    legs: list[Leg] = []
    journeys, rows, of_group = [], [], []
    for group in np.flatnonzero(groups.accessible == 0).tolist():
        for number, way in of_cohort[int(groups.cohort[group])]:
            journey = _journey(groups, group, number, way)
            before, onward = legs_of(problem, trips, journey, prices)
            cohorts = []
            for leg in (before, onward):
                cohorts.append(problem.n_cohorts + len(legs) if leg else -1)
                legs += [leg] if leg else []
            journeys.append(replace(journey, feeder=cohorts[0], onward=cohorts[1]))
            rows.append(
                [
                    # every leg is a group of its own
                    *(c - problem.n_cohorts + n if c >= 0 else -1 for c in cohorts),
                    number,
                    journey.people * beside(problem, trips, journey),
                    -1 if before else way.day + problem.pad,
                    -1 if onward else way.arrives + problem.pad,
                ]
            )
            of_group.append(group)
    return Choices(
        trips=tuple(trips),
        coaches=with_legs(problem, legs, prices),
        ways=Ways(
            most=most,
            first_leg=n,
            group=np.array(of_group, dtype=np.int64),
            rows=np.array(rows, dtype=np.int64).reshape(-1, 6),
            room=np.array(room, dtype=np.int64).reshape(-1, 2),
        ),
        journeys=tuple(journeys),
    )


def most_together(problem: Problem) -> int:
    """Most people of a group."""
    return min(PIECE, max(1, int(problem.people.sum()) // PIECES))


def _journey(groups: Groups, group: int, trip: int, way: Way) -> Journey:
    people = int(groups.people[group])
    return Journey(
        cohort=way.cohort,
        people=people,
        parties=(people,) if groups.whole[group] else (),
        trip=trip,
        board=way.board,
        alight=way.alight,
        feeder=0 if way.feeder else -1,
        onward=0 if way.onward else -1,
    )
