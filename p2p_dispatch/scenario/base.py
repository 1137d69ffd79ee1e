"""What every part of a scenario shares: strictness, identifiers, money, days and moments."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)


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


def _not_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("a number is wanted, not yes or no")
    return value


Id = Annotated[
    str,
    BeforeValidator(_as_text),
    Field(min_length=1, max_length=80, pattern=r"^[^\s/,;=+][^/,;=+\x00-\x1f]*$"),
]
"""A short name by which other parts refer to this one; any script, no ``/ , ; = +``."""

Text = Annotated[str, BeforeValidator(_as_text), Field(max_length=2000)]
"""Free text."""

Count = Annotated[int, BeforeValidator(_not_bool), Field(ge=1, le=10_000_000)]
"""A number of people or seats, at least one."""

Limit = Annotated[int, BeforeValidator(_not_bool), Field(ge=0, le=10_000_000)]
"""A number that may be zero."""

Money = Annotated[float, BeforeValidator(_not_bool), Field(ge=0, le=1e12)]
"""An amount in the scenario's currency."""

Amount = Annotated[float, BeforeValidator(_not_bool), Field(ge=0, le=1e7)]
"""A length in km or a duration in hours or minutes, zero or more."""

Share = Annotated[float, BeforeValidator(_not_bool), Field(ge=0, le=1)]
"""A share between 0 and 1."""


def _clock(value: Any) -> Any:
    """Read ``HH:MM``; anything looser (``6``, ``6.30``) is refused, since planners mean both."""
    if isinstance(value, time):
        return value
    if isinstance(value, str):
        try:
            hours, minutes = value.strip().split(":")[:2]
            if len(minutes) == 2 and value.count(":") == 1:
                return time(int(hours), int(minutes))
        except ValueError:
            pass
    raise ValueError("a clock time is written HH:MM, from 00:00 to 23:59")


Clock = Annotated[
    time,
    BeforeValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"}),
]
"""A local clock time, ``HH:MM``."""


def _day(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and len(value.strip()) == 10:
        try:
            return date.fromisoformat(value.strip())
        except ValueError as fault:
            raise ValueError(f"no such day ({fault}); a day is written YYYY-MM-DD") from None
    raise ValueError("a day is written YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_day)]
"""A local calendar day, ``YYYY-MM-DD``."""


def _moment(value: Any) -> Any:
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise ValueError("times are local to the scenario's time zone: write no offset")
        return value
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        text = value.strip()
        if len(text) == 10:
            return _day(text)
        try:
            return _moment(datetime.fromisoformat(text))
        except ValueError as fault:
            if "offset" in str(fault):
                raise
    raise ValueError("a moment is written YYYY-MM-DD or YYYY-MM-DD HH:MM")


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
