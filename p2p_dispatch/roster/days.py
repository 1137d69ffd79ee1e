"""Days as people write them in lists."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from p2p_dispatch.roster.wrong import Wrong

_SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of Excel's count, for days from March 1900 on."""

_SERIALS = (20_000, 80_000)
"""Numbers taken for days of that count: from 1954 to 2119."""

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip

_CLOCK = re.compile(
    r"(?:\s*T\s*|\s+|(?<=[日号]))(?P<h>\d{1,2})[:：时点](?P<m>\d{2})?分?(?::(?P<s>\d{2})(?:\.0+)?)?$"
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})")
_NO_YEAR = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_DAY_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]+)\.?,?[\s-]+(\d{4})", re.I)
_NAME_DAY = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.I)
_WEEKDAY = re.compile(r"\s*[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?")


@lru_cache(maxsize=10_000)  # the rows of a list share a few days
def read_moment(text: str, year: int | None = None) -> date | datetime:
    """
    The day that a text means, with its clock time where there is one.

    Parameters
    ----------
    text
        ``2021-02-23``, ``2021/2/23``, ``2021.2.23``, ``20210223``, ``2021年2月23日``, ``2月23日``,
        ``23 Feb 2021``, ``23.2.2021``, ``2/23/2021``, the number of a day as Excel counts; each
        may have a clock time after it.
    year
        The year of days that are written without one.

    Raises
    ------
    Wrong
        With what would be right.
    """
    text = _WEEKDAY.sub("", text.strip())
    clock = _CLOCK.search(text)
    if clock is None:
        return _day(text, year)
    day = _day(text[: clock.start()].strip(), year)
    try:
        at = time(int(clock["h"]), int(clock["m"] or 0), int(clock["s"] or 0))
    except ValueError:
        raise Wrong("", "a clock time from 00:00 to 23:59") from None
    return datetime.combine(day, at) if at != time() else day


def _day(text: str, year: int | None) -> date:
    if match := _YEAR_FIRST.fullmatch(text) or _TOGETHER.fullmatch(text):
        return _calendar(*map(int, match.groups()))
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(int(match[1]), int(match[3]), int(match[4]), dotted=match[2] == ".")
    if match := _DAY_NAME.fullmatch(text):
        return _named(match[2], int(match[1]), int(match[3]))
    if match := _NAME_DAY.fullmatch(text):
        return _named(match[1], int(match[2]), int(match[3]))
    if match := _NO_YEAR.fullmatch(text):
        if year is None:
            raise Wrong("", "the day with its year, e.g. 2021-02-23; or say --year 2021")
        return _calendar(year, int(match[1]), int(match[2]))
    if re.fullmatch(r"\d{5}(\.0+)?", text):
        return serial_day(float(text))
    raise Wrong("", "a day, e.g. 2021-02-23 or 2021年2月23日")


def serial_day(number: float) -> date:
    """
    The day of a number as Excel counts days.

    Raises
    ------
    Wrong
        When it is hardly meant as a day.
    """
    if not _SERIALS[0] <= number <= _SERIALS[1]:
        raise Wrong("", "a day, e.g. 2021-02-23")
    return _SERIAL_ZERO + timedelta(days=int(number))


def _year_last(one: int, other: int, year: int, *, dotted: bool) -> date:
    if dotted or one > 12:
        return _calendar(year, other, one)
    if other > 12 or one == other:
        return _calendar(year, one, other)
    raise Wrong(
        "", f"the year first, e.g. {year}-{one:02}-{other:02}: day and month may be swapped"
    )


def _named(month: str, day: int, year: int) -> date:
    word = month.lower()
    found = [n for n, name in enumerate(_MONTHS, start=1) if name.startswith(word[:3])]
    if len(word) < 3 or not found or not (_MONTHS[found[0] - 1].startswith(word) or word == "sept"):
        raise Wrong("", "a day, e.g. 2021-02-23 or 23 Feb 2021")
    return _calendar(year, found[0], day)


def _calendar(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Wrong("", "a day that is in the calendar") from None
