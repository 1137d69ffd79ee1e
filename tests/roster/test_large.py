"""A list of 24,000 rows in small: every bad row is named once, and everybody else gets a seat."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.roster import Roster, check_seating, read_roster, seat_people, write_roster
from p2p_dispatch.roster.importing import import_roster
from p2p_dispatch.roster.known import books_of
from p2p_dispatch.roster.mapping import Mapping
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.travel import travel_of
from rosters import WAYS, draw_roster, write_csv, write_xlsx

SHIPPED = Path(__file__).parents[2] / "scenarios"
PEOPLE = 800


@pytest.fixture(scope="module")
def guangxi() -> Scenario:
    return read_scenario(SHIPPED / "guangxi_2021.yaml")


@pytest.mark.parametrize("write", [write_xlsx, write_csv], ids=["xlsx", "csv"])
def test_every_bad_row_is_named_once_and_for_what_it_is(
    write, guangxi: Scenario, tmp_path: Path
) -> None:
    drawn = draw_roster(guangxi, seed=2, dirt=0.05, most=PEOPLE)
    assert len(drawn.bad) >= 2 * len(WAYS)
    path = tmp_path / ("list.xlsx" if write is write_xlsx else "list.csv")
    write(drawn, path)
    result = import_roster([path], books_of(guangxi, Mapping()), before=guangxi.cohorts)
    rows = Counter(draft.sheet.first_row + draft.row for draft in result.bad)
    assert rows == Counter(drawn.bad.keys())
    for draft in result.bad:
        refusing = [fault.code for fault in draft.faults if fault.refuses]
        assert refusing == [drawn.bad[draft.sheet.first_row + draft.row]]
    assert len(result.roster) == drawn.good
    assert {p.row for p in result.roster.people if not p.phone} == set(drawn.noted)
    assert sum(cohort.count for cohort in result.cohorts) == drawn.good


def test_manifests_and_unserved_are_the_clean_rows(guangxi: Scenario, tmp_path: Path) -> None:
    """Coaches for a tenth of the people: most are left behind, and each of them is named."""
    drawn = draw_roster(guangxi, seed=3, dirt=0.05, most=PEOPLE)
    write_xlsx(drawn, tmp_path / "list.xlsx")
    books = books_of(guangxi, Mapping())
    result = import_roster([tmp_path / "list.xlsx"], books, before=guangxi.cohorts)
    parts = guangxi.model_dump(by_alias=True)
    pools = [pool for pool in parts["pools"] if pool["id"].endswith("-49")]
    content = {**parts, "cohorts": [c.model_dump() for c in result.cohorts], "pools": pools}
    scenario = Scenario.model_validate(content)
    plan = solve_scenario(scenario, "first-come", travel=travel_of(scenario))
    roster = read_roster(write_roster(result.roster, tmp_path / "roster.csv"))
    assert roster == result.roster
    seating = seat_people(scenario, plan, roster)
    assert check_seating(scenario, plan, roster, seating) == []
    seated = {seated.person.id for seated in seating.seated}
    left = {left.person.id for left in seating.left}
    assert len(seated) == plan.moved
    assert not seated & left
    assert seated | left == {person.id for person in roster.people}
    assert len(roster) == drawn.good


def test_a_list_without_dirt_has_the_cohorts_of_its_scenario(tmp_path: Path) -> None:
    """Zhanjiang: 141 people, no parties; the ids are those of the scenario."""
    scenario = read_scenario(SHIPPED / "zhanjiang_2020.yaml")
    drawn = draw_roster(scenario, seed=1, dirt=0)
    write_xlsx(drawn, tmp_path / "list.xlsx")
    books = books_of(scenario, Mapping())
    result = import_roster([tmp_path / "list.xlsx"], books, before=scenario.cohorts)
    assert not result.bad
    counts = {cohort.id: cohort.count for cohort in result.cohorts}
    assert counts == {cohort.id: cohort.count for cohort in scenario.cohorts}
    assert isinstance(result.roster, Roster)
