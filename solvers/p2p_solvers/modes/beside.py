"""Coaches alone, searched in the background while people's ways are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
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


@contextmanager
def beside(run: PartOfRun, search: Callable[[], Draft]) -> Iterator[Callable[[], Draft]]:
    """Let a search go on in the background, to be asked for its draft; it ends with the context."""
    with ThreadPoolExecutor(1) as pool:
        try:
            yield pool.submit(search).result
        finally:
            run.enough.set()
