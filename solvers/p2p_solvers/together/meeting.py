"""What the side that searches and the side that proves know of each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Event, Lock

from p2p_dispatch.solution import Bound, Ended, GapPart, Progress, Quality, Run, Solution
from p2p_solvers.bound import optimal, reached
from p2p_solvers.proof.generation import Generation
from p2p_solvers.together.where import gap_parts


@dataclass
class Side(Run):
    """
    The run of one side: what it finds goes to the meeting, and it ends when the meeting is over.

    What the bound finds does not change what the search does, so that the clock has no say in what
    the search comes to: they only end together, when the gap or the time is reached.
    """

    meeting: Meeting = field(kw_only=True)
    relieved: Event = field(default_factory=Event)
    """Set when another side goes on in its place."""

    def stop(self) -> bool:
        """Whether the time is up, the gap reached, or another side goes on."""
        return self.meeting.over.is_set() or self.relieved.is_set() or super().stop()

    def report(self, progress: Progress) -> None:
        """Say where this side stands."""
        self.meeting.told(progress)

    def prove(self, bound: Bound) -> None:
        """Hand over a bound."""
        super().prove(bound)
        self.meeting.proved(bound)

    def keep(self, solution: Solution, progress: Progress) -> None:
        """Hand over a solution if it is better than the best so far."""
        super().keep(solution, progress)
        self.meeting.kept(solution, progress)


class Meeting:
    """The best plan and the best bound of a run, whoever found them."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.over = Event()
        self._lock = Lock()
        self._latest: Progress | None = None
        self._worst: GapPart | None = None

    def side(self, threads: int, seconds: float | None, seed: int | None = None) -> Side:
        """
        A run for one of the sides.

        Parameters
        ----------
        seconds
            After which it stops, from the beginning of the whole.
        """
        run = self.run
        return Side(
            seed=run.seed if seed is None else seed,
            threads=threads,
            seconds=seconds,
            iterations=run.iterations,
            gap=run.gap,
            bound=run.bound,
            started=run.started,
            watch=lambda progress: None,
            meeting=self,
        )

    def told(self, progress: Progress) -> None:
        """Pass on where a side stands, with the bound, unless the other has a better plan."""
        with self._lock:
            best = self.run.best
            if best is None or progress.cost <= best.cost or self._latest is None:
                self._latest = progress
            self._report(progress.note)

    def kept(self, solution: Solution, progress: Progress) -> None:
        """A side has a solution."""
        with self._lock:
            best = self.run.best
            if best is None or solution.cost < best.cost:
                self._latest = progress
                self.run.keep(solution, progress)
                self._look()

    def proved(self, bound: Bound) -> None:
        """A side has a bound."""
        with self._lock:
            self.run.prove(bound)
            if self.run.best is not None:
                self.run.best = self.run.best.proved(self.run.bound)
                self._look()
            self._report()

    def look_where(self, generation: Generation) -> None:
        """Say of the best plan where its gap lies, if its bound is that of the columns."""
        best = self.run.best
        if best is None or best.bound is None or best.bound_of_all:
            return
        parts = gap_parts(generation, best)
        with self._lock:
            if self.run.best is not None and self.run.best.cost == best.cost:
                self.run.best = replace(self.run.best, gap_parts=parts)
            self._worst = parts[0] if parts else None
            self._report()

    def _report(self, note: str | None = None) -> None:
        if self._latest is None:
            return
        bound = None if self.run.bound is None else self.run.bound.cents
        seconds = max(self._latest.seconds, self.run.elapsed)
        note = self._latest.note if note is None else note
        self.run.report(
            replace(self._latest, bound=bound, seconds=seconds, worst=self._worst, note=note)
        )

    def _look(self) -> None:
        """End both sides if nothing better is asked for."""
        best = self.run.best
        if best is not None and (optimal(best) or reached(best, self.run.gap)):
            self.over.set()

    def answer(self, ended: Ended) -> Solution:
        """
        The best plan with the best bound, and why it ended.

        Parameters
        ----------
        ended
            Why the search did.
        """
        best = self.run.best
        assert best is not None
        if optimal(best):
            return replace(best, ended=Ended.PROVED, quality=Quality.OPTIMAL)
        if reached(best, self.run.gap):
            return replace(best, ended=Ended.GAP)
        return replace(best, ended=Ended.TIME if self.run.stop() else ended)
