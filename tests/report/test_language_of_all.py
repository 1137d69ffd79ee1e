"""Everything that a planner reads is in the language asked for: no English remains in Chinese."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.find import find_scenario
from p2p_dispatch.cli.run import run
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.reasons import NO_POSTS, OPEN_JOB, POSTS_FILLED, SENTENCES
from p2p_dispatch.report.language import english, read_language
from p2p_dispatch.report.page import Beside, page
from p2p_dispatch.report.people import People
from p2p_dispatch.report.sentences import retold, said_of_row
from p2p_dispatch.report.sheets import all_sheets, desk_for, trip_documents
from p2p_dispatch.report.sheets.web import Web
from p2p_dispatch.report.sheets.workbook import write_workbook
from p2p_dispatch.roster import seat_people, write_roster
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.read import read_scenario
from p2p_solvers import bound, exact
from p2p_solvers.bounds import whole
from rosters import WAYS, draw_roster, write_xlsx
from tests.report.plans import two_coaches
from tests.report.rosters import roster_of
from tests.tiny import baoan, chancheng, tiny_scenario

WORD = re.compile(r"[A-Za-z][A-Za-z-]{2,}")

KEPT = {
    "ASSUMPTION", "CNY", "CSV", "JavaScript", "first-come", "dispatch", "p2p-dispatch", "json",
    "csv", "html", "xlsx", "ics",
}  # fmt: skip
"""Words that are the same in every language."""


def certified(scenario: Scenario) -> Plan:
    """A plan with a bound, a sentence for who is left, and rules that the bound leaves out."""
    return two_coaches(
        scenario,
        certificate={"bound": 170000, "gap": 0.0286, "how": whole.HOW, "leaves_out": ["crew"]},
        unserved=[
            {"cohort": "pn-ba", "count": 8, "parties": [3], "reason": "units",
             "words": "every coach that could take them is out on 22 Feb, 23 Feb and 24 Feb"},
        ],
    )  # fmt: skip


def data_words(scenario: Scenario) -> set[str]:
    """Words that are the scenario's own: ids and names."""
    text = json.dumps(scenario.model_dump(mode="json", by_alias=True))
    return set(WORD.findall(text)) | {"quick", "tiny"}


def english_in(texts: Iterator[str], known: set[str]) -> set[str]:
    found = {word for text in texts for word in WORD.findall(text)}
    trips = {word for word in found if re.fullmatch("(gangbei|pingnan|gg|p)[-a-z]*", word)}
    return found - known - KEPT - trips


def visible(text: str) -> Iterator[str]:
    """What a page shows: texts and what is read aloud, and the words of its script."""
    data = re.search(r'<script type="application/json" id="plan">(.*?)</script>', text, re.DOTALL)
    if data:
        yield from strings(
            {k: v for k, v in json.loads(data[1]).items() if k not in {"places", "flows", "name"}}
        )
    text = re.sub(r"<(style|script).*?</\1>", "", text, flags=re.DOTALL)
    yield from map(html.unescape, re.findall(r'(?:aria-label|placeholder|title)="([^"]*)"', text))
    yield html.unescape(re.sub(r"<[^>]*>", " ", text))


def strings(content: Any) -> Iterator[str]:
    """All texts in data; the words by which the script tells kinds apart are none."""
    match content:
        case str():
            yield re.sub(r"\{\w+\}", "", content)  # what the script fills in
        case dict():
            yield from (s for k, v in content.items() if k != "kind" for s in strings(v))
        case list():
            yield from (s for v in content for s in strings(v))


@pytest.fixture
def scenario() -> Scenario:
    return tiny_scenario(title="测试", sites=[baoan(subsidy=500, city="深圳市"), chancheng()])


def test_no_english_is_in_a_chinese_workbook(scenario: Scenario, tmp_path: Path) -> None:
    plan = certified(scenario)
    people = People(seat_people(scenario, plan, roster_of(scenario)))
    names = {word for p in roster_of(scenario).people for word in WORD.findall(p.name)}
    for with_people in (None, people):
        desk = desk_for(plan, scenario, read_language("zh"), with_people)
        write_workbook(tmp_path / "book.xlsx", desk, all_sheets(desk))
        book = load_workbook(tmp_path / "book.xlsx")
        texts = (
            str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row
            if cell.value is not None
        )  # fmt: skip
        assert english_in(texts, data_words(scenario) | names) == set()
        assert not [name for name in book.sheetnames if WORD.search(name)]
        feet = (str(sheet.oddFooter.center.text) for sheet in book)
        assert english_in(feet, data_words(scenario)) == set()
        pages = (Web(desk).page("x", trip_documents(desk, trip)) for trip in plan.trips)
        shown = (text for one in pages for text in visible(one))
        assert english_in(shown, data_words(scenario) | names) == set()


