"""The comparison of plans that go on with plans from nothing."""

from __future__ import annotations

import pytest

import replanning


def test_both_plans_have_a_line_and_keep_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["baise_2020", "--iterations", "400", "--threads", "1", "--only", "cancelled,", "no-sh"]
    assert replanning.main(words) == 0
    _, _, *rows = capsys.readouterr().out.splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert len(cells) == 8
    assert {row[5] for row in cells} == {"0"}
    for goes_on, from_nothing in zip(cells[::2], cells[1::2], strict=True):
        assert (goes_on[3], from_nothing[3]) == ("goes on", "from nothing")
        assert int(goes_on[6]) <= int(from_nothing[6])
