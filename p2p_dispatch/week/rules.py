"""Release rules: who is sent today and who is held."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["daily", "full", "hold", "ahead"]

FULL = 0.9
"""Share of the seats from which on a coach counts as full. ASSUMPTION."""

FORMS = "daily, full, full:SHARE, hold:DAYS, ahead or ahead:DAYS"
"""How a rule is written."""


@dataclass(frozen=True, slots=True)
class Rule:
    """
    A release rule.

    ``daily`` sends everybody who is ready. ``full`` sends full coaches, and whoever cannot wait.
    ``hold`` is full with nobody held longer than some days. ``ahead`` solves the days to come, with
    those expected in them, and sends what leaves today in that plan.

    Attributes
    ----------
    kind
        Which of them.
    most
        Most days that somebody waits after being ready; None: until they are due.
    fill
        Share of the seats from which on a coach is full.
    """

    kind: Kind
    most: int | None = None
    fill: float = FULL

    @property
    def name(self) -> str:
        """As it is written."""
        if self.kind == "full" and self.fill != FULL:
            return f"full:{self.fill:g}"
        if self.kind in ("hold", "ahead") and self.most is not None:
            return f"{self.kind}:{self.most}"
        return self.kind


RULES = (
    Rule("daily", 0),
    *(Rule("hold", most) for most in (1, 2, 3)),
    Rule("full"),
    *(Rule("ahead", most) for most in (0, 1, 2, 3)),
    Rule("ahead"),
)
"""What is compared unless rules are named."""


def rule_of(word: str) -> Rule:
    """
    The rule that a word means.

    Raises
    ------
    ValueError
        When it means none.
    """
    if found := re.fullmatch(r"(hold|ahead):(\d{1,3})", word):
        kind: Kind = "hold" if found[1] == "hold" else "ahead"
        return Rule(kind, int(found[2]))
    if found := re.fullmatch(r"full:(0?\.\d+|1(?:\.0*)?)", word):
        return Rule("full", fill=float(found[1]))
    if word == "daily":
        return Rule("daily", 0)
    if word in ("full", "ahead"):
        return Rule("full" if word == "full" else "ahead")
    raise ValueError(f"{word} is no release rule: {FORMS}")
