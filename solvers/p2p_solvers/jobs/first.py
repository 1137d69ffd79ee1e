"""The travel of a matching: a part of a run that plans it and reports to the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel

from p2p_dispatch.problem import Matched, Problem, beside, matched
from p2p_dispatch.solution import Progress, Quality, Run, Solution, Strategy

NOTHING = "none: what is proved of one matching says nothing of the others"


@dataclass(kw_only=True)
class PartRun(Run):
    """A run on a problem that is a part of another; what it finds is handed over to that one."""

    outer: Run
    whole: Callable[[Solution], Solution]
    """A solution of the part as one of the whole."""
    seen: Callable[[Progress], Progress]

    def report(self, progress: Progress) -> None:
        """Say where the whole run stands."""
        self.outer.report(self.seen(progress))

    def keep(self, solution: Solution, progress: Progress) -> None:
        """Hand over a solution if it is the best of the part, and maybe of the whole."""
        if self.best is None or solution.cost < self.best.cost:
            self.best = solution
            self.trace.append(progress)
        self.outer.keep(self.whole(solution), self.seen(progress))


def plan_matched(
    problem: Problem,
    chosen: Sequence[Matched],
    travel: Strategy,
    parameters: BaseModel,
    run: Run,
    *,
    share: float = 1.0,
) -> Solution:
    """
    What a strategy makes of a matching, for a while, as a solution of the whole problem.

    Parameters
    ----------
    chosen
        For each match of the problem the people who are to fill its posts.
    share
        Of the run's time that is over when it ends.
    """
    bound, more = matched(problem, chosen), beside(problem, chosen)

    def whole(found: Solution) -> Solution:
        # what may be proved of one matching says nothing of the others
        return replace(
            found,
            coaches=found.coaches or bound,
            cost=found.cost + more,
            bound=None,
            bound_how=NOTHING,
            bound_leaves_out=(),
            bound_of_all=False,
            quality=Quality.FEASIBLE,
        )

    def seen(progress: Progress) -> Progress:
        return replace(
            progress,
            seconds=run.elapsed,
            people=problem.everybody,
            cost=progress.cost + more,
            bound=None,
        )

    part = PartRun(
        seed=run.seed,
        threads=run.threads,
        seconds=None if run.seconds is None else max(0.0, share * run.seconds - run.elapsed),
        iterations=run.iterations,
        outer=run,
        whole=whole,
        seen=seen,
    )
    return whole(travel.solve(bound, parameters, part))
