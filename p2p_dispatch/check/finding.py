"""What a plan breaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule that a plan breaks, at one place."""

    rule: str
    """Id of the rule."""

    where: str
    """The trip, unit, cohort, driver or place and day it is about."""

    words: str
    """What is wrong, a sentence with the figures found and allowed."""

    def __str__(self) -> str:
        return f"{self.rule}  {self.where}: {self.words}"
