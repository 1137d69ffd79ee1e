"""The command: words, data, the plan with its remedies, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from p2p_dispatch.cli.run import run
from p2p_dispatch.plan.files import read_plan
from tests.scenario.conftest import write
from tests.tiny import cohort, gangbei, tiny

CHECKS = {"usual": 0, "on": {"2020-02-22": 20}}

QUICK = ("--iterations", "20", "--time-limit", "600")


@pytest.fixture(autouse=True)
def season(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Thirty people for twenty checks, and a plan for them."""
    monkeypatch.chdir(tmp_path)
    content = tiny(origins=[gangbei(medical_per_day=CHECKS)], cohorts=[cohort(due="2020-02-22")])
    path = write(tmp_path, content, {})
    words = ["--solver", "insertion", "--iterations", "20", "--quiet", "-o", "plan"]
    assert run(["solve", str(path), *words]) == 0
    return str(path)


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_the_line_stands_beside_its_place_in_the_file(
    season: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["explain", season, "plan", *QUICK, "--quiet"]) == 0
    shown = capsys.readouterr().out
    assert "10 people of gb-ba stay" in shown
    assert "all 20 checks at 港北区 on 22 Feb are taken: gb-ba 20" in shown
    assert "10 of 10" in shown
    assert f"{season}:" in "".join(shown.split())  # a long path is broken
    assert "origins gangbei" in shown
    assert "One more of what is used up" in shown


def test_as_data(season: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["explain", season, "plan", "gb-ba", *QUICK, "--json", "--quiet"]) == 0
    (left,) = said(capsys)["left"]
    change = left["remedies"][0]["change"]
    assert change["path"] == ["origins", "gangbei", "medical_per_day", "on", "2020-02-22"]
    assert change["write"] == "medical_per_day: {usual: 0, 'on': {2020-02-22: 30}}"
    assert Path(change["at"].split(":")[0]).name == Path(season).name


def test_the_plan_is_written_with_its_remedies_and_still_keeps_every_rule(season: str) -> None:
    assert run(["explain", season, "plan", *QUICK, "--quiet", "-o", "explained"]) == 0
    assert run(["check", season, "explained"]) == 0
    assert "10 more checks" in read_plan("explained").unserved[0].remedies[0]
    assert read_plan("plan").unserved[0].remedies == ()


def test_a_trip_and_its_batch(season: str, capsys: pytest.CaptureFixture[str]) -> None:
    batch = read_plan("plan").batches[0]
    for name in (batch.trip, batch.id):
        capsys.readouterr()
        assert run(["explain", season, "plan", name, "--json"]) == 0
        trip = said(capsys)["trip"]
        assert trip["trip"] == batch.trip
        assert trip["batch"] == (batch.id if name == batch.id else "")


def test_demands_that_cannot_stand_are_three(
    season: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["explain", season, "--require-all", "--json"]) == 3
    conflict = said(capsys)["conflict"]
    assert [demand["of"] for demand in conflict["demands"]] == ["gb-ba"]
    assert run(["explain", season]) == 0
    assert "Nothing proves" in capsys.readouterr().out


def test_what_is_wrong_is_two_and_nothing_is_written(
    season: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", season, "plan", "gb-bb", "-o", "explained"]) == 2
    assert "did you mean gb-ba?" in capsys.readouterr().err
    text = Path("plan/plan.json").read_text(encoding="utf-8")
    Path("plan/plan.json").write_text(text.replace('"moved": 20', '"moved": 21'), encoding="utf-8")
    assert run(["explain", season, "plan", "-o", "explained"]) == 2
    assert "P2P3501" in capsys.readouterr().err
    assert not Path("explained").exists()