def test_no_english_is_on_a_chinese_page(scenario: Scenario) -> None:
    plan = certified(scenario)
    beside = Beside(plan=two_coaches(scenario))
    people = People(seat_people(scenario, plan, roster_of(scenario)))
    names = {word for p in roster_of(scenario).people for word in WORD.findall(p.name)}
    text = page(plan, scenario, read_language("zh"), beside=beside, people=people)
    assert english_in(visible(text), data_words(scenario) | names) == set()


def test_no_english_is_on_a_chinese_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command of a planner's day; the commands that are named to be typed stay."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("P2P_DISPATCH_LANG", "zh")
    assert run(["new", "season", "-q"]) == Exit.DONE
    question = read_scenario("season/scenario.yaml")
    write_roster(roster_of(question), "people.csv")
    capsys.readouterr()
    for words in (
        ["validate", "season"],
        ["solve", "season", "--solver", "insertion", "--iterations", "5", "-o", "plan"],
        ["check", "season", "plan"],
        ["seat", "season", "plan", "people.csv"],
        ["report", "season", "plan", "--alone"],
        ["sheets", "season", "plan", "--html", "season/pages"],
        ["export", "season", "plan"],
    ):
        assert run(words) == Exit.DONE, words
    shown = "\n".join(capsys.readouterr())
    shown = re.sub(r"p2p-dispatch [^\n]*|\S*/\S*|\S+\.(csv|html|xlsx)|geojson|ical", "", shown)
    assert english_in(iter([shown]), data_words(question) | {"new", "plan", "insertion"}) == set()


def test_every_sentence_of_a_plan_is_said_again_in_chinese() -> None:
    """Names stay as they are, days and seats are words."""
    chinese = read_language("zh")
    said = {
        "every coach that could take them is out on 21 Feb, 22 Feb and 1 Mar":
            "2月21日、2月22日和3月1日 可用的包车已全部派出",
        "no coach has an accessible place for them on 22 Feb": "2月22日 没有包车能提供无障碍座位",
        "the check at 平南县 is full on 22 Feb (300 a day)":
            "平南县 的体检在 2月22日 已满（每日 300 人）",
        "no trip has a free seat for one more escort": "没有班次还能再容纳一名护送人员",
        "a sentence that nobody knows": "a sentence that nobody knows",
    }  # fmt: skip
    assert {words: retold(words, chinese) for words in said} == said
    assert {words: retold(words, english()) for words in said} == {words: words for words in said}


def test_no_sentence_that_the_program_writes_is_missing_from_the_catalogues() -> None:
    texts = set(english().section("sentences").values())
    wanted = {*SENTENCES.values(), OPEN_JOB, NO_POSTS, POSTS_FILLED}
    wanted |= {whole.HOW, whole.HOW + whole.HOW_SERVICES, exact.HOW, bound.EXACTLY, bound.LOOSELY}
    assert wanted <= texts


def test_no_english_is_in_what_an_import_says_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list with every kind of bad row there is; ids, codes, fields and files stay."""
    monkeypatch.chdir(tmp_path)
    drawn = draw_roster(read_scenario(find_scenario("guangxi_2021")), dirt=0.5, most=1000)
    assert len(drawn.bad) > 2 * len(WAYS)
    write_xlsx(drawn, tmp_path / "list.xlsx")
    words = ["import", "roster", "list.xlsx", "--scenario", "guangxi_2021", "-o", "out"]
    assert run([*words, "--lang", "zh"]) == Exit.FINDINGS
    kept = r"list\.xlsx!\S+(?: \d+)?  P2P.*|\([^)]*\)|\S+/\S+|p2p-dispatch.*|'[^']*'|--\w+"
    shown = re.sub(kept, "", "\n".join(capsys.readouterr()))
    assert "末尾数字已丢失" in shown
    assert "另有" in shown
    left = english_in(iter([shown]), {"places", "true", "row", "list", "xlsx"})
    assert left == set(), shown


def test_what_an_import_says_is_read_back_whole() -> None:
    """What is nearly so stays beside what is right; a heading is not taken for a sentence."""
    chinese = read_language("zh")
    said = {
        "there is no name": "没有姓名",
        "号码: the last digits are lost: it is the number 4":
            "号码：末尾数字已丢失：单元格是数值 4",
        "户籍县 is '田冬县'": "户籍县为 '田冬县'",
        "did you mean 田东县 (x)? Else a place of the origins, or its point in the mapping file "
        "under places":
            "是否为 田东县 (x)？否则方案中的集合点，或在映射文件 places 中给出坐标",
        "the identity number stands here again, first in row 4": "身份证号重复，首次在 第 4 行",
    }  # fmt: skip
    assert {words: said_of_row(words, chinese) for words in said} == said
