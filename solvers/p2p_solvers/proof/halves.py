"""Which three cohorts share trips so cleverly that a row forbids it."""

from __future__ import annotations

import numpy as np

from p2p_dispatch.problem.basics import Floats
from p2p_solvers.proof.master import Master
from p2p_solvers.proof.rows import Halves
from p2p_solvers.proof.ways import stop_of

MOST_COHORTS = 600
"""Of more cohorts not all threes are looked at."""

SHORT = 0.03
"""By how much a row must be broken, of the two trips that it asks for."""

PER_COHORT, PER_ROUND = 4, 40
"""New rows that have the same cohort, and new rows in all."""


def broken_halves(master: Master) -> list[Halves]:
    """The rows that the programme's last solution breaks most."""
    used = np.flatnonzero(master.x > 1e-4).tolist()
    n = len(master.cohorts)
    if not used or n < 3 or n > MOST_COHORTS:
        return []
    could, shares = _could_take(master, used), master.x[used]
    people = master.problem.people[master.cohorts]
    alone = could @ shares + master.left / people
    pairs = (could * shares) @ could.T
    found: list[tuple[float, int, int, int]] = []
    for a in range(n - 2):
        with_a = could[a] > 0
        later = could[a + 1 :, with_a]
        all_three = (later * shares[with_a]) @ later.T
        b_and_c = alone[a + 1 :, None] + alone[None, a + 1 :] - pairs[a + 1 :, a + 1 :]
        only_a = alone[a] - pairs[a, a + 1 :, None] - pairs[a, None, a + 1 :]
        short = np.triu(2.0 - (b_and_c + only_a + 2 * all_three), 1)
        for at in np.argsort(short, axis=None)[-PER_COHORT:].tolist():
            b, c = divmod(at, n - a - 1)
            if short[b, c] > SHORT:
                found.append((float(short[b, c]), a, a + 1 + b, a + 1 + c))
    taken = np.zeros(n, dtype=np.int64)
    rows: list[Halves] = []
    for _, a, b, c in sorted(found, reverse=True):
        three = [a, b, c]
        if taken[three].max() < PER_COHORT and len(rows) < PER_ROUND:
            taken[three] += 1
            i, j, k = master.cohorts[three].tolist()
            rows.append(Halves((i, j, k)))
    return rows


def _could_take(master: Master, used: list[int]) -> Floats:
    """(n_cohorts, n_used) 1 where the pattern of a column has a pair of stops of a cohort."""
    could = np.zeros((len(master.cohorts), len(used)))
    for i, j in enumerate(used):
        column = master.columns[j]
        room = master.rooms[column.block]
        on = [stop_of(column.stops, s) for s in range(3)]
        off = [stop_of(column.stops, 3 + s) for s in range(3)]
        n_drops = len(room.block.drops)
        those = np.isin(room.pair // n_drops, on) & np.isin(room.pair % n_drops, off)
        could[[master.place[c] for c in room.cohort[those].tolist()], i] = 1.0
    return could
