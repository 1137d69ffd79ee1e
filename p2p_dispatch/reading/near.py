"""What somebody probably meant to write."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``; None where none is like it."""
    return _nearest(word, tuple(known))


# The same typo stands in every line that was copied from the first.
@lru_cache(maxsize=1000)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    # difflib looks at every pair of letters; among 30,000 ids the first letters must do
    if len(known) > 2000:
        known = tuple(k for k in known if k[:2] == word[:2] or k[-2:] == word[-2:])[:2000]
    found = get_close_matches(word[:80], known, n=1)
    if found:
        return found[0]
    return next((k for k in known if k.casefold() == word.casefold()), None)
