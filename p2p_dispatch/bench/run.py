"""All runs of a suite, one after the other or side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from p2p_dispatch.bench.entries import Entries
from p2p_dispatch.bench.equal import Moved
from p2p_dispatch.bench.process import run_task
from p2p_dispatch.bench.row import Row
from p2p_dispatch.bench.task import Task, equal_tasks, tasks_of
from p2p_dispatch.parallel import run_many

Tell = Callable[[Task, Row, int, int], None]
"""Called after each run with its number and how many there are so far to be made."""


def run_suite(entries: Entries, *, jobs: int = 1, tell: Tell | None = None) -> Iterator[Row]:
    """
    Every row as soon as there is one.

    First everybody solves what was asked. Then, where the baseline left people behind, everybody
    solves for those whom it moved.

    Parameters
    ----------
    entries
        The suite.
    jobs
        Runs side by side; they disturb each other's times.
    tell
        Told of every run.
    """
    tasks = list(tasks_of(entries))
    moved: dict[tuple[str, int], Moved] = {}
    for number, done in enumerate(run_many(run_task, tasks, jobs=jobs), start=1):
        if done.moved is not None:
            moved[done.task.scenario, done.task.seed] = done.moved
        if tell:
            tell(done.task, done.row, number, len(tasks))
        yield done.row
    again = list(equal_tasks(tasks, moved)) if entries.suite.equal else []
    for number, done in enumerate(run_many(run_task, again, jobs=jobs), start=len(tasks) + 1):
        if tell:
            tell(done.task, done.row, number, len(tasks) + len(again))
        yield done.row
