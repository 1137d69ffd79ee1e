"""Identity and phone numbers in print: enough to know one's own, too little to misuse."""

from __future__ import annotations

import re

SHOWN_FRONT, SHOWN_END = 3, 4
"""Signs of a long number that stay readable: whoever holds the card can see that it is theirs."""

LONG = 10
"""Signs from which on any of them are shown; of a shorter number only the last two."""

NUMBER = re.compile(r"\d(?:[ -]?\d){6,}[Xx]?")
"""A run of digits in free text that may be a phone or identity number."""


def masked(number: str) -> str:
    """A number with stars in its middle."""
    if not number:
        return ""
    if len(number) < LONG:
        return "*" * max(4, len(number) - 2) + (number[-2:] if len(number) > 4 else "")
    hidden = len(number) - SHOWN_FRONT - SHOWN_END
    return number[:SHOWN_FRONT] + "*" * hidden + number[-SHOWN_END:]


def masked_in(text: str) -> str:
    """A text with stars in every number long enough to be somebody's."""
    return NUMBER.sub(lambda found: masked(found[0]), text)
