"""The tables beside the scenarios are what their generator writes."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SCENARIOS = Path(__file__).parents[2] / "scenarios"
GENERATOR = runpy.run_path(str(SCENARIOS / "generate.py"))


@pytest.mark.parametrize("name", sorted(GENERATOR["SCENARIOS"]))
def test_the_generator_writes_the_same_bytes_again(name: str, tmp_path: Path) -> None:
    written = GENERATOR["write"](name, tmp_path)
    here = {path.name: path.read_bytes() for path in (SCENARIOS / name).glob("*.csv")}
    assert {path.name: path.read_bytes() for path in written} == here


def test_every_scenario_with_tables_has_a_generator() -> None:
    folders = {path.name for path in SCENARIOS.iterdir() if any(path.glob("*.csv"))}
    assert folders == set(GENERATOR["SCENARIOS"])
