"""Threads that search side by side, and the schedule that they keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Protocol

import numpy as np

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import table
from p2p_dispatch.solution import Ended, Run, Solution
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.divide import Depots, deal_out, depots_of, drawn, may_divide
from p2p_solvers.engine.heat import LINGERING, Heat
from p2p_solvers.engine.join import join
from p2p_solvers.engine.load import Board
from p2p_solvers.engine.memory import COSTS, DRAW, new_room
from p2p_solvers.engine.rounds import anneal
from p2p_solvers.engine.told import progress_of, solution_of

EPOCHS = 100
"""How often in an annealing the threads' plans are looked at."""

SHORTEST, FIRST = 0.25, 0.5
"""Seconds of an epoch at the least, and of the first at the most, which tells how fast this machine
is."""

AT_ONCE, CLOSELY = 100, 10
"""Rounds between two looks at the clock, and at a plan that is watched all the time."""

EACH, EACH_OF_MORE = 25, 75
"""Rounds for every three trips past which an annealing of a small plan gains little; and of one
that is not small."""

SMALL = 100_000
"""Rounds of an annealing up to which one thread does it: the same plan on every machine."""

STALE, STALE_SMALL = 12, 3
"""Annealings without a better plan after which the search ends; the same for a small plan."""

PATIENT = 1000
"""Rounds for each trip from which on it pays to begin as hot as can be."""

SHORT = 3000
"""Rounds for each trip up to which all threads search one plan."""

FEW = 50
"""Trips up to which every other annealing lingers, by the day; by the clock that gains nothing."""

SETS = 2
"""Sets of depots for each thread from which on a plan can be divided in many ways."""


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
    mine: np.ndarray | None = None
    """The sets of depots whose trips it plans; None: all."""
    best: Ints | None = None
    """Where the best plan that it comes by is put, if it is better; None: nowhere."""


Spread = Callable[[Callable[[Shift], int], Iterable[Shift]], Iterable[int]]
"""Does some work on many shifts side by side."""


