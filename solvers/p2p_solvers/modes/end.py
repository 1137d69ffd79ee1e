"""From a board to a draft: ways of which a leg was not found are given up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from p2p_dispatch.problem import Problem, Services, TripChoice
from p2p_dispatch.problem.compiled import at
from p2p_dispatch.solution import Journey, ServiceTrip
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.load import Board
from p2p_solvers.engine.log import begin
from p2p_solvers.engine.result import trips_of
from p2p_solvers.engine.ways import give_up
from p2p_solvers.engine.worth import drop_unworthy
from p2p_solvers.models.repair import Repair
from p2p_solvers.modes.choices import Choices
from p2p_solvers.modes.draft import Draft
from p2p_solvers.modes.legs import coach_problem
from p2p_solvers.modes.prices import SeatPrices
from p2p_solvers.modes.ways import risk_of


def draft_of(
    problem: Problem, prices: SeatPrices, board: Board, choices: Choices, hope: int
) -> Draft:
    """
    What is on a board as a whole plan.

    Groups of which some found no coach to a service or from it go by coach all the way where that
    is possible, and so do all on a service that is below its least load. Each service has the
    cheapest consist that seats its riders.

    Parameters
    ----------
    hope
        Per cent of a new trip's seats that later groups are hoped to fill.
    """
    board.s[e.CHOOSES] = 0
    make_whole(problem, board, choices, hope)
    services, journeys = without_idle(choices, chosen_on(board, choices))
    services = _fitted(problem, services, journeys)
    coaches, numbered = coach_problem(problem, services, journeys, prices)
    same = {
        leg: other
        for journey, new in zip(journeys, numbered, strict=True)
        for leg, other in ((journey.feeder, new.feeder), (journey.onward, new.onward))
    }
    fares = sum(_offers(problem).offers[trip.offer].price(trip.numbers) for trip in services)
    return Draft(
        services=services,
        journeys=numbered,
        coaches=coaches,
        trips=tuple(_renamed(trip, same) for trip in trips_of(board.groups, board.s)),
        cost=int(board.s[e.COSTS]) + fares,
    )


def chosen_on(board: Board, choices: Choices) -> list[Journey]:
    """The journeys of all groups on a board that go by a service."""
    return [choices.journeys[row] for _, row in _chosen(board, choices)]


def make_whole(problem: Problem, board: Board, choices: Choices, hope: int) -> None:
    """Put on who is left; give up the ways of which a leg, or the least load, is missing then."""
    repair = Repair(board)
    repair.insert_rest(hope)
    while gone := _not_whole(problem, board, choices):
        begin(board.s)
        for group in gone:
            give_up(board.m, board.s, board.w, group)
        drop_unworthy(board.m, board.s)
        board.s[e.CHOOSES] = 0
        repair.insert_rest(hope)


def _chosen(board: Board, choices: Choices) -> Iterator[tuple[int, int]]:
    """Groups that go by a service, each with the row of its way."""
    for row, group in enumerate(choices.ways.group.tolist()):
        if at(board.s, e.WAY, board.groups.head[group], 0) == row + 1:
            yield group, row


def _not_whole(problem: Problem, board: Board, choices: Choices) -> list[int]:
    """Groups that must give up their way."""
    if not choices.trips:
        return []
    legs, gone, riders = choices.ways.rows[:, :2].tolist(), set(), Counter[int]()
    for group, row in _chosen(board, choices):
        if any(leg >= 0 and at(board.s, e.WAITING, leg, 0) for leg in legs[row]):
            gone.add(group)
        else:
            riders[choices.journeys[row].trip] += choices.journeys[row].people
    offers = _offers(problem).offers
    least = [offers[trip.offer].minimum_load for trip in choices.trips]
    for group, row in _chosen(board, choices):
        trip = choices.journeys[row].trip
        if riders[trip] < least[trip]:
            gone.add(group)
    return sorted(gone)


def without_idle(
    choices: Choices, journeys: list[Journey]
) -> tuple[tuple[ServiceTrip, ...], list[Journey]]:
    """The service trips that somebody rides, and the journeys with their numbers."""
    used = sorted({journey.trip for journey in journeys})
    number = {trip: i for i, trip in enumerate(used)}
    renumbered = [replace(journey, trip=number[journey.trip]) for journey in journeys]
    return tuple(choices.trips[trip] for trip in used), renumbered


def _fitted(
    problem: Problem, services: tuple[ServiceTrip, ...], journeys: list[Journey]
) -> tuple[ServiceTrip, ...]:
    """Every service with the cheapest consist that seats its riders."""
    if not services:
        return ()
    offers, riders, bags = _offers(problem), Counter[int](), Counter[int]()
    for journey in journeys:
        riders[journey.trip] += journey.people
        bags[journey.trip] += journey.people * int(problem.luggage[journey.cohort])
    fitted = []
    for i, trip in enumerate(services):
        risk = risk_of(problem, offers.offers[trip.offer])
        fits = [
            consist
            for consist in offers.consists[trip.offer]
            if consist.riders[risk] >= riders[i] and consist.bags >= bags[i]
        ]
        fitted.append(replace(trip, numbers=min(fits, key=lambda c: c.cents).numbers))
    return tuple(fitted)


def _renamed(trip: TripChoice, same: dict[int, int]) -> TripChoice:
    loads = (replace(load, cohort=same.get(load.cohort, load.cohort)) for load in trip.loads)
    return replace(trip, loads=tuple(loads))


def _offers(problem: Problem) -> Services:
    assert problem.services is not None
    return problem.services
