"""Who is answerable on board, and who stands by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from p2p_dispatch.plan.model import Plan, Trip
from p2p_dispatch.roster.person import Person, Role, Roster
from p2p_dispatch.roster.seating import Left
from p2p_dispatch.roster.seats import Seat
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of

Placed = tuple[int, int, Seat | None, Person]
"""Index of the stop where somebody gets on, of that where they get off, the seat, the person."""


@dataclass(slots=True)
class Crew:
    """Staff of the roster on the trips."""

    on: defaultdict[tuple[str, str], list[Person]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By trip and role."""
    spare: list[Left] = field(default_factory=list)
    """Those for whom no trip keeps a seat."""


def named_staff(scenario: Scenario, plan: Plan, roster: Roster) -> Crew:
    """
    Escorts and medics of the roster on trips that keep seats for them.

    Each goes on one trip: one that stops where they are at home or bound for, if there is one,
    and that leaves when they are ready.
    """
    crew = Crew()
    staff = [p for p in roster.people if not p.role.rides and p.role is not Role.STANDBY]
    open_seats = {
        (trip.id, role): number for trip in plan.trips for role, number in trip.staff.items()
    }
    for person in staff:
        fits = [
            (_strangeness(scenario, trip, person), number)
            for number, trip in enumerate(plan.trips)
            if open_seats.get((trip.id, person.role.value), 0) > 0
            and _in_time(trip.day, person)
            and any(stop.board for stop in trip.stops)
        ]
        if not fits:
            words = f"no trip has a free seat for one more {person.role.value}"
            crew.spare.append(Left(person=person, reason="staff", words=words))
            continue
        trip = plan.trips[min(fits)[1]]
        crew.on[trip.id, person.role.value].append(person)
        open_seats[trip.id, person.role.value] -= 1
    return crew


def _strangeness(scenario: Scenario, trip: Trip, person: Person) -> int:
    """How little a trip has to do with where somebody is at home and bound for: 0 to 2."""
    on = {stop.place for stop in trip.stops if stop.board}
    off = {stop.place for stop in trip.stops if stop.alight}
    home = on & _places_of(scenario, person.origin)
    work = off & _places_of(scenario, person.site)
    return 2 - bool(home) - bool(work)


def _places_of(scenario: Scenario, name: str) -> set[str]:
    """Where people of an origin may board, or those of a site get off."""
    places = {name} if name else set()
    places |= {hub.id for hub in scenario.hubs if name and name in hub.assembly_of}
    places |= {hub for site in scenario.sites if site.id == name for hub in site.handover}
    return places


def _in_time(day: date, person: Person) -> bool:
    ready, due = person.ready, person.due
    return (ready is None or day_of(ready) <= day) and (due is None or day <= day_of(due))


def standing_by(
    scenario: Scenario, plan: Plan, roster: Roster
) -> tuple[dict[str, tuple[Person, ...]], list[Left]]:
    """
    Who stands by for which trip, and who does for none.

    Everybody stands by for one trip: the one with the fewest who do, among those that pick people
    up where they are at home and take people to where they are bound for, and leave in their time.
    """
    bound: defaultdict[str, set[str]] = defaultdict(set)
    for itinerary in plan.itineraries:
        for trip in itinerary.trips[:1]:
            bound[trip].add(itinerary.cohort)
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    by_trip: defaultdict[str, list[Person]] = defaultdict(list)
    none: list[Left] = []
    for person in roster.people:
        if person.role is not Role.STANDBY:
            continue
        fits = [
            trip.id
            for trip in plan.trips
            if _in_time(trip.day, person)
            and any(
                name in cohorts
                and person.origin in ("", cohorts[name].origin)
                and person.site in ("", cohorts[name].site)
                for name in bound[trip.id]
            )
        ]
        if fits:
            by_trip[min(fits, key=lambda trip: len(by_trip[trip]))].append(person)
        else:
            words = "no trip takes people from where they are at home to where they are bound for"
            none.append(Left(person=person, reason="standby", words=words))
    return {trip: tuple(people) for trip, people in by_trip.items() if people}, none


def leaders_of(placed: Sequence[Placed], trip: Trip) -> dict[str, str]:
    """
    Who leads each vehicle or carriage, and who is their deputy: the duty of each by person.

    Nobody, where an escort is on board. Those who said they can come first, then whoever is on
    board longest.
    """
    if trip.staff.get("escort"):
        return {}
    cars: defaultdict[int, list[Placed]] = defaultdict(list)
    for each in placed:
        cars[each[2].car if each[2] else 0].append(each)
    return {
        person.id: duty
        for some in cars.values()
        for person, duty in zip(_fittest(some), ("leader", "deputy"), strict=False)
    }


def _fittest(some: Sequence[Placed]) -> Iterator[Person]:
    for _, _, _, person in sorted(
        some,
        key=lambda each: (
            each[3].role is not Role.LEADER,
            each[3].accessible,
            each[0] - each[1],
            each[0],
        ),
    ):
        yield person
