"""
Small changes to a plan such as people make by hand, and slips of whoever writes one.

Each takes a plan and ``pick``, which gives a number below its argument, and returns the plan with
one thing changed. Those of ``BREAKING`` break a plan of :func:`tests.check.plans.valid`, in which
everything is just enough; those of ``HARMLESS`` break none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from p2p_dispatch.plan.model import (
    Batch,
    Itinerary,
    Plan,
    Quality,
    Riders,
    Spell,
    Status,
    Stop,
    Trip,
    Unserved,
)
from tests.check.builders import later

Pick = Callable[[int], int]
Mutation = Callable[[Plan, Pick], Plan]
T = TypeVar("T")

HOUR = timedelta(hours=1)


def changed(plan: Plan, **changes: Any) -> Plan:
    """The plan with some fields replaced, on the same roads."""
    return plan.model_copy(update=changes).with_travel(plan.travel)


def without(items: Sequence[T], i: int) -> tuple[T, ...]:
    return (*items[:i], *items[i + 1 :])


def replaced(items: Sequence[T], i: int, item: T) -> tuple[T, ...]:
    return (*items[:i], item, *items[i + 1 :])


def one(field: str, **changes: Callable[[Any], Any]) -> Mutation:
    """Change some fields of one of the plan's trips, itineraries, duties or batches."""

    def mutate(plan: Plan, pick: Pick) -> Plan:
        items = getattr(plan, field)
        i = pick(len(items))
        new = {name: change(getattr(items[i], name)) for name, change in changes.items()}
        return changed(plan, **{field: replaced(items, i, items[i].model_copy(update=new))})

    return mutate


def on_trip(change: Callable[[Trip, Pick], Trip]) -> Mutation:
    """Change one trip."""

    def mutate(plan: Plan, pick: Pick) -> Plan:
        i = pick(len(plan.trips))
        return changed(plan, trips=replaced(plan.trips, i, change(plan.trips[i], pick)))

    return mutate


def dropped(field: str) -> Mutation:
    """Drop one of a field's items."""

    def mutate(plan: Plan, pick: Pick) -> Plan:
        items = getattr(plan, field)
        return changed(plan, **{field: without(items, pick(len(items)))})

    return mutate


def doubled(field: str) -> Mutation:
    """Write one of a field's items twice."""

    def mutate(plan: Plan, pick: Pick) -> Plan:
        items = getattr(plan, field)
        return changed(plan, **{field: (*items, items[pick(len(items))])})

    return mutate


def backwards(field: str) -> Mutation:
    """Turn the order of a field around."""

    def mutate(plan: Plan, pick: Pick) -> Plan:
        return changed(plan, **{field: getattr(plan, field)[::-1]})

    return mutate


def swapped(field: str, name: str) -> Mutation:
    """Give two items that follow each other each other's value of a field."""

    def mutate(plan: Plan, pick: Pick) -> Plan:
        items = getattr(plan, field)
        i = pick(len(items) - 1)
        a, b = items[i], items[i + 1]
        a, b = (x.model_copy(update={name: getattr(y, name)}) for x, y in ((a, b), (b, a)))
        return changed(plan, **{field: (*items[:i], a, b, *items[i + 2 :])})

    return mutate


def plus(riders: tuple[Riders, ...], number: int) -> tuple[Riders, ...]:
    return tuple(r.model_copy(update={"count": r.count + number}) for r in riders)


def with_stops(trip: Trip, change: Callable[[tuple[Stop, ...]], Sequence[Stop]]) -> Trip:
    return trip.model_copy(update={"stops": tuple(change(trip.stops))})


def one_rider_more(plan: Plan, pick: Pick) -> Plan:
    """Consistently: on the coach, in the itinerary, in the batch, in the sum."""
    i = pick(len(plan.trips))
    trip = with_stops(
        plan.trips[i],
        lambda stops: [
            s.model_copy(update={"board": plus(s.board, 1), "alight": plus(s.alight, 1)})
            for s in stops
        ],
    )

    def more(part: Any, name: str, here: bool) -> Any:
        return part.model_copy(update={name: getattr(part, name) + 1}) if here else part

    return changed(
        plan,
        trips=replaced(plan.trips, i, trip),
        itineraries=tuple(more(x, "count", trip.id in x.trips) for x in plan.itineraries),
        batches=tuple(more(x, "people", trip.id == x.trip) for x in plan.batches),
        moved=plan.moved + 1,
    )


def one_boards_more(trip: Trip, pick: Pick) -> Trip:
    return with_stops(
        trip, lambda stops: [s.model_copy(update={"board": plus(s.board, 1)}) for s in stops]
    )


