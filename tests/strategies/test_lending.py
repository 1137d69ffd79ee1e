"""People of one employer who are lent to another: as many as are lent, at their price."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.life import replan
from p2p_dispatch.plan import Plan
from p2p_dispatch.reading import InputError
from p2p_dispatch.report.bills import bills
from p2p_dispatch.report.figures import figures
from p2p_dispatch.report.language import english
from p2p_dispatch.report.names import Names
from p2p_dispatch.report.sheets.desk import Desk
from p2p_dispatch.report.sheets.document import Grid
from p2p_dispatch.report.sheets.places import arrivals
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.travel import travel_of
from tests.generated.jobs import scenario_with_lending
from tests.life.streams import PRICES
from tests.scenario.conftest import dumped
from tests.strategies.test_open_jobs import jobs, welders
from tests.tiny import baoan, chancheng, tiny

MATCHING = ["first-come", "insertion", "match-first", "search", "intermodal", "exact"]
PRICE = 30


def lending(most: int = 20, **changes: Any) -> Scenario:
    """Thirty welders of Chancheng, thirty posts in Bao'an, which may have some of them."""
    lender = chancheng(lends={"baoan": most}, lends_at={"baoan": PRICE})
    return jobs(
        sites=[baoan(posts={"welder": 30}), lender],
        cohorts=[welders(lent_by="chancheng")],
        planning={"by": "day"},
        **changes,
    )


def solved(scenario: Scenario, name: str = "intermodal", iterations: int = 100) -> Plan:
    travel = travel_of(scenario)
    plan = solve_scenario(scenario, name, iterations=iterations, threads=1, seed=3, travel=travel)
    assert check(scenario, plan) == []
    assert plan.moved + sum(part.count for part in plan.unserved) == scenario.people
    return plan


@pytest.mark.parametrize("name", MATCHING)
def test_no_more_are_lent_than_their_employer_lends(name: str) -> None:
    plan = solved(lending(), name)
    assert plan.moved == 20
    assert {part.site for part in plan.itineraries} == {"baoan"}
    assert plan.value.lending == 20 * PRICE
    (left,) = plan.unserved
    assert (left.count, left.reason) == (10, "intake")
    assert left.words == "禅城区 lends no more people to sites with posts for welder"


def test_they_may_fill_posts_of_their_own_for_nothing() -> None:
    lender = chancheng(posts={"welder": 12}, lends={"baoan": 20}, lends_at={"baoan": 400})
    plan = solved(
        jobs(sites=[baoan(posts={"welder": 30}), lender], cohorts=[welders(lent_by="chancheng")])
    )
    there = sum(part.count for part in plan.itineraries if part.site == "baoan")
    assert plan.moved == 30
    assert there == 18
    assert plan.value.lending == 18 * 400


def test_people_of_nobody_are_not_lent() -> None:
    """The same welders without an employer: all thirty posts are theirs."""
    plan = solved(lending(most=0).model_copy(update={"cohorts": (_free(),)}))
    assert plan.moved == 30
    assert plan.value.lending == 0


def _free() -> Any:
    return lending().cohorts[0].model_copy(update={"lent_by": None})


def test_a_plan_that_lends_one_more_is_found_out() -> None:
    """Thirty are lent: of a scenario that lends twenty-nine the plan breaks ``intake``."""
    plan = solved(lending(most=30))
    assert plan.moved == 30
    (finding,) = _broken(lending(most=29), plan)
    assert (finding.rule, finding.where) == ("intake", "baoan")
    assert finding.words == "30 people of chancheng come, which lends it 29"


def test_a_plan_that_lends_where_nobody_is_lent_is_found_out() -> None:
    sites = [baoan(posts={"welder": 30}), chancheng(posts={"welder": 1})]
    nobody = jobs(sites=sites, cohorts=[welders(lent_by="chancheng")], planning={"by": "day"})
    words = [finding.words for finding in _broken(nobody, solved(lending(most=30)))]
    assert "30 people of chancheng come, which lends nobody to it" in words


def _broken(scenario: Scenario, plan: Plan) -> list[Any]:
    """What a plan of another scenario breaks, the figures and the bound aside."""
    moved = plan.model_copy(update={"digest": scenario.digest})
    return [each for each in check(scenario, moved) if each.rule != "figures"]


def test_a_wrong_price_of_lending_is_found_out() -> None:
    scenario = lending()
    plan = solved(scenario)
    value = plan.value.model_copy(update={"lending": 0.0, "total": plan.value.total - 600})
    words = [f.words for f in check(scenario, plan.model_copy(update={"value": value}))]
    assert "lending is 0.00 in the plan, 600.00 by its trips and people" in words


