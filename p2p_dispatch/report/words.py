"""Numbers as planners read them."""

from __future__ import annotations

import math

NO_CHANGE = "="
"""Where both of two plans have the same."""


def number(value: float) -> str:
    """A number with thousands parted; cents only where they matter."""
    return f"{value:,.2f}" if 0 < abs(value) < 100 and value % 1 else f"{value:,.0f}"


def money(value: float, currency: str) -> str:
    """An amount with its currency."""
    return f"{currency} {number(value)}"


def file_size(count: int) -> str:
    """Bytes of a file as kB or MB."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"


def many(count: int, one: str, more: str = "") -> str:
    """A count and its noun, ``1 batch`` or ``2 batches``."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def signed(value: float, digits: int = 0) -> str:
    """A difference with its sign; ``NO_CHANGE`` where it is rounded to nothing."""
    text = f"{value:+.{digits}f}"
    return text if float(text) else NO_CHANGE


def percent(part: float, whole: float) -> str:
    """A share, rounded down so that nothing is full before it is."""
    return f"{math.floor(100 * part / whole + 1e-9)} %" if whole else "-"
