"""Words and numbers in the cells of a list, as people write them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping as Table
from datetime import date, datetime, time, timedelta

from p2p_dispatch.roster.days import read_moment, serial_day
from p2p_dispatch.roster.identity import LOST_DIGITS, read_identity, read_phone
from p2p_dispatch.roster.person import Gender, Role
from p2p_dispatch.roster.sheets import Cell
from p2p_dispatch.roster.wrong import Wrong

MOST_SIGNS = 500
"""Longest text of a cell that is read."""

YES = frozenset(["是", "有", "需", "需要", "要", "对", "yes", "y", "true", "1", "√", "✓", "✔"])
NO = frozenset(
    [
        "否",
        "无",
        "没有",
        "不",
        "不需要",
        "不是",
        "非",
        "no",
        "n",
        "false",
        "0",
        "/",
        "-",
        "—",
        "普通",
    ]
)

GENDERS = {
    **dict.fromkeys(("男", "男性", "m", "male", "man"), Gender.MALE),
    **dict.fromkeys(("女", "女性", "f", "female", "woman"), Gender.FEMALE),
}

ROLES = {
    "领队": Role.LEADER, "队长": Role.LEADER, "组长": Role.LEADER, "车长": Role.LEADER,
    "班长": Role.LEADER, "leader": Role.LEADER,
    "随车人员": Role.ESCORT, "随车": Role.ESCORT, "护送": Role.ESCORT, "护送人员": Role.ESCORT,
    "带队": Role.ESCORT, "带队干部": Role.ESCORT, "工作人员": Role.ESCORT, "escort": Role.ESCORT,
    "医护": Role.MEDIC, "医护人员": Role.MEDIC, "医生": Role.MEDIC, "护士": Role.MEDIC,
    "medic": Role.MEDIC, "doctor": Role.MEDIC, "nurse": Role.MEDIC,
    "候补": Role.STANDBY, "替补": Role.STANDBY, "备用": Role.STANDBY, "standby": Role.STANDBY,
    "stand by": Role.STANDBY, "substitute": Role.STANDBY,
    "务工人员": Role.RIDER, "乘客": Role.RIDER, "队员": Role.RIDER, "成员": Role.RIDER,
    "worker": Role.RIDER, "rider": Role.RIDER, "member": Role.RIDER,
}  # fmt: skip

POOR = re.compile("脱贫|贫困|建档立卡|监测")
"""Words of the class of those who were registered as poor."""

OUT_OF_POVERTY = "out-of-poverty"


def text_of(cell: Cell) -> str:
    """
    A cell as text, without blanks around it.

    Raises
    ------
    Wrong
        When it is too long to be what the column holds.
    """
    if isinstance(cell, str):
        text = cell.strip()
    elif isinstance(cell, float) and cell.is_integer():
        text = str(int(cell))
    else:
        text = str(cell)
    if len(text) > MOST_SIGNS:
        raise Wrong(f"the cell has {len(text):,} signs", f"at most {MOST_SIGNS}")
    return text


def identity_of(cell: Cell, *, any_kind: bool) -> str:
    """An identity number; a number that has lost digits is refused, never guessed."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if abs(cell) >= 10**LOST_DIGITS:
            right = "the column formatted as text before the numbers are typed"
            raise Wrong(f"the last digits are lost: it is the number {cell:.0f}", right)
        cell = str(int(cell))
    text = text_of(cell)
    if any_kind and not re.fullmatch(r"\d(\.\d+)?[eE]\+?\d+", text):
        return text.removeprefix("'")
    return read_identity(text)


def phone_of(cell: Cell) -> str:
    """A telephone number."""
    return read_phone(text_of(cell))


def moment_of(cell: Cell, year: int | None) -> date | datetime:
    """A day, or a day and a clock time."""
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if 19_000_000 < cell < 22_000_000:
            return read_moment(str(int(cell)), year)
        return serial_day(cell)
    if isinstance(cell, time | timedelta):
        raise Wrong("this is a clock time", "a day, e.g. 2021-02-23")
    return read_moment(text_of(cell), year)


def number_of(cell: Cell) -> int:
    """A whole number from 0 to 99."""
    text = unicodedata.normalize("NFKC", text_of(cell))
    match = re.fullmatch(r"(\d{1,2})\s*(?:件|个|只|pieces?|bags?)?", text)
    if match is None:
        raise Wrong("", "a whole number, e.g. 1")
    return int(match[1])


def count_of(cell: Cell) -> int:
    """A whole number of people or things."""
    text = unicodedata.normalize("NFKC", text_of(cell)).replace(",", "")
    match = re.fullmatch(r"(\d{1,7})\s*(?:人|名|个|座|辆|台)?", text)
    if match is None:
        raise Wrong("", "a whole number, e.g. 40")
    return int(match[1])


def amount_of(cell: Cell, least: float, most: float) -> float:
    """A number between two bounds."""
    text = unicodedata.normalize("NFKC", text_of(cell)).replace(",", "").removesuffix("元")
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise Wrong("", f"a number from {least:g} to {most:g}")
    return number


def yes_of(cell: Cell, words: Table[str, str | bool]) -> bool:
    """Yes or no."""
    if isinstance(cell, bool):
        return cell
    text = text_of(cell)
    said = words.get(text)
    if isinstance(said, bool):
        return said
    word = unicodedata.normalize("NFKC", str(said if said is not None else text)).lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise Wrong(
        "", f"yes or no, 是 or 否; or the word in the mapping file: {{{text[:20]!r}: true}}"
    )


def gender_word(cell: Cell, words: Table[str, str | bool]) -> Gender:
    """A gender."""
    text = text_of(cell)
    word = str(words.get(text, text)).lower()
    if word not in GENDERS:
        raise Wrong("", "男 or 女, male or female")
    return GENDERS[word]


def role_word(cell: Cell, words: Table[str, str | bool]) -> Role:
    """What somebody is on board for."""
    text = text_of(cell)
    word = str(words.get(text, text)).lower()
    if word in NO:
        return Role.RIDER
    if word not in ROLES:
        right = "领队, 护送, 医护, 候补 (leader, escort, medic, standby), or in the mapping file"
        raise Wrong("", right)
    return ROLES[word]


def class_of(cell: Cell, heading: str, words: Table[str, str | bool]) -> str:
    """The id of a class of priority; empty for none."""
    text = text_of(cell) if not isinstance(cell, bool) else ("yes" if cell else "no")
    said = words.get(text)
    if isinstance(said, str):
        return said
    word = text.lower()
    if word in NO or said is False or word.startswith(("一般", "非")):
        return ""
    if word in YES:
        return OUT_OF_POVERTY if POOR.search(heading) else as_id(heading)
    return OUT_OF_POVERTY if POOR.search(text) else as_id(text)


def as_id(text: str) -> str:
    """A text as an id: no sign that an id may not have."""
    text = re.sub(r"[\s/,;=+\x00-\x1f\x7f]+", "-", unicodedata.normalize("NFKC", text))
    return text.strip("-")[:60].strip("-") or "none"
