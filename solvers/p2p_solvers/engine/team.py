"""Threads that search side by side, and the schedule that they keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Protocol

import numpy as np

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import table
from p2p_dispatch.solution import Ended, Run, Solution
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.load import Board
from p2p_solvers.engine.memory import COSTS, DRAW, new_room
from p2p_solvers.engine.parts import corridors_of, cut, deal_corridors, join
from p2p_solvers.engine.rounds import anneal
from p2p_solvers.engine.told import progress_of, solution_of, trips_on

MOST_OF_ONE = 0.6
"""Share of the trips in one corridor past which threads do not divide the corridors."""

EPOCHS = 100
"""How often threads put together what they have."""

SHORTEST, FIRST = 0.25, 0.05
"""Seconds of an epoch at the least, and of the first, which tells how fast this machine is."""

AT_ONCE = 100
"""Rounds between two looks at the clock."""

TOGETHER = 0.5
"""Share of the search after which threads with plans of their own go on with the best."""

PATIENT = 1000
"""Rounds for each trip from which on it pays to begin as hot as can be."""


class Parameters(Protocol):
    """What a search needs to be told; see ``SearchParameters``."""

    @property
    def trips(self) -> int: ...  # noqa: D102
    @property
    def rides(self) -> int: ...  # noqa: D102
    @property
    def hot(self) -> float: ...  # noqa: D102
    @property
    def cold(self) -> float: ...  # noqa: D102
    @property
    def rounds(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Shift:
    """What one thread does in an epoch."""

    s: Ints
    w: Ints
    hot: float
    cold: float
    rounds: int | None
    until: float | None


class Team:
    """Some threads on one problem; each has a room of its own to work in."""

    def __init__(self, board: Board, parameters: Parameters, run: Run) -> None:
        self.board, self.parameters, self.run = board, parameters, run
        self.threads = max(1, run.threads)
        self.rooms = [board.w, *(new_room(board.problem) for _ in range(self.threads - 1))]
        self.rng = np.random.default_rng(run.seed)
        self.stopped = Event()
        self.played = 0
        self.best = board.s.copy()
        self.told = 0.0
        self.a_trip = 1.0
        self.heat = 1.0
        self.trips = max(1, trips_on(board))
        trips = table(board.s, e.TRIPS, int(board.s[e.MOST_ROWS]))
        running = trips[trips[:, e.T_LOADS] > 0]
        if len(running):
            self.a_trip = float(running[:, e.T_COST].mean())
        self.corridor = corridors_of(board.problem)
        self.weight = np.bincount(running[:, e.T_POOL], minlength=board.problem.n_pools)
        names, of = np.unique(self.corridor, return_inverse=True)
        share = np.bincount(of, self.weight, len(names)).max(initial=0) / self.trips
        self.divided = self.threads > 1 and share <= MOST_OF_ONE
        self.rounds = run.iterations
        if self.rounds is None and run.seconds is None:
            self.rounds = parameters.rounds * self.trips
        self.began = run.elapsed

    def search(self) -> Solution:
        """Search until time or rounds are up."""
        with ThreadPoolExecutor(self.threads) as pool:
            try:
                ended = self._divide(pool.map) if self.divided else self._compete(pool.map)
            except KeyboardInterrupt:
                self._tell(at_once=True)
                raise
            finally:
                self.stopped.set()
        self._tell(at_once=True)
        return solution_of(self.board._replace(s=self.best), ended)

    def _divide(self, side_by_side: Callable[..., Iterable[int]]) -> Ended:
        """Each thread has corridors of its own, others in every epoch."""
        board = self.board
        while not (ended := self._ended()):
            part = deal_corridors(self.corridor, self.weight, self.threads, self.rng)
            cuts = cut(board, part, self.threads, self.rng)
            self._epoch(side_by_side, [each.s for each in cuts])
            board = board._replace(s=join(board, cuts))
            self._look_at(board.s)
        return ended

    def _compete(self, side_by_side: Callable[..., Iterable[int]]) -> Ended:
        """Each thread has a plan of its own; halfway all go on with the best."""
        boards = [self.board.s.copy() for _ in range(self.threads)]
        for s in boards[1:]:
            s[DRAW] = int(self.rng.integers(1, 1 << 62)) | 1
        apart = self.threads > 1
        while not (ended := self._ended()):
            self._epoch(side_by_side, boards)
            for s in boards:
                self._look_at(s)
            if apart and self._done() >= TOGETHER:
                apart = False
                best = min(boards, key=lambda s: int(s[COSTS]))
                for s in boards:
                    if s is not best:
                        draws = s[DRAW]
                        s[:] = best
                        s[DRAW] = draws
        return ended

    def _ended(self) -> Ended | None:
        if self.rounds is not None and self.played >= self.rounds:
            return Ended.DONE if self.run.iterations is None else Ended.ITERATIONS
        return Ended.TIME if self.run.stop() else None

    def _done(self) -> float:
        """Share of the search that is over."""
        done = 0.0 if self.rounds is None else self.played / max(1, self.rounds)
        if self.run.seconds is not None:
            lasts = max(1e-9, self.run.seconds - self.began)
            done = max(done, (self.run.elapsed - self.began) / lasts)
        return min(1.0, done)

    def _temperature(self, done: float) -> float:
        hot, cold = self.parameters.hot, self.parameters.cold
        hot = max(cold, hot * self.heat)
        return float(self.a_trip * hot * (cold / hot) ** done)

    def _epoch(self, side_by_side: Callable[..., Iterable[int]], boards: list[Ints]) -> None:
        """Let every thread play for a while on its board."""
        done, rounds, until, start = self._done(), None, None, self.run.elapsed
        share = 1 / EPOCHS
        if self.rounds is not None:
            rest = self.rounds - self.played
            rounds = -(-min(rest, max(self.threads, self.rounds // EPOCHS)) // self.threads)
            self._warm_to(self.rounds)
        if self.run.seconds is not None:
            lasts = max(SHORTEST, (self.run.seconds - self.began) / EPOCHS)
            if not self.played and self.rounds is None:
                lasts = FIRST
            share = lasts / max(1e-9, self.run.seconds - self.began)
            until = min(self.run.started + self.run.seconds, monotonic() + lasts)
        hot, cold = self._temperature(done), self._temperature(min(1.0, done + share))
        shifts = [
            Shift(s, w, hot, cold, rounds, until) for s, w in zip(boards, self.rooms, strict=True)
        ]
        played = sum(side_by_side(self._play, shifts))
        if not self.played and self.rounds is None and self.run.seconds is not None:
            speed = played / max(1e-9, self.run.elapsed - start)
            self._warm_to(speed * (self.run.seconds - self.began))
        # a round that finds nothing to do counts too, else a search without trips would not end
        self.played += max(played, len(boards))

    def _warm_to(self, rounds: float) -> None:
        """The fewer rounds there will be for each trip, the less hot the beginning."""
        each = rounds / self.trips
        if not self.divided:
            each /= self.threads
        self.heat = min(1.0, (each / PATIENT) ** 0.5)

    def _play(self, shift: Shift) -> int:
        """Play an epoch's rounds on one board; how many."""
        m, parameters, played = self.board.m, self.parameters, 0
        while not self.stopped.is_set():
            some = AT_ONCE
            if shift.rounds is not None:
                some = min(some, shift.rounds - played)
            if some <= 0 or (shift.until is not None and monotonic() >= shift.until):
                break
            anneal(
                m,
                shift.s,
                shift.w,
                some,
                shift.hot,
                shift.cold,
                parameters.trips,
                parameters.rides,
            )
            played += some
        return played

    def _look_at(self, s: Ints) -> None:
        """Keep a board if it is the best so far, and say where the run stands."""
        if s[COSTS] < self.best[COSTS]:
            self.best[:] = s
        self._tell()

    def _tell(self, *, at_once: bool = False) -> None:
        """Hand over the best solution, not too often: it takes time to write it out."""
        board, run = self.board._replace(s=self.best), self.run
        progress = progress_of(board, run, f"{self.played:,} rounds")
        better = run.best is None or self.best[COSTS] < run.best.cost
        if better and (at_once or run.elapsed >= self.told):
            start = run.elapsed
            run.keep(solution_of(board, Ended.TIME), progress)
            self.told = run.elapsed + 20 * (run.elapsed - start)
        else:
            run.report(progress)
