"""The changes that would take people who are left behind, each verified by solving again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import ceil
from time import monotonic

from p2p_dispatch.why.again import Again, Remedy
from p2p_dispatch.why.knob import Knob
from p2p_dispatch.why.knobs import knobs
from p2p_dispatch.why.left import Left

Watch = Callable[[str], None]
"""Called with a word on how far it is."""


@dataclass
class Allowance:
    """How long may be tried."""

    until: float
    """The moment, as ``time.monotonic`` counts."""

    @classmethod
    def of(cls, seconds: float | None) -> Allowance:
        """So many seconds from now; none: no limit."""
        return cls(float("inf") if seconds is None else monotonic() + seconds)

    @property
    def left(self) -> float | None:
        """Seconds that are left; none: no limit."""
        return None if self.until == float("inf") else max(0.0, self.until - monotonic())

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return monotonic() >= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """
    What was found for some people.

    Attributes
    ----------
    remedies
        Those that take most people first, of equal ones the cheapest.
    tried, skipped
        Changes that were tried, and those for which there was no time.
    """

    remedies: tuple[Remedy, ...]
    tried: int
    skipped: int


def remedies(
    again: Again,
    left: Left,
    against: frozenset[str] | None,
    allowance: Allowance,
    watch: Watch = lambda words: None,
) -> Tried:
    """
    Everything in the list of changes that takes some of the people.

    Parameters
    ----------
    against
        What stops a coach of their own; none: every change in the list is tried.
    """
    asked = [left.part]
    found = again.remedies(None, asked)
    least = max((free.people for free in found), default=0)
    every = list(knobs(left, against))
    tried = 0
    for tried, knob in enumerate(every, start=1):
        if least == left.people or allowance.over:
            tried -= 1
            break
        watch(f"{left.cohort.id}, change {tried} of {len(every)}")
        some = again.remedies(knob, asked)
        if knob.rule == "priority":
            some = [each for dear in some for each in _at_their_price(again, knob, dear, left)]
        found += [remedy for remedy in some if remedy.people > least]
    skipped = 0 if least == left.people else len(every) - tried
    return Tried(remedies=tuple(ranked(found)), tried=tried, skipped=skipped)


def ranked(found: Iterable[Remedy]) -> list[Remedy]:
    """
    Those that take most people first, of equal ones the cheapest.

    A larger change of a field is left out where a smaller one does as much for no more.
    """
    kept: list[Remedy] = []
    for remedy in sorted(found, key=lambda remedy: (-remedy.people, remedy.cost)):
        path = remedy.change and remedy.change.path
        same = (each for each in kept if (each.change and each.change.path) == path)
        if not any(each.does(remedy) for each in same):
            kept.append(remedy)
    return kept


def _at_their_price(again: Again, knob: Knob, dear: Remedy, left: Left) -> list[Remedy]:
    """The price of leaving somebody behind at which it is cheaper to take those who went."""
    price = max(knob.old, ceil(dear.cost / dear.people)) + 1
    return again.remedies(replace(knob, values=(float(price),)), [left.part])
