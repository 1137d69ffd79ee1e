"""The words of all that is printed or shown of a plan; a language is a file of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.reading.yaml import read_yaml

HOME = Path(__file__).parent / "languages"
"""Where the languages lie that come with the program, one file each."""


class Language:
    """
    Words and sentences by key.

    Parameters
    ----------
    code
        What HTML calls the language, e.g. ``en``.
    words
        Texts by key; sections are parted by dots. ``{name}`` in a text is filled in.
    """

    def __init__(self, code: str, words: Mapping[str, str]) -> None:
        self.code = code
        self.words = dict(words)

    def __call__(self, key: str, /, **values: object) -> str:
        """
        The text of a key, filled in.

        Raises
        ------
        KeyError
            When the language has no such text: a mistake of the program.
        """
        return self.words[key].format(**values)

    def said(self, section: str, word: str) -> str:
        """The text for a word of the plan, such as a mode; the word itself where there is none."""
        return self.words.get(f"{section}.{word}", word)

    def many(self, key: str, count: int) -> str:
        """A count and its noun; texts of ``count`` with ``|`` differ for one and for more."""
        one, _, more = self.words[f"count.{key}"].partition("|")
        return (one if count == 1 or not more else more).format(n=f"{count:,}")

    def section(self, section: str) -> dict[str, str]:
        """All texts of a section, by what follows its name."""
        start = f"{section}."
        return {k[len(start) :]: v for k, v in self.words.items() if k.startswith(start)}


def languages() -> list[str]:
    """The languages that come with the program."""
    return sorted(path.stem for path in HOME.glob("*.yaml"))


def read_language(name: str) -> Language:
    """
    A language by its name, or from a file of your own.

    Texts that a file of your own does not have are those of English.

    Raises
    ------
    InputError
        When there is no such language, or the file cannot be read; P2P5001 when it does not keep
        the format.
    """
    if name in languages():
        return _shipped(name)
    path = Path(name)
    if path.suffix not in {".yaml", ".yml"}:
        found = f"there is no language {name!r}"
        right = f"one of {', '.join(languages())}, or a file of words ending in .yaml"
        raise InputError([Fault(code="P2P5001", mark=Mark(name, 0), found=found, right=right)])
    english = _shipped("en").words
    words = dict(_flat(read_yaml(path).data))
    faults = [
        Fault(code="P2P5001", mark=Mark(name, 0), field=key, found=found, right=right)
        for key, text in words.items()
        if (wrong := _wrong(english, key, text))
        for found, right in [wrong]
    ]
    if faults:
        raise InputError(faults)
    return Language(str(words.get("code", path.stem)), {**english, **words})


@cache
def _shipped(name: str) -> Language:
    words = dict(_flat(read_yaml(HOME / f"{name}.yaml").data))
    return Language(words["code"], words)


def english() -> Language:
    """What is spoken where nobody asks for another language."""
    return _shipped("en")


def _flat(content: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in content.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _wrong(english: Mapping[str, str], key: str, text: Any) -> tuple[str, str] | None:
    """What is wrong with a text, and what would be right; None where it is in order."""
    if key not in english:
        return "no such text is asked for", "the keys of English: see docs/sheets.md"
    if not isinstance(text, str):
        return f"this is no text: {text!r}", "write it in quotes"
    try:
        extra = set(_names(text)) - set(_names(english[key]))
    except ValueError as trouble:
        return f"the braces are not in order: {trouble}", "write {name}, and {{ for a brace"
    if extra:
        known = ", ".join(_names(english[key])) or "none"
        return f"nothing fills in {', '.join(sorted(extra))}", f"what can be filled in: {known}"
    return None


def _names(text: str) -> list[str]:
    from string import Formatter

    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
