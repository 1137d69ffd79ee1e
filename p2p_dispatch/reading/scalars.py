"""
What an unquoted word of YAML means: the core schema of YAML 1.2, kept tight.

YAML 1.1, which PyYAML resolves by default, makes 960 of ``16:00``, False of ``no``, 15 of ``017``
and a date of ``2020-02-22``. Here these stay text, and each field decides what it takes.
"""

from __future__ import annotations

import re

CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

# Core 1.2 reads 017 as 17 and .inf as infinity; the first is more often a code than a number,
# the second never a quantity of anything here. 300 digits: int() refuses very long ones, and
# a float has no more.
_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,299})")
_BASED = re.compile(r"0(o[0-7]{1,99}|x[0-9a-fA-F]{1,99})")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_FIRST = frozenset("0123456789+-.")


def plain(text: str) -> str | int | float | bool | None:
    """The value of an unquoted scalar."""
    if text in CONSTANTS:
        return CONSTANTS[text]
    if text[0] not in _FIRST:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text) and len(text) <= 300:
        return float(text)
    return text
