"""A field that may be changed, and how far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Any

from p2p_dispatch.why.change import Change, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """
    A field that may be changed, and how far.

    Attributes
    ----------
    values
        What is tried, the smallest change first.
    say
        A value in words.
    bisected
        Whether a plan made under the last value may do with an earlier one, which ``check`` says.
    """

    path: tuple[Key, ...]
    old: Any
    rule: str
    values: Sequence[Any]
    say: Callable[[Any], str]
    bisected: bool = True

    def to(self, value: Any) -> Change:
        """The change to a value."""
        return Change(
            path=self.path, old=self.old, new=value, rule=self.rule, words=self.say(value)
        )


def knob(
    path: tuple[Key, ...],
    old: Any,
    rule: str,
    values: Sequence[Any],
    say: Callable[[Any], str],
    *,
    bisected: bool = True,
) -> Knob:
    """The same in a line."""
    return Knob(path=path, old=old, rule=rule, values=values, say=say, bisected=bisected)


def more(
    path: tuple[Any, ...],
    rule: str,
    old: int,
    most: int,
    what: str,
    where: str,
    plural: str = "s",
) -> Knob:
    """A number that is raised one by one."""

    def say(value: int) -> str:
        number = value - old
        return f"{number} more {what}{plural if number > 1 else ''} {where}"

    return knob(path, old, rule, range(old + 1, old + most + 1), say)


def single(path: tuple[Any, ...], old: Any, rule: str, new: Any, words: str) -> Knob:
    """A field with one other value."""
    return knob(path, old, rule, (new,), lambda value: words)


def steps(old: float, step: float, last: float) -> Sequence[float]:
    """Multiples of a step above a value, up to a last one."""
    first = floor(round(old / step, 9)) + 1
    return [round(step * n, 6) for n in range(first, ceil(last / step - 1e-9) + 1)]


def on(day: date) -> str:
    """A day as people write it: 24 Feb."""
    return f"{day.day} {day:%b}"


def days_in_words(days: int) -> str:
    """How many days."""
    return f"{days} day{'s' * (days != 1)}"
