"""YAML files as plain data, with the position of every key and value."""

from __future__ import annotations

from pathlib import Path

import yaml

from p2p_dispatch.reading.compose import Composer
from p2p_dispatch.reading.faults import Mark
from p2p_dispatch.reading.files import read_text, refuse
from p2p_dispatch.reading.spots import Document

MOST_MB = 8
"""Largest YAML file; about ten thousand cohorts written out."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is not in every build


def read_yaml(path: Path) -> Document:
    """
    The content of a YAML file.

    Raises
    ------
    InputError
        When the file cannot be read or parsed, or is not a mapping.
    """
    too_large = f"keep YAML under {MOST_MB} MB: move the long lists to CSV files beside it"
    return parse_yaml(read_text(path, most_mb=MOST_MB, too_large=too_large), str(path))


def parse_yaml(text: str, file: str) -> Document:
    """
    The content of a text in YAML.

    Parameters
    ----------
    text
        One document, a mapping.
    file
        What the marks call it.

    Raises
    ------
    InputError
        When it cannot be parsed, or is not a mapping.
    """
    composer = Composer(file, yaml.parse(text, Loader=_LOADER))
    try:
        document = composer.document()
    except yaml.MarkedYAMLError as fault:
        at = fault.problem_mark or fault.context_mark
        if at and fault.context_mark and at.line >= text.rstrip().count("\n") + 1:
            at = fault.context_mark  # what was never closed is better shown where it opens
        mark = Mark(file, at.line + 1, at.column + 1) if at else Mark(file, 0)
        if "nesting depth" in str(fault.problem):  # a limit of the parser's own, in some versions
            composer.too_deep(mark)
        refuse("P2P1007", mark, _words(fault), _advice(text, mark))
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        refuse("P2P1005", Mark(file, line), _reader_words(fault), "take the character out")
    if not isinstance(document.data, dict):
        found = "there is nothing in it" if document.data is None else "it is not a mapping"
        code = "P2P1004" if document.data is None else "P2P1016"
        refuse(code, document.spot.mark, found, "write keys and values: `key: value`")
    return document


def _words(fault: yaml.MarkedYAMLError) -> str:
    parts = [fault.context, fault.problem]
    return "YAML stops here: " + ", ".join(part for part in parts if part)


def _reader_words(fault: yaml.reader.ReaderError) -> str:
    code = fault.character if isinstance(fault.character, int) else ord(fault.character[:1] or "?")
    return f"the character U+{code:04X} cannot stand in a YAML file"


def _advice(text: str, mark: Mark) -> str:
    lines = text.splitlines()
    line = lines[mark.line - 1] if 0 < mark.line <= len(lines) else ""
    if line[mark.column - 1 : mark.column] in tuple("@`%*&!"):
        return "put a text that begins with this sign in quotes"
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with blanks: YAML allows no tabs"
    if line.count(": ") > 1:
        return "put a text that contains a colon in quotes"
    return "look at the indentation, the quotes and the brackets here and in the line before"
