"""
The fenced blocks of a page, and what the comment above each says of it.

A comment stands on the line above a block, or alone:

``<!-- not run: why -->``                 shown only
``<!-- exit code 5 -->``                  what the last command of the block returns; 0 if not said
``<!-- is: package.module.Model -->``      the block is YAML of that model
``<!-- file: patient.yaml -->``           the block is a file, written there
``<!-- shows: my-season/cohorts.csv -->`` the block is what that file holds, or begins with
``<!-- merge: my-season/scenario.yaml -->``    the block is put into that file
``<!-- replace: my-season/scenario.yaml -->``  its keys take the place of those there
``<!-- change FILE: old => new -->``      alone: the reader's own edit, which the text tells
``<!-- copy FOLDER: other -->``           alone: begin anew with a copy
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = (".", "benchmarks", "docs", "scenarios", "solvers")
PAGES = sorted(
    path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in (ROOT / folder).glob("*.md")
)

PIECE = re.compile(
    r"(?:^<!-- (?!change |copy )(?P<say>[^\n]*?) -->\n)?^```(?P<kind>[\w{}-]*)\n(?P<text>.*?)^```$"
    r"|^<!-- (?P<alone>(?:change|copy) [^\n]*?) -->$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A fenced block, or a comment that stands alone."""

    page: str
    line: int
    kind: str
    """Language after the fence; ``comment`` where there is none."""
    text: str
    say: str
    """What the comment says; empty where there is none."""

    @property
    def name(self) -> str:
        """Where it is, for messages."""
        return f"{self.page}:{self.line}"

    @property
    def verb(self) -> str:
        """First part of the comment."""
        return self.say.split(":")[0].strip()

    @property
    def rest(self) -> str:
        """What follows the verb."""
        return self.say.partition(":")[2].strip()


def blocks_of(page: str, text: str | None = None) -> Iterator[Block]:
    """The blocks of a page in order."""
    text = (ROOT / page).read_text(encoding="utf-8") if text is None else text
    for found in PIECE.finditer(text):
        line = text[: found.start()].count("\n") + 1
        if found["alone"]:
            yield Block(page, line, "comment", "", found["alone"])
        else:
            yield Block(page, line, found["kind"], found["text"], found["say"] or "")
