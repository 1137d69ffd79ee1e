"""The commands that make something of a plan: whole files, and no number that nobody asked for."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.run import run
from p2p_dispatch.roster import Roster, write_roster
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.read import read_scenario
from tests.report.rosters import roster_of, secrets


@pytest.fixture
def season(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scenario:
    """A scenario ``season``, a plan of it in ``plan`` and its people in ``people.csv``."""
    monkeypatch.chdir(tmp_path)
    assert run(["new", "season", "--quiet"]) == Exit.DONE
    scenario = read_scenario("season/scenario.yaml")
    assert run(["solve", "season", "--solver", "first-come", "-q", "-o", "plan"]) == Exit.DONE
    write_roster(roster_of(scenario), "people.csv")
    return scenario


def written(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under a folder, and what is packed in those that are archives."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as packed:
                    for name in packed.namelist():
                        yield f"{path.name}/{name}", packed.read(name)


def found(folder: Path, roster: Roster) -> dict[str, int]:
    """How many numbers of the roster stand in each file that has any."""
    kept_back = [secret.encode() for secret in secrets(roster)]
    counts = {name: sum(s in content for s in kept_back) for name, content in written(folder)}
    return {name: count for name, count in counts.items() if count}


def everything(*more: str) -> None:
    """Every command that writes of people, with a roster."""
    for words in (
        ["report", "season", "plan", "--roster", "people.csv", "-o", "out/page.html", *more],
        ["sheets", "season", "plan", "--roster", "people.csv", "-o", "out/book.xlsx",
         "--html", "out/trips", *more],
    ):  # fmt: skip
        assert run([*words, "-q"]) == Exit.DONE
    assert run(["export", "season", "plan", "-o", "out/export", "-q"]) == Exit.DONE
    assert run(["seat", "season", "plan", "people.csv", "-o", "out/seating.csv", "-q"]) == Exit.DONE
    blank = ["--to", "contacts", "-o", "out/export", "-q"]
    assert run(["export", "season", "plan", *blank]) == Exit.DONE
    parquet = ["--to", "parquet", "-o", "out/export", "-q"]
    assert run(["export", "season", "plan", *parquet]) == Exit.DONE


def test_no_identity_or_phone_number_stands_in_any_file(season: Scenario) -> None:
    """Of 132 people with three numbers each; the plan's own files are looked at too."""
    everything()
    names = {name for name, _ in written(Path("out"))}
    assert {"page.html", "book.xlsx", "movements.csv", "trips.geojson"} <= names
    assert found(Path("out"), roster_of(season)) == {}
    assert found(Path("plan"), roster_of(season)) == {}


def test_unmask_shows_them_where_they_are_needed_and_nowhere_else(season: Scenario) -> None:
    everything("--unmask")
    shown = found(Path("out"), roster_of(season))
    assert shown["page.html"] >= 2 * 132
    assert shown["book.xlsx/xl/sharedStrings.xml"] >= 2 * 132
    assert not [name for name in shown if name.endswith((".csv", ".geojson", ".ics", ".parquet"))]
    assert "in full" in Path("out/page.html").read_text(encoding="utf-8")


def test_the_page_lies_beside_the_plan_and_is_compared_unasked(
    season: Scenario, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["solve", "season", "--time-limit", "2", "-q", "-o", "better"]) == Exit.DONE
    capsys.readouterr()
    assert run(["report", "season", "better", "--lang", "zh"]) == Exit.DONE
    assert "better/report.html" in capsys.readouterr().err.replace(os.sep, "/")
    text = Path("better/report.html").read_text(encoding="utf-8")
    assert "先到先走" in text
    assert run(["report", "season", "better", "--alone", "-q"]) == Exit.DONE
    assert "First come" not in Path("better/report.html").read_text(encoding="utf-8")
    assert run(["report", "season", "better", "--against", "plan", "-q"]) == Exit.DONE
    assert "First come, first served would" in Path("better/report.html").read_text("utf-8")


def test_a_page_for_one_trip_and_a_trip_that_is_not_there(
    season: Scenario, capsys: pytest.CaptureFixture[str]
) -> None:
    trips = Path("plan/trips.csv").read_text(encoding="utf-8-sig").splitlines()
    one = trips[1].split(",")[0]
    assert run(["sheets", "season", "plan", "--html", "pages", "--trip", one, "-q"]) == Exit.DONE
    assert [path.stem for path in Path("pages").iterdir()] == [one]
    capsys.readouterr()
    code = run(["sheets", "season", "plan", "--html", "more", "--trip", f"{one}x"])
    assert code == Exit.WRONG
    assert f"did you mean {one}?" in capsys.readouterr().err
    assert not Path("more").exists()
    assert run(["sheets", "season", "plan", "--trip", one]) == Exit.WRONG


@pytest.mark.parametrize("command", ["report", "sheets", "export"])
def test_where_nothing_can_be_written_is_said_before_anything_is_done(
    season: Scenario, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("file").write_text("mine")
    capsys.readouterr()
    assert run([command, "season", "plan", "-o", "file/there"]) == Exit.WRONG
    assert "P2P5003" in capsys.readouterr().err
    assert Path("file").read_text() == "mine"


@pytest.mark.parametrize("command", ["report", "sheets", "export"])
def test_an_older_file_is_replaced_whole_and_nothing_else_is_left(
    season: Scenario, command: str
) -> None:
    for _ in range(2):
        assert run([command, "season", "plan", "-q"]) == Exit.DONE
    assert not list(Path("plan").rglob(".*"))


def test_words_that_are_wrong_are_refused_first(
    season: Scenario, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, code in (
        (["--lang", "xx"], "P2P5001"),
        (["--boundaries", "none.geojson"], "P2P1001"),
        (["--roster", "none.csv"], "P2P1001"),
        (["--against", "none"], "P2P3001"),
    ):
        assert run(["report", "season", "plan", *words]) == Exit.WRONG
        assert code in capsys.readouterr().err
    assert not Path("plan/report.html").exists()
