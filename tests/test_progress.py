"""The line that says where a run stands: seldom in a log, never more than was proved."""

from __future__ import annotations

from typing import Any

import pytest

from p2p_dispatch.cli import progress
from p2p_dispatch.cli.progress import line, watching
from p2p_dispatch.cli.terminal import Terminal
from p2p_dispatch.solution.solution import Progress


def stand(**changes: Any) -> Progress:
    """62 of 70 people for 175,000."""
    facts = {"seconds": 1.0, "served": 62, "people": 70, "trips": 2, "cost": 17_500_000}
    return Progress(**{**facts, **changes})


def test_without_a_bound_none_is_claimed() -> None:
    words = line(stand(), "CNY", 7.4)
    assert words == "7 s  62 of 70 people on 2 trips  value CNY 175,000  no bound"


def test_with_a_bound_the_gap_is_to_it() -> None:
    """157,500 of 175,000: a tenth is missing."""
    words = line(stand(bound=15_750_000, note="pricing"), "CNY", 7.4)
    assert words.endswith("bound 157,500  gap 10.0%  pricing")


def test_a_log_gets_a_line_every_few_seconds_and_a_short_run_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of these reports the third and the fifth are said."""
    now = 100.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    with watching(Terminal(), "CNY") as watch:
        assert watch is not None
        for seconds in (0.1, 1.9, 2.1, 3.0, 7.2, 7.3):
            now = 100.0 + seconds
            watch(stand())
    said = capsys.readouterr().err.splitlines()
    assert [words.split(" s ")[0] for words in said] == ["2", "7"]


def test_quiet_watches_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(Terminal(quiet=True), "CNY") as watch:
        assert watch is None
    assert capsys.readouterr().err == ""
