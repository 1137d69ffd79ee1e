"""One run: a scenario, a solver, a seed and limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from p2p_dispatch.bench.entries import Entries
from p2p_dispatch.bench.equal import Moved
from p2p_dispatch.solution.solver import Limits


class Task(BaseModel):
    """All that another process must know to make a run."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    scenario: str
    """As the user calls it."""
    scenario_path: Path
    solver: str
    """As the user calls it."""
    solver_path: Path
    """Its file, or the name of a strategy that has none."""
    strategy: str
    parameters: dict[str, Any]
    seed: int
    limits: Limits
    """The suite's, and where it has none the solver's own."""
    threads: int
    ends_after: float | None
    """Seconds after which the run is ended by force; none: there is no time limit."""
    is_baseline: bool = False
    equal_to: str | None = None
    """The solver whose people are to be moved, and nobody left; none: everybody, with leaving
    behind at its price."""
    moved: Moved | None = None
    """Those people."""

    @property
    def about(self) -> str:
        """What it is, in a few words."""
        people = f", the people of {self.equal_to}" if self.equal_to else ""
        return f"{self.scenario}  {self.solver}  seed {self.seed}{people}"


def tasks_of(entries: Entries) -> Iterator[Task]:
    """
    The runs of a suite.

    Solvers innermost, so that a machine that grows slower over the hours is unfair to none.
    """
    suite = entries.suite
    for scenario, path in entries.scenarios.items():
        for seed in suite.seeds:
            for word, solver in entries.solvers.items():
                limits = _first(suite.limits, solver.file.limits)
                seconds = limits.seconds
                yield Task(
                    scenario=scenario,
                    scenario_path=path.resolve(),
                    solver=word,
                    solver_path=solver.path,
                    strategy=solver.file.strategy,
                    parameters=solver.parameters.model_dump(mode="json"),
                    seed=seed,
                    limits=limits,
                    threads=suite.threads,
                    ends_after=None if seconds is None else seconds + suite.patience,
                    is_baseline=word == suite.baseline,
                )


def _first(suite: Limits, solver: Limits) -> Limits:
    given = suite.model_dump(exclude_none=True)
    return Limits.model_validate(solver.model_dump() | given)


def equal_tasks(tasks: list[Task], moved: Mapping[tuple[str, int], Moved]) -> Iterator[Task]:
    """
    The same runs again, for the people whom the baseline moved.

    Parameters
    ----------
    tasks
        The runs.
    moved
        Whom the baseline moved, by scenario and seed, where it left somebody behind.
    """
    baseline = next(task.solver for task in tasks if task.is_baseline)
    for task in tasks:
        if people := moved.get((task.scenario, task.seed)):
            yield task.model_copy(update={"equal_to": baseline, "moved": people})
