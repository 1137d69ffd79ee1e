"""The mapping file: what a list calls its columns, its words and its places."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from p2p_dispatch.reading.validate import validate
from p2p_dispatch.reading.yaml import read_yaml
from p2p_dispatch.scenario.base import NOT_BOOL, Id, Text

Heading = Annotated[str, Field(min_length=1, max_length=200)]


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )


class Point(_Part):
    """A place that is in no gazetteer."""

    id: Id
    name: Text = ""
    city: Text = ""
    lat: Annotated[float, Field(ge=-90, le=90), NOT_BOOL]
    """Degrees north, WGS-84."""
    lon: Annotated[float, Field(ge=-180, le=180), NOT_BOOL]
    """Degrees east, WGS-84."""


class Mapping(_Part):
    """What the program cannot know of a list."""

    columns: dict[Heading, str] = {}
    """Headings as they stand there, each with the field it is: ``{打工去向: employer}``."""

    ignore: tuple[Heading, ...] = ()
    """Headings of columns that are not needed."""

    words: dict[str, dict[Heading, str | bool]] = {}
    """Words of the cells by field: ``{priority: {脱贫户: out-of-poverty}}``."""

    places: dict[Heading, Id | Point] = {}
    """Places as they stand there, each with its id, or with an id and a point."""

    employers: dict[Heading, Id] = {}
    """Employers as they stand there, each with the id of the site."""

    defaults: dict[str, str | int | bool] = {}
    """What holds where a cell is empty or there is no column: ``{ready: 2021-02-23}``."""

    year: Annotated[int, Field(ge=1950, le=2150), NOT_BOOL] | None = None
    """Year of days that are written without one."""

    sheets: tuple[Heading, ...] = ()
    """Sheets of a workbook that are lists; none: all that have the headings."""

    heading_row: Annotated[int, Field(ge=1, le=1000), NOT_BOOL] | None = None
    """Row of the headings; none: it is looked for."""

    identity: Literal["china", "any"] = "china"
    """Whether identity numbers are those of China, with a check digit, or may be any."""


def read_mapping_file(path: str | Path | None) -> Mapping:
    """
    The mapping of a file; without a file, one that says nothing.

    Raises
    ------
    InputError
        With all its faults: P2P4003, and those of any YAML file.
    """
    if path is None:
        return Mapping()
    return validate(Mapping, read_yaml(Path(path)), code="P2P4003")
