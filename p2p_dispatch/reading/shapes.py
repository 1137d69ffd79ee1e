"""What Pydantic models say about the form of the content: asked of their annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from p2p_dispatch.reading.spots import Step


def alternatives(annotation: Any) -> Iterator[Any]:
    """The types a value may have, without ``Annotated``, unions and None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from alternatives(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for member in get_args(annotation):
            yield from alternatives(member)
    elif annotation is not NoneType:
        yield annotation


def is_model(annotation: Any) -> TypeGuard[type[BaseModel]]:
    """Whether it is a Pydantic model."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def item_type(annotation: Any) -> Any | None:
    """The type of the items of a list; None for whatever is no list."""
    if get_origin(annotation) in (tuple, list):
        return get_args(annotation)[0]
    return None


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the name they are written under."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def models_at(model: type[BaseModel], path: Iterable[Step]) -> list[type[BaseModel]]:
    """
    The models that may describe the mapping at a path.

    Parameters
    ----------
    model
        Describes the whole content.
    path
        Keys, indices and the tags of unions: a ``loc`` of Pydantic.
    """
    here: list[Any] = [model]
    for step in path:
        below = [t for annotation in here for t in _below(annotation, step)]
        tagged = [t for t in here if is_model(t) and _has_tag(t, step)]
        here = below or tagged or here
    return [annotation for annotation in here if is_model(annotation)]


def _below(annotation: Any, step: Step) -> Iterator[Any]:
    if is_model(annotation):
        info = fields_of(annotation).get(step) if isinstance(step, str) else None
        if info is not None:
            yield from alternatives(info.annotation)
    elif get_origin(annotation) is dict:
        yield from alternatives(get_args(annotation)[1])
    elif isinstance(step, int) and (item := item_type(annotation)) is not None:
        yield from alternatives(item)


def _has_tag(model: type[BaseModel], step: Step) -> bool:
    return any(
        get_origin(info.annotation) is Literal and step in get_args(info.annotation)
        for info in model.model_fields.values()
    )
