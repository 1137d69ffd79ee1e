"""Where in its file every value stands: a tree beside the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from p2p_dispatch.reading.faults import Fault, Mark

Step = str | int
"""A key of a mapping or an index of a list."""

Path = tuple[Step, ...]
"""The way from the top of the content to a value, as it is written in the file."""


@dataclass(slots=True, eq=False)
class Spot:
    """Where a value stands."""

    mark: Mark
    key: Mark
    """Where its key stands; in a list and at the top the value's own mark."""

    below: Mapping[str, Spot] | Sequence[Spot] | None = None
    """The values in it, by key or in order; None for a scalar."""

    def step(self, step: Step) -> Spot | None:
        """The spot of one of the values in it; None where there is none."""
        below = self.below
        if isinstance(below, Mapping):
            return below.get(step) if isinstance(step, str) else None
        if below is not None and isinstance(step, int) and 0 <= step < len(below):
            return below[step]
        return None

    def walk(self, path: Iterable[Step]) -> Spot:
        """
        The spot at the end of a path.

        Steps that were not written (a default, the tag of a union) are passed over, so that the
        nearest thing that does stand in the file is found.
        """
        spot = self
        for step in path:
            spot = spot.step(step) or spot
        return spot


def nowhere(name: str) -> Spot:
    """The spot of content that comes from no file, or from a file as a whole."""
    mark = Mark(name, 0)
    return Spot(mark, mark)


@dataclass(slots=True, eq=False)
class Document:
    """The content of a file."""

    data: Any
    """Mappings with text keys, lists, text, numbers, true, false and None."""

    spot: Spot
    faults: list[Fault] = field(default_factory=list)
    """What is wrong with its form; the content was read all the same."""

    gaps: set[Path] = field(default_factory=set)
    """Values that could not be read, and mappings of which some keys could not: that
    something is missing there has been said already."""


def exists(data: Any, step: Step) -> bool:
    """Whether ``data[step]`` is there."""
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data)


def written(data: Any, loc: Iterable[Step]) -> Path:
    """The steps of ``loc`` that exist in the data, in the same order."""
    path: list[Step] = []
    for step in loc:
        if exists(data, step):
            data = data[step]
            path.append(step)
    return tuple(path)


def spoken(data: Any, path: Iterable[Step]) -> str:
    """A path in words: items of a list by their id, or by number from ``#1``."""
    names: list[str] = []
    for step in path:
        data = data[step] if exists(data, step) else None
        if isinstance(step, int):
            label = data.get("id") if isinstance(data, dict) else None
            plain = isinstance(label, str | int) and not isinstance(label, bool)
            names.append(str(label)[:80] if plain and label != "" else f"#{step + 1}")
        else:
            names.append(step[:80])
    return ".".join(names)
