"""The roads of a scenario from a service: what is kept, and for the rest what it says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.reading.faults import Fault, InputError, in_order
from p2p_dispatch.reading.salvage import Numbering
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.crosscheck import Clash, located
from p2p_dispatch.scenario.travel import Osrm
from p2p_dispatch.travel.osrm.cache import Cache
from p2p_dispatch.travel.osrm.faults import broken, clash_of, far, not_kept
from p2p_dispatch.travel.osrm.folder import cache_file
from p2p_dispatch.travel.osrm.grid import Grid, lonlat
from p2p_dispatch.travel.osrm.table import ask_table
from p2p_dispatch.travel.osrm.tiles import tiles
from p2p_dispatch.travel.osrm.trouble import Trouble


class Asked(NamedTuple):
    """How far the asking has come."""

    url: str
    tables: int
    """Tables that were answered."""
    of: int


Watch = Callable[[Asked], None]


class Roads(NamedTuple):
    """
    What a service says of the places of a scenario.

    Attributes
    ----------
    km, minutes
        (n, n) from place to place; nan where there is no road, or its leg is listed by hand.
    how
        The service, and the days on which it was asked.
    notices
        Places far from any road; a cache that cannot be used.
    """

    km: NDArray[np.float64]
    minutes: NDArray[np.float64]
    how: str
    notices: tuple[Fault, ...]


def osrm_roads(scenario: Scenario, source: Osrm, *, offline: bool, watch: Watch | None) -> Roads:
    """
    Roads between all places of a scenario.

    Parameters
    ----------
    scenario
        Its places, and the legs that need not be asked for since they are listed.
    source
        The service.
    offline
        Whether only what is kept may be used.
    watch
        Called before the first table and after each.

    Raises
    ------
    InputError
        P2P1501 to P2P1507. What was answered before is kept, and not asked for again.
    """
    names = [lonlat(place) for place in scenario.places.values()]
    grid = Grid(tuple(dict.fromkeys(names)))
    number = {point: i for i, point in enumerate(grid.points)}
    at = np.array([number[name] for name in names])
    wanted = _wanted(scenario, source, at)
    service = f"{source.url.rstrip('/')} {source.profile}"
    with Cache(cache_file(), service, read_only=offline) as cache:
        grid.recall(cache)
        missing = wanted & (grid.day == "")
        clashes: list[Clash] = []
        try:
            if offline and missing.any():
                raise not_kept(source, int(missing.sum()), int(wanted.sum()), cache)
            _ask(source, grid, missing, cache, watch)
        except Trouble as trouble:
            clashes.append(clash_of(trouble))
        clashes += broken(cache)
    clashes += far(scenario, dict(zip(grid.points, grid.snapped, strict=True)))
    faults = in_order(located(scenario, clashes, Numbering()))
    if any(fault.refuses for fault in faults):
        raise InputError(faults)
    days = sorted(set(grid.day[wanted].tolist()))
    when = f", asked {' to '.join(dict.fromkeys([days[0], days[-1]]))}" if days else ""
    pairs = np.ix_(at, at)
    km, minutes = grid.km[pairs], grid.minutes[pairs]
    same = at[:, None] == at[None, :]
    km[same] = minutes[same] = 0.0
    return Roads(km, minutes, f"OSRM {service}{when}", tuple(faults))


def _wanted(scenario: Scenario, source: Osrm, at: NDArray[np.intp]) -> NDArray[np.bool_]:
    """
    (n_points, n_points) legs that are not listed by hand.

    All of them, also those from a gate to an assembly point, which no trip drives: their tables
    come with those of the way there, so that leaving them out would spare no request.
    """
    index = {place: i for i, place in enumerate(scenario.places)}
    asked = np.ones((len(at), len(at)), dtype=np.bool_)
    for leg in source.legs:
        asked[index[leg.origin], index[leg.to]] = False
    wanted = np.zeros((at.max() + 1, at.max() + 1), dtype=np.bool_)
    np.logical_or.at(wanted, (at[:, None], at[None, :]), asked)  # several places at one point
    np.fill_diagonal(wanted, False)
    return wanted


def _ask(
    source: Osrm,
    grid: Grid,
    missing: NDArray[np.bool_],
    cache: Cache,
    watch: Watch | None,
) -> None:
    requests = list(tiles(missing, source.most_points))
    say = watch or (lambda asked: None)
    for done, tile in enumerate(requests):
        say(Asked(source.url, done, len(requests)))
        table = ask_table(source, grid.points, tile)
        day = today()
        grid.lay(tile, table, day)
        # at once: whoever interrupts a long matrix has what was answered
        cache.keep(grid.points, tile, table, day)
    if requests:
        say(Asked(source.url, len(requests), len(requests)))


def today() -> str:
    """The day in UTC: one cache may be used in two time zones."""
    return datetime.now(UTC).date().isoformat()
