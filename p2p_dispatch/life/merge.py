"""The whole plan again: what has left, with what was decided of the rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from p2p_dispatch.events.model import Status
from p2p_dispatch.life.happened import Situation
from p2p_dispatch.life.parts import Party, boards_at, parts_of
from p2p_dispatch.life.rest import Rest
from p2p_dispatch.plan.model import Batch, Plan, Riders, Spell, Trip
from p2p_dispatch.plan.standing import leaves
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.planning import ByClock, ByDay


@dataclass(frozen=True, kw_only=True)
class Merged:
    """
    All trips and people of a plan again.

    Attributes
    ----------
    parts
        Everybody, with the trips that they made before.
    words
        Why parts are left behind, by the part: the rule and a sentence.
    """

    trips: tuple[Trip, ...]
    parts: tuple[Party, ...]
    words: Mapping[tuple[object, ...], tuple[str, str]]


def merged(situation: Situation, rest: Rest, found: Plan) -> Merged:
    """
    The plan of the rest, with what has left and who has arrived.

    Parameters
    ----------
    found
        The plan of ``rest.scenario``.
    """
    names = _names(situation, rest, found)
    parts, words = list(rest.done), {}
    reasons = {part.cohort: (part.reason, part.words) for part in found.unserved}
    for part in parts_of(rest.scenario, found):
        number = rest.part(part.cohort)
        if number < 0:
            continue
        before = rest.parts[number]
        whole = replace(
            part,
            cohort=before.cohort,
            trips=(*before.trips[: before.gone], *(names[trip] for trip in part.trips)),
            changes=(*before.changes[: before.gone], *part.changes),
            site=part.site if part.moved else "",
            told=before.told,
            gone=before.gone,
        )
        parts.append(whole)
        if not whole.moved:
            words[whole.way] = reasons[part.cohort]
    trips = _trips(situation, rest, found, names)
    return Merged(trips=trips, parts=tuple(parts), words=words)


def _names(situation: Situation, rest: Rest, found: Plan) -> dict[str, str]:
    """
    By the id of a trip of the rest its id in the whole.

    A trip of the same pool and day, or service and day, is the one that most of its people were
    told, and keeps its id; others get ids that nobody has had.
    """
    before = {
        trip.id: trip
        for trip in situation.trips.values()
        if trip.id not in rest.facts and trip.id not in situation.cancelled
    }
    votes: Counter[tuple[str, str]] = Counter()
    alike = {trip.id: trip for trip in found.trips}
    for part in parts_of(rest.scenario, found):
        number = rest.part(part.cohort)
        for new in part.trips:
            for old in rest.parts[number].trips if number >= 0 else ():
                if old in before and _same(before[old], alike[new]):
                    near = 1 + 1000 * (leaves(before[old]) == leaves(alike[new]))
                    votes[new, old] += part.count * near
    names: dict[str, str] = {}
    for (new, old), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if new not in names and old not in names.values():
            names[new] = old
    taken = set(situation.trips) | {event.subject for event in situation.plan.events}
    for trip in found.trips:
        if trip.id in names:
            continue
        stem, number = trip.id, 1
        if trip.mode == "coach":
            stem, _, digits = trip.id.rpartition("-")
            number = int(digits) if digits.isdecimal() else 1
        name = trip.id
        while name in taken or name in names.values():
            number += 1
            name = f"{stem}-{number}"
        names[trip.id] = name
    return names


def _same(old: Trip, new: Trip) -> bool:
    if old.service or new.service:
        return (old.service, old.day) == (new.service, new.day)
    return (old.pool, old.day) == (new.pool, new.day)


def _trips(
    situation: Situation, rest: Rest, found: Plan, names: Mapping[str, str]
) -> tuple[Trip, ...]:
    """What has left, as it was; the others with their names, units and drivers."""
    facts = [_departed(situation, rest, name) for name in situation.trips if name in rest.facts]
    others = []
    for trip in found.trips:
        new = _renamed(rest, trip, names[trip.id])
        old = situation.trips.get(new.id)
        status = Status.ORGANISED
        if (old and old.service and new.service) or (old and _alike(old, new)):
            # what people were told was ordered
            status = max(old.status, Status.TOLD, key=lambda each: each.rank)
            if status.rank >= Status.DEPARTED.rank:
                status = Status.TOLD
        others.append(new.model_copy(update={"status": status}))
    return tuple(_with_units(situation, rest, facts, others))


def _alike(old: Trip, new: Trip) -> bool:
    """Whether a coach leaves its depot as it was ordered."""
    return (old.pool, leaves(old)) == (new.pool, leaves(new))


def _departed(situation: Situation, rest: Rest, name: str) -> Trip:
    """A trip that has left with exactly those who ride it."""
    trip = situation.trips[name]
    cohorts = {cohort.id: cohort for cohort in situation.scenario.cohorts}
    board: defaultdict[str, Counter[str]] = defaultdict(Counter)
    alight: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for part in (*rest.done, *rest.parts):
        for i, each in enumerate(part.trips[: part.gone] if part.moved else part.trips):
            if each != name:
                continue
            cohort = cohorts[part.cohort]
            place = part.changes[i - 1] if i else boards_at(trip, cohort)
            last = part.moved and i == len(part.trips) - 1
            board[place][part.cohort] += part.count
            alight[part.drop if last else part.changes[i]][part.cohort] += part.count
    stops = tuple(
        stop.model_copy(
            update={"board": _riders(board[stop.place]), "alight": _riders(alight[stop.place])}
        )
        for stop in trip.stops
    )
    status = max(trip.status, Status.DEPARTED, key=lambda each: each.rank)
    if trip.id in situation.late and trip.id not in situation.departed:
        status = trip.status
    if trip.status is Status.CANCELLED or trip.status.rank < Status.RELEASED.rank:
        status = max(Status.TOLD, trip.status, key=lambda each: each.rank)
        status = Status.TOLD if status is Status.CANCELLED else status
    return trip.model_copy(update={"stops": stops, "status": status})


def _riders(counts: Counter[str]) -> tuple[Riders, ...]:
    return tuple(Riders(cohort=cohort, count=count) for cohort, count in counts.items() if count)


def _renamed(rest: Rest, trip: Trip, name: str) -> Trip:
    def whole(riders: Iterable[Riders]) -> tuple[Riders, ...]:
        counts: Counter[str] = Counter()
        for some in riders:
            counts[rest.parts[rest.part(some.cohort)].cohort] += some.count
        return _riders(counts)

    stops = tuple(
        stop.model_copy(update={"board": whole(stop.board), "alight": whole(stop.alight)})
        for stop in trip.stops
    )
    return trip.model_copy(update={"id": name, "stops": stops})


# ---- units and drivers -------------------------------------------------------------------------


def _with_units(
    situation: Situation, rest: Rest, facts: list[Trip], others: list[Trip]
) -> Iterator[Trip]:
    """
    Trips with units and drivers.

    A trip that is what it was keeps both; others take a unit that is free, one that is out on the
    same day first. A trip with other times or another unit has drivers of its own.
    """
    yield from facts
    yield from (trip for trip in others if trip.mode != "coach")
    pools: defaultdict[str, list[Trip]] = defaultdict(list)
    for trip in others:
        if trip.mode == "coach":
            pools[trip.pool].append(trip)
    limits = {pool.id: pool for pool in situation.scenario.pools}
    for pool, trips in sorted(pools.items()):
        mine = [trip for trip in facts if trip.pool == pool and trip.mode == "coach"]
        fleet = _Fleet(situation.scenario, mine)
        given = fleet.give(trips, situation.trips)
        if fleet.too_many(limits[pool]):
            fleet = _Fleet(situation.scenario, mine)
            given = fleet.give(trips, {})
        numbers: Counter[str] = Counter()
        for trip, unit in given:
            yield _with_crew(situation, trip, unit, numbers)


class _Fleet:
    """Which unit of a pool is out when."""

    def __init__(self, scenario: Scenario, facts: list[Trip]):
        self.planning = scenario.planning
        self.out: defaultdict[str, list[tuple[Any, Any]]] = defaultdict(list)
        for trip in facts:
            self.out[trip.unit].append(self._span(trip))

    def _span(self, trip: Trip) -> tuple[Any, Any]:
        if isinstance(self.planning, ByDay):
            return trip.day, trip.day + timedelta(days=trip.days)
        leaves, back = trip.stops[0].depart, trip.stops[-1].arrive
        assert leaves is not None
        assert back is not None
        return leaves, back

    def _free(self, unit: str, span: tuple[Any, Any]) -> bool:
        turn = timedelta()
        if isinstance(self.planning, ByClock):
            turn = timedelta(minutes=self.planning.turnaround_minutes)
        return all(span[0] >= back + turn or leaves >= span[1] + turn
                   for leaves, back in self.out[unit])  # fmt: skip

    def give(self, trips: list[Trip], before: Mapping[str, Trip]) -> list[tuple[Trip, str]]:
        """A unit for each trip: its own of before where that is free."""
        given, later = [], []
        for trip in sorted(trips, key=lambda trip: (leaves(trip), trip.id)):
            old = before.get(trip.id)
            if old and self._free(old.unit, self._span(trip)):
                self.out[old.unit].append(self._span(trip))
                given.append((trip, old.unit))
            else:
                later.append(trip)
        for trip in later:
            unit = self._choose(trip)
            self.out[unit].append(self._span(trip))
            given.append((trip, unit))
        return given

    def _choose(self, trip: Trip) -> str:
        span, number = self._span(trip), 0
        free = []
        while True:
            number += 1
            unit = f"{trip.pool}/{number}"
            if self._free(unit, span):
                days = _days(span)
                idle = not any(days & _days(other) for other in self.out[unit])
                free.append((idle, number, unit))
                if unit not in self.out or not self.out[unit]:
                    break
        return min(free)[2]

    def too_many(self, pool: Any) -> bool:
        """Whether more units are out on a day than the pool has."""
        out: Counter[date] = Counter()
        for spans in self.out.values():
            out.update({day for span in spans for day in _days(span)})
        return any(number > pool.units_on(day) for day, number in out.items())


def _days(span: tuple[Any, Any]) -> set[date]:
    """Calendar days on which a unit is out; back at midnight sharp it was not out that day."""
    first, last = span
    if isinstance(first, datetime):
        last = max(first, last - timedelta(seconds=1))
        first, last = first.date(), last.date()
    else:
        last -= timedelta(days=1)
    return {first + timedelta(days=d) for d in range((last - first).days + 1)}


def _with_crew(situation: Situation, trip: Trip, unit: str, numbers: Counter[str]) -> Trip:
    old = situation.trips.get(trip.id)
    same = old and old.unit == unit and old.drivers == trip.drivers and _times(old) == _times(trip)
    if old and same:
        return trip.model_copy(update={"unit": unit, "driving": old.driving})
    names: dict[str, str] = {}
    for spell in trip.driving:
        if spell.driver not in names:
            numbers[unit] += 1
            since = f"{situation.scenario.as_of:%m%d%H%M}"
            names[spell.driver] = f"{unit} relief {since}-{numbers[unit]}"
    driving = tuple(
        Spell(driver=names[spell.driver], start=spell.start, end=spell.end)
        for spell in trip.driving
    )
    return trip.model_copy(update={"unit": unit, "driving": driving})


def _times(trip: Trip) -> list[tuple[object, ...]]:
    return [(stop.place, stop.arrive, stop.depart) for stop in trip.stops]


def roles(trips: Iterable[Trip], parts: Iterable[Party]) -> tuple[Trip, ...]:
    """Trips with what they are for: it follows from who changes to them and from them."""
    to, away = set(), set()
    for part in parts:
        to |= set(part.trips[1:])
        away |= set(part.trips[:-1] if part.moved else part.trips)
    return tuple(
        trip
        if trip.mode != "coach"
        else trip.model_copy(
            update={
                "role": "onward" if trip.id in to else "feeder" if trip.id in away else "direct"
            }
        )
        for trip in trips
    )


def batches(
    scenario: Scenario, trips: tuple[Trip, ...], parts: Iterable[Party], before: Plan
) -> tuple[Batch, ...]:
    """Who leaves home on which trip, by origin; the ids of before stay."""
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    known = {trip.id: trip for trip in trips}
    people: Counter[tuple[str, str]] = Counter()
    places: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for part in parts:
        if part.trips:
            cohort = cohorts[part.cohort]
            key = part.trips[0], cohort.origin
            people[key] += part.count
            places[key].add(boards_at(known[part.trips[0]], cohort))
    old = {(batch.trip, batch.origin): batch for batch in before.batches}
    taken = {batch.id for batch in before.batches}
    order = {trip.id: i for i, trip in enumerate(trips)}
    found = []
    for (name, origin), count in sorted(people.items(), key=lambda each: order[each[0][0]]):
        mine, number = old.get((name, origin)), 0
        batch_id = mine.id if mine else ""
        while not batch_id:
            number += 1
            if f"{name}.{number}" not in taken:
                batch_id = f"{name}.{number}"
        taken.add(batch_id)
        status = known[name].status
        if mine and mine.status is not Status.CANCELLED and mine.status.rank > status.rank:
            status = mine.status
        found.append(
            Batch(
                id=batch_id,
                origin=origin,
                trip=name,
                people=count,
                call=_call(scenario, known[name], places[name, origin]),
                status=status,
                checked=min(count, mine.checked) if mine else 0,
            )
        )
    return tuple(found)


def _call(scenario: Scenario, trip: Trip, places: set[str]) -> datetime | None:
    planning = scenario.planning
    if not isinstance(planning, ByClock):
        return None
    ahead = timedelta(minutes=planning.stop_minutes + planning.call_minutes)
    leaves = [stop.depart for stop in trip.stops if stop.place in places and stop.depart]
    return min(leaves) - ahead if leaves else None
