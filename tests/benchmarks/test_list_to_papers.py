"""The whole way from a list to the papers, in small; what is wrong on it would be noticed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import list_to_papers
from list_to_papers import each_bad_row_is_named_once, everybody_is_somewhere_once, tour


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("papers")
    quick = ["--solver", "first-come"]
    drawn, steps = tour("zhanjiang_2020", folder, people=141, seed=4, dirt=0.15, solve=quick)
    return folder, drawn, steps


def test_every_command_of_the_way_does_its_part(papers) -> None:
    _, drawn, steps = papers
    assert len(drawn.bad) == 21
    assert [step.name for step in steps] == [
        "import roster", "solve", "check", "seat", "sheets", "sheets --html", "report", "export",
    ]  # fmt: skip
    assert all(step.seconds > 0 and step.mb > 10 for step in steps)


def test_somebody_who_is_nowhere_is_noticed(papers, tmp_path: Path) -> None:
    folder, drawn, _ = papers
    roster = folder / "season" / "roster.csv"
    lines = (folder / "season/plan/seating.csv").read_text(encoding="utf-8-sig").splitlines(True)
    (tmp_path / "seating.csv").write_text("".join(lines[:-1]), encoding="utf-8-sig")
    with pytest.raises(AssertionError):
        everybody_is_somewhere_once(drawn, tmp_path / "seating.csv", roster)


def test_a_bad_row_that_is_not_named_is_noticed(papers, tmp_path: Path) -> None:
    folder, drawn, steps = papers
    told = json.loads(steps[0].out)
    rejects = folder / "season" / "rejects.csv"
    each_bad_row_is_named_once(drawn, told, rejects)
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    with (tmp_path / "rejects.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([*rows[:1], *rows[2:]])
    with pytest.raises(AssertionError):
        each_bad_row_is_named_once(drawn, told, tmp_path / "rejects.csv")


def test_a_number_that_is_told_is_noticed(papers, tmp_path: Path) -> None:
    folder, _, _ = papers
    roster = folder / "season" / "roster.csv"
    with roster.open(encoding="utf-8-sig", newline="") as file:
        phone = next(row["phone"] for row in csv.DictReader(file) if row["phone"])
    (tmp_path / "notes.txt").write_text(f"call {phone}", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"notes\.txt"):
        list_to_papers.no_number_is_anywhere(roster, tmp_path, kept=())
