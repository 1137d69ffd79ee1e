"""Work in steps, always where it is most urgent, on some threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

T = TypeVar("T")


def in_turn(
    items: Sequence[T],
    urgency: Callable[[T], float],
    step: Callable[[T], Any],
    threads: int,
    stop: Callable[[], bool],
) -> Iterator[T]:
    """
    Take steps until nothing is urgent any more or the time is over.

    Parameters
    ----------
    urgency
        How much an item needs its next step; 0: not at all.

    Yields
    ------
    The item of every step that was taken.
    """
    running: dict[Future[Any], int] = {}
    with ThreadPoolExecutor(threads) as pool:
        while True:
            busy = set(running.values())
            waits = [] if stop() else [i for i in range(len(items)) if i not in busy]
            due = [(urgency(items[i]), -i) for i in waits]
            for how, minus in sorted((one for one in due if one[0] > 0), reverse=True):
                if how > 0 and len(running) < threads:
                    running[pool.submit(step, items[-minus])] = -minus
            if not running:
                return
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            for one in ended:
                item = running.pop(one)
                one.result()
                yield items[item]
