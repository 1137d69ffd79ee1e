"""What every part of a scenario shares: strictness, identifiers, money, days and moments."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Annotated, Any, LiteralString

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError


class Part(BaseModel):
    """A frozen piece of a scenario that accepts the keys it knows and no others."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        allow_inf_nan=False,
        str_strip_whitespace=True,
        validate_default=True,
    )


def _as_text(value: Any) -> Any:
    """Let ``id: 7`` and a numeric CSV cell be the identifier ``"7"``."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value


def _as_id(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, float):  # 1.10 in YAML would be the id 1.1, and 1.10 in a CSV
        raise PydanticCustomError(
            "decimal_id", "put an id that looks like a decimal number in quotes"
        )
    return _as_text(value)


def _not_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("number", "write a number, digits only: 12 or 12.5")
    return value


# Constraints stand before the validators: pydantic then checks them in its own compiled code,
# which on a table of a million cells is minutes against seconds.
NOT_BOOL = BeforeValidator(_not_bool)
"""Refuses ``lat: true``, which Python takes for 1."""

Id = Annotated[
    str,
    Field(min_length=1, max_length=80, pattern=r"^[^\s/,;=+][^/,;=+\x00-\x1f]*$"),
    BeforeValidator(_as_id),
]
"""A short name by which other parts refer to this one; any script, no ``/ , ; = +``."""

Text = Annotated[str, Field(max_length=2000), BeforeValidator(_as_text)]
"""Free text."""

Count = Annotated[int, Field(ge=1, le=10_000_000), NOT_BOOL]
"""A number of people or seats, at least one."""

Limit = Annotated[int, Field(ge=0, le=10_000_000), NOT_BOOL]
"""A number that may be zero."""

Money = Annotated[float, Field(ge=0, le=1e12), NOT_BOOL]
"""An amount in the scenario's currency."""

Amount = Annotated[float, Field(ge=0, le=1e7), NOT_BOOL]
"""A length in km or a duration in hours or minutes, zero or more."""

Share = Annotated[float, Field(ge=0, le=1), NOT_BOOL]
"""A share between 0 and 1."""


_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
# The slashes are what Excel makes of a day when it saves a CSV.
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})-([0-9]{2})|/([0-9]{1,2})/([0-9]{1,2}))")
_MOMENT: LiteralString = "write a moment as YYYY-MM-DD or YYYY-MM-DD HH:MM"
_MOMENT_CLOCK = re.compile(_CLOCK.pattern + r"(?::([0-5][0-9]))?")


def _clock(value: Any) -> Any:
    """Read ``HH:MM``; anything looser (``6``, ``6.30``) is refused, since planners mean both."""
    if isinstance(value, time):
        return value
    if isinstance(value, str) and (match := _CLOCK.fullmatch(value.strip())):
        return time(int(match[1]), int(match[2]))
    raise PydanticCustomError("clock", "write a clock time as HH:MM, from 00:00 to 23:59")


Clock = Annotated[
    time,
    BeforeValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"}),
]
"""A local clock time, ``HH:MM``."""


def _calendar_day(text: str, kind: LiteralString, right: LiteralString) -> date:
    match = _DAY.fullmatch(text)
    if match is None:
        raise PydanticCustomError(kind, right)
    try:
        return date(*(int(group) for group in match.groups() if group))
    except ValueError:
        raise PydanticCustomError(kind, "write a day that is in the calendar") from None


def _day(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        return _calendar_day(value.strip(), "day", "write a day as YYYY-MM-DD")
    raise PydanticCustomError("day", "write a day as YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_day)]
"""A local calendar day, ``YYYY-MM-DD``."""


def _moment(value: Any) -> Any:
    if isinstance(value, str):
        return _written_moment(value.strip())
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise PydanticCustomError(
            "moment", "write no offset: times are local to the scenario's time zone"
        )
    if isinstance(value, date):  # a datetime too
        return value
    raise PydanticCustomError("moment", _MOMENT)


@lru_cache(maxsize=1000)  # the rows of a table share a few moments
def _written_moment(text: str) -> date | datetime:
    day, _, clock = text.replace("T", " ").partition(" ")
    calendar_day = _calendar_day(day, "moment", _MOMENT)
    if not clock:
        return calendar_day
    match = _MOMENT_CLOCK.fullmatch(clock.strip())
    if match is None:
        raise PydanticCustomError("moment", _MOMENT + ", local and without an offset")
    hour, minute, second = (int(group or 0) for group in match.groups())
    return datetime.combine(calendar_day, time(hour, minute, second))


Moment = Annotated[
    date | datetime,
    BeforeValidator(_moment),
    WithJsonSchema(
        {
            "title": "a day, or a day and a clock time",
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$",
        }
    ),
]
"""A local day (``YYYY-MM-DD``) or a local day and clock time (``YYYY-MM-DD HH:MM``)."""


def day_of(moment: date | datetime) -> date:
    """The calendar day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment
