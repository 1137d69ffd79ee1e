"""Coaches alone, searched in the background while somebody else makes use of what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event

from p2p_dispatch.solution import Progress, Run, Solution
from p2p_solvers.modes.draft import Draft


@dataclass
class PartOfRun(Run):
    """A part of a run, which hands over what is a whole plan already."""

    hand_over: Callable[[Solution], None] = lambda solution: None
    whole: Run | None = None
    enough: Event = field(default_factory=Event)
    """Set when nobody waits for more."""

    def stop(self) -> bool:
        """Whether its time is up, or that of the whole, or it is enough."""
        over = self.enough.is_set() or super().stop()
        return over or (self.whole is not None and self.whole.stop())

    def keep(self, solution: Solution, progress: Progress) -> None:
        """Hand over a solution if it is better than the best so far, and to the whole run."""
        super().keep(solution, progress)
        self.hand_over(solution)


@dataclass(frozen=True)
class Searching:
    """
    A search in the background.

    Attributes
    ----------
    run
        That of the search.
    found
        What it comes to.
    draft
        Makes a draft of a solution.
    """

    run: PartOfRun
    found: Future[Solution]
    draft: Callable[[Solution], Draft]

    def after(self, seconds: float) -> Draft | None:
        """The best draft when the search has gone on for so long, or has ended; None: none yet."""
        wait([self.found], max(0.0, seconds - self.run.elapsed))
        best = self.found.result() if self.found.done() else self.run.best
        return None if best is None else self.draft(best)

    def in_the_end(self) -> Draft:
        """The best draft; nothing is searched any more."""
        self.run.enough.set()
        return self.draft(self.found.result())


@contextmanager
def beside(
    run: PartOfRun, search: Callable[[], Solution], draft: Callable[[Solution], Draft]
) -> Iterator[Searching]:
    """Let a search go on in the background; it ends with the context."""
    with ThreadPoolExecutor(1) as pool:
        try:
            yield Searching(run, pool.submit(search), draft)
        finally:
            run.enough.set()
