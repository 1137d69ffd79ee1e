"""Rounds: take some people off, put them on again, keep what is no worse or not much."""

from __future__ import annotations

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import NEVER, at, compiled, put, small
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.chance import cooled, draw
from p2p_solvers.engine.everybody import insert_all
from p2p_solvers.engine.insert import sort_order
from p2p_solvers.engine.lineup import SPREAD, line_up, one_left
from p2p_solvers.engine.log import begin, undo
from p2p_solvers.engine.memory import COSTS, GROUPS, KEYS, LEFT, LIMIT, N_GROUPS, ORDER
from p2p_solvers.engine.ruin import focus, near_focus, ruin_for, ruin_rides, ruin_trips
from p2p_solvers.engine.ways import switch_back
from p2p_solvers.engine.worth import tidy

LEFT_EVERY, LOOKS = 8, 4
"""Rounds to one that is about somebody left behind, and how often one is looked for."""


CHOOSE_EVERY, DISSOLVE_EVERY = 2, 2
"""Rounds to one in which groups choose among ways by services; and of those, to one in which
groups of whom a leg is taken off give up their way before."""


@small
def _undo(m: Ints, s: Ints) -> None:
    """Make the board what it was when the round began."""
    undo(m, s)
    switch_back(m, s)


@compiled
def _round(m: Ints, s: Ints, w: Ints, most_trips: int, most_rides: int) -> bool:
    """Take some people off and put them on again; False: there was nobody."""
    begin(s)
    count, also = 0, -1
    if m[e.N_SERVICES]:
        s[e.CHOOSES] = draw(s, CHOOSE_EVERY) == 0
        s[e.DISSOLVES] = s[e.CHOOSES] and draw(s, DISSOLVE_EVERY) == 0
    if most_rides and s[LEFT] and draw(s, LEFT_EVERY) == 0:
        near = near_focus(m, s)
        for _ in range(LOOKS):
            if also < 0:
                also = one_left(m, s, near - SPREAD + draw(s, 2 * SPREAD))
    if also >= 0:
        s[e.CHOOSES] = m[e.N_SERVICES]
        count = ruin_for(m, s, w, also, 1 + draw(s, most_rides))
    elif most_rides and draw(s, 3):
        count = ruin_rides(m, s, w, 1 + draw(s, most_rides))
    else:
        count = ruin_trips(m, s, 1 + draw(s, most_trips))
    if not count and also < 0:
        return False
    if insert_all(m, s, w, line_up(m, s, w, also), 50 + draw(s, 51)):
        tidy(m, s, w)
    return True


@compiled
def play(m: Ints, s: Ints, w: Ints, rounds: int, most_trips: int) -> None:
    """
    Play some rounds; those that make the board dearer are undone.

    Parameters
    ----------
    rounds
        How many.
    most_trips
        Most trips taken apart in one.
    """
    for _ in range(rounds):
        s[LIMIT] = s[COSTS]
        focus(s)
        if not _round(m, s, w, most_trips, 0):
            break
        if s[COSTS] > s[LIMIT]:
            _undo(m, s)
    s[LIMIT] = NEVER


@compiled
def anneal(
    m: Ints, s: Ints, w: Ints, rounds: int, hot: float, cold: float, trips: int, rides: int
) -> None:
    """
    Play some rounds about one origin; those that make the board dearer are kept by chance.

    Source: Kirkpatrick, Gelatt and Vecchi (1983).

    Parameters
    ----------
    rounds
        How many.
    hot, cold
        Temperature at the beginning and at the end, cents.
    trips, rides
        Most trips taken apart in a round, or most rides.
    """
    focus(s)
    for i in range(rounds):
        temperature = hot * (cold / hot) ** (i / rounds)
        s[LIMIT] = s[COSTS] + int(cooled(s, temperature))
        if not _round(m, s, w, trips, rides):
            focus(s)
        elif s[COSTS] > s[LIMIT]:
            _undo(m, s)
    s[LIMIT] = NEVER


@compiled
def build(m: Ints, s: Ints, w: Ints, hope: int, due_first: int) -> None:
    """
    Put everybody on: the least time first, then the most people.

    With ``due_first`` those go first whose last day comes first.
    """
    n = m[N_GROUPS]
    for group in range(n):
        days = at(m, GROUPS, group, e.LAST_DAY)
        if not due_first:
            days -= at(m, GROUPS, group, e.FIRST_DAY)
        put(s, ORDER, 0, group, group)
        put(s, KEYS, 0, group, days * 1_000_000 - at(m, GROUPS, group, e.PEOPLE))
    sort_order(s, n)
    insert_all(m, s, w, n, hope)
    tidy(m, s, w)
