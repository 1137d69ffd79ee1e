"""The sheets: everybody on them once, in figures that add up, and nothing that a name could do."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from p2p_dispatch.plan import Plan
from p2p_dispatch.report.language import Language, english, languages, read_language
from p2p_dispatch.report.people import People
from p2p_dispatch.report.sheets import all_sheets, desk_for, trip_documents
from p2p_dispatch.report.sheets.document import Boxes, Document, Facts, Grid, Sheet, Signature
from p2p_dispatch.report.sheets.kit import KIT, needed
from p2p_dispatch.report.sheets.web import Web
from p2p_dispatch.report.sheets.workbook import write_workbook
from p2p_dispatch.roster import seat_people
from p2p_dispatch.scenario import Scenario
from tests.report.plans import two_coaches
from tests.report.rosters import NAMES, roster_of, secrets
from tests.tiny import baoan, chancheng, tiny_scenario, unit_type


def made(
    scenario: Scenario, plan: Plan, language: Language | None = None, people: People | None = None
) -> dict[str, Sheet]:
    desk = desk_for(plan, scenario, language or english(), people)
    return {sheet.name: sheet for sheet in all_sheets(desk)}


def named(scenario: Scenario, plan: Plan, *, unmasked: bool = False) -> People:
    return People(seat_people(scenario, plan, roster_of(scenario)), unmasked)


def cells(document: Document) -> list[tuple[Any, ...]]:
    return [
        line.cells
        for block in document.blocks if isinstance(block, Grid)
        for line in block.lines if line.kind in ("", "sign")
    ]  # fmt: skip


def sums(document: Document) -> list[tuple[Any, ...]]:
    return [
        line.cells
        for block in document.blocks if isinstance(block, Grid)
        for line in block.lines if line.kind == "sum"
    ]  # fmt: skip


def book_of(path: Path, scenario: Scenario, plan: Plan, people: People | None = None) -> Any:
    desk = desk_for(plan, scenario, english(), people)
    write_workbook(path, desk, all_sheets(desk))
    return load_workbook(path)


def test_everybody_is_on_the_board_the_manifests_and_the_arrivals_once() -> None:
    """42 and 20 leave, 50 of them come to Bao'an and 12 to Chancheng."""
    scenario = tiny_scenario()
    sheets = made(scenario, two_coaches(scenario))
    assert [cells(d)[0][4] for d in sheets["Board"].documents] == [42]
    assert [line[4] for d in sheets["Board"].documents for line in sums(d)] == [62]
    places = Counter(row[5] for d in sheets["Manifests"].documents for row in cells(d))
    assert places == {"宝安区": 50, "禅城区": 12, None: 1}  # and the seat of the escort
    assert [row[6] for d in sheets["Employers"].documents for row in sums(d)] == [50, 12]
    assert [row[5] for d in sheets["Notices"].documents for row in sums(d)] == [62]
    assert [d.blocks[0].pairs[0][1] for d in sheets["Call sheets"].documents] == [42, 20]  # type: ignore[union-attr]


def test_the_order_of_a_trip_has_stops_breaks_kit_and_five_boxes() -> None:
    """One drives from 6:50 to 10:00, the other on to 13:00 without a gap."""
    scenario = tiny_scenario()
    plan = two_coaches(scenario)
    order, manifest = trip_documents(desk_for(plan, scenario, english()), plan.trips[0])
    stops, crew = (block for block in order.blocks if isinstance(block, Grid))
    assert [line.cells[1:7] for line in stops.lines[1:3]] == [
        ("港北区", "02-22 06:50", "02-22 07:05", 42, None, 42),
        ("禅城区", "02-22 13:00", "02-22 13:15", None, 12, 30),
    ]
    assert [line.cells[1:5] for line in crew.lines] == [
        ("gg/1-a", "02-22 06:50", "02-22 10:00", 190),
        ("gg/1-b", "02-22 10:00", "02-22 13:00", 180),
    ]
    boxes = next(block for block in order.blocks if isinstance(block, Boxes))
    assert len(boxes.items) == 5
    signed = [block.title for block in manifest.blocks if isinstance(block, Signature)]
    assert signed == [
        "Taken over by 禅城区: 12 people expected", "Taken over by 宝安区: 30 people expected",
    ]  # fmt: skip


def test_a_break_stands_between_two_spells() -> None:
    scenario = tiny_scenario()
    plan = two_coaches(scenario)
    first, second = plan.trips[0].driving
    later = second.model_copy(update={"start": first.end.replace(minute=20)})
    trip = plan.trips[0].model_copy(update={"driving": (first, later)})
    order, _ = trip_documents(desk_for(plan, scenario, english()), trip)
    crew = [block for block in order.blocks if isinstance(block, Grid)][1]
    assert [line.cells[4] for line in crew.lines] == [190, 20, 160]


def test_the_kit_is_for_everybody_on_board() -> None:
    """42 riders, an escort and two drivers: 45."""
    trip = two_coaches().trips[0]
    assert needed(trip) == {item.key: 45 * item.per_head for item in KIT}
    scenario = tiny_scenario()
    day = sums(made(scenario, two_coaches(scenario))["Kit"].documents[0])[0]
    assert day[4:] == (45 + 22, *((45 + 22) * item.per_head for item in KIT))


