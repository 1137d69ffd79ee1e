"""Lists of vehicles as they come, into unit types, pools and depots of a scenario."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from p2p_dispatch.reading import Fault
from p2p_dispatch.roster.cells import write_rows
from p2p_dispatch.roster.folder import put_into
from p2p_dispatch.roster.headings import Heading
from p2p_dispatch.roster.importing import Told, nothing, read_lists, write_rejects
from p2p_dispatch.roster.mapping import Mapping
from p2p_dispatch.roster.places import Places, put_said, spelled
from p2p_dispatch.roster.rows import Draft, ListReader
from p2p_dispatch.roster.sheets import Cell, Sheet
from p2p_dispatch.roster.tables import write_parts
from p2p_dispatch.roster.words import amount_of, count_of, text_of
from p2p_dispatch.roster.wrong import Wrong
from p2p_dispatch.scenario.fleet import Coach, Pool
from p2p_dispatch.scenario.places import Depot

FIELDS: dict[str, str] = {
    "plate": (
        "plate|number plate|licence plate|license plate|registration|车牌|车牌号|车牌号码|号牌|车号"
    ),
    "seats": (
        "seats|capacity|座位|座位数|座位数量|核载|核载人数|核定载客|核定载客人数|核定座位|座数|客座数"
    ),
    "depot": (
        "depot|base|based at|place|停放地|停放地点|驻地|所在车站|车站|始发站|所在地|车籍地|所属地|"
        "出发地|属地"
    ),
    "vehicles": "vehicles|units|number|count|车辆数|辆数|台数|数量|车辆数量",
    "carrier": (
        "carrier|operator|company|运输企业|承运单位|承运企业|所属企业|所属公司|车属单位|公司"
    ),
    "per_day": "per day|price per day|day rate|日租金|包车日价|每日价格|租金",
    "per_km": "per km|price per km|km rate|每公里价格|公里单价|单价",
    "lat": "lat|latitude|纬度",
    "lon": "lon|lng|longitude|经度",
    "contact": "contact|driver|drivers|驾驶员|司机|驾驶员姓名|联系人",
    "phone": "phone|telephone|mobile|电话|联系电话|手机|驾驶员电话|联系方式",
    "note": "note|remark|remarks|备注|车型|车辆类型",
}
"""Fields of a list of vehicles, each with the headings it has."""

NUMBERS: dict[str, Callable[[Cell], Any]] = {
    "seats": count_of,
    "vehicles": count_of,
    "per_day": lambda cell: amount_of(cell, 0, 1e7),
    "per_km": lambda cell: amount_of(cell, 0, 1e4),
    "lat": lambda cell: amount_of(cell, -90, 90),
    "lon": lambda cell: amount_of(cell, -180, 180),
}

PER_SEAT_DAY = 1500 / 49
"""Charter price of a seat for a day where the list has none. ASSUMPTION: as a coach of ``new``."""

PER_SEAT_KM = 6.5 / 49
"""The same of a kilometre."""


class Kind(NamedTuple):
    """What vehicles of one type have in common."""

    seats: int
    per_day: float
    per_km: float
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """What became of lists of vehicles."""

    unit_types: tuple[Coach, ...]
    pools: tuple[Pool, ...]
    depots: tuple[Depot, ...]
    rejects: tuple[Draft, ...]
    faults: tuple[Fault, ...]
    rows: int
    vehicles: int
    files: tuple[Path, ...] = ()

    @property
    def bad(self) -> tuple[Draft, ...]:
        """Rows that should be vehicles and cannot be read as such."""
        return tuple(draft for draft in self.rejects if not draft.good)


class VehicleReader(ListReader):
    """Reads vehicles; a row may be several of the same kind."""

    def __init__(self, sheet: Sheet, heading: Heading, places: Places) -> None:
        super().__init__(sheet, heading)
        self.places = places

    def entry(self, draft: Draft, cells: list[Cell]) -> None:
        """Read everything that a row says."""
        values = draft.values
        for name, at in self.at.items():
            cell = cells[at]
            if str(cell).strip() == "":
                continue
            try:
                values[name] = NUMBERS.get(name, text_of)(cell)
            except Wrong as wrong:
                code = "P2P4108" if name in NUMBERS else "P2P4112"
                self.fault(draft, code, name, self.said(wrong, name, cell), wrong.right)
        if not values.get("seats") and not draft.faults:
            self.fault(draft, "P2P4108", "seats", "it has no seats", "the seats for passengers")
        self.place(draft)

    def place(self, draft: Draft) -> None:
        """Where a vehicle is based."""
        values = draft.values
        text = values.get("depot", "")
        if text and "lat" in values and "lon" in values:
            values |= {"base": f"{spelled(text)[:60]}-depot", "label": text}
            return
        try:
            if not text:
                raise Wrong("nothing says where it is based", "a city or a county")
            found = self.places.find(text)
        except Wrong as wrong:
            self.fault(draft, "P2P4104", "depot", self.said(wrong, "depot", text), wrong.right)
            return
        base = f"{found.id.removesuffix('-city')}-depot"
        values |= {"base": base, "label": found.name, "lat": found.lat, "lon": found.lon}


def import_fleet(
    paths: Iterable[Path],
    folder: Path,
    said: Mapping,
    said_in: str,
    places: Places,
    tell: Told = nothing,
) -> Fleet:
    """
    Read lists of vehicles, and write unit types, pools and depots into a folder.

    Vehicles with the same seats and prices are a unit type, those of a type at a depot a pool.
    A price that the list has not is in proportion to the seats: ASSUMPTION, and said to be one.

    Parameters
    ----------
    paths
        Workbooks and CSV.
    folder
        Where to.
    said, said_in
        The mapping, and the name of its file.
    places
        Where depots may be.
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
        lambda sheet, heading: VehicleReader(sheet, heading, places),
        needed="seats",
        tell=tell,
    )
    _refuse_twice(drafts)
    good = [draft for draft in drafts if draft.good and "base" in draft.values]
    chosen = {id(draft) for draft in good}
    rejects = tuple(draft for draft in drafts if id(draft) not in chosen)
    types, pools, depots = _grouped(good)

    def write(workshop: Path) -> None:
        write_rejects(rejects, workshop / "fleet-rejects.csv")
        if good:
            write_parts(workshop / "unit_types.csv", Coach, types)
            write_parts(workshop / "pools.csv", Pool, pools)
            write_parts(workshop / "depots.csv", Depot, depots)
            columns = (
                "pool",
                "plate",
                "vehicles",
                "carrier",
                "contact",
                "phone",
                "note",
                "source",
                "row",
            )
            write_rows(workshop / "fleet.csv", columns, _vehicles(good, columns))

    return Fleet(
        unit_types=types,
        pools=pools,
        depots=depots,
        rejects=rejects,
        faults=(*notices, *(fault for draft in drafts for fault in draft.faults)),
        rows=len(drafts),
        vehicles=sum(pool.units for pool in pools),
        files=tuple(put_into(folder, write)),
    )


