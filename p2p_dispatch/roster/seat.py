"""From a plan and a roster to who sits where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from p2p_dispatch.plan.model import Plan, Stop, Trip
from p2p_dispatch.plan.rides import Ride, rides
from p2p_dispatch.roster.person import Person, Roster
from p2p_dispatch.roster.seating import Left, Manifest, OpenSeat, Seated, Seating
from p2p_dispatch.roster.seats import Seat, usable_seats
from p2p_dispatch.roster.staff import Crew, leaders_of, named_staff, standing_by
from p2p_dispatch.roster.who import Group, Part, parts_of, share_out
from p2p_dispatch.scenario import Scenario

NO_SEAT = "standing"
"""The label of those for whom a trip has no seat: only a plan that breaks ``seats`` has any."""


@dataclass(frozen=True, slots=True)
class Going:
    """A group on one trip, from stop to stop."""

    group: Group
    ride: Ride
    board: int
    """Index of the stop where they get on."""
    alight: int


def seat_people(scenario: Scenario, plan: Plan, roster: Roster) -> Seating:
    """
    Put everybody of a roster on the trips of a plan, name who stands by, and say who is left.

    People go where the itineraries of their cohort go, parties together; whoever signed up first
    goes before others of the cohort. On board people with the same way, employer and county sit
    beside each other, from front to rear in the order in which they get off. Every vehicle or
    carriage without a seat for an escort has two of its riders named as leader and deputy.

    A roster that has changed since the plan was made still gets its seats: of a cohort that has
    more people than planned the last to sign up are left, with the reason ``roster``, and so is
    everybody of a cohort that the plan does not know.

    Parameters
    ----------
    scenario, plan
        A question and its answer.
    roster
        The people of the scenario's cohorts.
    """
    parts = parts_of(plan)
    over = {cohort: share_out(roster.by_cohort.get(cohort, ()), parts[cohort]) for cohort in parts}
    going = _going(plan, parts)
    crew = named_staff(scenario, plan, roster)
    standby, spare = standing_by(scenario, plan, roster)
    manifests = tuple(
        _manifest(scenario, trip, going[trip.id], crew, standby.get(trip.id, ()))
        for trip in plan.trips
    )
    left = [*_unserved(parts), *_not_planned(roster, parts, over), *crew.spare, *spare]
    order = {person.id: number for number, person in enumerate(roster.people)}
    return Seating(manifests, tuple(sorted(left, key=lambda each: order[each.person.id])))


def _going(plan: Plan, parts: dict[str, list[Part]]) -> defaultdict[str, list[Going]]:
    """Everybody on every trip, with where they get on and off."""
    taken = {part.number: part for some in parts.values() for part in some if part.number >= 0}
    legs: defaultdict[tuple[int, int], list[Ride]] = defaultdict(list)
    for ride in rides(plan):
        legs[ride.itinerary, ride.leg].append(ride)
    going: defaultdict[str, list[Going]] = defaultdict(list)
    for (number, _), some in legs.items():
        stops = some[0].trip.stops
        for group, ride in _spread(taken[number].groups, some):
            board, alight = _at(stops, ride.board), _at(stops, ride.alight)
            going[ride.trip.id].append(Going(group, ride, board, alight))
    return going


def _at(stops: Sequence[Stop], stop: Stop) -> int:
    return next(i for i, other in enumerate(stops) if other is stop)


def _spread(groups: Iterable[Group], some: Sequence[Ride]) -> Iterable[tuple[Group, Ride]]:
    """
    Groups on the rides of one leg.

    There is more than one only where the plan does not say which of them get off where.
    """
    room = [ride.people for ride in some]
    for group in sorted(groups, key=len, reverse=True):
        best = next((i for i, left in enumerate(room) if left >= len(group)), None)
        if best is not None:
            room[best] -= len(group)
            yield group, some[best]
            continue
        for person in group:
            best = next((i for i, left in enumerate(room) if left > 0), len(room) - 1)
            room[best] -= 1
            yield (person,), some[best]


def _manifest(
    scenario: Scenario,
    trip: Trip,
    going: Sequence[Going],
    crew: Crew,
    standby: tuple[Person, ...],
) -> Manifest:
    free = usable_seats(scenario, trip)
    staff, open_staff = _seat_staff(trip, crew, free)
    placed = _seat_riders(trip, going, free)
    leads = leaders_of([(each.board, each.alight, seat, who) for each, seat, who in placed], trip)
    seated = [
        Seated(
            person=who,
            trip=trip.id,
            seat=seat.label if seat else NO_SEAT,
            board=each.ride.board.place,
            alight=each.ride.alight.place,
            leg=each.ride.leg,
            last=each.ride.last,
            site=each.ride.site or who.site,
            duty=leads.get(who.id, ""),
        )
        for each, seat, who in placed
    ]
    return Manifest(trip=trip.id, seated=(*staff, *seated), open_staff=open_staff, standby=standby)


def _seat_staff(
    trip: Trip, crew: Crew, free: list[Seat]
) -> tuple[tuple[Seated, ...], tuple[OpenSeat, ...]]:
    """Seats in front for staff, all the way; taken off those that are free."""
    road = [stop for stop in trip.stops if stop.board or stop.alight]
    named: list[Seated] = []
    unnamed: list[OpenSeat] = []
    for role, number in trip.staff.items():
        people = iter(crew.on.get((trip.id, role), ()))
        for _ in range(number):
            seat = free.pop(0).label if free else NO_SEAT
            person = next(people, None)
            if person is None or not road:
                unnamed.append(OpenSeat(role=role, seat=seat))
                continue
            named.append(
                Seated(
                    person=person,
                    trip=trip.id,
                    seat=seat,
                    board=road[0].place,
                    alight=road[-1].place,
                    duty=role,
                )
            )
    return tuple(named), tuple(unnamed)


def _seat_riders(
    trip: Trip, going: Sequence[Going], free: list[Seat]
) -> list[tuple[Going, Seat | None, Person]]:
    """
    A seat for everybody, stop by stop: a seat is free again where somebody has got off.

    Who gets off last sits at the rear, so that nobody has to pass them.
    """
    order = sorted(
        going,
        key=lambda each: (
            each.board,
            each.alight,
            each.ride.site or each.group[0].site,
            each.group[0].employer,
            each.group[0].county,
            each.ride.itinerary,
            -len(each.group),
        ),
    )
    placed: list[tuple[Going, Seat | None, Person]] = []
    taken: list[tuple[int, Seat]] = []
    at = 0
    for each in order:
        if each.board != at:
            at = each.board
            free += [seat for alight, seat in taken if alight <= at]
            taken = [(alight, seat) for alight, seat in taken if alight > at]
            free.sort()
        seats = _together(free, len(each.group))
        taken += [(each.alight, seat) for seat in seats]
        padded = [*seats, *[None] * (len(each.group) - len(seats))]
        placed += [(each, seat, who) for seat, who in zip(padded, each.group, strict=True)]
    return placed


def _together(free: list[Seat], size: int) -> list[Seat]:
    """The first seats for a group that lie as near each other as can be; taken off the free."""
    start = 0
    if 1 < size < len(free):
        start = min(
            range(len(free) - size + 1),
            key=lambda i: (
                free[i].car != free[i + size - 1].car,
                free[i + size - 1].row - free[i].row,
                i,
            ),
        )
    seats = free[start : start + size]
    del free[start : start + size]
    return seats


def _unserved(parts: dict[str, list[Part]]) -> Iterable[Left]:
    for some in parts.values():
        for part in some:
            if part.number < 0:
                for group in part.groups:
                    for person in group:
                        yield Left(
                            person=person,
                            reason=getattr(part.of, "reason", ""),
                            words=getattr(part.of, "words", ""),
                        )


def _not_planned(
    roster: Roster, parts: dict[str, list[Part]], over: dict[str, list[Group]]
) -> Iterable[Left]:
    """Riders whom the plan does not count."""
    words = "the plan counts fewer people of their cohort; plan again"
    for some in over.values():
        for group in some:
            for person in group:
                yield Left(person=person, reason="roster", words=words)
    for person in roster.people:
        if person.role.rides and person.cohort not in parts:
            words = f"the plan has no cohort {person.cohort}" if person.cohort else "in no cohort"
            yield Left(person=person, reason="roster", words=f"{words}; plan again")
