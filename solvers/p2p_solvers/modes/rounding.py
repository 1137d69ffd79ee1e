"""From shares of people to people: journeys of whole parties, in pieces that fit on a coach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from p2p_dispatch.problem import Problem, Services
from p2p_dispatch.solution import Journey, ServiceTrip
from p2p_solvers.modes.master import Chosen
from p2p_solvers.modes.ways import Way, risk_of

PIECE = 20
"""Most people of a journey, parties apart: if one of them finds no coach, all go otherwise."""


def journeys_of(
    problem: Problem, services: Services, chosen: Chosen
) -> tuple[list[ServiceTrip], list[Journey]]:
    """
    Service trips and journeys of a choice.

    Nobody is put on a trip beyond its seats, nor brought to a site or out of an origin beyond what
    these can take; people are rounded down, then filled up one by one.
    """
    numbers = {offer: i for i, offer in enumerate(chosen.consists)}
    trips = [
        ServiceTrip(offer=offer, numbers=services.consists[offer][k].numbers)
        for offer, k in chosen.consists.items()
    ]
    whole = _whole(problem, services, chosen)
    parties = {c: list(sizes) for c, sizes in enumerate(problem.parties)}
    alone = (problem.people - problem.accessible).tolist()
    for c, sizes in parties.items():
        alone[c] -= sum(sizes)
    journeys = []
    for way, people in whole.items():
        for size, piece in _pieces(people, parties[way.cohort], alone, way.cohort):
            journeys.append(
                Journey(
                    cohort=way.cohort,
                    people=size,
                    parties=piece,
                    trip=numbers[way.offer],
                    board=way.board,
                    alight=way.alight,
                    feeder=0 if way.feeder else -1,
                    onward=0 if way.onward else -1,
                )
            )
    return without_idle(trips, journeys)


def without_idle(
    trips: Sequence[ServiceTrip], journeys: Sequence[Journey]
) -> tuple[list[ServiceTrip], list[Journey]]:
    """The service trips that somebody rides, and the journeys with their numbers."""
    used = sorted({journey.trip for journey in journeys})
    number = {trip: i for i, trip in enumerate(used)}
    renumbered = [replace(journey, trip=number[journey.trip]) for journey in journeys]
    return [trips[trip] for trip in used], renumbered


def _whole(problem: Problem, services: Services, chosen: Chosen) -> dict[Way, int]:
    """Whole people by way."""
    consists = {offer: services.consists[offer][k] for offer, k in chosen.consists.items()}
    seats = {
        offer: consist.riders[risk_of(problem, services.offers[offer])]
        for offer, consist in consists.items()
    }
    used: Counter[tuple[object, ...]] = Counter()

    def limits(way: Way) -> list[tuple[tuple[object, ...], int]]:
        origin, site = int(problem.origin[way.cohort]), int(problem.site[way.cohort])
        return [
            (("seats", way.offer), seats[way.offer]),
            (("people", way.cohort), int(problem.people[way.cohort])),
            (("medical", origin, way.day), int(problem.medical[origin, way.day + problem.pad])),
            (("intake", site, way.arrives), int(problem.intake[site, way.arrives + problem.pad])),
        ]

    whole: dict[Way, int] = {}
    by_rest = sorted(chosen.people.items(), key=lambda each: each[1] % 1, reverse=True)
    for some in (_floor, _one_more):
        for way, share in by_rest:
            room = min(most - used[key] for key, most in limits(way))
            each = int(problem.luggage[way.cohort])
            if each:
                room = min(room, (consists[way.offer].bags - used["bags", way.offer]) // each)
            people = max(0, min(some(share), room))
            used["bags", way.offer] += people * each
            whole[way] = whole.get(way, 0) + people
            for key, _ in limits(way):
                used[key] += people
    return whole


def _floor(share: float) -> int:
    return int(share + 1e-6)


def _one_more(share: float) -> int:
    return int(0.01 < share % 1 < 0.99)


def _pieces(
    people: int, parties: list[int], alone: list[int], cohort: int
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Parties that fit into so many people, the largest first, then others; taken from both."""
    for size in list(parties):
        if size <= people:
            parties.remove(size)
            people -= size
            yield size, (size,)
    people = min(people, alone[cohort])
    alone[cohort] -= people
    while people > 0:
        yield min(people, PIECE), ()
        people -= PIECE
