"""``balance``: everybody is moved once or left behind once, and every part of the plan agrees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from p2p_dispatch.check.batches import batches
from p2p_dispatch.check.claims import At, bound_for
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.people import ends_of, home_of, leaving, starting
from p2p_dispatch.check.run import Run
from p2p_dispatch.plan.model import Itinerary, Unserved

RULE = "balance"


def balance(facts: Facts) -> Iterator[Finding]:
    """Moved + unserved = roster, and itineraries agree with the trips they name."""
    yield from _cohorts(facts)
    yield from _itineraries(facts)
    yield from _trips(facts)
    yield from _sums(facts)
    yield from batches(facts)


def _cohorts(facts: Facts) -> Iterator[Finding]:
    parts: dict[str, list[Itinerary | Unserved]] = {cohort: [] for cohort in facts.cohorts}
    for part in facts.parts:
        parts.setdefault(part.cohort, []).append(part)
        if part.count < 1:
            words = f"an itinerary or unserved part of {part.count} people"
            yield Finding(rule=RULE, where=f"cohort {part.cohort}", words=words)
    for name, some in parts.items():
        cohort, where = facts.cohorts.get(name), f"cohort {name}"
        if cohort is None:
            yield Finding(rule=RULE, where=where, words="the scenario has no such cohort")
            continue
        moved = sum(part.count for part in some if isinstance(part, Itinerary))
        left = sum(part.count for part in some if isinstance(part, Unserved))
        if moved + left != cohort.count:
            words = f"{moved} moved and {left} unserved make {moved + left} of {cohort.count}"
            yield Finding(rule=RULE, where=where, words=words)


def _itineraries(facts: Facts) -> Iterator[Finding]:
    for part in facts.plan.unserved:
        for words in _stranded(facts, part):
            yield Finding(rule=RULE, where=f"cohort {part.cohort}", words=words)
    for itinerary in facts.plan.itineraries:
        where = f"cohort {itinerary.cohort}"
        for words in (*_chain(facts, itinerary), *_end(facts, itinerary)):
            yield Finding(rule=RULE, where=where, words=words)


def _stranded(facts: Facts, part: Unserved) -> Iterator[str]:
    """Who is left behind on the way has come there by trips that have left."""
    for trip in part.trips:
        if trip not in facts.left:
            yield f"{part.count} are left behind after trip {trip}, which has not left"
    if len(part.changes) != len(part.trips):
        yield f"{part.count} left behind made {len(part.trips)} trips to {len(part.changes)} hubs"
    for hub in part.changes:
        if hub not in facts.hubs:
            yield f"are left behind at {hub}, which is no hub"


def _chain(facts: Facts, itinerary: Itinerary) -> Iterator[str]:
    """Trips one after the other, with a hub between each and the next."""
    trips, changes = itinerary.trips, itinerary.changes
    for trip in trips:
        if trip not in facts.by_trip:
            yield f"the plan has no trip {trip}"
    if not trips:
        yield "an itinerary of no trip"
    if len(set(trips)) < len(trips):
        yield f"rides a trip twice: {', '.join(trips)}"
    if len(changes) != max(0, len(trips) - 1):
        yield f"an itinerary of {len(trips)} trips names {len(changes)} hubs to change at"
    if len(trips) > 1 and facts.by_day:
        yield f"an itinerary of {len(trips)} trips; by the day nobody changes"
    for hub in changes:
        if hub not in facts.hubs:
            yield f"changes at {hub}, which is no hub"
    if len(trips) > 1 and not itinerary.drop:
        yield "changes, and does not say where it gets off at last"
    cohort = facts.cohorts.get(itinerary.cohort)
    home = cohort.origin if cohort else ""
    starts, ends = (home, *changes), (*changes, itinerary.drop)
    for trip, start, end in zip(trips, starts, ends, strict=False):
        if trip in facts.by_trip and start and end:
            road = [stop.place for stop in facts.by_trip[trip].stops]
            if start in road and end in road and road.index(start) >= road.index(end):
                yield f"rides {trip} from {start} to {end}, which comes first"


def _end(facts: Facts, itinerary: Itinerary) -> Iterator[str]:
    """Bound for the site of the cohort or, where the job is open, for one that is named."""
    cohort = facts.cohorts.get(itinerary.cohort)
    if cohort is None:
        return
    if cohort.site is None:
        site = facts.sites.get(itinerary.site)
        if site is None:
            yield f"their job is open, and they are brought to site {itinerary.site or 'none'}"
        if not itinerary.drop:
            yield "their job is open, and nothing says where they get off"
    elif itinerary.site not in ("", cohort.site):
        yield f"are brought to {itinerary.site}, and bound for {cohort.site}"
    ends = ends_of(facts.sites.get(bound_for(itinerary, facts.cohorts)))
    if itinerary.drop and ends and itinerary.drop not in ends:
        yield f"gets off at {itinerary.drop} at last, not at {' or '.join(ends)}"


def _trips(facts: Facts) -> Iterator[Finding]:
    through: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for itinerary in facts.plan.itineraries:
        for trip in itinerary.trips:
            through[trip][itinerary.cohort] += itinerary.count
    for part in facts.plan.unserved:
        for trip in part.trips:
            through[trip][part.cohort] += part.count
    for run in facts.runs:
        for words in (*_places(facts, run), *_flows(run, through[run.trip.id])):
            yield Finding(rule=RULE, where=run.where, words=words)
    yield from _claims(facts)


def _places(facts: Facts, run: Run) -> Iterator[str]:
    """
    Everybody boards at their origin or where they change, and gets off where they change or are
    at the end of their way: at their gate or a hub of their site.
    """
    for stop in run.stops:
        for riders in (*stop.board, *stop.alight):
            if riders.count < 1:
                yield f"{riders.count} people of {riders.cohort} at {stop.place}"
            if riders.cohort not in facts.cohorts:
                yield f"the scenario has no cohort {riders.cohort}"
    for i, stop in enumerate(run.stops):
        for name, _ in starting(facts, run, i):
            cohort = facts.cohorts.get(name)
            if cohort and home_of(facts, stop.place, name) != cohort.origin:
                yield f"{name} boards at {stop.place}, not at its origin {cohort.origin}"
        for off in leaving(facts, run, i):
            cohort, ends = facts.cohorts.get(off.cohort), ends_of(facts.sites.get(off.site))
            if cohort and off.ends and not off.site:
                yield f"{off.count} of {off.cohort} get off at {stop.place}, bound for no site"
            elif cohort and off.ends and stop.place not in ends:
                yield f"{off.cohort} gets off at {stop.place}, not at {' or '.join(ends)}"


def _claims(facts: Facts) -> Iterator[Finding]:
    """Where itineraries say that people change or get off, so many do."""
    off: Counter[At] = Counter()
    for said in (facts.claims.off, facts.claims.ends):
        for at, sites in said.items():
            off[at] += sites.total()
    for claimed, side, verb in ((facts.claims.on, "board", "board"), (off, "alight", "get off")):
        for (trip, cohort, place), number in claimed.items():
            run = facts.by_trip.get(trip)
            if run is None:
                continue  # said before
            there = sum(
                riders.count
                for stop in run.stops
                if stop.place == place
                for riders in getattr(stop, side)
                if riders.cohort == cohort
            )
            if there < number:
                words = f"{number} of {cohort} are to {verb} at {place}, {there} do"
                yield Finding(rule=RULE, where=run.where, words=words)


def _flows(run: Run, through: Counter[str]) -> Iterator[str]:
    """Boarding, getting off and itineraries agree, and nobody gets off before boarding."""
    on: Counter[str] = Counter()
    off: Counter[str] = Counter()
    for stop in run.stops:
        for riders in stop.alight:
            off[riders.cohort] += riders.count
            if off[riders.cohort] > on[riders.cohort]:
                yield f"{riders.cohort} gets off at {stop.place} before boarding"
        for riders in stop.board:
            on[riders.cohort] += riders.count
    for cohort in sorted(on.keys() | off.keys() | through.keys()):
        if not on[cohort] == off[cohort] == through[cohort]:
            yield (
                f"of {cohort} {on[cohort]} board and {off[cohort]} get off, "
                f"its itineraries have {through[cohort]}"
            )


def _sums(facts: Facts) -> Iterator[Finding]:
    plan, moved = facts.plan, sum(itinerary.count for itinerary in facts.plan.itineraries)
    if plan.people != facts.scenario.people:
        words = f"the plan counts {plan.people} people, the roster has {facts.scenario.people}"
        yield Finding(rule=RULE, where="plan", words=words)
    if plan.moved != moved:
        words = f"the plan says {plan.moved} are moved, its itineraries have {moved}"
        yield Finding(rule=RULE, where="plan", words=words)
