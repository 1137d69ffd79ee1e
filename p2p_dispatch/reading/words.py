"""What Pydantic found wrong, in the planner's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from p2p_dispatch.reading.near import nearest


class Verdict(NamedTuple):
    """What is wrong with a value."""

    code: str
    found: str
    right: str


def verdict(kind: str, value: Any, context: Mapping[str, Any], message: str) -> Verdict:
    """
    What is wrong with a value.

    Parameters
    ----------
    kind
        Pydantic's type of error, or that of one of our own validators.
    value
        What was found.
    context
        What Pydantic adds: bounds, allowed words.
    message
        What Pydantic says; used where it says it better than a table could.
    """
    if value is None:
        return Verdict("P2P1022", "nothing is written here", "write a value, or leave the key out")
    if kind in _NUMBERS and isinstance(value, dict | list | bool):
        kind = "int_type"
    if kind == "union_tag_invalid":  # the value is the mapping around the word
        value = context.get("tag", value)
    if kind in _WORDS:
        code, right = _WORDS[kind]
        return Verdict(code, f"found {shown(value)}", right(context, value))
    # our own validators may say both halves themselves: "what was found -> what is right"
    words = str(context.get("error", message))
    found, arrow, right_words = words.partition(" -> ")
    code = _OWN.get(kind, "P2P1027")
    if not arrow:
        return Verdict(code, f"found {shown(value)}", words)
    return Verdict(code, found, right_words)


_OWN = {
    "day": "P2P1025",
    "moment": "P2P1025",
    "clock": "P2P1025",
    "number": "P2P1022",
    "decimal_id": "P2P1026",
}
"""Codes of the validators that are our own."""


def shown(value: Any) -> str:
    """A value as found, short enough for one line."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value) if abs(value) < 10**30 else "a huge number"
    text = " ".join(str(value).split())
    return f"'{text[:57]}...'" if len(text) > 60 else f"'{text}'"


def one_of(words: list[str]) -> str:
    """Allowed words as a phrase."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " or " + words[-1]


_Right = Callable[[Mapping[str, Any], Any], str]
"""From Pydantic's context and the value to what would be right."""


def _say(text: str) -> _Right:
    """A remedy whose blanks are filled from Pydantic's context."""
    return lambda context, value: text.format_map(_Shown(context))


class _Shown(dict[str, Any]):
    """A context whose numbers are printed plainly."""

    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key)
        return f"{value:,.12g}" if isinstance(value, int | float) else value


def _word(context: Mapping[str, Any], value: Any) -> str:
    """One of the words allowed, the nearest first."""
    listed = str(context.get("expected") or context.get("expected_tags")).replace("'", "")
    words = re.split(r", | or ", listed)
    near = nearest(value, words) if isinstance(value, str) else None
    choice = f"write {one_of(words)}"
    return f"did you mean {near}? {choice}" if near and len(words) > 1 else choice


def _number(context: Mapping[str, Any], value: Any) -> str:
    if isinstance(value, str) and "," in value:
        return "write a number without a comma: 12.5, 1200"
    return _NUMBER


def _whole(context: Mapping[str, Any], value: Any) -> str:
    return _WHOLE + (" without a comma: 1200" if isinstance(value, str) and "," in value else "")


def _at_most(context: Mapping[str, Any], value: Any) -> str:
    if context.get("le") == 1:
        return "write a share of 1 or less: 0.5 for one half"
    return _say("write a number of {le} or less")(context, value)


def _tag(context: Mapping[str, Any], value: Any) -> str:
    return f"add {context.get('discriminator', 'it')}".replace("'", "")


def _pattern(context: Mapping[str, Any], value: Any) -> str:
    pattern = str(context.get("pattern"))
    return _PATTERNS.get(pattern, f"write it like {pattern}")


_PATTERNS = {
    "^[A-Z]{3}$": "write three capital letters, e.g. CNY",
    r"^[^\s/,;=+][^/,;=+\x00-\x1f]*$": "write it without / , ; = + and not beginning with a blank",
    r"^https?://([^\s/?#@:\[\]]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[^\s?#]*)?$": (
        "write an address like http://127.0.0.1:5000, without user, password, ? or #"
    ),
}
"""What the patterns of the fields mean."""


_WHOLE = "write a whole number"
_NUMBER = "write a number, digits only: 12 or 12.5"
_TEXT = "write a text; in quotes if it looks like a number or like true"
_BOOL = "write true or false"
_MAPPING = "write a mapping: `key: value`"
_LIST = "write a list: `[one, two]` or one line for each, with a dash"

_NUMBERS = frozenset({"less_than", "less_than_equal", "greater_than", "greater_than_equal"})

_WORDS: dict[str, tuple[str, _Right]] = {
    "int_type": ("P2P1022", _say(_WHOLE)),
    "int_parsing": ("P2P1022", _whole),
    "int_from_float": ("P2P1022", _say(_WHOLE)),
    "int_parsing_size": ("P2P1023", _say("write a smaller number")),
    "float_type": ("P2P1022", _number),
    "float_parsing": ("P2P1022", _number),
    "finite_number": ("P2P1023", _say("write a number that is finite")),
    "bool_type": ("P2P1022", _say(_BOOL)),
    "bool_parsing": ("P2P1022", _say(_BOOL)),
    "string_type": ("P2P1022", _say(_TEXT)),
    "dict_type": ("P2P1022", _say(_MAPPING)),
    "model_type": ("P2P1022", _say(_MAPPING)),
    "model_attributes_type": ("P2P1022", _say(_MAPPING)),
    "tuple_type": ("P2P1022", _say(_LIST)),
    "list_type": ("P2P1022", _say(_LIST)),
    "greater_than": ("P2P1023", _say("write a number above {gt}")),
    "greater_than_equal": ("P2P1023", _say("write a number of {ge} or more")),
    "less_than": ("P2P1023", _say("write a number below {lt}")),
    "less_than_equal": ("P2P1023", _at_most),
    "too_short": ("P2P1022", _say("list at least {min_length}")),
    "too_long": ("P2P1022", _say("list at most {max_length}")),
    "enum": ("P2P1024", _word),
    "literal_error": ("P2P1024", _word),
    "union_tag_invalid": ("P2P1024", _word),
    "union_tag_not_found": ("P2P1021", _tag),
    "string_pattern_mismatch": ("P2P1026", _pattern),
    "string_too_short": ("P2P1026", _say("write a text of {min_length} or more characters")),
    "string_too_long": ("P2P1026", _say("write at most {max_length} characters")),
}
"""Kind of error: its code, and what would be right."""
