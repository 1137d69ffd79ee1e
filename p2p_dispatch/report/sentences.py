"""
What a plan says in sentences, in the language of whoever reads it.

A plan holds whole sentences in English: why somebody is left behind, what a bound rests on. They
are read back by the texts of the English catalogue's section ``sentences``, and said again in
another language. A sentence that is not in it, from a strategy of somebody else's or a plan edited
by hand, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from string import Formatter

from p2p_dispatch.reading import Fault
from p2p_dispatch.reading.codes import CODES
from p2p_dispatch.report.language import Language, english

SECTION = "sentences"

ROWS = "rows"
"""The section of what an import says."""

DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2}")
"""A day in a sentence, such as ``22 Feb``."""


def retold(sentence: str, language: Language) -> str:
    """A sentence of a plan in a language; the sentence itself where it is not known."""
    return _again(sentence, language, SECTION) or sentence


def retold_faults(faults: Iterable[Fault], language: Language) -> Iterator[Fault]:
    """What an import says of rows, in a language; what is not known stays as it is."""
    for fault in faults:
        found, right = (said_of_row(text, language) for text in (fault.found, fault.right))
        yield replace(fault, found=found, right=right)


def and_more(language: Language, number: int, code: str) -> str:
    """How many faults more there are of a code."""
    what = language.said("codes", code)
    return language("and_more", number=number, what=CODES[code] if what == code else what)


def said_of_row(text: str, language: Language) -> str:
    """What was found in a row, or would be right, in a language."""
    if again := _again(text, language, ROWS):
        return again
    what, parted, rest = text.partition(": ")
    if parted and (again := _again(rest, language, ROWS)):
        return language("said_of", what=what, found=again)
    what, parted, value = text.partition(" is ")
    return language("is_of", what=what, value=value) if parted else text


def _again(sentence: str, language: Language, section: str) -> str:
    """A sentence by the texts of a section; empty where it is none of them."""
    if language.code == english().code:
        return sentence
    for key, pattern in _patterns(section):
        if found := pattern.fullmatch(sentence):
            parts = found.groupdict().items()
            values = {name: _value(name, text, language) for name, text in parts}
            return language(f"{section}.{key}", **values)
    return ""


@cache
def _patterns(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The sentences of English by key, the longest first: some begin as others do."""
    texts = english().section(section)
    longest = sorted(texts, key=lambda key: -len(re.sub(r"\{\w+\}", "", texts[key])))
    return tuple((key, re.compile(_pattern(texts[key]), re.DOTALL)) for key in longest)


def _pattern(text: str) -> str:
    seen: set[str] = set()
    parts = []
    for before, name, _, _ in Formatter().parse(text):
        parts.append(re.escape(before))
        if name in seen:
            parts.append(f"(?P={name})")
        elif name:
            seen.add(name)
            parts.append(f"(?P<{name}>.+?)")
    return "".join(parts)


def _value(name: str, text: str, language: Language) -> str:
    """What is filled in: days and seats are words as well; names and numbers stay."""
    match name:
        case "days":
            return _days(text, language)
        case "where":
            return language("row", number=text[4:]) if text.startswith("row ") else text
        case "right":
            return _again(text, language, ROWS) or text
        case "role":
            return language.said("duty", text)
        case "seat":
            key = "seat" if text == english()("spoken.seat") else "place"
            return language(f"spoken.{key}")
        case _:
            return text


def _days(text: str, language: Language) -> str:
    """``21 Feb, 22 Feb and 23 Feb`` in a language."""
    months = english()("spoken.months").split()
    theirs = language("spoken.months").split()
    days = []
    for day in DAY.findall(text):
        number, month = day.split(" ")
        if month not in months:
            return text
        days.append(language("spoken.day", number=number, month=theirs[months.index(month)]))
    if not days:
        return text
    head = language("spoken.comma").join(days[:-1])
    return language("spoken.and").join(filter(None, (head, days[-1])))
