"""Costs are compared at equal people served, or not at all."""

from __future__ import annotations

import pytest

from p2p_dispatch.bench.ratio import Ratio, ratio_of
from p2p_dispatch.bench.row import Outcome, Row
from tests.bench.rows import no_plan, result, row


def ratio(*rows: Row, solver: str = "other", equal: bool = True) -> Ratio:
    return ratio_of(rows, "season", solver, baseline="first-come", equal=equal)


def test_where_both_move_everybody_the_money_of_the_first_runs_counts() -> None:
    """8,000 against 10,000."""
    found = ratio(row(), row("other", money=8_000))
    assert (found.value, found.of) == (pytest.approx(0.8), "money")


def test_where_the_baseline_leaves_somebody_both_solve_again_for_those_it_moved() -> None:
    """
    Everybody by other costs 12,000 against 10,000 for 40 of 60; at the same 40 people it is
    6,000 against 10,000.
    """
    rows = [row(moved=40), row("other", money=12_000)]
    again = {"moved": 40, "equal_to": "first-come"}
    found = ratio(*rows, row(money=11_000, **again), row("other", money=6_000, **again))
    assert (found.value, found.of) == (pytest.approx(0.6), "money at equal people")


def test_the_baseline_is_never_worse_than_its_first_plan() -> None:
    """Solving again it cannot even move those 40; its first plan moves them for 10,000."""
    again = {"moved": 40, "equal_to": "first-come"}
    rows = [row(moved=40), row("other"), row("other", money=5_000, **again)]
    found = ratio(*rows, no_plan("first-come", equal_to="first-come"))
    assert found.value == pytest.approx(0.5)
    assert ratio(*rows, row(money=8_000, **again)).value == pytest.approx(5 / 8)


def test_the_baseline_against_itself_is_one_also_where_it_leaves_people() -> None:
    assert ratio(row(moved=40), solver="first-come").value == 1


@pytest.mark.parametrize(
    ("rows", "why_not"),
    [
        ([row(), row("other", moved=57)], "leaves 3"),
        ([row(moved=40), row("other"), no_plan("other", equal_to="first-come")], "not all"),
        ([row(moved=40), row("other")], "not run"),
        ([row(moved=0, money=0), row("other")], "baseline moves nobody"),
        ([no_plan("first-come"), row("other")], "no baseline"),
        ([row(), no_plan("other")], "no plan"),
        ([row(), row("other", outcome=Outcome.CRASHED, result=None)], "crashed"),
        ([row(), row("other", result=result(findings=1))], "breaks rules"),
        ([row(money=0), row("other")], "baseline is 0"),
    ],
)
def test_otherwise_it_is_said_why_there_is_no_ratio(rows: list[Row], why_not: str) -> None:
    assert ratio(*rows) == Ratio(why_not=why_not)


def test_one_seed_without_a_ratio_is_enough_for_none() -> None:
    good = [row(), row("other")]
    assert ratio(*good).value == 1
    assert ratio(*good, row(seed=2), row("other", seed=2, moved=59)).why_not == "leaves 1"


def test_seeds_are_compared_one_by_one() -> None:
    """0.5 and 1.0 are 0.75 in the mean; the sums, 5,100 / 10,100, would forget the small seed."""
    first = [row(), row("other", money=5_000)]
    second = [row(seed=2, money=100), row("other", seed=2, money=100)]
    assert ratio(*first, *second).value == pytest.approx(0.75)


def test_without_equal_whole_costs_are_compared() -> None:
    """40 moved for 10,000 and 20 left at 1,000 each, 30,000; everybody moved for 15,000."""
    found = ratio(row(moved=40), row("other", money=15_000), equal=False)
    assert (found.value, found.of) == (pytest.approx(0.5), "cost")
