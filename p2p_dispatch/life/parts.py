"""The people of a plan in parts: who travels alike, how far they have come, what they were told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from p2p_dispatch.plan.model import Itinerary, Plan, Stop, Trip, Unserved
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.scenario.places import Place


@dataclass(frozen=True, kw_only=True)
class Party:
    """
    Some people of a cohort who do the same.

    Attributes
    ----------
    trips, changes
        As of an itinerary; of people who are left behind those that they have made.
    drop, site
        Where they get off at last, and the site they are bound for; empty where they do not go.
    moved
        Whether they are brought to the end of their way.
    told
        Which of the scenario's ``told`` they are; empty: none.
    gone
        How many of their trips have left.
    """

    cohort: str
    count: int
    parties: tuple[int, ...] = ()
    accessible: int = 0
    trips: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    drop: str = ""
    site: str = ""
    moved: bool = True
    told: str = ""
    gone: int = 0

    @property
    def singles(self) -> int:
        """Who travels one by one and needs no accessible place."""
        return self.count - sum(self.parties) - self.accessible

    @property
    def way(self) -> tuple[object, ...]:
        """What they do, whoever and how many they are."""
        return self.cohort, self.trips, self.changes, self.drop, self.site, self.moved


def parts_of(scenario: Scenario, plan: Plan) -> list[Party]:
    """Everybody of a plan: by itinerary, each with a drop of its own, and who is left behind."""
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    trips = {trip.id: trip for trip in plan.trips}
    off = _unsaid(plan, trips)
    parts: list[Party] = []
    for itinerary in plan.itineraries:
        cohort = cohorts[itinerary.cohort]
        site = itinerary.site or cohort.site or ""
        parts += [replace(some, site=site) for some in _by_drop(itinerary, off)]
    left = (
        Party(
            cohort=part.cohort,
            count=part.count,
            parties=part.parties,
            accessible=part.accessible,
            trips=part.trips,
            changes=part.changes,
            moved=False,
        )
        for part in plan.unserved
    )
    return [*parts, *left]


def _unsaid(plan: Plan, trips: Mapping[str, Trip]) -> dict[tuple[str, str], Counter[str]]:
    """By trip and cohort where those get off of whom no itinerary says it."""
    off: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for trip in trips.values():
        for stop in trip.stops:
            for riders in stop.alight:
                off[trip.id, riders.cohort][stop.place] += riders.count
    for part in plan.itineraries:
        ends = (*part.changes, part.drop)
        for name, place in zip(part.trips, ends, strict=False):
            if place:
                off[name, part.cohort][place] -= part.count
    for left in plan.unserved:
        for name, place in zip(left.trips, left.changes, strict=False):
            off[name, left.cohort][place] -= left.count
    return off


def _by_drop(itinerary: Itinerary, off: Mapping[tuple[str, str], Counter[str]]) -> Iterator[Party]:
    """
    An itinerary as parts that each get off at one place.

    A strategy has one for each place: where just as many get off as it has, they do.
    """
    whole = Party(
        cohort=itinerary.cohort,
        count=itinerary.count,
        parties=itinerary.parties,
        accessible=itinerary.accessible,
        trips=itinerary.trips,
        changes=itinerary.changes,
        drop=itinerary.drop,
    )
    if itinerary.drop:
        yield whole
        return
    places = off[itinerary.trips[-1], itinerary.cohort]
    left = whole
    for place in sorted(places, key=lambda place: places[place] != whole.count):
        if places[place] <= 0:
            continue
        some, rest = split(left, places[place])
        if some is not None:
            places[place] -= some.count
            yield replace(some, drop=place)
        if rest is None:
            return
        left = rest
    # a party fits nowhere as a whole: it stays with most of the others
    yield replace(left, drop=max(places, key=lambda place: places[place], default=""))


def split(part: Party, people: int) -> tuple[Party | None, Party | None]:
    """So many people of a part, parties whole where they fit, and the rest; None: nobody."""
    people = min(people, part.count)
    room, parties = people, []
    for size in sorted(part.parties, reverse=True):
        if size <= room:
            parties.append(size)
            room -= size
    needy = min(part.accessible, room)
    singles = min(part.singles, room - needy)
    count = sum(parties) + needy + singles
    others = Counter(part.parties) - Counter(parties)
    rest = replace(
        part,
        count=part.count - count,
        parties=tuple(sorted(others.elements(), reverse=True)),
        accessible=part.accessible - needy,
    )
    some = replace(part, count=count, parties=tuple(parties), accessible=needy)
    return (some if some.count else None), (rest if rest.count else None)


def less(part: Party, people: int) -> Party | None:
    """A part without some of its people: first singles, then of its parties the largest."""
    singles = min(people, part.singles)
    needy = min(people - singles, part.accessible)
    parties, left = sorted(part.parties, reverse=True), people - singles - needy
    while left and parties:
        gone = min(left, parties[0])
        parties[0] -= gone
        left -= gone
        parties = sorted((size for size in parties if size > 0), reverse=True)
    # a party of one is nobody's party any more
    whole = tuple(size for size in parties if size > 1)
    count = part.count - (people - left)
    if not count:
        return None
    return replace(part, count=count, parties=whole, accessible=part.accessible - needy)


def together(parts: list[Party]) -> list[Party]:
    """Parts that do the same and were told the same are one."""
    found: dict[tuple[object, ...], Party] = {}
    for part in parts:
        key = (*part.way, part.told, part.gone)
        if key in found:
            old = found[key]
            parties = tuple(sorted((*old.parties, *part.parties), reverse=True))
            part = replace(
                old,
                count=old.count + part.count,
                parties=parties,
                accessible=old.accessible + part.accessible,
            )
        found[key] = part
    return list(found.values())


def stop_at(trip: Trip, place: str) -> Stop:
    """The stop of a trip at a place."""
    return next(stop for stop in trip.stops if stop.place == place)


def boards_at(trip: Trip, cohort: Cohort) -> str:
    """Where people of a cohort who leave home on a trip board it: their origin, or a hub."""
    places = [
        stop.place
        for stop in trip.stops
        if any(riders.cohort == cohort.id for riders in stop.board)
    ]
    return cohort.origin if cohort.origin in places or not places else places[0]


def leaves_home(part: Party, trips: Mapping[str, Trip], cohort: Cohort) -> tuple[str, datetime]:
    """
    Where people board first, and when they leave there: local time, by the day its midnight.

    Raises
    ------
    IndexError
        Of people who do not travel.
    """
    trip = trips[part.trips[0]]
    place = boards_at(trip, cohort)
    depart = stop_at(trip, place).depart
    if depart is None:
        return place, datetime.combine(trip.day, datetime.min.time())
    return place, depart.replace(tzinfo=None)


def vehicle_of(part: Party, trips: Mapping[str, Trip]) -> str:
    """The service that people go by or, where they go by none, the pool of their first coach."""
    some = [trips[trip] for trip in part.trips]
    return next((trip.service for trip in some if trip.service), some[0].pool)


def itinerary_of(part: Party, cohort: Cohort) -> Itinerary:
    """A part that is moved, as the plan has it."""
    return Itinerary(
        cohort=part.cohort,
        count=part.count,
        parties=part.parties,
        accessible=part.accessible,
        trips=part.trips,
        changes=part.changes,
        drop=part.drop,
        site="" if cohort.site else part.site,
        told=part.told,
    )


def unserved_of(part: Party, reason: str, words: str) -> Unserved:
    """A part that is left behind, as the plan has it."""
    return Unserved(
        cohort=part.cohort,
        count=part.count,
        parties=part.parties,
        accessible=part.accessible,
        reason=reason,
        words=words,
        trips=part.trips,
        changes=part.changes,
        told=part.told,
    )


def begins(scenario: Scenario, place: Place, comes: datetime) -> datetime:
    """When getting off begins: as soon as the place is open for as long as it takes."""
    takes = timedelta(minutes=scenario.planning.stop_minutes)
    for days in range(8):
        day = (comes + timedelta(days=days)).date()
        if day in place.closed_on:
            continue
        opens = datetime.combine(day, place.hours.opens if place.hours else time(), scenario.zone)
        begin = max(comes, opens)
        if place.hours is None:
            return begin
        if begin + takes <= datetime.combine(day, place.hours.closes, scenario.zone):
            return begin
    return comes