def stop_dropped(trip: Trip, pick: Pick) -> Trip:
    return with_stops(trip, lambda stops: without(stops, pick(len(stops))))


def stops_swapped(trip: Trip, pick: Pick) -> Trip:
    """Two stops that follow each other; the depot at both ends is the same place, so not those."""
    i = pick(len(trip.stops) - 1)
    return with_stops(trip, lambda s: (*s[:i], s[i + 1], s[i], *s[i + 2 :]))


def place_changed(trip: Trip, pick: Pick) -> Trip:
    i = pick(len(trip.stops))
    other = ["guigang", "gangbei", "pingnan", "baoan", "chancheng", "town", "moon"]
    other.remove(trip.stops[i].place)
    place = other[pick(len(other))]
    return with_stops(trip, lambda s: replaced(s, i, s[i].model_copy(update={"place": place})))


def with_neighbours_riders(plan: Plan, pick: Pick) -> Plan:
    """Two trips take each other's people, and only the trips say so."""
    i = pick(len(plan.trips) - 1)
    pair = plan.trips[i : i + 2]
    a, b = (
        with_stops(
            x,
            lambda stops, y=y: [  # type: ignore[misc]
                s.model_copy(update={"board": t.board, "alight": t.alight})
                for s, t in zip(stops, y.stops, strict=True)
            ],
        )
        for x, y in (pair, pair[::-1])
    )
    return changed(plan, trips=(*plan.trips[:i], a, b, *plan.trips[i + 2 :]))


