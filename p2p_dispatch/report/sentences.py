"""
What a plan says in sentences, in the language of whoever reads it.

A plan holds whole sentences in English: why somebody is left behind, what a bound rests on. They
are read back by the texts of the English catalogue's section ``sentences``, and said again in
another language. A sentence that is not in it, from a strategy of somebody else's or a plan edited
by hand, stays as it is.
"""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from p2p_dispatch.report.language import Language, english

SECTION = "sentences"

DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2}")
"""A day in a sentence, such as ``22 Feb``."""


def retold(sentence: str, language: Language) -> str:
    """A sentence of a plan in a language; the sentence itself where it is not known."""
    if language.code == english().code:
        return sentence
    for key, pattern in _patterns():
        if found := pattern.fullmatch(sentence):
            values = {
                name: _value(name, text, language) for name, text in found.groupdict().items()
            }
            return language(f"{SECTION}.{key}", **values)
    return sentence


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The sentences of English by key, the longest first: some begin as others do."""
    texts = english().section(SECTION)
    longest = sorted(texts, key=lambda key: -len(texts[key]))
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
