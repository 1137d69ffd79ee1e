"""What somebody probably meant to write."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from heapq import nlargest
from itertools import takewhile

_MOST = 1000


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``; None where none is like it."""
    return _nearest(word, tuple(known))


# The same typo stands in every line that was copied from the first.
@lru_cache(maxsize=1000)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    word = word[:80]
    if len(known) > _MOST:
        # difflib compares letter by letter; among 30,000 ids those with the same beginning do
        known = tuple(nlargest(_MOST, known, key=lambda each: _beginning(each, word)))
    found = get_close_matches(word, known, n=5)
    if found:
        return next((k for k in found if k.startswith(word)), found[0])  # cut short, most likely
    return next((k for k in known if k.casefold() == word.casefold()), None)


def _beginning(one: str, other: str) -> int:
    """How many letters two words have in common from the first on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
