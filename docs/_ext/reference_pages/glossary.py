"""The glossary: the words of the design, in alphabetical order."""

from __future__ import annotations

import re


def words_of(design: str) -> list[tuple[str, str, str]]:
    """Each word with its meaning, and what it is not called, from section 2 of the design."""
    section = design.split("## 2. Words")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.*?) \| (.*?) \| ?(.*?) ?\|$", section, re.MULTILINE)
    return [row for row in rows if row[0] != "word" and not set(row[0]) <= {"-"}]


def glossary_page(design: str) -> str:
    """One entry a word."""
    lines = [
        "# Glossary",
        "",
        "One word a thing, in the files, in the code, on the command line and on every board. They",
        "are fixed in [the design](../design.md#2-words).",
        "",
        "```{glossary}",
        ":sorted:",
        "",
    ]
    for word, meaning, other in words_of(design):
        instead = f" Not called: {other}." if other else ""
        lines += [word, f"  {meaning[0].upper()}{meaning[1:]}.{instead}", ""]
    return "\n".join([*lines[:-1], "```", ""])