def two_on_one_unit(plan: Plan, pick: Pick) -> Plan:
    """The two trips of a day with one unit, and duties that agree."""
    i = pick(len(plan.trips) // 2) * 2
    other = plan.trips[i].unit
    trips = replaced(plan.trips, i + 1, plan.trips[i + 1].model_copy(update={"unit": other}))
    everybody = tuple(dict.fromkeys(name for duty in plan.duties for name in duty.drivers))
    duties = tuple(
        duty.model_copy(
            update={
                "trips": tuple(t.id for t in trips if t.unit == duty.unit),
                "drivers": everybody,
            }
        )
        for duty in plan.duties
    )
    return changed(plan, trips=trips, duties=duties)


def stop_moved(by: timedelta) -> Callable[[Trip, Pick], Trip]:
    """A stop on the way later or earlier, the others as they were."""

    def change(trip: Trip, pick: Pick) -> Trip:
        i = 1 + pick(len(trip.stops) - 2)
        s = trip.stops[i]
        times = {"arrive": s.arrive and s.arrive + by, "depart": s.depart and s.depart + by}
        return with_stops(trip, lambda stops: replaced(stops, i, s.model_copy(update=times)))

    return change


def spell_dropped(trip: Trip, pick: Pick) -> Trip:
    driving = without(trip.driving, pick(len(trip.driving)))
    return trip.model_copy(update={"driving": driving})


def spell_moved(trip: Trip, pick: Pick) -> Trip:
    i = pick(len(trip.driving))
    spell = trip.driving[i]
    spell = spell.model_copy(update={"start": spell.start + HOUR, "end": spell.end + HOUR})
    return trip.model_copy(update={"driving": replaced(trip.driving, i, spell)})


def one_driver_for_all(trip: Trip, pick: Pick) -> Trip:
    spells = (s.model_copy(update={"driver": trip.driving[0].driver}) for s in trip.driving)
    return trip.model_copy(update={"driving": tuple(spells)})


def a_day_later(trip: Trip, pick: Pick) -> Trip:
    return later(trip, 24 * 60).model_copy(update={"day": trip.day + timedelta(days=1)})


def part_of_value(plan: Plan, pick: Pick) -> Plan:
    names = list(type(plan.value).model_fields)
    name = names[pick(len(names))]
    amount = getattr(plan.value, name) + 1
    return changed(plan, value=plan.value.model_copy(update={name: amount}))


def somebody_unserved(plan: Plan, pick: Pick) -> Plan:
    cohort = plan.itineraries[pick(len(plan.itineraries))].cohort
    part = Unserved(cohort=cohort, count=1, reason="fleet", words="no coach")
    return changed(plan, unserved=(*plan.unserved, part))


BREAKING: dict[str, Mutation] = {
    "one rider more": one_rider_more,
    "one boards more": on_trip(one_boards_more),
    "a stop dropped": on_trip(stop_dropped),
    "two stops swapped": on_trip(stops_swapped),
    "another place": on_trip(place_changed),
    "riders of two trips swapped": with_neighbours_riders,
    "a day later": on_trip(a_day_later),
    "a trip dropped": dropped("trips"),
    "a trip twice": doubled("trips"),
    "units swapped": swapped("trips", "unit"),
    "ids swapped": swapped("trips", "id"),
    "two on one unit": two_on_one_unit,
    "one driver fewer": one("trips", drivers=lambda n: n - 1),
    "one driver more": one("trips", drivers=lambda n: n + 1),
    "no escort": one("trips", staff=lambda staff: {}),
    "an escort more": one("trips", staff=lambda staff: {**staff, "medic": 1}),
    "a seat more": one("trips", allowed=lambda n: n + 1),
    "another km": one("trips", km=lambda km: km + 1),
    "another cost": one("trips", cost=lambda cost: cost - 1),
    "another day": one("trips", day=lambda day: day + timedelta(days=1)),
    "a day charged more": one("trips", days=lambda n: n + 1),
    "another pool": one("trips", pool=lambda pool: "other"),
    "another type": one("trips", unit_type=lambda kind: "other"),
    "cancelled": one("trips", status=lambda status: Status.CANCELLED),
    "another count": one("itineraries", count=lambda n: n - 1),
    "another cohort": one("itineraries", cohort=lambda name: "other"),
    "another trip": swapped("itineraries", "trips"),
    "no trip": one("itineraries", trips=lambda trips: ()),
    "an itinerary dropped": dropped("itineraries"),
    "an itinerary twice": doubled("itineraries"),
    "a party dropped": one("itineraries", parties=lambda parties: parties[1:]),
    "a party split": one("itineraries", parties=lambda parties: (*parties[1:], 2, 2)),
    "somebody unserved": somebody_unserved,
    "a batch dropped": dropped("batches"),
    "a batch twice": doubled("batches"),
    "one more in a batch": one("batches", people=lambda n: n + 1),
    "another batch's origin": swapped("batches", "origin"),
    "a duty dropped": dropped("duties"),
    "a duty twice": doubled("duties"),
    "a duty backwards": one("duties", trips=lambda trips: trips[::-1]),
    "part of the value": part_of_value,
    "people": lambda plan, pick: changed(plan, people=plan.people + 1),
    "moved": lambda plan, pick: changed(plan, moved=plan.moved - 1),
}

BREAKING_BY_CLOCK: dict[str, Mutation] = {
    "a stop an hour later": on_trip(stop_moved(HOUR)),
    "a stop an hour earlier": on_trip(stop_moved(-HOUR)),
    "a spell dropped": on_trip(spell_dropped),
    "a spell an hour later": on_trip(spell_moved),
    "one driver for all": on_trip(one_driver_for_all),
    "crews swapped": swapped("trips", "driving"),
    "a driver missing in a duty": one("duties", drivers=lambda names: names[1:]),
}


def split_itinerary(plan: Plan, pick: Pick) -> Plan:
    i = pick(len(plan.itineraries))
    whole: Itinerary = plan.itineraries[i]
    parts = (
        whole.model_copy(update={"count": whole.count - 5}),
        whole.model_copy(update={"count": 5, "parties": ()}),
    )
    itineraries = (*plan.itineraries[:i], *parts, *plan.itineraries[i + 1 :])
    return changed(plan, itineraries=itineraries)


def split_spell(trip: Trip, pick: Pick) -> Trip:
    if not trip.driving:
        return trip
    i = pick(len(trip.driving))
    spell: Spell = trip.driving[i]
    middle = spell.start + (spell.end - spell.start) / 2
    parts = (
        spell.model_copy(update={"end": middle}),
        spell.model_copy(update={"start": middle}),
    )
    return trip.model_copy(update={"driving": (*trip.driving[:i], *parts, *trip.driving[i + 1 :])})


def call_time(plan: Plan, pick: Pick) -> Plan:
    i = pick(len(plan.batches))
    batch: Batch = plan.batches[i].model_copy(update={"call": plan.as_of + HOUR})
    return changed(plan, batches=replaced(plan.batches, i, batch))


HARMLESS: dict[str, Mutation] = {
    "status of a trip": one("trips", status=lambda status: Status.TOLD),
    "status of a batch": one("batches", status=lambda status: Status.DEPARTED),
    "call time": call_time,
    "name of a batch": one("batches", id=lambda name: f"another {name}"),
    "an itinerary in two": split_itinerary,
    "a spell in two": on_trip(split_spell),
    "a relief driver in a duty": one("duties", drivers=lambda names: (*names, "relief")),
    "order of trips": backwards("trips"),
    "order of itineraries": backwards("itineraries"),
    "order of duties": backwards("duties"),
    "order of batches": backwards("batches"),
    "quality": lambda plan, pick: changed(plan, quality=Quality.OPTIMAL, ended="otherwise"),
    "digest": lambda plan, pick: changed(plan, digest="0" * 64),
}
