"""Which column of a list is what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field

from p2p_dispatch.reading import Fault
from p2p_dispatch.reading.near import nearest
from p2p_dispatch.roster.mapping import Mapping
from p2p_dispatch.roster.sheets import Cell, Sheet

MOST_TITLES = 40
"""Rows from the top in which the headings are looked for."""

ROSTER: dict[str, str] = {
    "id": "id|worker id|员工编号|人员编号|工号",
    "name": "name|full name|姓名|名字|务工人员姓名|人员姓名|乘客姓名",
    "identity": (
        "identity|identity number|id number|id no|id card|id card number|passport|document number|"
        "身份证|身份证号|身份证号码|公民身份号码|公民身份证号码|证件号|证件号码|身份证件号码"
    ),
    "phone": (
        "phone|mobile|telephone|tel|cell|phone number|mobile number|电话|手机|手机号|手机号码|"
        "联系电话|联系方式|电话号码|本人电话"
    ),
    "gender": "gender|sex|性别",
    "contact": (
        "contact|emergency contact|emergency phone|紧急联系人|紧急联系电话|紧急联系人电话|"
        "家属电话|紧急联系人及电话"
    ),
    "origin": (
        "origin|assembly point|pick up|pickup|pick up point|boarding point|上车点|上车地点|"
        "集合点|集合地点|出发地|出发地点|乘车点|乘车地点"
    ),
    "county": (
        "county|district|home county|home|县|县区|县市区|区县|县 市 区|所在县|户籍县|户籍所在县|"
        "户籍地|户籍所在地|籍贯|家庭住址|家庭地址|住址|地址|详细地址"
    ),
    "employer": (
        "employer|company|firm|employer name|work unit|用工单位|用人单位|企业|企业名称|公司|"
        "公司名称|务工单位|务工企业|接收企业|就业单位|就业企业|单位名称|用工企业"
    ),
    "site": "site|site id|用工点|用工地点编号",
    "destination": (
        "destination|work place|workplace|destination city|to|town|目的地|务工地|务工地点|"
        "务工城市|目的城市|到达地|到达地点|就业地|就业地点|工作地点|用工地点|去向|务工去向|下车点|"
        "下车地点"
    ),
    "trade": "trade|skill|job|occupation|post|工种|岗位|职业|技能|意向工种|意向岗位",
    "ready": (
        "ready|ready date|departure date|travel date|leave from|date|出发日期|返岗日期|返岗时间|"
        "出发时间|可出发日期|最早出发日期|返程时间|返程日期|计划返岗时间"
    ),
    "due": (
        "due|due date|start date|arrive by|deadline|到岗日期|到岗时间|最迟到岗日期|报到日期|"
        "报到时间|开工日期|复工日期|最晚到岗日期"
    ),
    "priority": (
        "priority|class|category|类别|人员类别|人员类型|优先级|脱贫户|是否脱贫户|脱贫人口|"
        "是否脱贫人口|建档立卡|是否建档立卡|是否贫困户|贫困户"
    ),
    "party": (
        "party|group|group id|family|team|组|组别|分组|同行|同行人|同行组|家庭|家庭编号|户号|"
        "户编号|团队|班组"
    ),
    "accessible": (
        "accessible|wheelchair|accessible place|disabled|无障碍|是否无障碍|轮椅|是否需要轮椅|"
        "残疾|是否残疾"
    ),
    "luggage": "luggage|bags|baggage|行李|行李件数|行李数|行李数量|件数",
    "role": "role|角色|职责|身份|车上职责",
    "note": "note|notes|remark|remarks|备注|说明|备注说明",
}
"""Fields of a roster, each with the headings it has; as they stand after :func:`plain`."""

NEEDLESS = (
    "序号|编号|序|no|number|row|民族|年龄|出生日期|出生年月|学历|文化程度|婚姻状况|政治面貌|"
    "乡镇|村|村委|ethnic|age|birth|birth date|education|签字|签名|健康状况|体温"
)
"""Headings of columns that lists often have and that nothing here needs."""

_NEEDLESS = frozenset(NEEDLESS.split("|"))
_BRACKETS = re.compile(r"[(\[【<].*?[)\]】>]")
_SIGNS = re.compile(r"[\s*:_\-./、,;]+")


def plain(heading: str) -> str:
    """A heading in small letters, without what stands in brackets, signs and blanks."""
    text = unicodedata.normalize("NFKC", heading[:200]).lower()
    words = _SIGNS.sub(" ", _BRACKETS.sub(" ", text)).strip()
    # blanks between Chinese signs are there to make the word wide
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", words)


def by_heading(fields: Table[str, str]) -> dict[str, str]:
    """The fields by the headings they may have."""
    return {plain(word): name for name, words in fields.items() for word in words.split("|")}


@dataclass(slots=True)
class Heading:
    """The headings of a sheet."""

    row: int
    """Index of the row."""
    columns: dict[str, int]
    """Index of the column of each field."""
    names: dict[str, str]
    """The heading of each field, as it stands there."""
    cells: list[Cell] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def find_heading(
    sheet: Sheet, fields: Table[str, str], mapping: Mapping, needed: Sequence[str]
) -> Heading | None:
    """
    The row of the headings: the one of the first rows with most words that are known.

    Parameters
    ----------
    sheet
        The sheet; rows above, with a title or a date, are passed over.
    fields
        The headings that each field may have.
    mapping
        What else they may be.
    needed
        Fields without which it is no list of this kind.

    Returns
    -------
    Heading | None
        None, where the sheet has no such row.
    """
    known = by_heading(fields)
    known |= {plain(heading): name for heading, name in mapping.columns.items()}
    if mapping.heading_row is not None:
        at = mapping.heading_row - sheet.first_row
        return _heading(sheet, at, known, fields, mapping) if 0 <= at < len(sheet.rows) else None
    scores = [
        len({known[word] for cell in row if (word := plain(str(cell))) in known})
        for row in sheet.rows[:MOST_TITLES]
    ]
    best = max(scores, default=0)
    if best < min(2, len(needed) + 1):
        return None
    heading = _heading(sheet, scores.index(best), known, fields, mapping)
    return heading if all(name in heading.columns for name in needed) else None


def _heading(
    sheet: Sheet, at: int, known: dict[str, str], fields: Table[str, str], mapping: Mapping
) -> Heading:
    cells = sheet.rows[at]
    heading = Heading(at, {}, {}, cells)
    ignored = {plain(word) for word in mapping.ignore} | _NEEDLESS
    for column, cell in enumerate(cells):
        text = str(cell).strip()
        word = plain(text)
        name = known.get(word)
        mark = sheet.mark(at, column)
        if name is not None and name in heading.columns:
            found = f"{text[:60]!r} and {heading.names[name][:60]!r} are both taken for {name}"
            right = "one of them in the mapping file under ignore, or as another field"
            heading.faults.append(
                Fault(code="P2P4005", mark=mark, field=name, found=found, right=right)
            )
        elif name is not None:
            heading.columns[name] = column
            heading.names[name] = "".join(filter(str.isprintable, text))[:40]
        elif word and word not in ignored:
            near = nearest(word, known)
            right = f"did you mean {near} ({known[near]})? " if near else ""
            right += f"columns: {{{text[:40]!r}: FIELD}} in the mapping file, or under ignore"
            found = f"the column {text[:60]!r} is not known and not used"
            heading.faults.append(Fault(code="P2P4006", mark=mark, found=found, right=right))
    strange = [name for name in mapping.columns.values() if name not in fields and name != "ignore"]
    for name in dict.fromkeys(strange):
        right = f"one of {', '.join(fields)}"
        found = f"the mapping file names a field {name[:40]!r}, and there is none"
        heading.faults.append(Fault(code="P2P4003", mark=sheet.mark(at), found=found, right=right))
    return heading
