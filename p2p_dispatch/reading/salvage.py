"""What can be used of content that has faults, so that the rest can be judged in the same run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from p2p_dispatch.reading.near import nearest
from p2p_dispatch.reading.shapes import fields_of, models_at
from p2p_dispatch.reading.spots import Document, Path, Step, written

M = TypeVar("M", bound=BaseModel)

_ROUNDS = 20
"""A cut may lay open a fault one level further up; nothing nests this deep."""

_Cuts = dict[Step, Any]
"""What to take out, as a tree; what an empty branch stands for goes as a whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Numbering:
    """Where in the file the items stand that are left in lists that were cut."""

    kept: dict[Path, list[int]] = field(default_factory=dict)
    """For the path of a list in the file: the index there of every item that is left."""

    def in_file(self, path: Iterable[Step]) -> Path:
        """The path in the file of a path in what is left."""
        steps: list[Step] = []
        for step in path:
            kept = self.kept.get(tuple(steps)) if isinstance(step, int) else None
            steps.append(step if kept is None else kept[int(step)])
        return tuple(steps)


@dataclass(frozen=True, slots=True, eq=False)
class Salvage(Generic[M]):
    """A model of what was sound, and what it lacks."""

    model: M
    numbering: Numbering
    lost: dict[Path, Any]
    """What was taken out or could not be read, by its path in the file."""


def salvage(model: type[M], document: Document) -> Salvage[M] | None:
    """
    The sound part of a document.

    Every faulty value is taken out; where it was needed, the part it belongs to. Misspelt keys are
    read as what they were probably meant to be.

    Parameters
    ----------
    model
        What the content must be; with a default for every field at the top, or a fault in one
        leaves nothing.
    document
        The content; it is not changed.

    Returns
    -------
    None where nothing can be used.
    """
    data, numbering = document.data, Numbering()
    lost: dict[Path, Any] = dict.fromkeys(document.gaps)
    for _ in range(_ROUNDS):
        try:
            return Salvage(model.model_validate(data), numbering, lost)
        except ValidationError as error:
            cuts: _Cuts = {}
            for each in error.errors(include_url=False, include_context=False):
                path = written(data, each["loc"])
                if not path:
                    return None
                if each["type"] != "extra_forbidden":
                    lost[numbering.in_file(path)] = _at(data, path)
                elif meant := _meant(model, data, each["loc"]):
                    data = _renamed(data, path, meant)
                    continue
                _mark(cuts, path)
            data = _without(data, cuts, (), numbering)
    return None


def _meant(model: type[BaseModel], data: Any, loc: tuple[Step, ...]) -> str | None:
    """The field that an unknown key was meant to be, where the mapping does not have it yet."""
    there = _at(data, written(data, loc[:-1]))
    known = [name for each in models_at(model, loc[:-1]) for name in fields_of(each)]
    meant = nearest(str(loc[-1]), known)
    return meant if meant not in there else None


def _at(data: Any, path: Iterable[Step]) -> Any:
    for step in path:
        data = data[step]
    return data


def _mark(cuts: _Cuts, path: Path) -> None:
    """Add a path to the tree; a cut further up swallows those below."""
    *above, last = path
    for step in above:
        if cuts.get(step) == {}:
            return
        cuts = cuts.setdefault(step, {})
    cuts[last] = {}


def _without(data: Any, cuts: _Cuts, path: Path, numbering: Numbering) -> Any:
    """The data without what is cut; what is not touched is shared."""

    def left(step: Step) -> Any:
        if step in cuts:
            return _without(data[step], cuts[step], (*path, step), numbering)
        return data[step]

    if isinstance(data, dict):
        return {key: left(key) for key in data if cuts.get(key) != {}}
    items = [i for i in range(len(data)) if cuts.get(i) != {}]
    without = [left(i) for i in items]
    if len(items) < len(data):
        here = numbering.in_file(path)
        before = numbering.kept.get(here, range(len(data)))
        numbering.kept[here] = [before[i] for i in items]
    return without


def _renamed(data: Any, path: Path, name: str) -> Any:
    """The data with the last key of a path under another name."""
    step, *rest = path
    if not rest:
        return {name if key == step else key: value for key, value in data.items()}
    below = _renamed(data[step], tuple(rest), name)
    if isinstance(data, dict):
        return {**data, step: below}
    return [below if i == step else item for i, item in enumerate(data)]
