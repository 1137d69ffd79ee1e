"""
Functions that are compiled where a search calls them millions of times.

They are plain Python over whole numbers; Numba compiles them when their module is first imported
and keeps the result in the program's cache, in a folder for just these sources: Numba itself would
not notice that a function called from another file has changed.

Most take their data from a few long arrays of int64, each with a header: scalars first, then for
every table where it begins and how long its rows are; arrays of float64 are for linear algebra.
Compiled functions see the address of an array and nothing else. So all have the same few types;
handing over dozens of arrays, or leaving the types to be found out call by call (a literal 1 is a
type of its own), took minutes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from ctypes import CFUNCTYPE, c_double, c_int64, c_void_p
from functools import lru_cache, update_wrapper
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from llvmlite import binding as _binding
from numba.core import types as _types
from numba.extending import register_jitable, typeof_impl

from p2p_dispatch.cache import announce, cache_folder
from p2p_dispatch.problem.basics import NO_LIMIT, Floats, Ints

types: Any = _types  # Numba and its llvmlite state no types for these
config: Any = numba.config
add_symbol: Any = _binding.add_symbol

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


_KINDS: dict[str, tuple[Any, Any]] = {
    "int": (types.int64, c_int64),
    "bool": (types.int64, c_int64),
    "float": (types.float64, c_double),
    "None": (types.void, None),
    "Ints": (types.CPointer(types.int64), c_void_p),
    "Floats": (types.CPointer(types.float64), c_void_p),
}
"""What the annotations of compiled functions mean, for Numba and for Python."""


def small(function: F) -> F:
    """
    Let compiled functions have a copy of this one in them.

    Called from Python it is the plain function that it looks like.
    """
    return register_jitable(error_model="numpy")(function)


class Compiled:
    """
    A function that is compiled by itself and called by its name in memory.

    Numba would put a copy of all that a function calls into it, and compile and keep that again
    and again; so only ``small`` functions are copied.
    """

    def __init__(self, function: Callable[..., object]) -> None:
        update_wrapper(self, function)
        names = list(function.__annotations__.values())
        *given, returned = (_KINDS[each] for each in names)
        self._numbers = [np.float64 if name == "Floats" else np.int64 for name in names[:-1]]
        signature = returned[0](*(kind for kind, _ in given))
        symbol = f"{function.__module__}.{function.__qualname__}"
        with _cache_of(function):
            one = numba.njit(signature, cache=True, error_model="numpy")(function)
        [self._made] = one.overloads.values()  # held, or its memory would be freed
        name = self._made.fndesc.llvm_cfunc_wrapper_name
        address = self._made.library.get_pointer_to_function(name)
        add_symbol(symbol, address)
        self.type = types.ExternalFunction(symbol, signature)
        self._call = CFUNCTYPE(returned[1], *(kind for _, kind in given))(address)

    def __call__(self, *given: Ints | Floats | float) -> Any:
        """Call it from Python; other threads run meanwhile."""
        return self._call(
            *(
                _address(one, numbers) if isinstance(one, np.ndarray) else one
                for one, numbers in zip(given, self._numbers, strict=True)
            )
        )


def _address(array: Ints | Floats, numbers: type) -> int:
    assert array.dtype == numbers
    assert array.flags.c_contiguous
    return array.ctypes.data


@typeof_impl.register(Compiled)
def _type_of(function: Compiled, _context: object) -> Any:
    return function.type


def compiled(function: F) -> F:
    """
    Compile a function for the types of its annotations and remember the result on disk.

    Those it calls must stand before it.
    """
    return cast(F, Compiled(function))


@contextmanager
def _cache_of(function: F) -> Iterator[None]:
    """Let Numba keep what it compiles in a folder of ours, if that can be written."""
    own = Path(function.__code__.co_filename).parent
    folder = cache_folder() / "compiled" / (_digest(Path(__file__).parent) + _digest(own))
    before = config.CACHE_DIR
    with suppress(OSError):
        if not folder.exists():
            _announce()
            folder.mkdir(parents=True)
        config.CACHE_DIR = str(folder)
    try:
        yield
    finally:
        config.CACHE_DIR = before


@lru_cache
def _announce() -> None:
    """Say once that it takes a while: several packages are compiled one after the other."""
    announce("compiling, once on this machine: this takes about 15 seconds")


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
    memory = room({place: _shape(table) for place, table in tables.items()})
    for place, value in scalars.items():
        memory[place] = value
    for place, rows in tables.items():
        table(memory, place, len(rows))[:] = rows.reshape(_shape(rows))
    return memory


def room(sizes: Mapping[int, tuple[int, int]]) -> Ints:
    """
    Tables of nothing but zeros, as one array with a header.

    What is never used of it takes no time.

    Parameters
    ----------
    sizes
        Rows and columns of each, by its place as for ``pack``.
    """
    memory = np.zeros(HEADER + sum(rows * width for rows, width in sizes.values()), dtype=np.int64)
    begins = HEADER
    for place, (rows, width) in sizes.items():
        memory[place], memory[place + 1] = begins, width
        begins += rows * width
    return memory


def _shape(table: Ints) -> tuple[int, int]:
    """A table as rows of its first dimension."""
    return len(table), int(np.prod(table.shape[1:]))


def table(memory: Ints, place: int, rows: int) -> Ints:
    """The first rows of a table, as a view."""
    begins, width = int(memory[place]), int(memory[place + 1])
    return memory[begins : begins + rows * width].reshape(rows, width)


@small
def _place(memory: Ints, table: int, row: int, column: int) -> Place:
    # unsigned, so that nobody has to ask whether it counts from the end
    return np.uint64(memory[table] + row * memory[table + 1] + column)


@small
def at(memory: Ints, table: int, row: int, column: int) -> int:
    """One number of a table."""
    return memory[_place(memory, table, row, column)]  # type: ignore[no-any-return]


@small
def put(memory: Ints, table: int, row: int, column: int, value: int) -> None:
    """Set one number of a table."""
    memory[_place(memory, table, row, column)] = value


@small
def add(memory: Ints, table: int, row: int, column: int, value: int) -> None:
    """Add to one number of a table."""
    memory[_place(memory, table, row, column)] += value
