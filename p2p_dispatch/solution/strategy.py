"""What a strategy is: the protocol that ours and other people's keep."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution.solution import Bound, Progress, Solution


class Parameters(BaseModel):
    """Base of a strategy's own parameters: frozen, and no key is accepted that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Declined(Exception):  # noqa: N818  (it reads as what it is)
    """
    A strategy cannot take this problem with these parameters; its words say why, a sentence.

    Raised by ``Strategy.solve`` before any work, where ``declines``, which sees no parameters,
    could not say so.
    """


@dataclass
class Run:
    """
    One run of a strategy: its limits, and where it reports.

    A strategy asks :meth:`stop` often, draws all its randomness from ``seed``, uses at most
    ``threads`` threads and hands every better solution to :meth:`keep`, so that an interrupt
    loses nothing.
    """

    seed: int = 0
    threads: int = 1
    seconds: float | None = None
    """Time limit; none: until the strategy ends."""
    iterations: int | None = None
    """Iterations the strategy may make, counted its own way; none: no limit."""
    gap: float | None = None
    """Stop when (cost - bound) / cost is no larger than this."""
    watch: Callable[[Progress], None] = lambda progress: None
    """Called with every report."""
    best: Solution | None = None
    """Best solution handed over so far."""
    bound: Bound | None = None
    """Highest bound handed over so far."""
    trace: list[Progress] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.started

    def stop(self) -> bool:
        """Whether the time is up."""
        return self.seconds is not None and self.elapsed >= self.seconds

    def report(self, progress: Progress) -> None:
        """Say where the run stands."""
        self.watch(progress)

    def prove(self, bound: Bound) -> None:
        """Hand over a bound; the solutions that are kept from now on have it too."""
        if self.bound is None or bound.cents > self.bound.cents:
            self.bound = bound

    def keep(self, solution: Solution, progress: Progress) -> None:
        """Hand over a solution if it is better than the best so far."""
        if self.bound is not None:
            solution = solution.proved(self.bound)
            progress = replace(progress, bound=solution.bound)
        if self.best is None or solution.cost < self.best.cost:
            self.best = solution
            self.trace.append(progress)
        self.watch(progress)


@runtime_checkable
class Strategy(Protocol):
    """
    An algorithm that turns a problem into a solution.

    A class with this shape, named in the entry-point group ``p2p_dispatch.strategies``, is found
    by name; a solver file gives it parameters and limits.
    """

    name: ClassVar[str]
    """Name by which solver files refer to it."""

    Parameters: ClassVar[type[BaseModel]]
    """Its parameters with their defaults; usually a subclass of :class:`Parameters`."""

    def declines(self, problem: Problem) -> str | None:
        """Why it cannot take this problem, a sentence; None if it can."""
        ...

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """
        Trips that keep every rule of the problem.

        Every solution keeps the rules; people who do not fit are left behind.

        Raises
        ------
        Declined
            Before any work, when its parameters do not let it take this problem.
        """
        ...
