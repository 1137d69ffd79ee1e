"""Whether the roads lead where people must go, inside the longest ride."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import isnan

from p2p_dispatch.reading.faults import Fault, in_order
from p2p_dispatch.reading.salvage import Numbering
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.crosscheck import Clash, located
from p2p_dispatch.scenario.places import Depot, Site
from p2p_dispatch.scenario.travel import Osrm
from p2p_dispatch.travel.travel import Travel


def travel_faults(scenario: Scenario, travel: Travel) -> list[Fault]:
    """What is wrong between the roads and the people who need them."""
    clashes = (*roadless(scenario, travel), *unreachable(scenario, travel))
    return in_order(located(scenario, clashes, Numbering()))


def roadless(scenario: Scenario, travel: Travel) -> Iterator[Clash]:
    """Roads that somebody needs and that are not listed."""
    # with services a road from end to end is not needed, one to a station may do
    direct = [] if scenario.services else scenario.placed
    pairs = Counter((cohort.origin, cohort.site or "") for cohort in direct)
    sites = {site.id: site for site in scenario.sites}
    for (origin, name), cohorts in pairs.items():
        ends = ends_of(sites[name])
        if ends and _shortest(travel, [origin], ends) is None:
            yield _no_road(scenario, origin, ends, f"; cohorts that need it: {cohorts}")
    yield from _no_feeder(scenario, travel)
    depots, gathered = scenario.depots, _gathered(scenario)
    for origin in {cohort.origin: None for cohort in scenario.cohorts}:
        if origin in gathered:
            continue  # nobody has to be fetched
        bases = [depot.id for depot in depots if serves(depot, origin)]
        if bases and _shortest(travel, bases, [origin]) is None:
            yield _no_road(scenario, " or ".join(bases), [origin])
    bases = [depot.id for depot in depots]
    for name in {cohort.site or "": None for cohort in direct}:
        ends = ends_of(sites[name])
        if bases and ends and _shortest(travel, ends, bases) is None:
            yield _no_road(scenario, " or ".join(ends), bases)


def _no_feeder(scenario: Scenario, travel: Travel) -> Iterator[Clash]:
    """With services: origins from which no road leads to a station or to a site."""
    if not scenario.services:
        return
    stations = {hub: None for service in scenario.services for hub in service.board}
    gathered = _gathered(scenario)
    ends = [*stations, *(end for site in scenario.sites for end in ends_of(site))]
    for origin in {cohort.origin: None for cohort in scenario.cohorts}:
        if origin not in gathered and _shortest(travel, [origin], ends) is None:
            yield _no_road(scenario, origin, list(stations))


def unreachable(scenario: Scenario, travel: Travel) -> Iterator[Clash]:
    """
    Sites that nobody can be driven to within the longest ride, not even directly.

    Breaks are not counted, so that what is found here is certain; by the day the two stops are.
    """
    most = scenario.rules.stops.longest_ride_hours * 60
    standing = 2 * scenario.planning.stop_minutes if scenario.by_day else 0
    origins: dict[str, set[str]] = {}
    for cohort in () if scenario.services else scenario.placed:
        origins.setdefault(cohort.site or "", set()).add(cohort.origin)
    for i, site in enumerate(scenario.sites):
        best = _shortest(travel, sorted(origins.get(site.id, ())), ends_of(site))
        if best is not None and best + standing > most + 1e-6:
            yield Clash(
                "P2P1410",
                ("sites", i),
                f"the shortest direct ride to {site.label} takes {(best + standing) / 60:.1f} h; "
                f"longest_ride_hours is {most / 60:g}",
                f"allow {(best + standing) / 60:.1f} h or more under rules.stops, "
                f"or look at the coordinates of {site.id} and of its people's origins",
            )


def ends_of(site: Site) -> list[str]:
    """Where a coach may bring the people of a site."""
    return [*([site.id] if site.gate else []), *site.handover]


def serves(depot: Depot, origin: str) -> bool:
    """Whether the vehicles of a depot may collect from an origin."""
    return depot.serves is None or origin in depot.serves


def _gathered(scenario: Scenario) -> set[str]:
    """Origins whose people gather at a station where a service picks up."""
    stations = {hub for service in scenario.services for hub in service.board}
    return {o for hub in scenario.hubs if hub.id in stations for o in hub.assembly_of}


def _shortest(travel: Travel, starts: Iterable[str], ends: Iterable[str]) -> float | None:
    """Driving minutes between the nearest two; None where there is no road at all."""
    rides = [travel.leg(start, end)[1] for start in starts for end in ends]
    return min((ride for ride in rides if not isnan(ride)), default=None)


def _no_road(scenario: Scenario, start: str, ends: list[str], who: str = "") -> Clash:
    right = "list it under travel.legs, with km and minutes"
    if isinstance(scenario.travel, Osrm):
        right = f"look at the coordinates and at the server's map, or {right}"
    return Clash(
        "P2P1404",
        ("travel", "legs"),
        f"there is no road from {start} to {' or '.join(ends)}{who}",
        right,
    )
