"""The command: sheets and tables, and one clear fault where something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.run import run
from tests.week.seasons import season


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with ``season.yaml``."""
    monkeypatch.chdir(tmp_path)
    text = season().model_dump_json(by_alias=True, exclude_none=True, exclude_defaults=True)
    Path("season.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_morning_is_shown_and_handed_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["week", "season.yaml"]) == Exit.DONE
    shown = capsys.readouterr().out
    for title in ("release today", "order now", "hold"):
        assert title in shown
    assert run(["week", "season.yaml", "--days", "2", "--rule", "daily", "--json"]) == Exit.DONE
    sheets = json.loads(capsys.readouterr().out)["sheets"]
    assert [sheet["today"] for sheet in sheets] == ["2020-02-22", "2020-02-23"]
    assert sum(trip["people"] for trip in sheets[0]["release"]) == 17


def test_rules_are_compared_and_drawn(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["week", "season.yaml", "--futures", "2", "--days", "2", "--rule", "daily"]
    words += ["--rule", "hold:1", "-o", "out.svg", "-q"]
    assert run(words) == Exit.DONE
    first = Path("out.svg").read_bytes()
    assert "hold:1" in capsys.readouterr().out
    assert run([*words, "--json"]) == Exit.DONE
    content = json.loads(capsys.readouterr().out)
    assert [rule["rule"] for rule in content["rules"]] == ["daily", "hold:1"]
    assert len(content["outcomes"]) == 4
    assert Path("out.svg").read_bytes() == first


@pytest.mark.parametrize(
    "more",
    [["--rule", "often"], ["-o", "x.svg"], ["--futures", "1", "-o", "x.doc"],
     ["--rule", "daily", "--rule", "full"], ["--forecast", "none.yaml"]],
)  # fmt: skip
def test_what_is_wrong_is_said(
    folder: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["week", "season.yaml", *more]) == Exit.WRONG
    assert capsys.readouterr().err
