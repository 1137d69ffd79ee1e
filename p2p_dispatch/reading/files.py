"""A file's text, or the fault that keeps it from being read."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from p2p_dispatch.reading.faults import Fault, InputError, Mark
from p2p_dispatch.reading.near import nearest

MB = 1_000_000


def read_text(path: Path, *, most_mb: int, too_large: str, or_gb18030: bool = False) -> str:
    """
    The text of a file, without the byte-order mark.

    Parameters
    ----------
    path
        The file.
    most_mb
        Size above which it is refused before it is read.
    too_large
        What the planner should do about a file above that size.
    or_gb18030
        Whether a file that is not UTF-8 may be GB 18030: what Chinese Excel writes as CSV.

    Raises
    ------
    InputError
        When it is missing, no file, too large, empty, not text or in another encoding.
    """
    raw = _bytes(path, most_mb, too_large)
    if not raw.strip():
        refuse("P2P1004", Mark(str(path), 0), "the file is empty", "save it again, with content")
    if b"\0" in raw:
        at = raw.index(b"\0")
        found = f"byte {at + 1} is zero: this is not a text file"
        right = "save it as plain text in UTF-8"
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            found = "the file is UTF-16"
        elif raw[:2] == b"PK":
            right = "save the sheet as CSV UTF-8; this is a workbook or an archive"
        refuse("P2P1005", Mark(str(path), raw.count(b"\n", 0, at) + 1), found, right)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return _not_utf8(path, raw, fault.start, or_gb18030=or_gb18030)


def _bytes(path: Path, most_mb: int, too_large: str) -> bytes:
    mark = Mark(str(path), 0)
    try:
        if path.is_dir():
            refuse("P2P1002", mark, "this is a directory", "name a file in it")
        if not path.exists():
            refuse("P2P1001", mark, "there is no such file", _near(path))
        if not path.is_file():  # a pipe or a device could be endless
            refuse("P2P1002", mark, "this is not an ordinary file", "save it as a file")
        size = path.stat().st_size
        if size > most_mb * MB:
            refuse("P2P1003", mark, f"the file has {size / MB:.0f} MB", too_large)
        return path.read_bytes()
    except (OSError, ValueError) as fault:
        words = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
        refuse("P2P1002", mark, f"it cannot be read: {words}", "see to it that it can be read")


def _near(path: Path) -> str:
    if "\\" in path.name:
        return "write / between folders, not \\"
    try:
        names = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    except OSError:
        names = []
    near = nearest(path.name, names)
    return f"did you mean {near}?" if near else f"put it into {path.parent.absolute()}"


def _not_utf8(path: Path, raw: bytes, at: int, *, or_gb18030: bool) -> str:
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not (text and or_gb18030):
        _refuse_encoding(path, raw, at, "; it looks like GB 18030 (GBK)" if text else "")
    return text


def _refuse_encoding(path: Path, raw: bytes, at: int, guess: str) -> NoReturn:
    line = raw.count(b"\n", 0, at) + 1
    refuse(
        "P2P1006",
        Mark(str(path), line),
        f"byte {at + 1} (0x{raw[at]:02x}) is not UTF-8{guess}",
        "save it as UTF-8",
    )


def refuse(code: str, mark: Mark, found: str, right: str) -> NoReturn:
    """Raise one fault that nothing can be read past."""
    raise InputError([Fault(code=code, mark=mark, found=found, right=right)])
