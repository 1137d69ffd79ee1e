"""The one place where work is spread over processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def run_many(work: Callable[[T], R], tasks: Iterable[T], *, jobs: int = 1) -> Iterator[R]:
    """
    The results of some work on many tasks, each as soon as it is there.

    With one job they come in the order of the tasks and in this process; with more in the order in
    which they end, so a result says itself which task it is of. Threads that the work uses are
    its own affair: as many in each job.

    Parameters
    ----------
    work
        A function that can be found by its name in another process.
    tasks
        What it is given, one at a time; taken as they are needed.
    jobs
        Processes side by side. Inside ``joblib.parallel_config`` the same call runs on whatever
        that names, a Dask cluster for one.
    """
    if jobs == 1:
        yield from map(work, tasks)
        return
    from joblib import Parallel, delayed

    side_by_side = Parallel(n_jobs=jobs, return_as="generator_unordered")
    yield from side_by_side(delayed(work)(task) for task in tasks)
