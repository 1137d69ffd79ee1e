"""Groups in line are put on, one after the other."""

from __future__ import annotations

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import at, compiled
from p2p_solvers.engine.insert import insert_one
from p2p_solvers.engine.memory import CHOOSES, ORDER, WAITING
from p2p_solvers.engine.ways import choose_way


@compiled
def insert_all(m: Ints, s: Ints, w: Ints, n: int, hope: int) -> None:
    """
    Put the first groups of ``ORDER`` on trips, one after the other.

    Parameters
    ----------
    hope
        Per cent of a new trip's seats that later groups are hoped to fill: it is priced as if
        that many shared it.
    """
    for i in range(n):
        group = at(s, ORDER, 0, i)
        if s[CHOOSES]:
            choose_way(m, s, w, group, hope)
        while at(s, WAITING, group, 0) > 0:
            if not insert_one(m, s, w, group, hope):
                break
