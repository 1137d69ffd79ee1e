"""
Rows that every plan keeps, and shares of trips need not: whole trips over certain patterns.

A row says that its trips, each as often as ``of`` says, and a share of the people of some cohorts
left behind, are no fewer than ``least``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.basics import Ints
from p2p_solvers.proof.blocks import Block
from p2p_solvers.proof.memory import WAY

Counts = NDArray[np.int8]


class Patterns(Protocol):
    """What a row asks of a room."""

    block: Block
    rows: int
    ways: Ints

    def calls_at(self, place: int, drops: bool) -> NDArray[np.bool_]:
        """(rows,) whether patterns have a place among their drops, or among their pick-ups."""


class Row(Protocol):
    """What every plan keeps."""

    @property
    def least(self) -> int:
        """What trips and people left behind come to at the least."""

    def of(self, room: Patterns) -> tuple[Counts, int] | None:
        """
        How often each pattern of a room counts, and on which of its pools; None: no trip does.

        Returns
        -------
        (rows,) and the number of a pool in the block, -1 for all.
        """

    def left(self, problem: Problem) -> Iterator[tuple[int, int]]:
        """Cohorts of which those left behind count, all of them once: with their people."""


class Visits(NamedTuple):
    """
    Trips of a day of some bases that have certain stops: at least, or at most, so many.

    What branching asks. One of the two holds in every plan.

    Attributes
    ----------
    day, origin, drop, pool
        Of the trip; places, and -1 for any.
    stops
        The whole pattern as its block packs it, or -1.
    base
        Of the pattern, or -1.
    sign
        1: at least ``number``, -1: at most.
    """

    day: int
    origin: int
    drop: int
    pool: int
    stops: int
    base: int
    sign: int = 1
    number: int = 0

    @property
    def least(self) -> int:
        """What the trips come to at the least, each counted ``sign`` times."""
        return self.sign * self.number

    def of(self, room: Patterns) -> tuple[Counts, int] | None:
        """As ``Row`` says."""
        block = room.block
        if self.day not in (-1, block.day) or (self.base >= 0 and block.base != self.base):
            return None
        if self.pool >= 0 and self.pool not in block.pools:
            return None
        those = np.ones(room.rows, dtype=np.bool_)
        if self.origin >= 0:
            those &= room.calls_at(self.origin, drops=False)
        if self.drop >= 0:
            those &= room.calls_at(self.drop, drops=True)
        if self.stops >= 0:
            those &= room.ways[::WAY] == self.stops
        if not those.any():
            return None
        pool = block.pools.index(self.pool) if self.pool >= 0 else -1
        return (self.sign * those).astype(np.int8), pool

    def left(self, problem: Problem) -> Iterator[tuple[int, int]]:
        """Nobody: whoever is left behind visits nothing."""
        return iter(())


def counted_by(row: Row) -> Row:
    """What a row counts, whichever side it limits, and by how much."""
    return row._replace(sign=1, number=0) if isinstance(row, Visits) else row


def contradict(rows: Sequence[Row]) -> bool:
    """Whether some rows ask for more of the same than others allow."""
    most: dict[Row, int] = {}
    for row in rows:
        if isinstance(row, Visits) and row.sign < 0:
            key = counted_by(row)
            most[key] = min(row.number, most.get(key, row.number))
    least = [row for row in rows if isinstance(row, Visits) and row.sign > 0]
    return any(row.number > most.get(counted_by(row), row.number) for row in least)


class Halves(NamedTuple):
    """
    Trips that could take people of three cohorts: two at least, where one for all three is two.

    Somebody of each cohort rides, or it is left behind whole. Half of what holds for each, added up
    and rounded up, as trips are whole (Chvatal 1973, Gomory 1958): those that could take one or two
    of the cohorts count once, those that could take all three twice, and of people left behind each
    counts as the share of the cohort that they are.
    """

    cohorts: tuple[int, int, int]

    @property
    def least(self) -> int:
        """As ``Row`` says."""
        return 2

    def of(self, room: Patterns) -> tuple[Counts, int] | None:
        """As ``Row`` says."""
        block = room.block
        count = np.zeros(room.rows, dtype=np.int8)
        for cohort in self.cohorts:
            pairs = [
                (block.origins[e.origin], block.drops[e.drop])
                for e in block.entries
                if e.cohort == cohort
            ]
            could = np.zeros(room.rows, dtype=np.bool_)
            for origin, drop in pairs:
                could |= room.calls_at(origin, drops=False) & room.calls_at(drop, drops=True)
            count += could
        return ((count + 1) // 2, -1) if count.any() else None

    def left(self, problem: Problem) -> Iterator[tuple[int, int]]:
        """Each of the three."""
        return ((cohort, int(problem.people[cohort])) for cohort in self.cohorts)
