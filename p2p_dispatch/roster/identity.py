"""Identity numbers and telephone numbers: what they tell, and whether they can be."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from p2p_dispatch.roster.person import Gender
from p2p_dispatch.roster.wrong import Wrong

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""Of the first 17 digits: powers of 2 modulo 11 (GB 11643-1999, ISO 7064 MOD 11-2)."""

CHECKS = "10X98765432"
"""The last digit by the weighted sum modulo 11."""

LOST_DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""

_OTHER = re.compile(r"(?=.*[A-Z])(?=.*\d)[A-Z0-9]{5,20}")
"""A passport or a permit: letters and digits."""


def check_digit(first: str) -> str:
    """
    The last digit of an identity number.

    Parameters
    ----------
    first
        Its first 17 digits.

    References
    ----------
    GB 11643-1999, "Citizen identification number"; ISO 7064, MOD 11-2.
    """
    weighted = zip(WEIGHTS, first, strict=True)
    return CHECKS[sum(weight * int(digit) for weight, digit in weighted) % 11]


def read_identity(text: str) -> str:
    """
    An identity number without spaces, or that of another document.

    Raises
    ------
    Wrong
        With what was found and what would be right.
    """
    number = re.sub(r"[\s'\-]", "", unicodedata.normalize("NFKC", text)).upper()
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", number):
        raise Wrong(f"the last digits are lost: {text.strip()}", _AS_TEXT)
    if re.fullmatch(r"\d{15}", number):
        raise Wrong("it has 15 digits, as until 2013", "the number of the new card, 18 digits")
    if not re.fullmatch(r"\d{17}[\dX]", number):
        if _OTHER.fullmatch(number) and not re.fullmatch(r"\d+X", number):
            return number
        found = f"it has {len(number)} signs" if number.isalnum() else "it has other signs in it"
        raise Wrong(found, "18 digits, the last may be X")
    if _born(number) is None:
        raise Wrong(f"digits 7 to 14 are no day: {number[6:14]}", "the number as on the card")
    if check_digit(number[:17]) != number[17]:
        lost = number.endswith("000")
        right = _AS_TEXT if lost else "the number as on the card, digit by digit"
        found = "the last digits are lost" if lost else "the last digit does not go with the others"
        raise Wrong(found, right)
    return number


_AS_TEXT = "the column formatted as text before the numbers are typed"


def _born(number: str) -> date | None:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if born.year >= 1900 else None


def gender_of(identity: str) -> Gender:
    """What the 17th digit says: odd for men (GB 11643-1999); unknown of other documents."""
    if not re.fullmatch(r"\d{17}[\dX]", identity):
        return Gender.UNKNOWN
    return Gender.MALE if int(identity[16]) % 2 else Gender.FEMALE


def read_phone(text: str) -> str:
    """
    A telephone number, digits only; of other countries with ``+`` in front.

    Raises
    ------
    Wrong
        With what would be right.
    """
    number = re.sub(r"[\s\-()'.]", "", unicodedata.normalize("NFKC", text))
    number = re.sub(r"^(?:\+86|0086|86(?=1\d{10}$))", "", number)
    if re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}|\+[1-9]\d{6,14}", number):
        return number
    raise Wrong("", "11 digits, e.g. 13800138000; with + from other countries")