def test_a_carrier_reads_what_when_at_what_price_and_until_when_to_order() -> None:
    """Twelve hours of notice before 6:40 and 7:00; 8,000 and 7,000."""
    scenario = tiny_scenario(unit_types=[unit_type(notice_hours=12)])
    sheets = made(scenario, two_coaches(scenario))
    (document,) = sheets["Carriers"].documents
    assert document.title == "Order sheet: 贵港客运站"
    assert [(row[2], row[9], row[10]) for row in cells(document)] == [
        ("gg/1", 8000, "02-21 18:40"), ("gg/2", 7000, "02-21 19:00"),
    ]  # fmt: skip
    assert sums(document)[0][8:10] == (1900, 15000)
    facts = dict(next(block for block in document.blocks if isinstance(block, Facts)).pairs)
    assert facts["price in all"] == "CNY 15,000"


def test_claims_are_by_class_and_employer() -> None:
    """500 for everybody at Bao'an: 50 people, 25,000; nothing at Chancheng."""
    scenario = tiny_scenario(sites=[baoan(subsidy=500), chancheng()])
    ba, cc = made(scenario, two_coaches(scenario))["Employers"].documents
    claims = [block for block in ba.blocks if isinstance(block, Grid)][2]
    assert claims.lines[-1].cells[1:6] == (50, None, None, None, "CNY 25,000")
    assert len([block for block in cc.blocks if isinstance(block, Grid)]) == 2


def test_with_a_roster_everybody_is_there_by_name() -> None:
    scenario = tiny_scenario()
    plan = two_coaches(scenario)
    sheets = made(scenario, plan, people=named(scenario, plan))
    manifests = [row for d in sheets["Manifests"].documents for row in cells(d)]
    assert len([row for row in manifests if row[2]]) == 62
    follow_ups = [
        row for d in sheets["Employers"].documents for row in cells(d) if row[3] and len(row) == 9
    ]
    assert len([row for row in follow_ups if "*" in str(row[3])]) == 62
    left = sheets["Left behind"].documents[0]
    assert len([row for row in cells(left) if row[7] and "*" in str(row[7])]) == 8


@pytest.mark.parametrize("language", languages())
def test_the_workbook_prints(tmp_path: Path, language: str) -> None:
    """Landscape, one page wide, headings repeated, page n of m, a page for each manifest."""
    scenario = tiny_scenario()
    plan = two_coaches(scenario)
    desk = desk_for(plan, scenario, read_language(language))
    path = tmp_path / "sheets.xlsx"
    write_workbook(path, desk, all_sheets(desk))
    book = load_workbook(path)
    assert len(book.sheetnames) == 11
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in (None, 1)  # 1 where nothing is said
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        assert {"&P", "&N"} <= set(re.findall("&.", f"&C{sheet.oddFooter.center.text}"))
    manifests = book.worksheets[3]
    assert len(manifests.row_breaks.brk) == 1
    texts = {cell.value for row in manifests.iter_rows() for cell in row}
    start = manifests.row_breaks.brk[0].id + 1
    assert "0222-pingnan-1" in str(manifests.cell(start, 1).value)
    assert any("0222-gangbei-1" in str(text) for text in texts)


def test_no_name_is_a_formula_or_a_link(tmp_path: Path) -> None:
    """Cells are texts as they were written; the only links lead from the cover into the book."""
    scenario = tiny_scenario(sites=[baoan(name="=1+1"), chancheng(name="@SUM(A1)")])
    plan = two_coaches(scenario)
    path = tmp_path / "sheets.xlsx"
    book = book_of(path, scenario, plan, named(scenario, plan))
    seen = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [cell for cell in seen if cell.data_type == "f"]
    assert {"=1+1", "@SUM(A1)", NAMES[1]} <= {cell.value for cell in seen}
    links = {cell.hyperlink.target for cell in seen if cell.hyperlink}
    assert links <= {None}
    with zipfile.ZipFile(path) as packed:
        inside = b"".join(packed.read(name) for name in packed.namelist())
    assert b"<f>" not in inside


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    scenario = tiny_scenario()
    for name in ("one.xlsx", "two.xlsx"):
        book_of(tmp_path / name, scenario, two_coaches(scenario))
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_many_manifests_go_on_on_a_second_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("p2p_dispatch.report.sheets.workbook.MOST_BREAKS", 1)
    scenario = tiny_scenario()
    book = book_of(tmp_path / "sheets.xlsx", scenario, two_coaches(scenario))
    assert {"Manifests", "Manifests 2", "Orders 2"} <= set(book.sheetnames)


def test_by_the_day_there_are_sheets_without_times() -> None:
    scenario = tiny_scenario(planning={"by": "day"})
    sheets = made(scenario, two_coaches(scenario))
    assert cells(sheets["Board"].documents[0])[0][:3] == ("", "", "")


def test_the_page_of_a_trip_asks_for_nothing_and_a_name_is_only_a_name() -> None:
    scenario = tiny_scenario(sites=[baoan(name="<script>alert(1)</script>"), chancheng()])
    plan = two_coaches(scenario)
    desk = desk_for(plan, scenario, english(), named(scenario, plan))
    text = Web(desk).page("trip", trip_documents(desk, plan.trips[0]))
    assert "<script" not in text
    assert "<img" not in text
    assert "http" not in text.replace("http-equiv", "")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_numbers_are_masked_unless_somebody_says_otherwise(tmp_path: Path) -> None:
    scenario = tiny_scenario()
    plan = two_coaches(scenario)
    kept_back = secrets(roster_of(scenario))
    for unmasked in (False, True):
        path = tmp_path / f"{unmasked}.xlsx"
        book = book_of(path, scenario, plan, named(scenario, plan, unmasked=unmasked))
        text = "\n".join(
            str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row
        )
        shown = [secret for secret in kept_back if secret in text]
        assert len(shown) > 150 if unmasked else not shown
