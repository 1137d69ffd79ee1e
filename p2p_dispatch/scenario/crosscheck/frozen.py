"""Frozen trips: of people who are on the roster, to where these are wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft


def promised_too_many(draft: Draft) -> Iterator[Clash]:
    """More seats promised to a cohort than it has people."""
    counts = {cohort.id: cohort.count for cohort in draft.scenario.cohorts}
    promised: Counter[str] = Counter()
    for i, trip in enumerate(draft.scenario.frozen):
        for j, riders in enumerate(trip.riders if not trip.left else ()):
            promised[riders.cohort] += riders.count
            if promised[riders.cohort] > counts.get(riders.cohort, promised[riders.cohort]):
                yield Clash(
                    "P2P1110",
                    ("frozen", i, "riders", j, "count"),
                    f"{promised[riders.cohort]} people of {riders.cohort} were promised a seat, "
                    f"it has {counts[riders.cohort]}",
                    "correct the trip, or the count of the cohort",
                )


def full_vehicle(draft: Draft) -> Iterator[Clash]:
    """More people promised on a trip than its vehicle has seats."""
    types = {coach.id: coach for coach in draft.scenario.coaches}
    pools = {pool.id: types.get(pool.unit_type) for pool in draft.scenario.pools}
    for i, trip in enumerate(draft.scenario.frozen):
        unit_type, riders = pools.get(trip.pool or ""), sum(riders.count for riders in trip.riders)
        if unit_type is not None and not trip.left and riders > unit_type.seats:
            found = f"{riders} people were promised {unit_type.seats} seats"
            yield Clash("P2P1411", ("frozen", i, "riders"), found, "correct the trip or its pool")


def wrong_stops(draft: Draft) -> Iterator[Clash]:
    """People promised a ride that passes neither where they board nor where they are wanted."""
    cohorts = {cohort.id: cohort for cohort in draft.scenario.cohorts}
    ends = {
        site.id: {*([site.id] if site.gate else []), *site.handover}
        for site in draft.scenario.sites
    }
    for i, trip in enumerate(draft.scenario.frozen):
        # what has left may be a part of the way only
        for j, riders in enumerate(trip.riders if not trip.left else ()):
            cohort = cohorts.get(riders.cohort)
            path = ("frozen", i, "riders", j)
            if cohort is not None and cohort.trade is not None and cohort.site is None:
                found = f"the job of {cohort.id} is open, so no place was promised to it"
                right = "write the site they were promised to as a cohort of its own"
                yield Clash("P2P1412", (*path, "cohort"), found, right)
            if cohort is None or cohort.site not in ends:
                continue
            if riders.drop not in ends[cohort.site]:
                found = f"{riders.drop} is not where {cohort.site} takes its people"
                right = f"write one of {', '.join(sorted(ends[cohort.site]))}"
                yield Clash("P2P1412", (*path, "drop"), found, right)
            for place, what in ((cohort.origin, "board"), (riders.drop, "get off")):
                if place not in trip.stops:
                    found = f"{riders.cohort} {what} at {place}, where the trip does not stop"
                    yield Clash("P2P1412", ("frozen", i, "stops"), found, f"add {place} to them")
