"""Lists that mean harm, or are only odd: one clear answer, and no more memory than there is."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.run import run
from p2p_dispatch.reading import InputError
from p2p_dispatch.roster import read_roster, write_roster
from p2p_dispatch.roster.importing import write_rejects
from tests.roster.hostile import (
    GOOD,
    book_of,
    lying,
    shared_of,
    sheet_of,
    text_cell,
)
from tests.roster.lists import HEAD, codes, identity, imported, row, text_file, workbook

resource = pytest.importorskip("resource")  # not on every system

ROOT = Path(__file__).parents[2]

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://a.example","x")', "＝1+1",
            "=cmd|' /C calc'!A0", "'=1+1"]  # fmt: skip
SCRIPTS = ["<script>alert(1)</script>", "<b>x</b>", "&lt;", "'; DROP TABLE people;--", "../../x",
           "{{ 7*7 }}", "张\u202e三", "a\nb", "${HOME}", "%s%n"]  # fmt: skip


@pytest.mark.parametrize("name", [*FORMULAS, *SCRIPTS])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_name_is_text_whatever_it_looks_like(name: str, kind: str, tmp_path: Path) -> None:
    rows = [HEAD, row(1, 姓名=name, 用工单位=name)]
    path = tmp_path / f"list.{kind}"
    result = imported(workbook(path, rows) if kind == "xlsx" else text_file(path, rows))
    assert [person.name for person in result.roster.people] == [name]
    roster = write_roster(result.roster, tmp_path / "roster.csv")
    with roster.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for cells in csv.reader(file) for cell in cells]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝"))]
    assert read_roster(roster) == result.roster
    # ids and with them file names and commands hold nothing of it that could mean something there
    (cohort,) = result.cohorts
    assert not set("/,;=+\n\\") & set(cohort.id)


def test_a_formula_is_what_the_workbook_shows_of_it(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "list.xlsx")
    sheet = book.add_worksheet()
    for number, cells in enumerate([HEAD, row(1), row(2)]):
        sheet.write_row(number, 0, cells)
    sheet.write_formula("A2", '="张"&"1"', None, "张1")
    sheet.write_formula("A3", "=1/0", None, "#DIV/0!")
    book.close()
    result = imported(tmp_path / "list.xlsx")
    assert [person.name for person in result.roster.people] == ["张1"]
    assert codes(result) == ["P2P4101"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_cell_of_a_megabyte_is_a_fault_of_its_row(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"list.{kind}"
    if kind == "csv":
        text_file(path, [HEAD, row(1, 姓名="长" * 1_000_000), row(2)])
    else:
        long = f'<row r="3">{text_cell("A3", "长" * 1_000_000)}{text_cell("B3", "田东")}</row>'
        book_of(path, sheet_of([GOOD, long]))
    result = imported(path)
    assert "P2P4112" in codes(result)
    assert len(result.roster) == 1
    rejects = write_rejects(result.rejects, tmp_path / "rejects.csv")
    assert rejects.stat().st_size < 20_000


def far_cell(path: Path) -> Path:
    """Two cells; the rectangle around them has 17 billion."""
    return book_of(path, sheet_of([GOOD, f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>']))


def far_cell_otherwise_written(path: Path) -> Path:
    cell = text_cell("XFD1048576", "x").replace('r="XFD1048576"', "r = 'XFD1048576'")
    return book_of(path, sheet_of([GOOD, f"<row r = '1048576'>{cell}</row>"]))


def far_cell_by_counting(path: Path) -> Path:
    """No cell says where it is; the first row has 16,384, and there are 100,000 rows."""
    rows = ["<row><c><v>1</v></c></row>"] * 100_000
    return book_of(path, sheet_of([GOOD, f"<row>{'<c><v>1</v></c>' * 16_384}</row>", *rows]))


def many_rows(path: Path) -> Path:
    rows = (f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(3, 300_000))
    return book_of(path, sheet_of([GOOD, *rows]))


def large_part(path: Path) -> Path:
    """210 MB of blanks that pack into 1 MB."""
    return book_of(path, sheet_of([GOOD, " " * 210_000_000]))


def lying_directory(path: Path) -> Path:
    return lying(book_of(path, sheet_of([GOOD, " " * 10_000_000])))


def many_parts(path: Path) -> Path:
    return book_of(path, sheet_of([GOOD]), more=(f"xl/x{n}.xml" for n in range(2000)))


def shared_text(path: Path) -> Path:
    """A text of a megabyte that 50,000 cells show: 50 GB."""
    rows = (f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(3, 50_003))
    return book_of(path, sheet_of([GOOD, *rows]), shared=shared_of("x" * 1_000_000))


def shared_text_behind_others(path: Path) -> Path:
    """The same, its number written as an entity, and with a part of short texts beside it."""
    rows = (f'<row r="{n}"><c r="A{n}" t="s"><v>&#48;</v></c></row>' for n in range(3, 50_003))
    book_of(path, sheet_of([GOOD, *rows]), shared=shared_of("x" * 1_000_000))
    with zipfile.ZipFile(path, "a") as book:
        book.writestr("xl/decoy.xml", "<sst>" + "<si><t>x</t></si>" * 10 + "</sst>")
    return path


def laughs(path: Path) -> Path:
    """Entities of entities."""
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    doctype = f"<!DOCTYPE worksheet [{entities}]>"
    return book_of(path, sheet_of([GOOD, f'<row r="3">{text_cell("A3", "&j;")}</row>'], doctype))


def not_a_zip(path: Path) -> Path:
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 10)
    return path


def cut_off(path: Path) -> Path:
    book_of(path, sheet_of([GOOD]))
    path.write_bytes(path.read_bytes()[:-200])
    return path


def old_workbook(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000))
    return path


def zeros_in_xml(path: Path) -> Path:
    return book_of(path, sheet_of([GOOD, "\0"]))


def no_sheet(path: Path) -> Path:
    return book_of(path, "this is no sheet")


def million_in_csv(path: Path) -> Path:
    path.write_text(",".join(HEAD) + "\n" + "张三,,,,,,,\n" * 1_000_000, encoding="utf-8")
    return path


def wide_csv(path: Path) -> Path:
    path.write_text(",".join(HEAD) + "\n" + "," * 11_000_000, encoding="utf-8")
    return path


def huge_file(path: Path) -> Path:
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(70_000_000)
    return path


def open_quote(path: Path) -> Path:
    path.write_text(",".join(HEAD) + '\n"张三,田东\n', encoding="utf-8")
    return path


def utf16(path: Path) -> Path:
    return text_file(path, [HEAD, row(1)], "utf-16")


REFUSED: dict[Callable[[Path], Path], str] = {
    far_cell: "P2P4002",
    far_cell_otherwise_written: "P2P4002",
    far_cell_by_counting: "P2P4002",
    many_rows: "P2P4002",
    large_part: "P2P4002",
    lying_directory: "P2P4001",
    many_parts: "P2P4002",
    shared_text: "P2P4002",
    shared_text_behind_others: "P2P4002",
    laughs: "P2P4001",
    not_a_zip: "P2P4001",
    cut_off: "P2P4001",
    old_workbook: "P2P4001",
    zeros_in_xml: "P2P4001",
    no_sheet: "P2P4001",
    million_in_csv: "P2P4002",
    wide_csv: "P2P4002",
    huge_file: "P2P4002",
    open_quote: "P2P1035",
    utf16: "P2P1005",
}

FEW = settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)

MOST_MEMORY = 1_500_000_000
"""Address space that the command may take."""


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_what_means_harm_is_refused_in_bounded_memory(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    """One fault, exit code 2, nothing written; with 1.5 GB of memory and no more."""
    path = make(tmp_path / "list.xlsx")
    done = subprocess.run(
        [sys.executable, "-m", "p2p_dispatch", "import", "roster", str(path), "-o", "out"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "solvers")])},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY)),
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("P2P") == 1, done.stderr
    assert REFUSED[make] in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("trick", ["pipe", "/dev/zero", "folder", "loop", "/etc", "../x.csv"])
def test_what_is_no_file_is_refused_and_not_waited_for(
    trick: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    Path("folder").mkdir()
    Path("loop").symlink_to("loop")
    with pytest.raises(InputError) as refused:
        imported(Path(trick))
    assert [fault.code for fault in refused.value.faults] in (["P2P1001"], ["P2P1002"])


TRICKS = [
    "../" * 20 + "etc/passwd", "/etc/passwd", "../" * 20 + "dev/zero", "~/x.csv", "C:\\\\x.csv",
    "//server/x.csv", "file:///etc/passwd.csv", "http://a.example/x.csv", "a\\0b.csv", "pipe.csv",
    "loop.csv", "folder.csv",
]  # fmt: skip
"""What a scenario may name as its table of people."""


@pytest.mark.parametrize("trick", TRICKS)
def test_a_table_that_a_scenario_names_is_a_file_near_it_or_refused(
    trick: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One answer, and nothing of what stands there."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.csv")
    Path("loop.csv").symlink_to("loop.csv")
    Path("folder.csv").mkdir()
    shipped = (ROOT / "scenarios" / "zhanjiang_2020.yaml").read_text(encoding="utf-8")
    text, found = re.subn(r"(?m)^cohorts:.*$", lambda _: f'cohorts: "{trick}"', shipped)
    assert found == 1
    Path("s.yaml").write_text(text, encoding="utf-8")
    assert run(["validate", "s.yaml"]) == Exit.WRONG
    said = capsys.readouterr().err
    assert "cohorts" in said
    assert "root:" not in said


def test_a_format_far_away_is_no_content(tmp_path: Path) -> None:
    """A workbook whose empty cells were painted down to the last row is a list like any other."""
    painted = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    result = imported(book_of(tmp_path / "list.xlsx", sheet_of([GOOD, painted])))
    assert [person.name for person in result.roster.people] == ["张三"]


def test_what_stands_in_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "list.xlsx")
    for name, number in (("一", 1), ("二", 2)):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, row(number))
    sheet.hide()
    book.close()
    assert [person.name for person in imported(tmp_path / "list.xlsx").roster.people] == ["张1"]


@FEW
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "list.xlsx"
    content = bytearray(book_of(path, sheet_of([GOOD])).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    with suppress(InputError):
        result = imported(path)
        assert len(result.roster) + len(result.rejects) == result.rows


WORDS = [
    "", "张三", "田东", "火星", "2021-02-23", "2/3/2021", "44250", identity(1), identity(2),
    "男", "是", "1", "4.5E+17", "13800000001", "姓名", "合计", "领队", "护送", "甲", "顺德",
]  # fmt: skip
ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
CELLS = st.text(ANY, max_size=8) | st.sampled_from(WORDS)


@FEW
@given(rows=st.lists(st.lists(CELLS, min_size=13, max_size=13), max_size=6))
def test_every_row_is_a_person_or_a_reject_once(tmp_path: Path, rows: list[list[str]]) -> None:
    head = [*HEAD, "同行组", "轮椅", "行李", "职责", "工种"]
    result = imported(text_file(tmp_path / "list.csv", [head, row(1) + [""] * 5, *rows]))
    filled = 1 + sum(any(cell.strip() for cell in cells) for cells in rows)
    assert len(result.roster) + len(result.rejects) == result.rows
    assert result.rows <= filled
    where = [(p.source, p.row) for p in result.roster.people]
    where += [(d.sheet.source, d.sheet.first_row + d.row) for d in result.rejects]
    assert len(set(where)) == len(where) == result.rows
    riders = [person for person in result.roster.people if person.role.rides]
    assert sum(cohort.count for cohort in result.cohorts) == len(riders)
    assert all(draft.faults for draft in result.rejects)
