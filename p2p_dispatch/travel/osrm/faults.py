"""What a travel service leaves to be mended, or at least to be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.crosscheck import Clash
from p2p_dispatch.scenario.crosscheck.ids import PLACES
from p2p_dispatch.scenario.travel import Osrm
from p2p_dispatch.travel.osrm.cache import Cache
from p2p_dispatch.travel.osrm.grid import lonlat
from p2p_dispatch.travel.osrm.trouble import Trouble

FAR_KM = 5.0
"""From a place to the road it is put on; no assembly point or gate is that far from one."""


def clash_of(trouble: Trouble) -> Clash:
    """The trouble with a request, at the key that can mend it."""
    key = "most_points" if trouble.code == "P2P1504" else "url"
    return Clash(trouble.code, ("travel", key), trouble.found, trouble.right)


def not_kept(source: Osrm, missing: int, wanted: int, cache: Cache) -> Trouble:
    """Roads that would have to be asked for, and may not."""
    return Trouble(
        "P2P1507",
        f"{missing:,} of {wanted:,} roads between the places are not in {cache.path}",
        f"run it once without --offline where {source.url} can be reached; the file may be copied",
    )


def broken(cache: Cache) -> Iterator[Clash]:
    """A cache that cannot be used, without which all is asked again every time."""
    if cache.broken:
        yield Clash(
            "P2P1508",
            ("travel", "url"),
            f"{cache.path} cannot be used: {cache.broken}; answers are not kept",
            "delete the file, or name another folder in P2P_DISPATCH_CACHE",
        )


def far(scenario: Scenario, snapped: Mapping[str, float]) -> Iterator[Clash]:
    """
    Places that the service moved to a road far away, where their travel then begins.

    Parameters
    ----------
    scenario
        Its places.
    snapped
        For each point, ``lon,lat``, how far that is, km; nan where it is not known.
    """
    for kind in PLACES:
        for i, place in enumerate(getattr(scenario, kind)):
            km = snapped[lonlat(place)]
            if km > FAR_KM:
                found = f"{place.label} is {km:.0f} km from the road where its travel begins"
                right = "look at its coordinates, and whether the server's map covers it"
                yield Clash("P2P1506", (kind, i, "lat"), found, right)
