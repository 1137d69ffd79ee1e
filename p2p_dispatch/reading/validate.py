"""From data to a model, with every fault at its line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from p2p_dispatch.reading.faults import Fault, InputError, in_order
from p2p_dispatch.reading.near import nearest
from p2p_dispatch.reading.shapes import fields_of, models_at
from p2p_dispatch.reading.spots import Document, Path, Step, spoken, written
from p2p_dispatch.reading.table_spots import RowSpot
from p2p_dispatch.reading.words import shown, verdict

MOST_EXPLAINED = 10_000
"""Errors of one document that become faults; a million rows with a wrong column are one fact."""

M = TypeVar("M", bound=BaseModel)
_Error = Mapping[str, Any]


def validate(model: type[M], document: Document, *, code: str = "") -> M:
    """
    The content of a document as a model.

    Parameters
    ----------
    model
        What the content must be.
    document
        The content.
    code
        The code of every fault of the content; by default each kind of fault has its own.

    Raises
    ------
    InputError
        With all faults of the document, those of its form included.
    """
    faults = list(document.faults)
    try:
        valid = model.model_validate(document.data)
    except ValidationError as error:
        faults += explain(model, document, error, code=code)
    if faults:
        raise InputError(in_order(faults))
    return valid


def explain(
    model: type[BaseModel], document: Document, error: ValidationError, *, code: str = ""
) -> list[Fault]:
    """
    What Pydantic found, as faults; several errors about one value are one fault.

    Left out is what follows from another fault: a key that is missing because it is misspelt, or
    because its part of the file could not be read.
    """
    faults: dict[Path, Fault] = {}
    errors: Sequence[_Error] = error.errors(include_url=False)
    excused = document.gaps | _misspelt(model, document, errors[:MOST_EXPLAINED])
    for each in errors[:MOST_EXPLAINED]:
        path = _place(document.data, each)
        if each["type"] == "missing":
            parent, path = path, (*path, each["loc"][-1])
            if parent in excused or path in excused:
                continue
        if path not in faults:
            faults[path] = _fault(model, document, each, path)
        elif each["type"] == "literal_error":  # the other choice beside a number: `curve`
            faults[path] = _or_word(faults[path], each)
    if len(errors) > MOST_EXPLAINED:
        faults[()] = Fault(
            code="P2P1028",
            mark=document.spot.mark,
            found=f"{len(errors) - MOST_EXPLAINED:,} more faults are not listed",
            right="mend those that are listed; most will be of one kind",
        )
    return [replace(fault, code=code or fault.code) for fault in faults.values()]


def _place(data: Any, each: _Error) -> Path:
    """The value that an error is about."""
    # Pydantic blames the mapping for a wrong word in its `kind`.
    tag = str(each.get("ctx", {}).get("discriminator", "")).strip("'")
    return written(data, (*each["loc"], tag) if tag else each["loc"])


def _misspelt(model: type[BaseModel], document: Document, errors: Iterable[_Error]) -> set[Path]:
    """The fields that unknown keys were probably meant to be."""
    meant: set[Path] = set()
    for each in errors:
        if each["type"] == "extra_forbidden":
            *parent, key = each["loc"]
            if near := nearest(str(key), _known(model, parent)):
                meant.add((*written(document.data, parent), near))
    return meant


def _fault(model: type[BaseModel], document: Document, each: _Error, path: Path) -> Fault:
    if each["type"] == "missing":
        return _missing(model, document, each, path)
    if each["type"] == "extra_forbidden":
        return _unknown(model, document, each, path)
    code, found, right = verdict(each["type"], each["input"], each.get("ctx", {}), each["msg"])
    spot = document.spot.walk(path)
    mark = spot.key if each["loc"][-1] == "[key]" else spot.mark
    return Fault(code=code, mark=mark, field=spoken(document.data, path), found=found, right=right)


def _unknown(model: type[BaseModel], document: Document, each: _Error, path: Path) -> Fault:
    *parent, key = each["loc"]
    known = _known(model, parent)
    near = nearest(str(key), known)
    spot = document.spot.walk(path)
    mark, right = spot.key, f"take it out; known are {', '.join(known)}"
    if isinstance(document.spot.walk(path[:-1]), RowSpot):
        # the column is right for other rows, those of another kind of part
        mark, near = spot.mark, None
        right = f"leave the cell empty; known are {', '.join(known)}"
    return Fault(
        code="P2P1020",
        mark=mark,
        field=spoken(document.data, path),
        found=f"{shown(str(key))} is not a key here",
        right=f"did you mean {near}?" if near else right,
    )


def _missing(model: type[BaseModel], document: Document, each: _Error, path: Path) -> Fault:
    *parent, key = path
    spot = document.spot.walk(parent)
    infos = [fields_of(m).get(str(key)) for m in models_at(model, each["loc"][:-1])]
    about = next((info.description for info in infos if info and info.description), "")
    sentence = " ".join(about.split()).partition(". ")[0].rstrip(".")
    mark, found = spot.mark, f"{key} is missing"
    if isinstance(spot, RowSpot) and not spot.has(str(key)):
        # once for the table, not once for each of its rows
        parent = [step for step in parent if not isinstance(step, int)]
        mark, found = spot.heading, f"the table has no column {key}"
    return Fault(
        code="P2P1021",
        mark=mark,
        field=spoken(document.data, (*parent, key)),
        found=found,
        right=f"add {key}: {sentence}" if sentence else f"add {key}",
    )


def _known(model: type[BaseModel], parent: Iterable[Step]) -> list[str]:
    models = models_at(model, parent)
    return list(dict.fromkeys(name for each in models for name in fields_of(each)))


def _or_word(fault: Fault, each: _Error) -> Fault:
    expected = str(each.get("ctx", {}).get("expected", "")).replace("'", "")
    if not expected or expected in fault.right:
        return fault
    return replace(fault, right=f"{fault.right}, or {expected}")
