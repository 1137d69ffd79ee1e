"""What is known when a list is read: places, employers, classes, and what the mapping file says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from p2p_dispatch.reading.near import nearest
from p2p_dispatch.roster.mapping import Mapping
from p2p_dispatch.roster.places import Known, Places, places_of
from p2p_dispatch.roster.words import as_id
from p2p_dispatch.roster.wrong import Wrong
from p2p_dispatch.scenario import Scenario


@dataclass(slots=True)
class Books:
    """What is known when a list is read; collects the places that its people need."""

    mapping: Mapping
    origins: Places
    destinations: Places
    """Where employers may be, if they are not known themselves."""
    gazetteer: Places | None = None
    """Where a place may be found that is no origin yet."""
    sites: Places | None = None
    """The employers; none: they are taken as they stand in the list, at their destinations."""
    classes: frozenset[str] | None = None
    """Ids of the classes; none: as they stand in the list."""
    trades: frozenset[str] | None = None
    """Trades for which there are posts; none: all."""
    growing: bool = False
    """Whether places of the gazetteer may be added to the origins."""
    open_sites: bool = True
    """Whether employers that are not known may be added, at the destinations that people name."""
    used_origins: dict[str, Known] = field(default_factory=dict)
    used_sites: dict[str, Known] = field(default_factory=dict)
    made: dict[tuple[str, str], Known] = field(default_factory=dict)
    """Sites made of an employer and a destination, as they are written."""

    def origin(self, text: str, about: str) -> str:
        """
        The id of the origin that a text means.

        Raises
        ------
        Wrong
            When there is none, or several are called so.
        """
        try:
            place = self.origins.find(text, about)
        except Wrong as wrong:
            place = self._new(text, about, wrong)
        self.used_origins.setdefault(place.id, place)
        return place.id

    def _new(self, text: str, about: str, wrong: Wrong) -> Known:
        """A place of the gazetteer that is no origin yet."""
        if self.gazetteer is None or self.gazetteer is self.origins:
            raise wrong
        try:
            place = self.gazetteer.find(text, about)
        except Wrong:
            raise wrong from None
        if self.growing:
            return place
        row = f"{place.id}, {place.name}, {place.lat}, {place.lon}"
        raise Wrong(f"{text[:40]!r} is no origin of the scenario", f"an origin more: {row}")

    def site(self, employer: str, destination: str) -> str:
        """
        The id of the site of an employer; the destination says which, or stands for it.

        Raises
        ------
        Wrong
            When there is none, or several are called so.
        """
        key = (employer, destination)
        if key not in self.made:
            self.made[key] = self._site(employer, destination)
        place = self.made[key]
        self.used_sites.setdefault(place.id, place)
        return place.id

    def _site(self, employer: str, destination: str) -> Known:
        said = self.mapping.employers.get(employer.strip())
        if self.sites is not None:
            try:
                return self.sites.find(said or employer or destination, destination)
            except Wrong:
                if not self.open_sites or not destination:
                    raise
        if not destination:
            right = "a column that says where they are, or import employers first"
            raise Wrong(f"nothing says where {employer[:40]!r} is", right)
        place = self.destinations.find(destination)
        if not employer:
            return replace(place, id=f"to-{place.id}")
        name = said or as_id(employer)
        if name in self.origins.by_id:
            name = f"{name}-site"
        taken = self.used_sites.get(name) or (self.sites.by_id.get(name) if self.sites else None)
        if taken is not None and (taken.lat, taken.lon) != (place.lat, place.lon):
            name = f"{name[:40]}-{place.id}"[:70]
        return Known(
            name,
            employer,
            place.lat,
            place.lon,
            city=place.city,
            source=place.source,
            province=place.province,
        )

    def nearly_the_same(self) -> Iterator[tuple[str, str]]:
        """Pairs of employers made of the lists, in one city, whose names differ in little."""
        cities: defaultdict[str, list[str]] = defaultdict(list)
        for (employer, _), place in self.made.items():
            if employer and (self.sites is None or place.id not in self.sites.by_id):
                cities[place.city].append(employer)
        for names in cities.values():
            some = sorted(dict.fromkeys(names))
            for number, name in enumerate(some):
                for other in get_close_matches(name, some[number + 1 :], n=3, cutoff=0.8):
                    if re.sub(r"\d", "", name) != re.sub(r"\d", "", other):
                        yield name, other

    def priority(self, name: str) -> str:
        """
        The id of a class.

        Raises
        ------
        Wrong
            When the scenario has none of this id.
        """
        if self.classes is not None and name and name not in self.classes:
            near = nearest(name, self.classes)
            right = f"did you mean {near}? " if near else ""
            known = ", ".join(sorted(self.classes)) or "none"
            raise Wrong(
                "", f"{right}a class of the scenario ({known}), or the word in the mapping file"
            )
        return name


def books_of(scenario: Scenario, mapping: Mapping, gazetteer: Places | None = None) -> Books:
    """What a scenario knows; the gazetteer helps with places that it does not know."""
    origins, sites = places_of(scenario)
    return Books(
        mapping,
        origins,
        sites,
        gazetteer,
        sites,
        frozenset(priority.id for priority in scenario.priorities),
        frozenset(trade for site in scenario.sites for trade in site.posts),
        open_sites=False,
    )
