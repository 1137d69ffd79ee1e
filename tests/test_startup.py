"""What is quick stays quick: help, and the import of the package, load no big library."""

from __future__ import annotations

import subprocess
import sys

import pytest

BIG = (
    "python_calamine",
    "ortools",
    "pandas",
    "numpy",
    "numba",
    "yaml",
    "p2p_dispatch.scenario",
    "p2p_dispatch.plan",
)


def loaded_by(code: str) -> set[str]:
    """The modules of ``BIG`` that are loaded after a piece of code has run."""
    report = f"\nimport sys\nprint('loaded:', *[m for m in {BIG!r} if m in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", code + report], capture_output=True, text=True, check=True
    )
    return set(run.stdout.rpartition("loaded:")[2].split())


@pytest.mark.parametrize(
    "words", [["--help"], ["solve", "--help"], ["import", "roster", "--help"], ["--version"]]
)
def test_help_loads_no_big_library(words: list[str]) -> None:
    assert loaded_by(f"from p2p_dispatch.cli.run import run\nrun({words!r})") == set()


def test_the_package_loads_what_is_asked_for() -> None:
    assert loaded_by("import p2p_dispatch") == set()
    assert "p2p_dispatch.plan" in loaded_by("from p2p_dispatch import read_plan")
