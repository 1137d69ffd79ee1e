"""
Functions that are compiled where a search calls them millions of times.

They are plain Python over whole numbers; Numba compiles them when their module is first imported
and keeps the result in the program's cache, in a folder for just these sources: Numba itself would
not notice that a function called from another file has changed. All of them take their data from a
few long arrays of int64, each with a header: scalars first, then for every table where it begins
and how long its rows are. So every function has the same few types and compiles fast; handing over
dozens of arrays, or leaving the types to be found out call by call (a literal 1 is a type of its
own), took minutes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba.core import types as _types

from p2p_dispatch.cache import announce, cache_folder
from p2p_dispatch.problem.basics import NO_LIMIT, Ints

types: Any = _types  # Numba states no types for these two
config: Any = numba.config

Place = np.uint64
"""An index into an array."""

F = TypeVar("F", bound=Callable[..., object])

NEVER = NO_LIMIT
"""A minute that does not come."""

HEADER = 256
"""Numbers before the first table: scalars below 64, then two for each table."""

KEPT, STOPS, FLEET, WINDOWS, CREW, SEATS, NOTICE, RISK = range(8)
"""Rules as compiled functions name them; 0: none is broken."""

RULES = (None, "stops", "fleet", "windows", "crew", "seats", "notice", "risk")
"""Ids of these rules."""


_TYPES: dict[str, Any] = {
    "int": types.int64,
    "bool": types.boolean,
    "float": types.float64,
    "None": types.void,
    "Ints": types.int64[::1],
    "Place": types.uint64,
    "tuple[int, int]": types.UniTuple(types.int64, 2),
    "tuple[int, int, int]": types.UniTuple(types.int64, 3),
}
"""What the annotations of compiled functions mean."""


def compiled(function: F) -> F:
    """
    Compile a function for the types of its annotations and remember the result on disk.

    Those it calls must stand before it.
    """
    *given, returned = (_TYPES[each] for each in function.__annotations__.values())
    with _cache_of(function):
        return cast(F, numba.njit(returned(*given), cache=True, nogil=True)(function))


@contextmanager
def _cache_of(function: F) -> Iterator[None]:
    """Let Numba keep what it compiles in a folder of ours, if that can be written."""
    own = Path(function.__code__.co_filename).parent
    folder = cache_folder() / "compiled" / (_digest(Path(__file__).parent) + _digest(own))
    before = config.CACHE_DIR
    with suppress(OSError):
        if not folder.exists():
            announce("compiling, once on this machine: this takes up to a minute")
            folder.mkdir(parents=True)
        config.CACHE_DIR = str(folder)
    try:
        yield
    finally:
        config.CACHE_DIR = before


@lru_cache
def _digest(package: Path) -> str:
    """A name for the sources of a package; another one as soon as one of them changes."""
    sources = [path.read_bytes() for path in sorted(package.glob("*.py"))]
    return hashlib.sha256(b"\0".join(sources)).hexdigest()[:12]


def pack(scalars: Mapping[int, int], tables: Mapping[int, Ints]) -> Ints:
    """
    Scalars and tables as one array with a header.

    Parameters
    ----------
    scalars
        By their place in the header, below 64.
    tables
        By the first of their two places in the header, an even number from 64; tables of more
        than two dimensions are laid out as rows of their first.
    """
    parts = [np.zeros(HEADER, dtype=np.int64)]
    begins = HEADER
    for place, value in scalars.items():
        parts[0][place] = value
    for place, table in tables.items():
        width = int(np.prod(table.shape[1:]))
        rows = np.ascontiguousarray(table, dtype=np.int64).reshape(len(table), width)
        parts[0][place], parts[0][place + 1] = begins, rows.shape[1]
        parts.append(rows.ravel())
        begins += rows.size
    return np.concatenate(parts)


def table(memory: Ints, place: int, rows: int) -> Ints:
    """The first rows of a table, as a view."""
    begins, width = int(memory[place]), int(memory[place + 1])
    return memory[begins : begins + rows * width].reshape(rows, width)


@compiled
def _place(memory: Ints, table: int, row: int, column: int) -> Place:
    # unsigned, so that nobody has to ask whether it counts from the end
    return np.uint64(memory[table] + row * memory[table + 1] + column)


@compiled
def at(memory: Ints, table: int, row: int, column: int) -> int:
    """One number of a table."""
    return memory[_place(memory, table, row, column)]  # type: ignore[no-any-return]


@compiled
def put(memory: Ints, table: int, row: int, column: int, value: int) -> None:
    """Set one number of a table."""
    memory[_place(memory, table, row, column)] = value


@compiled
def add(memory: Ints, table: int, row: int, column: int, value: int) -> None:
    """Add to one number of a table."""
    memory[_place(memory, table, row, column)] += value