def test_the_payers_of_the_borrower_pay_and_a_ceiling_counts_it() -> None:
    payers = [{"id": "lender", "share": 1}, {"id": "borrower", "share": 0}]
    parts = lending(payers=payers).model_dump(by_alias=True)
    parts["sites"][0]["paid_by"] = {"borrower": 1}
    scenario = Scenario.model_validate(parts)
    plan = solved(scenario)
    assert bills(plan, scenario) == {"lender": 0, "borrower": pytest.approx(plan.value.money)}
    ceiling = {"budget": {"ceiling": plan.value.money - 1}}
    tight = Scenario.model_validate(parts | {"rules": {**parts["rules"], **ceiling}})
    moved = plan.model_copy(update={"digest": tight.digest})
    assert [each.rule for each in check(tight, moved)] == ["budget"]
    assert solved(tight).moved <= plan.moved


def test_the_summary_and_the_sheet_of_the_borrower_say_whose_people_come() -> None:
    scenario = lending()
    plan = solved(scenario)
    known = figures(plan, scenario)
    (lent,) = known.lent
    assert (lent.lender, lent.borrower, lent.people) == ("禅城区", "宝安区", 20)
    (sheet,) = arrivals(Desk(Names(plan, scenario, english()), known))
    remarks = [line.cells[-1] for block in sheet.blocks if isinstance(block, Grid)
               for line in block.lines]  # fmt: skip
    assert "lent by 禅城区" in remarks


def test_tables_say_who_is_lent(tmp_path: Path) -> None:
    whole = lending()
    rows = [site.model_dump(mode="json", include={"id", "lat", "lon"}) for site in whole.sites]
    cells = [("", "", "welder=30"), ("baoan=20", f"baoan={PRICE}", "")]
    table = ["id,lat,lon,lends,lends_at,posts"]
    table += [
        ",".join((row["id"], str(row["lat"]), str(row["lon"]), *own))
        for row, own in zip(rows, cells, strict=True)
    ]
    (tmp_path / "sites.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    people = (
        "id,origin,trade,lent_by,count,ready,due\nw,gangbei,welder,{},30,2020-02-22,2020-02-23\n"
    )
    (tmp_path / "people.csv").write_text(people.format("chancheng"), encoding="utf-8")
    parts = tiny(sites="sites.csv", cohorts="people.csv")
    (tmp_path / "scenario.yaml").write_text(dumped(parts), encoding="utf-8")
    scenario = read_scenario(tmp_path / "scenario.yaml")
    assert scenario.sites[1].lends == {"baoan": 20}
    assert scenario.sites[1].lends_at == {"baoan": PRICE}
    assert scenario.cohorts[0].lent_by == "chancheng"
    (tmp_path / "people.csv").write_text(people.format("chanchen"), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_scenario(tmp_path / "scenario.yaml")
    (fault,) = raised.value.faults
    assert (fault.code, fault.mark.line, fault.right) == (
        "P2P1402", 2, "did you mean chancheng?"
    )  # fmt: skip


@pytest.mark.parametrize("now", [datetime(2020, 2, 21, 20), datetime(2020, 2, 22, 12)])
def test_who_was_told_is_lent_still_when_a_plan_is_made_again(now: datetime) -> None:
    parts = lending().model_dump(by_alias=True) | {"planning": {"by": "clock"}}
    scenario = Scenario.model_validate(parts | {"prices": {**parts["prices"], **PRICES}})
    plan = solved(scenario)
    made = replan(scenario, plan, (), now, solver="search", iterations=20, threads=1)
    assert check(made.scenario, made.plan) == []
    assert made.changes == ()
    assert made.plan.value.lending == plan.value.lending == 20 * PRICE


@pytest.mark.parametrize("seed", range(16))
def test_no_plan_is_better_than_the_best_and_no_bound_higher(seed: int) -> None:
    scenario = scenario_with_lending(seed, small=True)
    try:
        best = solved(scenario, "exact", 1)
    except InputError:
        return  # too large
    plan = solved(scenario)
    slack = 0.02 * max(1, len(plan.trips) + len(best.trips))
    if best.ended in ("proved", "done"):
        assert plan.bound is not None
        assert plan.bound - slack <= best.value.total <= plan.value.total + slack


@pytest.mark.parametrize("name", ["first-come", "match-first", "insertion", "search"])
@pytest.mark.parametrize("seed", range(20, 26))
def test_every_strategy_keeps_every_rule(seed: int, name: str) -> None:
    solved(scenario_with_lending(seed), name)
