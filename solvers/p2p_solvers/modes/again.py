"""
Planning again: from the plan that people were told, with its services and its coaches.

What of it cannot stand any more is left out; who is on it no longer, and who is new, is put on
where that costs least, promises counted. Then the search goes on from there, cold: it looks for
what is better near to what was told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from p2p_dispatch.problem import Problem, Services, TripChoice
from p2p_dispatch.problem.promises import Ride, Start
from p2p_dispatch.solution import Journey, ServiceTrip
from p2p_solvers.engine.groups import Groups, groups_of
from p2p_solvers.modes.choices import most_together
from p2p_solvers.modes.draft import Draft
from p2p_solvers.modes.legs import coach_problem
from p2p_solvers.modes.prices import SeatPrices
from p2p_solvers.modes.ways import Way


def draft_again(problem: Problem, start: Start, prices: SeatPrices) -> Draft:
    """The start as a draft: with the journeys of those who go by services, cut as groups are."""
    services = tuple(ServiceTrip(offer=offer, numbers=n) for offer, n in start.services)
    groups = groups_of(problem, most_together(problem))
    of_cohort: defaultdict[int, list[int]] = defaultdict(list)
    for group, cohort in enumerate(groups.cohort.tolist()):
        of_cohort[cohort].append(group)
    journeys = [
        _journey(groups, group, ride)
        for ride in start.rides
        for group in of_cohort[ride.cohort]
        if not groups.accessible[group]
    ]
    coaches, numbered = coach_problem(problem, services, journeys, prices)
    by_cohort: defaultdict[int, list[Journey]] = defaultdict(list)
    for journey in numbered:
        by_cohort[journey.cohort].append(journey)
    trips = tuple(_with_legs(problem, trip, by_cohort) for trip in start.trips)
    return Draft(services, tuple(numbered), coaches, trips, cost=_cost(problem, services, trips))


def _cost(problem: Problem, services: Sequence[ServiceTrip], trips: Sequence[TripChoice]) -> int:
    """About what a start costs; nothing rests on it."""
    offered = problem.services
    fares = sum(offered.offers[t.offer].price(t.numbers) for t in services) if offered else 0
    return fares + len(trips)


def _journey(groups: Groups, group: int, ride: Ride) -> Journey:
    people = int(groups.people[group])
    return Journey(
        cohort=ride.cohort,
        people=people,
        parties=(people,) if groups.whole[group] else (),
        trip=ride.trip,
        board=ride.board,
        alight=ride.alight,
        feeder=0 if ride.feeder else -1,
        onward=0 if ride.onward else -1,
    )


def _with_legs(
    problem: Problem, trip: TripChoice, journeys: dict[int, list[Journey]]
) -> TripChoice:
    """A coach of a start whose riders are legs where they go on by a service, or come from one."""
    loads = []
    for load in trip.loads:
        if load.cohort not in journeys:
            loads.append(load)
            continue
        to_service = load.drop == journeys[load.cohort][0].board
        for journey in journeys[load.cohort]:
            leg = journey.feeder if to_service else journey.onward
            loads.append(replace(load, cohort=leg, people=journey.people, parties=journey.parties))
    return replace(trip, loads=tuple(loads))


def told_ways(problem: Problem, start: Start, ways: Sequence[Way]) -> list[Way]:
    """Ways, those that people were told in place of others by the same service."""
    services, told = problem.services, {}
    assert services is not None
    for ride in start.rides:
        offer = start.services[ride.trip][0]
        told[ride.cohort, offer] = _way(problem, services, ride, offer)
    kept = [told.pop((way.cohort, way.offer), way) for way in ways]
    return kept + list(told.values())


def _way(problem: Problem, services: Services, ride: Ride, number: int) -> Way:
    offer = services.offers[number]
    leaves, comes = offer.leaves(ride.board), offer.comes_to(ride.alight)
    return Way(
        cohort=ride.cohort,
        offer=number,
        board=ride.board,
        alight=ride.alight,
        feeder=ride.feeder,
        onward=ride.onward,
        day=problem.day(leaves),
        arrives=problem.day(comes),
        to=0.0,
        on=0.0,
        other=0.0,
    )
