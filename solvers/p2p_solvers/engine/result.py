"""From the board to a solution, and from frozen trips to the board."""

from __future__ import annotations

from collections import defaultdict

from p2p_dispatch.problem import Load, TripChoice
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import table
from p2p_solvers.engine.groups import Groups
from p2p_solvers.engine.memory import (
    LOADS,
    MOST_ROWS,
    STOPS,
    T_DEPART,
    T_DRIVERS,
    T_LOADS,
    T_LOCKED,
    T_POOL,
    T_STOPS,
    TRIPS,
)


def trips_of(groups: Groups, s: Ints) -> tuple[TripChoice, ...]:
    """The trips on a board, parties and accessible places written out."""
    rows = int(s[MOST_ROWS])
    trips, stops, loads = (table(s, each, rows) for each in (TRIPS, STOPS, LOADS))
    return tuple(
        TripChoice(
            pool=int(head[T_POOL]),
            depart=int(head[T_DEPART]),
            drivers=int(head[T_DRIVERS]),
            stops=tuple(stops[row, : head[T_STOPS]].tolist()),
            loads=_loads(groups, loads[row, : 3 * head[T_LOADS]]),
            frozen=int(head[T_LOCKED]) - 1,
        )
        for row, head in enumerate(trips)
        if head[T_LOADS]
    )


def _loads(groups: Groups, row: Ints) -> tuple[Load, ...]:
    riders: dict[tuple[int, int], int] = defaultdict(int)
    parties: dict[tuple[int, int], list[int]] = defaultdict(list)
    places: dict[tuple[int, int], int] = defaultdict(int)
    for group, people, drop in row.reshape(-1, 3).tolist():
        key = int(groups.cohort[group]), drop
        riders[key] += people
        if groups.whole[group]:
            parties[key].append(people)
        if groups.accessible[group]:
            places[key] += people
    return tuple(
        Load(
            cohort=cohort,
            people=people,
            parties=tuple(sorted(parties[cohort, drop], reverse=True)),
            accessible=places[cohort, drop],
            drop=drop,
        )
        for (cohort, drop), people in riders.items()
    )
