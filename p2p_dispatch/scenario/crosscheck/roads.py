"""Listed roads: each once, at a speed a coach can drive."""

from __future__ import annotations

from collections.abc import Iterator

from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft

_FASTEST, _SLOWEST = 150.0, 5.0
"""Km/h on the average of a road; outside, hours or seconds were taken for minutes."""


def repeated_roads(draft: Draft) -> Iterator[Clash]:
    """The same road twice."""
    first: dict[tuple[str, str], int] = {}
    for i, leg in enumerate(draft.scenario.travel.legs):
        before = first.setdefault((leg.origin, leg.to), i)
        if before != i:
            found = f"the road from {leg.origin} to {leg.to} is listed before, as the #{before + 1}"
            yield Clash("P2P1405", ("travel", "legs", i), found, "keep one of the two")


def strange_speeds(draft: Draft) -> Iterator[Clash]:
    """Kilometres and minutes that do not go together."""
    for i, leg in enumerate(draft.scenario.travel.legs):
        if leg.km < 5:
            continue
        hours = leg.minutes / 60
        if not leg.km / _FASTEST <= hours <= leg.km / _SLOWEST:
            found = f"{leg.km:g} km in {leg.minutes:g} minutes"
            right = "write km, and minutes of driving"
            yield Clash("P2P1406", ("travel", "legs", i, "minutes"), found, right)
