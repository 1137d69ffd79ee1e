"""Places as people write them, matched to places that are known."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.reading.files import read_text, refuse
from p2p_dispatch.reading.near import nearest
from p2p_dispatch.roster.mapping import Mapping, Point
from p2p_dispatch.roster.wrong import Wrong
from p2p_dispatch.scenario import Scenario

GAZETTEER = Path(__file__).with_name("gazetteer.csv")
"""Counties, cities and towns of six provinces; docs/rosters.md says where the points are from."""


@dataclass(frozen=True, slots=True)
class Known:
    """A place that is known."""

    id: str
    name: str
    lat: float
    lon: float
    names: tuple[str, ...] = ()
    """What else it is called."""
    city: str = ""
    """City it belongs to."""
    about: tuple[str, ...] = ()
    """Words that may stand before its name: city and province."""
    kind: str = ""
    source: str = ""
    province: str = ""


_KINDS = ("city", "county", "town")
"""From the general to the particular."""

_ENDS = ("自治县", "自治州", "新区", "县", "市", "区", "镇", "街道", "乡")
_PEOPLES = re.compile(
    "(?:(?:各|壮|瑶|苗|侗|仫佬|毛南|彝|回|土家|布依|仡佬|水|羌|藏|哈尼|傣|拉祜|佤|傈僳|纳西|白|独龙|怒|"
    "普米|景颇|布朗|满|蒙古)族)+(?=自治)"
)
_SIGNS = re.compile(r"[\s\-_·.,，、()（）/]+")


def spelled(text: str) -> str:
    """A name in small letters without blanks and signs."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text[:200])).lower()


def _short(key: str) -> str:
    """A name without county, city or town at its end, and without its peoples."""
    key = _PEOPLES.sub("", key)
    for end in _ENDS:
        if key.endswith(end) and len(key) - len(end) >= 2:
            return key.removesuffix(end)
    return key


@dataclass(slots=True)
class Places:
    """Places by all that they are called."""

    known: tuple[Known, ...]
    where: str
    """What they are, in words: ``the gazetteer``."""
    special: dict[str, Known] = field(default_factory=dict)
    """What the mapping file says."""
    full: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    short: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    cities: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    by_id: dict[str, Known] = field(default_factory=dict)
    found: dict[tuple[str, str], Known | Wrong] = field(default_factory=dict)
    """What was asked before: the rows of a list share a few places."""

    def __post_init__(self) -> None:
        self.cities = frozenset(_short(spelled(p.city)) for p in self.known if p.city)
        self.by_id = {place.id: place for place in self.known}
        self.provinces = frozenset(spelled(p.about[1]) for p in self.known if len(p.about) > 1)
        for place in self.known:
            for key in dict.fromkeys(map(spelled, (place.id, place.name, *place.names))):
                if key:
                    self.full[key].append(place)
            for key in dict.fromkeys(map(_short, map(spelled, (place.name, *place.names)))):
                if len(key) > 1:
                    self.short[key].append(place)

    def find(self, text: str, about: str = "") -> Known:
        """
        The place that a text means.

        Parameters
        ----------
        text
            A name, an id, or an address that has the name in it.
        about
            What else is known of where it is, e.g. the city.

        Raises
        ------
        Wrong
            When no place is called so, with one that is nearly; or several are.
        """
        key = (text, about)
        if key not in self.found:
            try:
                self.found[key] = self._find(text, about)
            except Wrong as trouble:
                self.found[key] = trouble
        answer = self.found[key]
        if isinstance(answer, Wrong):
            raise answer
        return answer

    def _find(self, text: str, about: str) -> Known:
        if (said := self.special.get(text.strip())) is not None:
            return said
        key = spelled(text)
        for index, wanted in ((self.full, key), (self.short, _short(key))):
            if some := index.get(wanted):
                return self._one(some, text, about)
        if some := self._within(key):
            return self._one(some, text, about + key)
        right = f"a place of {self.where}, or its point in the mapping file under places"
        if near := self._near(key):
            names = " or ".join(f"{place.name} ({place.id})" for place in near)
            right = f"did you mean {names}? Else {right}"
        raise Wrong("", right)

    def _near(self, key: str) -> list[Known]:
        """Up to three places that are called nearly so."""
        words = get_close_matches(key, self.full, n=3) or get_close_matches(
            _short(key), self.short, n=3
        )
        return list(
            dict.fromkeys(
                place for word in words for place in (self.full.get(word) or self.short[word])
            )
        )[:3]

    def _within(self, key: str) -> list[Known]:
        """
        Places whose name is in an address: the most particular, with the longest name.

        A name without county, city or town at its end must have it after it, or be the end: 中山路
        is a street.
        """
        for index in (self.full, self.short):
            there = [
                (_rank(place), length, place)
                for length in range(2, 9)
                for start in range(len(key) - length + 1)
                if (part := key[start : start + length]) in index
                and not part.isascii()
                and (
                    part.endswith(_ENDS)
                    or key.startswith((*_ENDS,), start + length)
                    or start + length == len(key)
                )
                for place in index[part]
                if self._agrees(place, key)
            ]
            if there:
                best = max(each[:2] for each in there)
                return [place for rank, length, place in there if (rank, length) == best]
        return []

    def _agrees(self, place: Known, key: str) -> bool:
        """Whether an address that names a city names the one of a place."""
        for province in self.provinces:
            key = key.removeprefix(province)
        key = re.sub("^(省|壮族自治区|自治区)", "", key)
        named = [city for city in self.cities if key.startswith(city) or f"{city}市" in key]
        return not named or not place.city or _short(spelled(place.city)) in named

    def _one(self, some: list[Known], text: str, about: str) -> Known:
        some = list(dict.fromkeys(some))
        if len(some) > 1 and about:
            key = spelled(about)
            fits = [
                p for p in some if any(_short(spelled(word)) in key for word in p.about if word)
            ]
            some = fits or some
        if len(some) > 1:  # a county rather than the city of the same name
            fits = [place for place in some if place.kind != "city"]
            some = fits or some
        if len(some) > 1:
            names = ", ".join(f"{' '.join(p.about)} {p.name} ({p.id})".strip() for p in some[:4])
            raise Wrong(f"{text.strip()[:40]!r} may be {names}", "the city too, or the id")
        return some[0]


