"""From a board to a draft: whoever has no seat on a leg goes no more by a service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from p2p_dispatch.problem import Problem, Services, TripChoice
from p2p_dispatch.problem.compiled import at
from p2p_dispatch.solution import Journey, ServiceTrip
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.load import Board
from p2p_solvers.engine.log import begin
from p2p_solvers.engine.result import trips_of
from p2p_solvers.engine.ways import give_up, let_out
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

    Those who found no coach to a service or from it go by coach all the way where that is possible,
    and so do all on a service that is below its least load. Each service has the cheapest consist
    that seats its riders.

    Parameters
    ----------
    hope
        Per cent of a new trip's seats that later groups are hoped to fill.
    """
    board.s[e.CHOOSES] = 0
    out = make_whole(problem, board, choices, hope, in_part=True)
    services, journeys = without_idle(choices, chosen_on(board, choices, out))
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


Out = Mapping[int, int]
"""People by group who do not go by the service that their group goes by."""


def chosen_on(board: Board, choices: Choices, out: Out = MappingProxyType({})) -> list[Journey]:
    """The journeys of all groups on a board that go by a service."""
    chosen = ((choices.journeys[row], out.get(group, 0)) for group, row in _chosen(board, choices))
    return [
        replace(journey, people=journey.people - fewer) if fewer else journey
        for journey, fewer in chosen
    ]


def make_whole(
    problem: Problem, board: Board, choices: Choices, hope: int, *, in_part: bool = False
) -> Out:
    """
    Put on who is left; give up the ways of which a leg, or the least load, is missing then.

    Parameters
    ----------
    hope
        Per cent of a new trip's seats that later groups are hoped to fill.
    in_part
        Whether those of a group who have seats keep its way, unless they are a party. The board
        cannot be searched any more then.

    Returns
    -------
    Who of a group that keeps its way does not go by it.
    """
    repair, out = Repair(board), Counter[int]()
    m, s, w = board.m, board.s, board.w
    repair.insert_rest(hope)
    while gone := _not_whole(problem, board, choices, out):
        begin(s)
        for group, people in gone.items():
            stay = at(m, e.GROUPS, group, e.PEOPLE) - out[group] - people
            if in_part and stay > 0 and not at(m, e.GROUPS, group, e.WHOLE):
                let_out(m, s, w, group, people)
                out[group] += people
            else:
                let_out(m, s, w, group, -out.pop(group, 0))
                give_up(m, s, w, group)
        drop_unworthy(m, s)
        s[e.CHOOSES] = 0
        repair.insert_rest(hope)
    return out


def _chosen(board: Board, choices: Choices) -> Iterator[tuple[int, int]]:
    """Groups that go by a service, each with the row of its way."""
    for row, group in enumerate(choices.ways.group.tolist()):
        if at(board.s, e.WAY, board.groups.head[group], 0) == row + 1:
            yield group, row


def _not_whole(problem: Problem, board: Board, choices: Choices, out: Out) -> dict[int, int]:
    """Groups that lack seats on a leg, or of which all must give up their way: with how many."""
    if not choices.trips:
        return {}
    gone: dict[int, int] = {}
    legs, riders = choices.ways.rows[:, :2].tolist(), Counter[int]()
    chosen = [
        (group, row, choices.journeys[row].people - out.get(group, 0))
        for group, row in _chosen(board, choices)
    ]
    for group, row, people in chosen:
        waiting = [int(at(board.s, e.WAITING, leg, 0)) for leg in legs[row] if leg >= 0]
        lacking = max(waiting, default=0)
        if lacking:
            gone[group] = lacking
        riders[choices.journeys[row].trip] += people - lacking
    offers = _offers(problem).offers
    least = [offers[trip.offer].minimum_load for trip in choices.trips]
    for group, row, people in chosen:
        trip = choices.journeys[row].trip
        if riders[trip] < least[trip]:
            gone[group] = people
    return gone


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