class Team:
    """
    Some threads on one problem, each with a plan and a room to work in of its own.

    They anneal the first plan again and again until some annealings in a row find nothing better;
    one annealing is a matter of luck, and every other one goes about it otherwise (``heat``). Where
    time is short for the size of the problem, one takes all of it; where it is very short, all
    threads search one plan, divided anew for each epoch.
    """

    def __init__(self, board: Board, parameters: Parameters, run: Run) -> None:
        self.board, self.parameters, self.run = board, parameters, run
        self.rng = np.random.default_rng(run.seed)
        self.stopped = Event()
        self.best = board.s.copy()
        self.best_since, self.told = run.elapsed, 0.0
        trips = table(board.s, e.TRIPS, int(board.s[e.MOST_ROWS]))
        running = trips[trips[:, e.T_LOADS] > 0]
        self.trips = max(1, len(running))
        self.a_trip = float(running[:, e.T_COST].mean()) if len(running) else 1.0
        self.length: float = self.trips * min(parameters.rounds, EACH * self.trips**2)
        self.small = self.length <= SMALL
        if not self.small:
            self.length = self.trips * min(parameters.rounds, EACH_OF_MORE * self.trips**2)
        self.threads = 1 if self.small else max(1, run.threads)
        self.rooms = [board.w, *(new_room(board.problem) for _ in range(self.threads - 1))]
        self.boards = [board.s, *(self._copy() for _ in range(self.threads - 1))]
        self.played, self.began = 0, run.elapsed
        self.length *= self.threads
        self.by_time, self.annealings = False, 0
        few = bool(board.m[net.BY_DAY]) and self.trips <= FEW
        self.may_linger = few and parameters.hot >= LINGERING.hot
        self.heat = self.usual = Heat(parameters.hot, parameters.cold)
        self.watched: list[Ints] = []
        """The best plans that the threads came by in an annealing that lingers."""
        self.divided: Depots | None = None
        """The sets of depots among which one plan is divided; None: every thread has its own."""
        self.put_by: Callable[[Ints], None] = lambda s: None
        """Called with every plan when an annealing has ended."""
        if run.iterations is not None:
            self._plan(run.iterations)

    def _copy(self) -> Ints:
        """The first plan for one more thread, which draws otherwise."""
        s = self.board.s.copy()
        s[DRAW] = int(self.rng.integers(1, 1 << 62)) | 1
        return s

    def search(self) -> Solution:
        """Search until time or rounds are up, or nothing better is found any more."""
        with ThreadPoolExecutor(self.threads) as pool:
            try:
                ended = self._search(pool.map)
            except KeyboardInterrupt:
                self._tell(at_once=True)
                raise
            finally:
                self.stopped.set()
        self._tell(at_once=True)
        return solution_of(self.board._replace(s=self.best), ended)

    def _search(self, spread: Spread) -> Ended:
        first, stale = self.board.s.copy(), 0
        most = STALE_SMALL if self.small else STALE
        while stale < most:
            best = int(self.best[COSTS])
            for s in (self.board.s, *self.boards):
                # anew from the first plan: one that was annealed would lead to the like of it
                _become(s, first)
            ended = self._anneal(spread)
            for s in self._plans:
                self.put_by(s)
            self._next()
            if ended:
                return ended
            stale = 0 if self.best[COSTS] < best else stale + 1
        return Ended.DONE

    def _anneal(self, spread: Spread) -> Ended | None:
        """From hot to cold; why the search ended, if it did."""
        self.played_before, self.began = self.played, self.run.elapsed
        self.watched = [s.copy() for s in self.boards] if self.heat.lingers else []
        turned = not self.heat.lingers
        while not (ended := self._ended()) and self._done() < 1:
            if not turned and self._done() >= self.heat.turn:
                self._turn_back()
                turned = True
            self._epoch(spread)
            for s in self._plans:
                self._look_at(s)
        return ended

    def _next(self) -> None:
        """Let the next annealing go about it in the other way."""
        self.annealings += 1
        self.heat = LINGERING if self.may_linger and self.annealings % 2 else self.usual

    def _turn_back(self) -> None:
        """Let every thread go on from the best plan it came by."""
        for s, best in zip(self.boards, self.watched, strict=True):
            _become(s, best)

    @property
    def _plans(self) -> list[Ints]:
        """The boards with a whole plan, the best that a thread came by."""
        return [self.board.s] if self.divided else self.watched or self.boards

    def _ended(self) -> Ended | None:
        if self.run.stop():
            return Ended.TIME
        some = self.run.iterations is not None and self.played >= self.run.iterations
        return Ended.ITERATIONS if some else None

    def _plan(self, rounds: float) -> None:
        """See what fits into the rounds there will be."""
        count = round(rounds / self.length)
        if self.run.iterations is not None:
            self.length = rounds / max(1, count)
        self.by_time = count <= 1 and self.run.iterations is None
        each = (rounds if self.by_time else self.length) / self.trips
        if count <= 1 and each < SHORT:
            self._divide()
        plans = 1 if self.divided else self.threads
        hot = self.parameters.hot * min(1.0, (each / plans / PATIENT) ** 0.5)
        self.heat = self.usual = self.usual._replace(hot=max(self.usual.cold, hot))

    def _divide(self) -> None:
        """Let all threads search one plan, if it can be divided: so far the best one."""
        if self.threads == 1 or not may_divide(self.board.m):
            return
        depots = depots_of(self.board.problem, self.board.m)
        if depots.sets < SETS * self.threads:
            return
        self.divided = depots
        best = min(self.boards, key=lambda s: int(s[COSTS]))
        self.boards = [s.copy() if s is self.board.s else s for s in self.boards]
        if best is not self.board.s:
            self.board.s[:] = best

    def _done(self) -> float:
        """Share of this annealing that is over."""
        if self.by_time and self.run.seconds is not None:
            lasts = max(1e-9, self.run.seconds - self.began)
            return min(1.0, (self.run.elapsed - self.began) / lasts)
        return min(1.0, (self.played - self.played_before) / max(1.0, self.length))

    def _epoch(self, spread: Spread) -> None:
        """Let every thread play for a while on its board."""
        run, start = self.run, self.run.elapsed
        first = self.played == 0 and run.seconds is not None and run.iterations is None
        rounds, until, share = None, None, 1 / EPOCHS
        if not self.by_time:
            rounds = max(1, round(self.length / EPOCHS / self.threads))
        if run.seconds is not None:
            lasts = max(SHORTEST, (run.seconds - self.began) / EPOCHS)
            until = run.started + run.seconds
            if first or self.by_time:
                until = min(until, monotonic() + (FIRST if first else lasts))
            if self.by_time:
                share = lasts / max(1e-9, run.seconds - self.began)
        done = self._done()
        hot, cold = self.a_trip * self.heat.at(done), self.a_trip * self.heat.at(done + share)
        mine: list[np.ndarray] | list[None] = [None] * self.threads
        if self.divided:
            mine = drawn(self.divided, self.board.s, self.threads, self.rng)
        best: list[Ints] | list[None] = self.watched or [None] * self.threads
        shifts = [
            Shift(s, w, hot, cold, rounds, until, own, kept)
            for s, w, own, kept in zip(self.boards, self.rooms, mine, best, strict=True)
        ]
        played = sum(spread(self._play, shifts))
        if self.divided:
            join(self.board.m, self.board.s, self.board.w, self.boards)
        # rounds that find nothing to do count too, else a search without trips would not end
        self.played += max(played, self.threads)
        if first and run.seconds is not None:
            speed = played / max(1e-9, run.elapsed - start)
            self._plan(speed * max(0.0, run.seconds - run.elapsed))

    def _play(self, shift: Shift) -> int:
        """Play an epoch's rounds on one board; how many."""
        m, parameters, played = self.board.m, self.parameters, 0
        trips, rides = parameters.trips, parameters.rides
        if self.divided and shift.mine is not None:
            deal_out(self.board, self.divided, shift.s, shift.mine)
        at_once = AT_ONCE if shift.best is None else CLOSELY
        while not self.stopped.is_set():
            some = at_once if shift.rounds is None else min(at_once, shift.rounds - played)
            if some <= 0 or (shift.until is not None and monotonic() >= shift.until):
                break
            anneal(m, shift.s, shift.w, some, shift.hot, shift.cold, trips, rides)
            played += some
            if shift.best is not None and shift.s[COSTS] < shift.best[COSTS]:
                shift.best[:] = shift.s
        return played

    def _look_at(self, s: Ints) -> None:
        """Keep a board if it is the best so far, and say where the run stands."""
        if s[COSTS] < self.best[COSTS]:
            self.best[:] = s
            self.best_since = self.run.elapsed
        self._tell()

    def _tell(self, *, at_once: bool = False) -> None:
        """Hand over the best solution, not too often: it takes time to write it out."""
        board, run = self.board._replace(s=self.best), self.run
        progress = progress_of(board, run, f"best since {self.best_since:.0f} s")
        better = run.best is None or self.best[COSTS] < run.best.cost
        if better and (at_once or run.elapsed >= self.told):
            start = run.elapsed
            run.keep(solution_of(board, Ended.TIME), progress)
            self.told = run.elapsed + 20 * (run.elapsed - start)
        else:
            run.report(progress)


def _become(s: Ints, other: Ints) -> None:
    """Make a board another one, but for its draws."""
    draws = s[DRAW]
    s[:] = other
    s[DRAW] = draws
