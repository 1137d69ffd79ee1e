"""Rows over the seeds, the table they make, and the picture."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from p2p_dispatch.bench.files import PICTURE, add_row, read_rows
from p2p_dispatch.bench.plot import plot_rows
from p2p_dispatch.bench.row import Outcome, Row
from p2p_dispatch.bench.standing import standings
from p2p_dispatch.bench.stopwatch import MOST_POINTS, thinned
from p2p_dispatch.bench.table import shortfalls, standings_table
from p2p_dispatch.cli.terminal import paint
from tests.bench.rows import no_plan, result, row


def text(rows: list[Row], *, equal: bool = True, width: int = 100) -> str:
    known = standings(rows, baseline="first-come", equal=equal)
    return paint((standings_table(known, baseline="first-come", equal=equal),), width, colour=False)


def test_a_standing_is_the_mean_over_the_seeds_and_the_worst() -> None:
    """Costs of 10,000 and 14,000; 0 and 4 people left behind."""
    rows = [row(), row(seed=2, moved=56, peak_mb=200.0)]
    (standing,) = standings(rows, baseline="first-come", equal=True)
    assert standing.means is not None
    assert (standing.means.cost, standing.means.worst) == (12_000, 14_000)
    assert standing.means.left == {"": 2}
    assert (standing.runs, standing.plans, standing.peak_mb) == (2, 2, 200)


def test_runs_at_equal_people_are_in_the_ratio_and_not_in_the_means() -> None:
    again = row("other", money=1.0, equal_to="first-come")
    (_, other) = standings([row(), row("other"), again], baseline="first-come", equal=True)
    assert other.means is not None
    assert (other.runs, other.means.cost) == (1, 10_000)


def test_the_baseline_comes_first_whoever_was_quicker() -> None:
    rows = [row("other"), row("other", scenario="b"), row(), row(scenario="b")]
    known = standings(rows, baseline="first-come", equal=True)
    assert [(s.scenario, s.solver) for s in known] == [
        ("season", "first-come"), ("season", "other"), ("b", "first-come"), ("b", "other"),
    ]  # fmt: skip


def test_what_went_wrong_is_marked_and_told() -> None:
    crashed = row("crasher", outcome=Outcome.CRASHED, words="ZeroDivisionError: x", result=None)
    broken = row("rash", result=result(findings=3, broken={"seats": 2, "fleet": 1}))
    shown = text([row(), crashed, broken])
    assert "10,000 !" in shown
    assert "! rash, seed 1: the plan breaks rules: seats 2, fleet 1" in shown
    assert "! crasher, seed 1: crashed: ZeroDivisionError: x" in shown


def test_a_column_without_content_is_not_shown() -> None:
    """One seed has no worst, no bound no gap."""
    assert {"worst", "gap"}.isdisjoint(text([row()]).split())
    two = [row(), row(seed=2, result=result(bound=9_000.0, gap=0.1))]
    assert "worst" in text(two)
    assert "gap" not in text(two).split()
    assert "gap" in text(two[1:]).split()


def test_people_left_behind_are_told_by_class() -> None:
    shown = text([row(result=result(moved=50, left={"poor": 7, "": 3}))])
    assert {"10", "poor", "7", "others", "3"} <= set(shown.split())


def test_who_cannot_move_all_is_told() -> None:
    rows = [row(moved=40), row("other"), no_plan("other", equal_to="first-come")]
    (words,) = shortfalls(rows)
    assert words.endswith("for the people of first-come: 2 of 40 people are left behind")
    assert "not all" in text(rows)


def test_the_legend_says_what_the_ratio_is_of() -> None:
    assert "money to pay against first-come, for the people whom it moves" in text([row()])
    assert "cost against first-come" in text([row()], equal=False)


def test_rows_are_added_and_never_changed(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    add_row(path, row())
    before = path.read_bytes()
    add_row(path, no_plan("other"))
    assert path.read_bytes().startswith(before)
    assert read_rows(path) == [row(), no_plan("other")]


def test_the_picture_has_a_panel_for_each_scenario_and_is_the_same_twice(tmp_path: Path) -> None:
    """A run that reported once is drawn too; one at equal people is not."""
    once = row("other", result=result(trace=((1.0, 10_000.0),), first_seconds=1.0))
    rows = [row(), once, row(scenario="山里"), row("unseen", equal_to="first-come")]
    first, second = tmp_path / PICTURE, tmp_path / "again.svg"
    assert plot_rows(rows, first)
    assert plot_rows(rows, second)
    assert first.read_bytes() == second.read_bytes()
    words = {node.text for node in ElementTree.parse(first).iter() if node.text}
    assert {"season", "山里", "first-come", "other"} <= words
    assert "unseen" not in words


def test_without_a_plan_there_is_no_picture(tmp_path: Path) -> None:
    assert not plot_rows([no_plan("other")], tmp_path / PICTURE)
    assert not (tmp_path / PICTURE).exists()


def test_a_long_trace_is_thinned_between_its_ends() -> None:
    points = [(float(i), -float(i)) for i in range(1000)]
    kept = thinned(points)
    assert len(kept) == MOST_POINTS
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert sorted(kept) == list(kept)
    assert thinned(points[:MOST_POINTS]) == tuple(points[:MOST_POINTS])
