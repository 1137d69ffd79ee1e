"""Where the solver files and scenarios that come with the program lie."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def shipped(folder: Literal["solvers", "scenarios"]) -> Path:
    """
    The folder with the YAML files of one kind that come with the program.

    In a wheel they are packed inside the package; in a clone, and so in an editable install,
    they lie beside it.

    Raises
    ------
    FileNotFoundError
        When the installation is not whole.
    """
    for home in (_PACKAGE / "_shipped", clone()):
        if home and any((home / folder).glob("*.yaml")):
            return home / folder
    raise FileNotFoundError(
        f"the {folder} that come with p2p-dispatch are missing; install it again"
    )


def clone() -> Path | None:
    """
    The root of the clone that the package is run from; None where it is installed as a wheel.

    Beside an installed package lie strangers, so the neighbours are looked at.
    """
    root = _PACKAGE.parent
    ours = (root / "pyproject.toml").is_file() and (root / "solvers" / "p2p_solvers").is_dir()
    return root if ours else None