def _rank(place: Known) -> int:
    return _KINDS.index(place.kind) if place.kind in _KINDS else len(_KINDS)


def put_said(several: Sequence[Places], mapping: Mapping, file: str) -> None:
    """
    Let places know what a mapping file says of them.

    Parameters
    ----------
    several
        Those among which the ids of the file are looked for.
    mapping, file
        The mapping, and the name of its file.

    Raises
    ------
    InputError
        P2P4003, when an id is in none of them.
    """
    faults: list[Fault] = []
    by_id = {name: place for places in several for name, place in places.by_id.items()}
    special: dict[str, Known] = {}
    for text, said in mapping.places.items():
        if isinstance(said, Point):
            special[text.strip()] = Known(
                said.id,
                said.name or text,
                said.lat,
                said.lon,
                city=said.city,
                source="mapping file",
            )
        elif said in by_id:
            special[text.strip()] = by_id[said]
        else:
            near = nearest(said, by_id)
            where = " or ".join(dict.fromkeys(places.where for places in several))
            right = f"did you mean {near}?" if near else f"an id of {where}"
            found = f"{said} is no place of {where}"
            faults.append(
                Fault(code="P2P4003", mark=Mark(file, 0), field=text, found=found, right=right)
            )
    if faults:
        raise InputError(faults)
    for places in several:
        places.special |= special


def read_gazetteer(path: Path | None = None) -> Places:
    """
    The places of a gazetteer: our own, or one with columns ``id``, ``name``, ``lat``, ``lon`` and,
    if it has them, ``name_en``, ``former``, ``kind``, ``city``, ``province`` and ``source``.

    Raises
    ------
    InputError
        P2P4004 when it is none; and those of any file.
    """
    path = path or GAZETTEER
    text = read_text(path, most_mb=50, too_large="the places that are needed", or_gb18030=True)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [n for n in ("id", "name", "lat", "lon") if n not in (reader.fieldnames or ())]
    if missing:
        right = "columns id, name, lat and lon"
        refuse("P2P4004", Mark(str(path), 1), f"there is no column {', '.join(missing)}", right)
    faults: list[Fault] = []
    known: list[Known] = []
    for row in reader:
        try:
            lat, lon = float(row["lat"]), float(row["lon"])
            if not (row["id"] and -90 <= lat <= 90 and -180 <= lon <= 180):
                raise ValueError
        except (TypeError, ValueError):
            mark = Mark(str(path), reader.line_num)
            right = "an id, and lat and lon in degrees"
            faults.append(
                Fault(code="P2P4004", mark=mark, found="the row is no place", right=right)
            )
            continue
        get = {name: (value or "").strip() for name, value in row.items() if name}
        known.append(
            Known(
                get["id"],
                get["name"],
                lat,
                lon,
                names=(get.get("name_en", ""), get.get("former", "")),
                city=get.get("city", ""),
                about=(get.get("city", ""), get.get("province", "")),
                kind=get.get("kind", ""),
                source=get.get("source", path.name),
                province=get.get("province", ""),
            )
        )
    if faults:
        raise InputError(faults)
    return Places(tuple(known), "the gazetteer")


def places_of(scenario: Scenario) -> tuple[Places, Places]:
    """The origins and the sites of a scenario."""
    origins = tuple(
        Known(o.id, o.name, o.lat, o.lon, _parts(o.name), o.region, _parts(o.region))
        for o in scenario.origins
    )
    sites = tuple(
        Known(s.id, s.name, s.lat, s.lon, _parts(s.name), s.city, _parts(s.city))
        for s in scenario.sites
    )
    return Places(origins, "the origins"), Places(sites, "the sites")


def _parts(name: str) -> tuple[str, ...]:
    """A name, what stands before brackets, and what stands in them."""
    parts: Iterable[str] = re.split(r"[()（）]", name)
    return (name, *(part.strip() for part in parts if part.strip()))
