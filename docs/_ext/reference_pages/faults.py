"""A heading for every fault code, in place of the rows of a table."""

from __future__ import annotations

import re

from p2p_dispatch.reading.codes import CODES, NOTICES

HEADING = "| code | what it means | what to do |"
ROW = re.compile(r"^\| (P2P\d{4}) \| (.*?) \| (.*?) \|$")


def faults_page(text: str) -> str:
    """The page docs/faults.md, its tables turned into a section for each code."""
    lines: list[str] = []
    for line in text.splitlines():
        if line == HEADING or re.fullmatch(r"\|( -+ \|)+", line):
            continue
        if row := ROW.match(line):
            lines += _section(*row.groups())
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _section(code: str, meaning: str, right: str) -> list[str]:
    title = CODES[code]
    meaning = meaning.removeprefix("notice: ")
    words = [] if meaning == title else [_sentence(meaning)]
    if code in NOTICES:
        words.append("*A notice: it refuses nothing.*")
    return [
        f"({code.lower()})=",
        f"### {code}: {title}",
        "",
        " ".join([*words, f"**What to do:** {_sentence(right, capital=False)}"]),
        "",
    ]


def _sentence(words: str, *, capital: bool = True) -> str:
    start = words[0].upper() if capital else words[0]
    return start + words[1:] + ("" if words.endswith(".") else ".")
