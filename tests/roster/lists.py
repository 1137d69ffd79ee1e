"""Lists as tests write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from p2p_dispatch.roster.identity import check_digit
from p2p_dispatch.roster.importing import Imported, import_roster
from p2p_dispatch.roster.known import Books
from p2p_dispatch.roster.mapping import Mapping
from p2p_dispatch.roster.places import put_said, read_gazetteer

HEAD = ["姓名", "身份证号", "电话", "县", "用工单位", "务工地", "出发日期", "到岗日期"]


def identity(number: int) -> str:
    """A good identity number."""
    first = f"45102219900101{number:03}"
    return first + check_digit(first)


def row(number: int = 1, **changes: Any) -> list[Any]:
    """A good row, with some cells changed by heading."""
    cells = [
        f"张{number}", identity(number), f"138{number:08}", "田东县", "长安电子厂", "东莞长安",
        "2021-02-23", "2021-02-25",
    ]  # fmt: skip
    for name, value in changes.items():
        cells[HEAD.index(name)] = value
    return cells


def workbook(path: Path, rows: Sequence[Sequence[Any]], *, name: str = "名单") -> Path:
    """A workbook of one sheet; text stays text."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet, day = book.add_worksheet(name), book.add_format({"num_format": "yyyy-mm-dd"})
    for number, cells in enumerate(rows):
        for at, cell in enumerate(cells):
            if isinstance(cell, date | datetime):
                sheet.write_datetime(number, at, cell, day)
            elif cell != "":
                sheet.write(number, at, cell)
    book.close()
    return path


def text_file(path: Path, rows: Sequence[Sequence[Any]], encoding: str = "utf-8") -> Path:
    """A CSV, cells with commas quoted."""
    import csv

    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def imported(path: Path, **mapping: Any) -> Imported:
    """What our gazetteer makes of a list."""
    said = Mapping.model_validate(mapping)
    places = read_gazetteer()
    put_said([places], said, "")
    return import_roster([path], Books(said, places, places))


def codes(result: Imported) -> list[str]:
    """The codes of all faults and notices."""
    return [fault.code for fault in result.faults]
