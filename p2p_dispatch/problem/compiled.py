"""
Functions that are compiled where a search calls them millions of times.

They are plain Python over integers and int64 arrays; Numba compiles each on its first call and
keeps the result beside the source, or in the user's cache where that cannot be written. Their
arguments have always the same types, so that each is compiled once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

from p2p_dispatch.problem.basics import NO_LIMIT

F = TypeVar("F", bound=Callable[..., object])

NEVER = NO_LIMIT
"""A minute that does not come."""

KEPT, STOPS, FLEET, WINDOWS, CREW, SEATS, NOTICE, RISK = range(8)
"""Rules as compiled functions name them; 0: none is broken."""

RULES = (None, "stops", "fleet", "windows", "crew", "seats", "notice", "risk")
"""Ids of these rules."""


def compiled(function: F) -> F:
    """Compile a function on its first call and remember the result on disk."""
    return cast(F, numba.njit(cache=True, nogil=True)(function))
