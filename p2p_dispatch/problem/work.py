"""
Room to work in: one trip as it is being judged, as compiled functions take it.

The trip is given by its pool, its stops, first the pick-ups, and by what its riders need of it;
``wheel`` and ``timing`` fill in who drives when, its times and its cost. The same room serves
trip after trip.
"""

from __future__ import annotations

from collections.abc import Mapping

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import room

MOST_STOPS = 40
MOST_RIDERS = 400
MOST_DRIVERS = 4
MOST_STRETCHES = 256
"""Longest list of stretches of one trip; a trip that needs more is given up."""

POOL, N_STOPS, N_PICKS, N_RIDERS, MOVED_UNTIL, SHIFT_START, N_STRETCHES, LEG_BEGINS = range(8)
"""Scalars: the trip's pool, its stops and how many are pick-ups, rows of ``RIDERS``; the coach's
last movement, the first minute of its shift, how many stretches there are, and how many there
were when the leg began. Scalars from 8 on are free for strategies."""

STOPS, READY, RIDERS, CREW, STRETCHES, LEGS, TIMES, FIGURES, BEST = range(64, 82, 2)
"""
Tables: stops; first minute of boarding per pick-up; pairs of stops between which somebody rides,
as numbers of stops, with the last minute at which they may arrive; what counts against each
driver; who drives when; legs; times; figures; the best departure so far. Tables from 82 on are
free for strategies.
"""

SPELL, BY_NIGHT, FREE_SINCE, WORKED, SHIFT, DRIVEN = range(6)
"""Columns of ``CREW``: minutes in this spell, of them by night; when the wheel was left; minutes
of standing at stops since then, which are work; minutes since the last rest; and on this trip."""

DRIVER, START, END = range(3)
"""Columns of ``STRETCHES``."""

METRES, SECONDS, MINUTES = range(3)
"""Rows of ``LEGS``, a column for each leg from depot to depot."""

COMES, ARRIVES, GOES = range(3)
"""Rows of ``TIMES``, a column for each stop: as in ``TripRun``."""

LENGTH, LOADED, DAYS, COST, LEAVE, BACK, BOARD_DAY = range(7)
"""Columns of ``FIGURES``: as in ``TripRun``."""

BEST_COST, BEST_THEN, BEST_DEPART, BEST_DRIVERS, BEST_BEGIN = range(5)
"""Columns of ``BEST``: cost; what decides between equal costs; minute of leaving the depot; crew;
minute at which boarding was to begin."""

ON, OFF, LATEST = range(3)
"""Columns of ``RIDERS``."""


def new_work(tables: Mapping[int, tuple[int, int]] | None = None) -> Ints:
    """
    Room for one trip.

    Parameters
    ----------
    tables
        Rows and columns of a strategy's own tables.
    """
    sizes = {
        STOPS: (1, MOST_STOPS),
        READY: (1, MOST_STOPS),
        RIDERS: (MOST_RIDERS, 3),
        CREW: (MOST_DRIVERS, 6),
        STRETCHES: (MOST_STRETCHES, 3),
        LEGS: (3, MOST_STOPS + 1),
        TIMES: (3, MOST_STOPS),
        FIGURES: (1, 7),
        BEST: (1, 5),
        **(tables or {}),
    }
    return room(sizes)
