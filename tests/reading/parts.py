"""A small model that is no scenario: reading is general."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field


class Part(BaseModel, extra="forbid", use_attribute_docstrings=True):
    """Knows its keys and no others."""


class Hours(Part):
    opens: int
    closes: int = 24


class Limit(Part):
    usual: int | None = None
    on: dict[str, int] = {}


class Item(Part):
    id: str
    count: int = 1
    sizes: tuple[int, ...] = ()
    prices: dict[str, float] = {}
    hours: Hours | None = None
    limit: Annotated[
        Limit, BeforeValidator(lambda v: v if isinstance(v, dict) else {"usual": v})
    ] = Limit()
    parts: tuple[Hours, ...] = ()


class Round(Part):
    kind: Literal["round"]
    radius: float


class Square(Part):
    kind: Literal["square"]
    side: float
    """Length of one side, m. Not the diagonal."""


class Whole(Part):
    items: tuple[Item, ...] = ()
    shape: Annotated[Round | Square, Field(discriminator="kind")] | None = None
    factor: float | Literal["auto"] = "auto"
