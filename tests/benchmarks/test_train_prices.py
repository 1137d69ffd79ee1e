"""The comparison of solvers at several prices of services."""

from __future__ import annotations

import pytest

import train_prices


def test_every_price_and_solver_has_a_line_and_every_plan_keeps_the_rules(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["baise_2020", "--iterations", "300", "--threads", "1", "--times", "1", "4"]
    train_prices.main(words)
    _, _, *rows = capsys.readouterr().out.splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert [row[:2] for row in cells] == [
        ["100%", "search"],
        ["100%", "trains-first"],
        ["100%", "intermodal"],
        ["400%", "trains-first"],
        ["400%", "intermodal"],
    ]
    trains = {tuple(row[:2]): int(row[6]) for row in cells}
    assert trains["100%", "intermodal"] == trains["400%", "trains-first"] == 1
    assert trains["100%", "search"] == trains["400%", "intermodal"] == 0
    assert {row[-1] for row in cells} == {"0"}
