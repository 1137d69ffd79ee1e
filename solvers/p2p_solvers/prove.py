"""
Prove: the search and the bound side by side, until they are as near as was asked.

The search has all threads but one, the bound has that one. What the one finds does not change what
the other does: they only end together, when the gap or the time is reached, or when neither finds
anything better.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Event, Lock, Thread
from typing import ClassVar

from pydantic import BaseModel

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Ended, Progress, Quality, Run, Solution
from p2p_solvers.bound import HOPE, BoundParameters, proved, reached
from p2p_solvers.engine.result import trips_of
from p2p_solvers.engine.start import first_plan
from p2p_solvers.proof.generation import Generation
from p2p_solvers.search import Search, SearchParameters


class ProveParameters(SearchParameters, BoundParameters):
    """How it searches, and how much is looked at one by one."""


@dataclass
class _Together(Run):
    """A run that also ends when the other one says so."""

    ended: Event = field(default_factory=Event)

    def stop(self) -> bool:
        """Whether the time is up, or the gap reached."""
        return self.ended.is_set() or super().stop()


class _Meeting:
    """What both know: the best plan and the best bound."""

    def __init__(self, problem: Problem, run: Run, search: _Together) -> None:
        self.problem, self.run, self.search = problem, run, search
        self.lock = Lock()
        self.latest: Progress | None = None
        self.bound: Solution | None = None
        self.fault: BaseException | None = None
        self.done = False

    def told(self, progress: Progress) -> None:
        """Pass on what the search reports, with the bound."""
        with self.lock:
            self.latest = progress
            best = self.search.best
            if best is not None:
                self.run.best = self._with_bound(best)
            self._report()

    def prove(self, parameters: BoundParameters) -> None:
        """Find better and better bounds; what goes wrong is raised where it is waited for."""
        try:
            self._prove(parameters)
        except BaseException as fault:
            self.fault = fault
            self.search.ended.set()

    def _prove(self, parameters: BoundParameters) -> None:
        quiet = Run(seed=self.run.seed, seconds=self.run.seconds, started=self.run.started)
        board = first_plan(self.problem, quiet, HOPE)
        generation = Generation(self.problem, 1, parameters.patterns, parameters.columns)
        if not generation.lay_out(self.search.stop):
            return
        for bound in generation.run(self.search.stop, trips_of(board.groups, board.s)):
            with self.lock:
                self.bound = proved(Solution(trips=(), cost=0), bound.cents, generation)
                best = self.search.best
                if best is not None:
                    self.run.best = self._with_bound(best)
                    if reached(self.run.best, self.run.gap):
                        self.search.ended.set()
                self._report()
        self.done = True

    def _report(self) -> None:
        if self.latest is not None:
            bound = None if self.bound is None else self.bound.bound
            seconds = max(self.latest.seconds, self.run.elapsed)
            self.run.report(replace(self.latest, bound=bound, seconds=seconds))

    def _with_bound(self, solution: Solution) -> Solution:
        if self.bound is None:
            return solution
        return replace(
            solution,
            bound=self.bound.bound,
            bound_how=self.bound.bound_how,
            bound_leaves_out=self.bound.bound_leaves_out,
        )

    def answer(self, solution: Solution) -> Solution:
        """The best plan with the best bound, and why it ended."""
        if self.fault is not None:
            raise self.fault
        best = self._with_bound(solution)
        if best.bound is not None and best.cost - best.bound < 1:
            return replace(best, ended=Ended.PROVED, quality=Quality.OPTIMAL)
        if reached(best, self.run.gap):
            return replace(best, ended=Ended.GAP)
        return replace(best, ended=Ended.TIME) if self.run.stop() else best


class Prove:
    """A plan by the search and a bound by columns, at the same time."""

    name: ClassVar[str] = "prove"
    Parameters: ClassVar[type[BaseModel]] = ProveParameters

    def declines(self, problem: Problem) -> str | None:
        """Take every problem; of services a plan will say that nothing is proved."""
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """Search and prove until the gap or the time is reached, or both are done."""
        assert isinstance(parameters, ProveParameters)
        if problem.jobs is not None:  # of open jobs nothing is proved
            return Search().solve(problem, parameters, run)
        search = _Together(
            seed=run.seed,
            threads=max(1, run.threads - 1),
            seconds=run.seconds,
            iterations=run.iterations,
            started=run.started,
            ended=Event(),
        )
        meeting = _Meeting(problem, run, search)
        search.watch = meeting.told
        prover = Thread(target=meeting.prove, args=(parameters,), daemon=True)
        prover.start()
        try:
            solution = Search().solve(problem, parameters, search)
            prover.join()
        except KeyboardInterrupt:
            search.ended.set()
            raise
        run.trace.extend(search.trace)
        run.best = meeting.answer(solution)
        return run.best
