"""Where the solver files and scenarios that come with the program lie."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent

_HOMES = (_PACKAGE / "_shipped", _PACKAGE.parent)
"""In a wheel they are packed inside the package; in a clone, and so in an editable install,
they lie beside it. The wheel's come first: beside an installed package lie strangers."""


def shipped(folder: Literal["solvers", "scenarios"]) -> Path:
    """
    The folder with the YAML files of one kind that come with the program.

    Raises
    ------
    FileNotFoundError
        When the installation is not whole.
    """
    for home in _HOMES:
        if _is_ours(home) and any((home / folder).glob("*.yaml")):
            return home / folder
    raise FileNotFoundError(
        f"the {folder} that come with p2p-dispatch are missing; install it again"
    )


def _is_ours(home: Path) -> bool:
    return home.name == "_shipped" or (home / "solvers" / "p2p_solvers").is_dir()
