"""Coaches alone: the search and the bound side by side, and trips put together in the end."""

from __future__ import annotations

from threading import Event, Lock
from typing import Annotated

from pydantic import Field

from p2p_dispatch.problem import Problem, TripChoice
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.solution import Ended, Progress, Run, Solution
from p2p_solvers.bound import BoundParameters
from p2p_solvers.engine.memory import BLINKS, COSTS
from p2p_solvers.engine.result import trips_of
from p2p_solvers.engine.start import first_plan, mend
from p2p_solvers.engine.team import Team
from p2p_solvers.proof.generation import Generation
from p2p_solvers.search import SearchParameters
from p2p_solvers.together.meeting import Meeting, Side
from p2p_solvers.together.prover import Beside, Effort, prove_by_columns
from p2p_solvers.together.recombine import recombined

PLANS = 8
"""Plans whose trips are put together in the end: the cheapest that annealings ended with."""

SEED = 1_000_003
"""How far the seed of the second search is from that of the first."""

ENDLESS = 1 << 40
"""Steps beyond the linear programme where nothing but time ends them."""

EARLY = 0.4
"""Share of the time up to which a bound is done early: then all threads search together from the
beginning, which finds more than one beside another."""


class SharedParameters(SearchParameters, BoundParameters):
    """How it searches, how much is looked at one by one, and how the time is shared."""

    recombine: Annotated[float, Field(ge=0, lt=0.5)] = 0.08
    """Share of the time that is left for putting trips of several plans together; 0: they are not
    put together."""

    alone: Annotated[float, Field(ge=0, le=0.5)] = 0.25
    """Share of the time in which the bound is proved where there is one thread for everything."""

    join: bool = True
    """Whether the thread of the bound searches too when the bound is done."""


class Coaches:
    """Both sides of one run."""

    def __init__(self, problem: Problem, parameters: SharedParameters, meeting: Meeting) -> None:
        self.problem, self.parameters = problem, parameters
        self.meeting, self.run = meeting, meeting.run
        self.generation: Generation | None = None
        self.first: tuple[TripChoice, ...] = ()
        self.plans: list[tuple[int, tuple[TripChoice, ...]]] = []
        self.lock, self.begun, self.small = Lock(), Event(), False
        self.until = self._until(1 - self._later)
        self.searcher = meeting.side(max(1, self.run.threads - 1), self.until)

    def solve(self) -> Solution:
        """The best plan of all that was tried, with the best bound."""
        run, meeting = self.run, self.meeting
        prover = meeting.side(1, run.seconds)
        beside = Beside(prover, lambda: self._prove(prover)) if run.threads > 1 else None
        try:
            ended = self._search(self.searcher)
            if self.searcher.relieved.is_set() and ended is Ended.TIME:
                ended = self._search(meeting.side(run.threads, self.until))
            if self.parameters.recombine:
                self._recombine()
            if beside:
                beside.wait()
            else:
                self.generation = prove_by_columns(
                    self.problem, self.parameters, prover, effort=self._effort
                )
        except BaseException:
            meeting.over.set()
            raise
        if self.generation is not None:
            meeting.look_where(self.generation)
        return meeting.answer(ended)

    @property
    def _later(self) -> float:
        """Share of the time for what comes after the search."""
        alone = 0.0 if self.run.threads > 1 else self.parameters.alone
        return self.parameters.recombine + alone

    def _until(self, share: float) -> float | None:
        return None if self.run.seconds is None else share * self.run.seconds

    def _prove(self, side: Side) -> None:
        """Prove; then search with the same thread too, unless the plan is a small one."""
        self.generation = prove_by_columns(
            self.problem, self.parameters, side, self._begun, self._effort
        )
        self.begun.wait()
        until = self.until
        if not self.parameters.join or until is None or self.small or side.elapsed > until:
            return
        if side.elapsed < EARLY * until:
            self.searcher.relieved.set()
        else:
            self._search(self.meeting.side(1, until, self.run.seed + SEED))

    def _effort(self) -> Effort:
        """Of a small plan by the day all is proved that can be in time: its search is over soon."""
        endless = self.small and self.problem.by_day and self.run.seconds is not None
        nodes = ENDLESS if endless else self.parameters.nodes
        return Effort(nodes, heeds=endless or not self.small)

    def _begun(self) -> tuple[TripChoice, ...]:
        """The trips with which the search begins, as soon as it has."""
        self.begun.wait()
        return self.first

    def _search(self, side: Side) -> Ended:
        """Anneal as ``search`` does, and put by what every annealing ended with."""
        try:
            board = first_plan(self.problem, side, self.parameters.hope)
            mend(board, side, limited=False)
            if not self.begun.is_set():
                self.first = trips_of(board.groups, board.s)
            board.s[BLINKS] = round(1000 * self.parameters.blinks)
            team = Team(board, self.parameters, side)
            self.small = team.small
        finally:
            self.begun.set()

        def put_by(s: Ints) -> None:
            with self.lock:
                self.plans.append((int(s[COSTS]), trips_of(board.groups, s)))
                self.plans = sorted(self.plans, key=lambda plan: plan[0])[:PLANS]

        team.put_by = put_by
        return team.search().ended

    def _recombine(self) -> None:
        """Put the trips of all plans together anew."""
        side, best = self.meeting.side(1, self.run.seconds), self.run.best
        if best is None or side.stop():
            return
        found = recombined(self.problem, best, [trips for _, trips in self.plans], side)
        if found.cost < best.cost:
            side.keep(found, _progress(self.problem, found, side))


def _progress(problem: Problem, solution: Solution, run: Run) -> Progress:
    return Progress(
        seconds=run.elapsed,
        served=sum(trip.people for trip in solution.trips),
        people=problem.everybody,
        trips=len(solution.trips),
        cost=solution.cost,
        note="trips of several plans together",
    )
