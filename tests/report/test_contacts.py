"""Whom to call and which plate a vehicle has: from lists, else a line to write on."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.run import run
from p2p_dispatch.reading import InputError
from p2p_dispatch.report.contacts import Contacts, read_contacts, write_blank
from p2p_dispatch.report.language import english
from p2p_dispatch.report.provinces import province_of
from p2p_dispatch.report.sheets import all_sheets, desk_for
from p2p_dispatch.report.sheets.desk import BLANK
from p2p_dispatch.report.sheets.document import Document, Facts, Grid
from p2p_dispatch.report.sheets.places import call_groups
from p2p_dispatch.scenario.places import Site
from tests.report.plans import two_coaches
from tests.tiny import baoan, chancheng, tiny_scenario

LIST = """of,name,phone,plate
gangbei,韦主任,0775-4212345,
baoan,何女士,13800138009,
baoan,李先生,13800138010,
guigang,'=陈经理,13900139000,
gg/1,,,桂R00001
gg/1-a,黄师傅,13700137000,
广东,值班室,020-12345678,
pingnan,,,
"""


def documents(contacts: Contacts, sheet: str) -> tuple[Document, ...]:
    scenario = tiny_scenario(sites=[baoan(city="深圳市"), chancheng(city="佛山市")])
    desk = desk_for(two_coaches(scenario), scenario, english(), None, contacts)
    return next(s for s in all_sheets(desk) if s.name == sheet).documents


def facts(document: Document) -> dict[str, object]:
    return {k: v for block in document.blocks if isinstance(block, Facts) for k, v in block.pairs}


def texts(document: Document) -> list[str]:
    return [
        str(cell) for block in document.blocks if isinstance(block, Grid)
        for line in block.lines for cell in line.cells
    ]  # fmt: skip


@pytest.fixture
def contacts(tmp_path: Path) -> Contacts:
    path = tmp_path / "contacts.csv"
    path.write_text(LIST, encoding="utf-8")
    scenario = tiny_scenario()
    return read_contacts([path], scenario, two_coaches(scenario))


def test_they_stand_where_somebody_will_look_for_them(contacts: Contacts) -> None:
    order = documents(contacts, "Orders")[0]
    assert "桂R00001" in str(facts(order)["vehicle"])
    assert facts(order)["contacts"] == "carrier =陈经理 13900139000"
    assert {"韦主任 0775-4212345", "黄师傅 13700137000"} <= set(texts(order))
    assert "何女士 13800138009, 李先生 13800138010" in texts(order)
    calls = documents(contacts, "Call sheets")
    assert [facts(each)["contact, origin"] for each in calls] == ["韦主任 0775-4212345", BLANK]
    assert "桂R00001" in str(facts(documents(contacts, "Manifests")[0])["vehicle"])
    (notice,) = documents(contacts, "Notices")
    assert facts(notice)["contact, authority"] == "值班室 020-12345678"


def test_without_any_there_is_a_line_to_write_on() -> None:
    order = documents(Contacts(), "Orders")[0]
    assert BLANK in str(facts(order)["vehicle"])
    assert texts(order).count(BLANK) == 3 + 2  # three stops with people, two drivers


def test_the_lists_of_an_import_are_contacts_too(tmp_path: Path) -> None:
    """The first plate of a pool is that of its first unit."""
    (tmp_path / "employers.csv").write_text(
        "site,name,contact,phone\nbaoan,x,何女士,1\nelsewhere,y,z,2\n", encoding="utf-8"
    )
    (tmp_path / "fleet.csv").write_text(
        "pool,plate,vehicles,carrier,contact,phone\ngg,桂R1,1,,,\ngg,桂R2,1,,黄,3\n",
        encoding="utf-8",
    )
    files = [tmp_path / "employers.csv", tmp_path / "fleet.csv"]
    scenario = tiny_scenario()
    found = read_contacts(files, scenario, two_coaches(scenario))
    assert found.plates == {"gg/1": "桂R1", "gg/2": "桂R2"}
    assert (found.of("baoan"), found.of("gg/2"), found.of("gg/1")) == ("何女士 1", "黄 3", "")


def test_what_is_in_no_plan_is_said_with_what_is_nearly_so(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("of,name\nbaoam,x\n,y\nchancheng,z\n", encoding="utf-8")
    scenario = tiny_scenario()
    with pytest.raises(InputError, match="did you mean baoan") as refused:
        read_contacts([path], scenario, two_coaches(scenario))
    assert [fault.mark.line for fault in refused.value.faults] == [2, 3]
    path.write_text("name,phone\nx,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="there is no column of"):
        read_contacts([path], scenario, two_coaches(scenario))


def test_a_list_to_fill_in_names_everybody_and_keeps_what_was_filled_in(
    tmp_path: Path, contacts: Contacts
) -> None:
    scenario, path = tiny_scenario(), tmp_path / "contacts.csv"
    plan = two_coaches(scenario)
    write_blank(path, scenario, plan, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["of"]: row for row in csv.DictReader(file)}
    assert set(rows) >= {"gangbei", "pingnan", "baoan", "chancheng", "guigang", "gg/2", "gg/1-b"}
    assert rows["guigang"]["name"] == "'=陈经理"
    again = read_contacts([path], scenario, plan)
    assert again.plates == contacts.plates
    assert again.of("guigang") == contacts.of("guigang")


def test_the_command_takes_the_list_that_export_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["new", "season", "-q"]) == Exit.DONE
    assert run(["solve", "season", "--solver", "first-come", "-q", "-o", "plan"]) == Exit.DONE
    assert run(["export", "season", "plan", "--to", "contacts", "-q"]) == Exit.DONE
    given = ["--contacts", "plan/export/contacts.csv", "-q"]
    assert run(["sheets", "season", "plan", *given]) == Exit.DONE
    Path("c.csv").write_text("of,name\nnobody,x\n", encoding="utf-8")
    assert run(["sheets", "season", "plan", "--contacts", "c.csv", "-q"]) == Exit.WRONG
    assert "P2P5006" in capsys.readouterr().err


def test_a_notice_goes_to_a_province_city_by_city() -> None:
    """50 people to Shenzhen and 12 to Foshan, both in Guangdong."""
    (notice,) = documents(Contacts(), "Notices")
    assert notice.title == "Notice to the authorities of 广东"
    heads = [text for text in texts(notice) if "people   contact, authority" in text]
    assert [head.split("   ")[:2] for head in heads] == [
        ["佛山市", "12 people"], ["深圳市", "50 people"],
    ]  # fmt: skip
    assert facts(notice)["people"] == 62


def test_the_province_is_as_said_else_of_the_nearest_county() -> None:
    point = {"id": "x", "lat": 22.558, "lon": 113.879}
    assert province_of(Site.model_validate(point)) == "广东"
    assert province_of(Site.model_validate({**point, "province": "Canton"})) == "Canton"
    assert province_of(Site.model_validate({"id": "x", "lat": 52.5, "lon": 13.4})) == ""


def test_parties_are_called_together_ten_at_a_time() -> None:
    """4 + 4 are eight, the next four would be twelve; a party of eleven is called at once."""
    assert call_groups([4, 4, 4, 11, 1]) == [range(2), range(2, 3), range(3, 4), range(4, 5)]
    assert call_groups([1] * 25) == [range(10), range(10, 20), range(20, 25)]
    assert call_groups([]) == []


def test_a_batch_is_called_group_by_group() -> None:
    """42 people are called from 6:05, five minutes apart; all within thirty of the 45 minutes."""
    sheet = documents(Contacts(), "Call sheets")[0]
    rows = [line.cells for block in sheet.blocks if isinstance(block, Grid) for line in block.lines]
    groups = [(row[1], row[4], row[5]) for row in rows[1:]]
    assert groups == [
        ("06:05", "no. 1 to 10", 10), ("06:10", "no. 11 to 20", 10), ("06:15", "no. 21 to 30", 10),
        ("06:20", "no. 31 to 40", 10), ("06:25", "no. 41 to 42", 2),
    ]  # fmt: skip
