"""Workbooks that mean harm, made by hand."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    '<?xml version="1.0"?><workbook '
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="list" sheetId="1" r:id="r1"/></sheets></workbook>'
)
BOOK_RELS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>'
)


def text_cell(at: str, text: str) -> str:
    """A cell with its text in it."""
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_of(rows: Iterable[str], before: str = "") -> str:
    """A sheet of rows that are XML already."""
    return (
        f'<?xml version="1.0"?>{before}<worksheet '
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{''.join(rows)}</sheetData></worksheet>"
    )


GOOD = (
    "<row r=\"1\">" + text_cell("A1", "姓名") + text_cell("B1", "县") + text_cell("C1", "务工地")
    + text_cell("D1", "出发日期") + text_cell("E1", "到岗日期") + "</row>"
    "<row r=\"2\">" + text_cell("A2", "张三") + text_cell("B2", "田东") + text_cell("C2", "顺德")
    + text_cell("D2", "2027-02-18") + text_cell("E2", "2027-02-20") + "</row>"
)  # fmt: skip
"""Headings and one good row."""


def book_of(path: Path, sheet: str, *, shared: str = "", more: Iterable[str] = ()) -> Path:
    """A workbook of one sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("[Content_Types].xml", TYPES)
        book.writestr("_rels/.rels", RELS)
        book.writestr("xl/workbook.xml", BOOK)
        book.writestr("xl/_rels/workbook.xml.rels", BOOK_RELS)
        book.writestr("xl/worksheets/sheet1.xml", sheet)
        if shared:
            book.writestr("xl/sharedStrings.xml", shared)
        for name in more:
            book.writestr(name, "<a/>")
    return path


def lying(path: Path) -> Path:
    """The same workbook, whose directory says that every part has ten bytes."""
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", content, at + 24, 10)
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)
    return path


def shared_of(text: str) -> str:
    """Texts that cells share: one of them."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return f'<?xml version="1.0"?><sst {space}><si><t>{text}</t></si></sst>'