def _refuse_twice(drafts: Sequence[Draft]) -> None:
    seen: dict[str, Draft] = {}
    for draft in drafts:
        plate = spelled(draft.values.get("plate", "")).upper()
        if not plate or not draft.good:
            continue
        if plate in seen:
            mark, first = draft.sheet.mark(draft.row), seen[plate]
            row = first.sheet.mark(first.row).line
            found = f"the plate {plate[:20]!r} stands here again, first in row {row}"
            right = "one row for every vehicle"
            draft.faults.append(
                Fault(code="P2P4121", mark=mark, field="plate", found=found, right=right)
            )
        seen.setdefault(plate, draft)


def _kind(values: dict[str, Any]) -> Kind:
    seats = values["seats"]
    return Kind(
        seats,
        values.get("per_day", round(seats * PER_SEAT_DAY)),
        values.get("per_km", round(seats * PER_SEAT_KM, 2)),
        "per_day" not in values or "per_km" not in values,
    )


def _grouped(
    good: Sequence[Draft],
) -> tuple[tuple[Coach, ...], tuple[Pool, ...], tuple[Depot, ...]]:
    kinds = sorted({_kind(draft.values) for draft in good})
    names: dict[Kind, str] = {}
    for kind in kinds:
        name = f"coach-{kind.seats}"
        same = sum(other.startswith(name) for other in names.values())
        names[kind] = f"{name}-{same + 1}" if same else name
    units: defaultdict[tuple[str, Kind], int] = defaultdict(int)
    depots: dict[str, Depot] = {}
    for draft in good:
        values = draft.values
        base, kind = values["base"], _kind(values)
        units[base, kind] += values.get("vehicles", 1)
        depots.setdefault(
            base, Depot(id=base, name=values["label"], lat=values["lat"], lon=values["lon"])
        )
        values["pool"] = f"{base.removesuffix('-depot')}-{names[kind].removeprefix('coach-')}"
    types = tuple(
        Coach(
            id=names[kind],
            name=f"coach of {kind.seats}",
            seats=kind.seats,
            per_day=kind.per_day,
            per_km=kind.per_km,
            basis="ASSUMPTION: prices in proportion to the seats" if kind.assumed else "",
        )
        for kind in kinds
    )
    pools = tuple(
        Pool(
            id=f"{base.removesuffix('-depot')}-{names[kind].removeprefix('coach-')}",
            unit_type=names[kind],
            depot=base,
            units=number,
        )
        for (base, kind), number in sorted(units.items())
        if number
    )
    return types, pools, tuple(depots[name] for name in sorted(depots))


def _vehicles(good: Sequence[Draft], columns: Sequence[str]) -> Iterator[list[str]]:
    for draft in good:
        values = draft.values | {
            "source": draft.sheet.source,
            "row": draft.sheet.first_row + draft.row,
        }
        yield [str(values.get(name, "")) for name in columns]
