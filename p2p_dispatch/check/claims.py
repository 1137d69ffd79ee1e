"""What the itineraries say of places: where people change, and where they get off at last."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from p2p_dispatch.check.run import Run
from p2p_dispatch.plan.model import Itinerary, Unserved
from p2p_dispatch.scenario.people import Cohort

At = tuple[str, str, str]
"""A trip, a cohort and a place."""


@dataclass(frozen=True, kw_only=True)
class Claims:
    """
    What the itineraries say of places, each by trip, cohort and place.

    Attributes
    ----------
    on
        People who change to a trip.
    off, ends
        People who change from a trip, or get off at last where their itinerary says so; by site.
    left_home
        Days on which the people of a cohort on a trip left home, by trip and cohort.
    """

    on: Counter[At]
    off: Mapping[At, Counter[str]]
    ends: Mapping[At, Counter[str]]
    left_home: Mapping[tuple[str, str], set[date]]

    @cached_property
    def changed_to(self) -> frozenset[str]:
        """Trips that somebody changes to."""
        return frozenset(trip for trip, _, _ in self.on)

    @cached_property
    def changed_from(self) -> frozenset[str]:
        """Trips that somebody changes from."""
        return frozenset(trip for trip, _, _ in self.off)


def claims_of(
    itineraries: Iterable[Itinerary],
    unserved: Iterable[Unserved],
    cohorts: Mapping[str, Cohort],
    by_trip: Mapping[str, Run],
) -> Claims:
    """Gather what the itineraries say."""
    on: Counter[At] = Counter()
    off: defaultdict[At, Counter[str]] = defaultdict(Counter)
    ends: defaultdict[At, Counter[str]] = defaultdict(Counter)
    left_home: defaultdict[tuple[str, str], set[date]] = defaultdict(set)
    for itinerary in itineraries:
        name, count, site = itinerary.cohort, itinerary.count, bound_for(itinerary, cohorts)
        for (earlier, later), hub in zip(
            pairwise(itinerary.trips), itinerary.changes, strict=False
        ):
            off[earlier, name, hub][site] += count
            on[later, name, hub] += count
        if itinerary.drop and itinerary.trips:
            ends[itinerary.trips[-1], name, itinerary.drop][site] += count
        first = by_trip.get(itinerary.trips[0]) if itinerary.trips else None
        for trip in itinerary.trips:
            if first is not None:
                left_home[trip, name].add(first.day)
    for part in unserved:
        # who is stranded gets off at the hub, as if to change
        for i, (trip, hub) in enumerate(zip(part.trips, part.changes, strict=False)):
            cohort = cohorts.get(part.cohort)
            off[trip, part.cohort, hub][(cohort.site if cohort else "") or ""] += part.count
            if i:
                on[trip, part.cohort, part.changes[i - 1]] += part.count
            if first := by_trip.get(part.trips[0]):
                left_home[trip, part.cohort].add(first.day)
    return Claims(on=on, off=off, ends=ends, left_home=left_home)


def bound_for(itinerary: Itinerary, cohorts: Mapping[str, Cohort]) -> str:
    """The site some people are bound for: their cohort's, or the one whose posts they fill."""
    cohort = cohorts.get(itinerary.cohort)
    return (cohort.site if cohort else "") or itinerary.site
