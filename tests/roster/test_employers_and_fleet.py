"""Employers become sites, vehicles become pools; then people are imported among them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.run import run
from p2p_dispatch.scenario.read import read_scenario
from tests.roster.lists import HEAD, row, text_file, workbook

FIRMS = [
    ["重点企业用工需求表"],
    [
        "企业名称",
        "所在镇",
        "城市",
        "岗位",
        "缺工人数",
        "每日接收人数",
        "是否重点企业",
        "联系人",
        "联系电话",
    ],
    ["长安电子厂", "长安镇", "东莞市", "普工", "40人", 30, "是", "王五", "13800000001"],
    ["长安电子厂", "长安镇", "东莞市", "焊工", 5, "", "", "", ""],
    ["顺德家电厂", "顺德区", "佛山", "", "", "", "否", "=1+1", ""],
    ["火星厂", "火星", "", "", "", "", "", "", ""],
    ["长安电子厂", "顺德区", "佛山", "", "", "", "", "", ""],
    ["", "长安镇", "东莞", "", "", "", "", "", ""],
    ["某厂", "长安镇", "东莞", "", "许多", "", "", "", ""],
]
COACHES = [
    ["车牌号", "座位数", "停放地", "运输企业", "日租金", "公里单价", "驾驶员"],
    ["桂L00001", 49, "百色", "百色运输", 1500, 6.5, "甲"],
    ["桂L00002", "49座", "百色市", "百色运输", 1500, 6.5, "乙"],
    ["桂L00003", 37, "百色", "百色运输", "", "", "丙"],
    ["桂A00004", 49, "南宁", "南宁运输", 1600, 6.5, "丁"],
    ["桂L 00001", 49, "百色", "", 1500, 6.5, ""],
    ["桂L00005", "很多", "百色", "", "", "", ""],
    ["桂L00006", 49, "火星", "", "", "", ""],
]


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def rejected(path: str) -> list[str]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return [reject["codes"] for reject in csv.DictReader(file)]


def test_employers_vehicles_and_people_are_a_scenario() -> None:
    workbook(Path("firms.xlsx"), FIRMS)
    text_file(Path("coaches.csv"), COACHES, "gb18030")
    assert run(["import", "employers", "firms.xlsx", "-o", "s", "-q"]) == Exit.FINDINGS
    assert rejected("s/employers-rejects.csv") == ["P2P4105", "P2P4120", "P2P4101", "P2P4108"]
    assert run(["import", "fleet", "coaches.csv", "-o", "s", "-q"]) == Exit.FINDINGS
    assert rejected("s/fleet-rejects.csv") == ["P2P4121", "P2P4108", "P2P4104"]
    people = [
        row(1),
        row(2, 用工单位="顺德家电厂"),
        row(3, 用工单位="没有的厂"),
        row(4, 用工单位="", 务工地=""),
    ]
    head = [*HEAD, "工种"]
    rows = [[*each, "焊工" if number == 3 else ""] for number, each in enumerate(people)]
    text_file(Path("people.csv"), [head, *rows])
    assert run(["import", "roster", "people.csv", "-o", "s", "-q"]) == Exit.FINDINGS
    assert rejected("s/rejects.csv") == ["P2P4105"]
    scenario = read_scenario("s/scenario.yaml")
    sites = {site.id: site for site in scenario.sites}
    assert set(sites) == {"长安电子厂", "顺德家电厂"}
    assert sites["长安电子厂"].posts == {"普工": 40, "焊工": 5}
    assert sites["长安电子厂"].key
    assert sites["长安电子厂"].intake_per_day.usual == 30
    assert [(c.site, c.trade) for c in scenario.cohorts] == [
        (None, "焊工"),
        ("长安电子厂", None),
        ("顺德家电厂", None),
    ]
    pools = {pool.id: (pool.unit_type, pool.depot, pool.units) for pool in scenario.pools}
    assert pools == {
        "baise-37": ("coach-37", "baise-depot", 1),
        "baise-49": ("coach-49", "baise-depot", 2),
        "nanning-49-2": ("coach-49-2", "nanning-depot", 1),
    }
    prices = {kind.id: kind.per_day for kind in scenario.coaches}
    assert prices == {"coach-37": 1133, "coach-49": 1500, "coach-49-2": 1600}
    assert "ASSUMPTION" in scenario.unit_types[0].basis
    assert run(["validate", "s", "-q"]) == Exit.DONE


def test_contacts_and_plates_stay_out_of_the_scenario() -> None:
    workbook(Path("firms.xlsx"), FIRMS)
    text_file(Path("coaches.csv"), COACHES)
    run(["import", "employers", "firms.xlsx", "-o", "s", "-q"])
    run(["import", "fleet", "coaches.csv", "-o", "s", "-q"])
    tables = ("sites", "unit_types", "pools", "depots")
    told = "".join(Path(f"s/{name}.csv").read_text("utf-8") for name in tables)
    assert not [word for word in ("王五", "13800000001", "桂L", "百色运输") if word in told]
    with Path("s/employers.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [line["contact"] for line in csv.DictReader(file)] == ["王五", "", "'=1+1"]
    with Path("s/fleet.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {line["plate"]: line["pool"] for line in csv.DictReader(file)} == {
            "桂L00001": "baise-49",
            "桂L00002": "baise-49",
            "桂L00003": "baise-37",
            "桂A00004": "nanning-49-2",
        }


def test_a_list_of_employers_the_next_day_adds_to_the_sites() -> None:
    head = FIRMS[1]
    text_file(Path("a.csv"), [head, FIRMS[2]])
    text_file(Path("b.csv"), [head, [*FIRMS[2][:3], "普工", 10, 20, "", "", ""], FIRMS[4]])
    assert run(["import", "employers", "a.csv", "-o", "s", "-q"]) == Exit.DONE
    assert run(["import", "employers", "b.csv", "-o", "s", "-q"]) == Exit.DONE
    from p2p_dispatch.roster.tables import read_parts
    from p2p_dispatch.scenario.places import Site

    one, two = read_parts(Path("s/sites.csv"), Site, "sites")
    assert (one.posts, one.intake_per_day.usual, one.key) == ({"普工": 10}, 20, True)
    assert two.id == "顺德家电厂"


def test_a_list_of_another_kind_is_refused() -> None:
    text_file(Path("people.csv"), [HEAD, row(1)])
    assert run(["import", "fleet", "people.csv", "-o", "s", "-q"]) == Exit.WRONG
    assert not Path("s").exists()
