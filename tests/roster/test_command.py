"""``import`` and ``seat`` as commands: exit codes, files, and what is kept."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.run import run
from p2p_dispatch.roster import read_roster
from p2p_dispatch.scenario.read import read_scenario
from tests.roster.lists import HEAD, row, text_file, workbook


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_from_a_list_to_seats(capsys: pytest.CaptureFixture[str]) -> None:
    workbook(Path("list.xlsx"), [["名单"], HEAD, *(row(i) for i in range(1, 60))])
    assert run(["import", "roster", "list.xlsx", "-o", "spring", "--quiet"]) == Exit.DONE
    assert run(["validate", "spring", "--quiet"]) == Exit.DONE
    words = ["--solver", "insertion", "--iterations", "5", "--quiet", "-o", "spring/plan"]
    assert run(["solve", "spring", *words]) == Exit.DONE
    assert run(["seat", "spring", "spring/plan", "spring/roster.csv"]) == Exit.DONE
    assert "59 people: 59 seated on 2 trips" in capsys.readouterr().out
    assert Path("spring/plan/seating.csv").is_file()


def test_a_bad_row_is_exit_code_5_and_the_good_ones_are_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text_file(Path("list.csv"), [HEAD, row(1), row(2, 县="火星")], "gb18030")
    assert run(["import", "roster", "list.csv", "--json", "--quiet"]) == Exit.FINDINGS
    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["people"], said["rejected"]) == (2, 1, 1)
    assert [fault["code"] for fault in said["faults"]] == ["P2P4104"]
    assert len(read_roster("list/roster.csv")) == 1
    with Path("list/rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [reject["where"] for reject in csv.DictReader(file)] == ["list.csv:3"]


def test_nothing_is_written_where_nothing_can_be_read() -> None:
    text_file(Path("list.csv"), [["甲", "乙"], ["1", "2"]])
    assert run(["import", "roster", "list.csv", "-q"]) == Exit.WRONG
    assert run(["import", "roster", "nowhere.xlsx", "-q"]) == Exit.WRONG
    assert not Path("list").exists()
    Path("taken").write_text("x")
    text_file(Path("list.csv"), [HEAD, row(1)])
    assert run(["import", "roster", "list.csv", "-o", "taken", "-q"]) == Exit.WRONG
    assert Path("taken").read_text() == "x"


def test_a_list_without_a_good_row_leaves_the_rejects() -> None:
    text_file(Path("list.csv"), [HEAD, row(1, 县="火星")])
    assert run(["import", "roster", "list.csv", "-o", "s", "-q"]) == Exit.FINDINGS
    assert sorted(path.name for path in Path("s").iterdir()) == ["rejects.csv", "roster.csv"]


def test_the_next_day_goes_on_with_the_same_scenario() -> None:
    """Prices that were changed stay; a county and a firm more are added to their tables."""
    text_file(Path("list.csv"), [HEAD, row(1)])
    assert run(["import", "roster", "list.csv", "-o", "s", "-q"]) == Exit.DONE
    path = Path("s/scenario.yaml")
    path.write_text(path.read_text("utf-8").replace("driver_day: 400", "driver_day: 500"), "utf-8")
    more = row(2, 县="平果市", 用工单位="顺德厂", 务工地="顺德")
    text_file(Path("list.csv"), [HEAD, row(1), more])
    assert run(["import", "roster", "list.csv", "-o", "s", "-q"]) == Exit.DONE
    scenario = read_scenario(path)
    assert scenario.prices.driver_day == 500
    assert {origin.id for origin in scenario.origins} == {"tiandong", "pingguo"}
    assert {site.id for site in scenario.sites} == {"长安电子厂", "顺德厂"}
    assert Path("s/older/1/roster.csv").is_file()


def test_places_of_a_given_scenario_are_all_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    head = ["姓名", "县", "用工单位", "出发日期", "到岗日期"]
    good = ["张三", "港南区", "霞山", "2020-02-22", "2020-02-25"]
    text_file(Path("list.csv"), [head, good, [*good[:1], "平果市", *good[2:]]])
    words = ["import", "roster", "list.csv", "--scenario", "zhanjiang_2020", "-o", "z"]
    assert run(words) == Exit.FINDINGS
    assert "an origin more: pingguo" in capsys.readouterr().err
    scenario = read_scenario("z/scenario.yaml")
    assert scenario.people == 1
    assert scenario.cohorts[0].origin == "gangnan"
    original = read_scenario(Path(__file__).parents[2] / "scenarios" / "zhanjiang_2020.yaml")
    for name in ("origins", "sites", "depots", "pools", "unit_types", "rules", "prices", "travel"):
        assert getattr(scenario, name) == getattr(original, name)


def test_seats_that_do_not_add_up_are_exit_code_5(capsys: pytest.CaptureFixture[str]) -> None:
    text_file(Path("list.csv"), [HEAD, row(1), row(2)])
    run(["import", "roster", "list.csv", "-o", "s", "-q"])
    run(["solve", "s", "--solver", "first-come", "-q", "-o", "s/plan"])
    text_file(Path("list.csv"), [HEAD, row(1), row(2), row(3)])
    run(["import", "roster", "list.csv", "-o", "s", "-q"])
    capsys.readouterr()
    assert run(["seat", "s", "s/plan", "s/roster.csv", "--json"]) == Exit.FINDINGS
    said = json.loads(capsys.readouterr().out)
    assert any("in the plan" in sentence for sentence in said["wrong"])


def test_options_fill_what_the_list_leaves_open() -> None:
    head = ["姓名", "县", "务工地"]
    text_file(Path("list.csv"), [head, ["张三", "田东", "东莞长安"]])
    words = ["import", "roster", "list.csv", "-o", "s", "-q"]
    assert run(words) == Exit.FINDINGS
    assert run([*words, "--ready", "2月18日", "--due", "2027-02-20", "--year", "2027"]) == Exit.DONE
    (cohort,) = read_scenario("s/scenario.yaml").cohorts
    assert (cohort.id, cohort.site) == ("tiandong-to-dg-changan-0218-0220", "to-dg-changan")
