"""Who leaves home on a trip, who changes from it or to it, and who is at the end of the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.run import Run
from p2p_dispatch.plan.model import Riders
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.scenario.places import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Off:
    """
    Some people who get off at a stop.

    Attributes
    ----------
    site
        Where they are bound for; empty where nobody says.
    ends
        Whether this is the end of their way; otherwise they change here.
    """

    cohort: str
    site: str
    count: int
    ends: bool


def starting(facts: Facts, run: Run, stop: int) -> Iterator[tuple[str, int]]:
    """Cohorts that leave home at a stop, with how many people; those who change to it do not."""
    place, on = run.stops[stop].place, facts.claims.on
    for cohort, count in _together(run.stops[stop].board).items():
        changing = on[run.trip.id, cohort, place]
        if not changing:
            yield cohort, count
        elif count > changing:
            yield cohort, count - changing


def leaving(facts: Facts, run: Run, stop: int) -> Iterator[Off]:
    """Who gets off at a stop, where to, and whether they are at the end of their way."""
    place, claims = run.stops[stop].place, facts.claims
    for name, everybody in _together(run.stops[stop].alight).items():
        at, rest = (run.trip.id, name, place), everybody
        for said, at_end in ((claims.off, False), (claims.ends, True)):
            for site, count in said[at].items() if at in said else ():
                rest -= count
                yield Off(cohort=name, site=site, count=count, ends=at_end)
        if rest > 0 or rest == everybody:
            cohort = facts.cohorts.get(name)
            site = (cohort.site if cohort else "") or ""
            yield Off(cohort=name, site=site, count=rest, ends=True)


def _together(riders: tuple[Riders, ...]) -> dict[str, int]:
    """People of each cohort."""
    if len(riders) == 1:  # most stops; a counter is slow
        return {riders[0].cohort: riders[0].count}
    counts = Counter[str]()
    for some in riders:
        counts[some.cohort] += some.count
    return counts


def home_of(facts: Facts, place: str, cohort: str) -> str:
    """The origin that people leave who board at a place."""
    known, hub = facts.cohorts.get(cohort), facts.hubs.get(place)
    return known.origin if known and hub and known.origin in hub.assembly_of else place


def ends_of(site: Site | None) -> list[str]:
    """Where the people of a site may get off at last."""
    return [*([site.id] if site.gate else []), *site.handover] if site else []


def subsidy_of(facts: Facts, cohort: Cohort | None, site: str) -> float:
    """What somebody else pays per person who is moved: by their site and by their class."""
    if cohort is None:
        return 0.0
    known, group = facts.sites.get(site), facts.priorities.get(cohort.priority or "")
    by_site = known.subsidies.get(cohort.priority or "", known.subsidy) if known else 0.0
    return by_site + (group.subsidy if group else 0.0)


def lent(facts: Facts) -> Counter[tuple[str, str]]:
    """People who work for a time at another site than that whose people they are, by both."""
    found: Counter[tuple[str, str]] = Counter()
    for part in facts.plan.itineraries:
        cohort = facts.cohorts.get(part.cohort)
        if cohort and cohort.site is None and cohort.lent_by not in (None, part.site):
            found[cohort.lent_by or "", part.site] += part.count
    return found


def lending_price(facts: Facts, lender: str, borrower: str) -> float:
    """What lending a person of one site to another costs."""
    known = facts.sites.get(lender)
    return known.lends_at.get(borrower, 0.0) if known else 0.0
