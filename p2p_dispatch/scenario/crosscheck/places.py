"""Places: where they are on the map, what they are called, whether a coach can stop there."""

from __future__ import annotations

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt
from statistics import median

from p2p_dispatch.reading.spots import Path
from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft
from p2p_dispatch.scenario.crosscheck.ids import PLACES
from p2p_dispatch.scenario.places import Place
from p2p_dispatch.scenario.planning import ByClock
from p2p_dispatch.scenario.scenario import Scenario

_FAR_KM = 3000
"""No coach goes this far; across China it is a slip of the pen."""
_SWAPPED_KM = 2000


def zero_coordinates(draft: Draft) -> Iterator[Clash]:
    """A place in the Gulf of Guinea, where nobody looked the coordinates up."""
    for path, place in _places(draft.scenario):
        if place.lat == 0 and place.lon == 0:
            right = "write latitude and longitude in degrees, WGS-84"
            yield Clash("P2P1305", (*path, "lat"), "latitude and longitude are 0", right)


def strange_coordinates(draft: Draft) -> Iterator[Clash]:
    """A place far from all others; near them with latitude and longitude swapped, or not."""
    places = [(path, p) for path, p in _places(draft.scenario) if p.lat or p.lon]
    if len(places) < 2:
        return
    middle = _centre(places)
    for index, (path, place) in enumerate(places):
        # among many, one more or less does not shift the middle
        few = len(places) <= 50
        centre = _centre(places[:index] + places[index + 1 :]) if few else middle
        km = _km((place.lat, place.lon), centre)
        if km < _SWAPPED_KM:
            continue
        if abs(place.lon) <= 90 and _km((place.lon, place.lat), centre) < km / 2:
            found = f"{place.label} lies {km:,.0f} km from the other places"
            right = f"swap them: lat {place.lon:g}, lon {place.lat:g}"
            yield Clash("P2P1306", (*path, "lat"), found, right)
        elif km > _FAR_KM and len(places) > 2:
            found = f"{place.label} lies {km:,.0f} km from the middle of the other places"
            yield Clash("P2P1307", (*path, "lat"), found, "are the coordinates right?")


def same_names(draft: Draft) -> Iterator[Clash]:
    """Two places of one kind that nobody can tell apart on a sheet."""
    for kind in PLACES:
        seen: dict[str, str] = {}
        for i, place in enumerate(getattr(draft.scenario, kind)):
            first = seen.setdefault(place.name, place.id)
            if place.name and first != place.id:
                found = f"{first} is called {place.name} too"
                right = "give each a name of its own, e.g. with its county"
                yield Clash("P2P1308", (kind, i, "name"), found, right)


def short_hours(draft: Draft) -> Iterator[Clash]:
    """Opening hours in which no stop fits."""
    planning = draft.scenario.planning
    if not isinstance(planning, ByClock):
        return
    for path, place in _places(draft.scenario):
        if place.hours is None or path[0] == "depots":
            continue
        opens, closes = place.hours.opens, place.hours.closes
        minutes = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
        if minutes < planning.stop_minutes:
            found = f"it is open for {minutes} minutes, a stop takes {planning.stop_minutes}"
            right = "open longer, or write fewer planning.stop_minutes"
            yield Clash("P2P1311", (*path, "hours"), found, right)


def no_way_in(draft: Draft) -> Iterator[Clash]:
    """A site with neither a gate nor a hub where it takes people over."""
    for i, site in enumerate(draft.scenario.sites):
        if not site.gate and not site.handover:
            found = "coaches may not come to the gate, and no hub is named"
            right = "name a hub with its price: `handover: {hub: 15}`, or write `gate: true`"
            yield Clash("P2P1403", ("sites", i, "handover"), found, right)


def _places(scenario: Scenario) -> Iterator[tuple[Path, Place]]:
    for kind in PLACES:
        for i, place in enumerate(getattr(scenario, kind)):
            yield (kind, i), place


def _centre(places: list[tuple[Path, Place]]) -> tuple[float, float]:
    """The median of latitudes and of longitudes: a few slips do not shift it."""
    return median(place.lat for _, place in places), median(place.lon for _, place in places)


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    lat, lon = radians(b[0] - a[0]), radians(b[1] - a[1])
    half = sin(lat / 2) ** 2 + cos(radians(a[0])) * cos(radians(b[0])) * sin(lon / 2) ** 2
    return 2 * 6371 * asin(sqrt(min(1.0, half)))
