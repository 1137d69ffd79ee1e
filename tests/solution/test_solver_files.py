"""Solver files: data that names a strategy."""

from __future__ import annotations

from pathlib import Path

import pytest

from p2p_dispatch.reading import InputError
from p2p_dispatch.solution.solver import read_solver, solver_paths


def codes(fault: InputError) -> list[str]:
    return [each.code for each in fault.faults]


@pytest.mark.parametrize("name", solver_paths())
def test_every_shipped_solver_can_be_read(name: str) -> None:
    solver = read_solver(name)
    assert solver.file.about
    assert isinstance(solver.parameters, solver.strategy.Parameters)


def test_a_strategy_can_be_named_without_a_file(tmp_path: Path) -> None:
    assert read_solver("first-come").name == "first-come"


def test_an_unknown_solver_is_one_clear_fault() -> None:
    with pytest.raises(InputError) as raised:
        read_solver("frist-come")
    assert codes(raised.value) == ["P2P2001"]
    assert "did you mean first-come?" in str(raised.value)


def test_a_solver_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "patient.yaml"
    path.write_text("strategy: first-come\nparameters:\n  least_fill: 0.9\n")
    solver = read_solver(path)
    assert solver.name == "patient"
    assert solver.parameters.model_dump() == {"least_fill": 0.9}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("strategy: first-come\nparameters:\n  least_full: 0.9\n", "P2P2002", 3),
        ("strategy: first-come\nparameters:\n  least_fill: 2\n", "P2P2002", 3),
        ("strategy: first-come\nlimits:\n  seconds: 0\n", "P2P2002", 3),
        ("parameters: {}\n", "P2P2002", 1),
        ("about: x\nstrategy: fist-come\n", "P2P2003", 2),
    ],
)
def test_a_solver_file_with_a_fault(tmp_path: Path, text: str, code: str, line: int) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as raised:
        read_solver(path)
    assert codes(raised.value) == [code]
    assert raised.value.faults[0].mark.line == line
