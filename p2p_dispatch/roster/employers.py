"""Lists of employers as they come, into the sites of a scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from p2p_dispatch.reading import Fault
from p2p_dispatch.roster.cells import write_rows
from p2p_dispatch.roster.folder import put_into
from p2p_dispatch.roster.headings import Heading
from p2p_dispatch.roster.importing import Told, nothing, read_lists, write_rejects
from p2p_dispatch.roster.mapping import Mapping
from p2p_dispatch.roster.places import Places, put_said, spelled
from p2p_dispatch.roster.rows import Draft, ListReader
from p2p_dispatch.roster.sheets import Cell, Sheet
from p2p_dispatch.roster.tables import read_parts, write_parts
from p2p_dispatch.roster.words import amount_of, as_id, count_of, text_of, yes_of
from p2p_dispatch.roster.wrong import Wrong
from p2p_dispatch.scenario.places import PerDay, Site

FIELDS: dict[str, str] = {
    "name": (
        "name|employer|company|employer name|企业|企业名称|单位名称|用工单位|用人单位|公司名称|公司"
    ),
    "id": "id|site|site id|企业编号|统一社会信用代码",
    "place": (
        "place|address|town|district|地址|企业地址|详细地址|用工地址|所在地|所在镇|镇街|区县|"
        "务工地|用工地点|工作地点"
    ),
    "city": "city|城市|所在市|地市|市",
    "lat": "lat|latitude|纬度",
    "lon": "lon|lng|longitude|经度",
    "trade": "trade|post|job|occupation|工种|岗位|岗位名称|招聘岗位",
    "posts": "posts|vacancies|number|缺工人数|缺工数|招聘人数|需求人数|用工需求|岗位数|人数|缺工",
    "intake": "intake|intake per day|per day|日接收人数|每日接收人数|日接收能力|每日可接收人数",
    "key": "key|key employer|重点企业|是否重点企业|是否重点|重点用工企业",
    "contact": "contact|contact person|联系人|企业联系人|负责人",
    "phone": "phone|telephone|mobile|电话|联系电话|手机|联系方式",
    "note": "note|remark|remarks|备注|说明",
}
"""Fields of a list of employers, each with the headings it has."""

NUMBERS: dict[str, Callable[[Cell], Any]] = {
    "lat": lambda cell: amount_of(cell, -90, 90),
    "lon": lambda cell: amount_of(cell, -180, 180),
    "posts": count_of,
    "intake": count_of,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Employers:
    """What became of lists of employers."""

    sites: tuple[Site, ...]
    rejects: tuple[Draft, ...]
    faults: tuple[Fault, ...]
    rows: int
    files: tuple[Path, ...] = ()

    @property
    def bad(self) -> tuple[Draft, ...]:
        """Rows that should be employers and cannot be read as such."""
        return tuple(draft for draft in self.rejects if not draft.good)


class EmployerReader(ListReader):
    """Reads employers; several rows of one are its trades."""

    def __init__(self, sheet: Sheet, heading: Heading, said: Mapping, places: Places) -> None:
        super().__init__(sheet, heading)
        self.words = said.words
        self.places = places

    def entry(self, draft: Draft, cells: list[Cell]) -> None:
        """Read everything that a row says."""
        values = draft.values
        for name, at in self.at.items():
            cell = cells[at]
            if str(cell).strip() == "":
                continue
            try:
                if name == "key":
                    values[name] = yes_of(cell, self.words.get("key", {}))
                else:
                    values[name] = NUMBERS.get(name, text_of)(cell)
            except Wrong as wrong:
                code = "P2P4108" if name in NUMBERS else "P2P4111" if name == "key" else "P2P4112"
                self.fault(draft, code, name, self.said(wrong, name, cell), wrong.right)
        if not values.get("name") and not draft.faults:
            self.fault(draft, "P2P4101", "name", "there is no name", "a name in every row")
        self.place(draft)

    def place(self, draft: Draft) -> None:
        """Where an employer is: its point, or that of a place that is known."""
        values = draft.values
        if "lat" in values and "lon" in values:
            return
        text, city = values.get("place", ""), values.get("city", "")
        try:
            if not text and not city:
                raise Wrong("nothing says where it is", "a place, or lat and lon")
            found = self.places.find(text or city, city)
        except Wrong as wrong:
            asked = "place" if text else "city"
            self.fault(draft, "P2P4105", asked, self.said(wrong, asked, text or city), wrong.right)
            return
        values |= {
            "lat": found.lat,
            "lon": found.lon,
            "town": found.city,
            "province": found.province,
        }


def import_employers(
    paths: Iterable[Path],
    folder: Path,
    said: Mapping,
    said_in: str,
    places: Places,
    tell: Told = nothing,
) -> Employers:
    """
    Read lists of employers, and write ``sites.csv`` into a folder.

    Sites that are there already and are not on the lists stay; those that are on them get what the
    lists say. Where the place of an employer is known only by its town, its gate is there:
    ASSUMPTION, good enough to plan by.

    Parameters
    ----------
    paths
        Workbooks and CSV.
    folder
        Where to; ``sites.csv`` there is gone on with.
    said, said_in
        The mapping, and the name of its file.
    places
        Where employers may be.
    tell
        Called with the name of each list before its rows are read.

    Raises
    ------
    InputError
        When a list cannot be read at all, or nothing can be written.
    """
    put_said([places], said, said_in)
    drafts, notices = read_lists(
        paths,
        FIELDS,
        said,
        lambda sheet, heading: EmployerReader(sheet, heading, said, places),
        tell=tell,
    )
    table = folder / "sites.csv"
    before = read_parts(table, Site, "sites") if table.is_file() else ()
    good = [draft for draft in drafts if draft.good and draft.values.get("name")]
    sites = _merged(good, before)
    good = [draft for draft in good if draft.good]
    chosen = {id(draft) for draft in good}
    rejects = tuple(draft for draft in drafts if id(draft) not in chosen)

    def write(workshop: Path) -> None:
        write_rejects(rejects, workshop / "employers-rejects.csv")
        if sites:
            write_parts(workshop / "sites.csv", Site, sites)
            _write_contacts(good, workshop / "employers.csv")

    return Employers(
        sites=sites,
        rejects=rejects,
        faults=(*notices, *(fault for draft in drafts for fault in draft.faults)),
        rows=len(drafts),
        files=tuple(put_into(folder, write)),
    )


def _merged(good: Sequence[Draft], before: Sequence[Site]) -> tuple[Site, ...]:
    """One site for every employer: its posts by trade, and what else its rows say."""
    sites: dict[str, Site] = {site.id: site for site in before}
    names = {spelled(site.name or site.id): site.id for site in before}
    listed: set[str] = set()
    for draft in good:
        values = draft.values
        name = as_id(values.get("id") or names.get(spelled(values["name"])) or values["name"])
        names.setdefault(spelled(values["name"]), name)
        old = sites.get(name)
        if name in listed and old and (old.lat, old.lon) != (values["lat"], values["lon"]):
            mark = draft.sheet.mark(draft.row)
            found = f"{values['name'][:60]!r} stands here again, at another place"
            right = "one place for an employer, or another name or id for the second gate"
            draft.faults.append(
                Fault(code="P2P4120", mark=mark, field="name", found=found, right=right)
            )
            continue
        posts = dict(old.posts) if old and name in listed else {}
        if values.get("trade"):
            trade = as_id(values["trade"])
            posts[trade] = posts.get(trade, 0) + values.get("posts", 0)
        changes: dict[str, Any] = {
            "name": values["name"],
            "city": values.get("city") or values.get("town", ""),
            "lat": values["lat"],
            "lon": values["lon"],
        }
        if values.get("province"):
            changes["province"] = values["province"]
        if values.get("trade"):
            changes["posts"] = posts
        if "intake" in values:
            changes["intake_per_day"] = PerDay(usual=values["intake"])
        if "key" in values:
            changes["key"] = values["key"]
        content = old.model_dump(exclude_unset=True) if old else {"id": name}
        sites[name] = Site.model_validate({**content, **changes})
        values["site"] = name
        listed.add(name)
    return tuple(sites.values())


def _write_contacts(good: Sequence[Draft], path: Path) -> None:
    """Whom to call at which site; nothing of it goes into the scenario."""
    columns = ("site", "name", "contact", "phone", "note", "source", "row")
    write_rows(path, columns, _contacts(good))


def _contacts(good: Sequence[Draft]) -> Iterator[list[str]]:
    for draft in good:
        values = draft.values
        at = [draft.sheet.source, str(draft.sheet.first_row + draft.row)]
        yield [*(str(values.get(n, "")) for n in ("site", "name", "contact", "phone", "note")), *at]
