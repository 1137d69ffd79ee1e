"""
A board cut into parts that several threads can work on at once.

Pools that serve a common origin make a corridor; trips of different corridors share nothing but
intake, slots and money. Each thread gets a copy of the board and some of the corridors, and what
is left of intake and slots is dealt out beforehand: so the parts fit together again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import at, compiled, put, table
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.board import book, free_row, hang, unhang
from p2p_solvers.engine.load import Board
from p2p_solvers.engine.memory import (
    ARRIVES,
    GOES,
    LOADS,
    MINE,
    ROWS,
    SLOTS_A_DAY,
    STOPS,
    T_LOADS,
    T_POOL,
    T_STOPS,
    T_WIDTH,
    TRIPS,
)


def corridors_of(problem: Problem) -> Ints:
    """(n_pools,) the corridor of each pool, named after its first pool."""
    corridor = np.arange(problem.n_pools)
    for serving in problem.serves.T:
        together = np.unique(corridor[serving])
        corridor[np.isin(corridor, together[1:])] = together[0] if len(together) else 0
    return corridor


def deal_corridors(corridor: Ints, weight: Ints, parts: int, rng: np.random.Generator) -> Ints:
    """
    (n_pools,) the part of each pool, corridors kept whole and parts about as heavy.

    Parameters
    ----------
    corridor, weight
        (n_pools,) corridor and trips of each pool.
    """
    heavy = np.zeros(parts)
    part = np.zeros_like(corridor)
    names = np.unique(corridor)
    weights = {name: weight[corridor == name].sum() for name in names}
    # the heaviest first, of like ones any
    for name in sorted(rng.permutation(names), key=lambda name: -weights[name]):
        lightest = int(rng.choice(np.flatnonzero(heavy == heavy.min())))
        part[corridor == name] = lightest
        heavy[lightest] += weights[name]
    return part


@dataclass(frozen=True)
class Part:
    """A copy of a board for one thread, and what was kept back from it."""

    s: Ints
    kept_back: tuple[tuple[Ints, Ints], ...]
    """Views of tables of ``s``, and what was added to them."""

    def give_back(self) -> None:
        """Make the tables those of the trips alone again."""
        for used, kept in self.kept_back:
            used -= kept


def cut(board: Board, part: Ints, parts: int, rng: np.random.Generator) -> list[Part]:
    """A copy of the board for every part, with what others may use of what is shared kept back."""
    problem, _, m, s, _ = board
    shared = [(e.TAKEN, problem.intake)]
    if m[e.HAS_SLOTS]:
        calendar = problem.slot_trips.shape[0], problem.medical.shape[1] * SLOTS_A_DAY
        shared.append((e.IN_SLOT, np.broadcast_to(problem.slot_trips[:, None], calendar)))
    left = []
    for what, limit in shared:
        used = table(s, what, len(limit))
        left.append(np.where(limit < NO_LIMIT, np.maximum(limit - used, 0), 0))
    owners = [rng.integers(parts, size=each.shape) for each in left]
    cuts = []
    for number in range(parts):
        own = s.copy()
        own[e.DRAW] = int(rng.integers(1, 1 << 62)) | 1
        table(own, MINE, problem.n_pools)[:, 0] = part == number
        kept = []
        for (what, limit), rest, owner in zip(shared, left, owners, strict=True):
            used, back = table(own, what, len(limit)), np.where(owner == number, 0, rest)
            used += back
            kept.append((used, back))
        cuts.append(Part(own, tuple(kept)))
    return cuts


def join(board: Board, cuts: list[Part]) -> Ints:
    """One board with the trips that each part made of its own corridors."""
    for each in cuts:
        each.give_back()
    whole = cuts[0].s
    for other in cuts[1:]:
        _take_over(board.m, whole, other.s)
    table(whole, MINE, board.problem.n_pools)[:] = 1
    return whole


@compiled
def _take_over(m: Ints, s: Ints, other: Ints) -> None:
    """Put the trips that another board has in its own corridors in place of those here."""
    for row in range(s[ROWS]):
        if at(s, TRIPS, row, T_LOADS) and at(other, MINE, at(s, TRIPS, row, T_POOL), 0):
            book(m, s, row, -1)
            unhang(m, s, row)
    for there in range(other[ROWS]):
        loads = at(other, TRIPS, there, T_LOADS)
        if not loads or not at(other, MINE, at(other, TRIPS, there, T_POOL), 0):
            continue
        row, stops = free_row(s), at(other, TRIPS, there, T_STOPS)
        for i in range(T_WIDTH):
            put(s, TRIPS, row, i, at(other, TRIPS, there, i))
        for i in range(stops):
            put(s, STOPS, row, i, at(other, STOPS, there, i))
            put(s, ARRIVES, row, i, at(other, ARRIVES, there, i))
            put(s, GOES, row, i, at(other, GOES, there, i))
        for i in range(3 * loads):
            put(s, LOADS, row, i, at(other, LOADS, there, i))
        hang(m, s, row)
        book(m, s, row, 1)
