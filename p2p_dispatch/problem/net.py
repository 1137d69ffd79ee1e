"""The part of a problem that the rules of one trip need, as compiled functions take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from p2p_dispatch.problem.basics import NO_LIMIT, Ints

if TYPE_CHECKING:
    from p2p_dispatch.problem.problem import Problem

(
    BY_DAY,
    PAD,
    N_DAYS,
    N_CALENDAR,
    DRIVER_DAY,
    STOP_MINUTES,
    DEPART_EVERY,
    MOST_PICKUPS,
    MOST_DROPS,
    DETOUR_PPM,
    DETOUR_METRES,
    LONGEST_RIDE,
    TWO_DAYS_PAST,
    SECOND_DRIVER_PAST,
    CREW_SPELL,
    CREW_NIGHT_SPELL,
    CREW_PAUSE,
    CREW_BAN_EXEMPT,
    CREW_TWO_DRIVERS_PAST,
    CREW_MOST_DRIVERS,
    N_ROLLING,
    N_NIGHTS,
    N_BANS,
    HAS_SHIFT,
    SHIFT_DRIVING,
    SHIFT_SPAN,
    SHIFT_TEAM_SPAN,
    SHIFT_REST,
    SHIFT_TEAM_REST,
) = range(29)
"""Scalars: as in ``Problem`` and ``Crew``; the factor of the detour in millionths."""

MIDNIGHTS, METRES, SECONDS, MINUTES, OPENS, SHUTS, ROLLING, NIGHTS, BANS, BASES = range(64, 84, 2)
"""Tables: as in ``Problem`` and ``Crew``; ``MIDNIGHTS`` is one row."""

DEPOT, PER_DAY, PER_KM, EARLIEST = range(4)
"""Columns of ``BASES``, a row for each pool: what the rules of one trip need to know of it."""


def scalars_of(problem: Problem) -> dict[int, int]:
    """The scalars by their places in the header."""
    crew, shift = problem.crew, problem.crew.shift
    driving, span, rest = (shift.driving, shift.span, shift.rest) if shift else (0, (0, 0), (0, 0))
    return {
        BY_DAY: problem.by_day,
        PAD: problem.pad,
        N_DAYS: problem.n_days,
        N_CALENDAR: len(problem.midnights) - 1,
        DRIVER_DAY: problem.driver_day,
        STOP_MINUTES: problem.stop_minutes,
        DEPART_EVERY: problem.depart_every,
        MOST_PICKUPS: problem.most_pickups,
        MOST_DROPS: problem.most_drops,
        DETOUR_PPM: int(problem.detour_factor * 1e6),
        DETOUR_METRES: problem.detour_metres,
        LONGEST_RIDE: problem.longest_ride,
        TWO_DAYS_PAST: problem.two_days_past,
        SECOND_DRIVER_PAST: problem.second_driver_past,
        CREW_SPELL: crew.spell,
        CREW_NIGHT_SPELL: crew.night_spell,
        CREW_PAUSE: crew.pause,
        CREW_BAN_EXEMPT: crew.ban_exempt,
        CREW_TWO_DRIVERS_PAST: crew.two_drivers_past,
        CREW_MOST_DRIVERS: crew.most_drivers,
        N_ROLLING: len(crew.rolling),
        N_NIGHTS: len(crew.nights),
        N_BANS: len(crew.bans),
        HAS_SHIFT: shift is not None,
        SHIFT_DRIVING: driving,
        SHIFT_SPAN: span[0],
        SHIFT_TEAM_SPAN: span[1],
        SHIFT_REST: rest[0],
        SHIFT_TEAM_REST: rest[1],
    }


def tables_of(problem: Problem) -> dict[int, Ints]:
    """The tables by their places in the header."""
    kind = problem.unit_type
    bases = (problem.depot, problem.per_day[kind], problem.per_km[kind], problem.earliest[kind])
    return {
        MIDNIGHTS: problem.midnights.reshape(1, -1),
        METRES: problem.metres,
        SECONDS: problem.seconds,
        MINUTES: problem.minutes,
        OPENS: problem.opens,
        SHUTS: problem.shuts,
        ROLLING: _pairs(problem.crew.rolling),
        NIGHTS: _pairs(problem.crew.nights),
        BANS: _pairs(problem.crew.bans),
        BASES: np.stack(bases, axis=1) if len(kind) else np.zeros((1, 4), dtype=np.int64),
    }


def _pairs(pairs: tuple[tuple[int, int], ...]) -> Ints:
    return np.array(pairs or [(NO_LIMIT, NO_LIMIT)], dtype=np.int64)
