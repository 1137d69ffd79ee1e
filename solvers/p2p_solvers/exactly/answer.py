"""A solution of what the programme chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from p2p_dispatch.problem import Load, Problem, TripChoice
from p2p_dispatch.solution import Journey, ServiceTrip, Solution
from p2p_solvers.exactly.programme import NEEDY, PARTY, Programme, Shares
from p2p_solvers.modes.legs import coach_problem
from p2p_solvers.modes.prices import SeatPrices


def solution_of(
    problem: Problem, programme: Programme, value: Callable[[Any], int], prices: SeatPrices
) -> Solution:
    """
    Trips, services and journeys with people in them.

    Parameters
    ----------
    value
        What a variable is in the answer.
    """
    legs = programme.legs
    trips, numbers = _services(programme, value)
    used: list[tuple[Journey, Journey]] = []
    for shares, journey in zip(programme.journeys, legs.journeys, strict=True):
        people, parties, _ = _counted(shares, value)
        if people:
            whole = replace(journey, people=people, parties=parties, trip=numbers[journey.trip])
            used.append((journey, whole))
    coaches, journeys = problem, tuple[Journey, ...]()
    if problem.services is not None:
        coaches, journeys = coach_problem(problem, trips, [new for _, new in used], prices)
    leg = {old: old for old in range(problem.n_cohorts)}
    for (old, _), new in zip(used, journeys, strict=True):
        leg |= {old.feeder: new.feeder, old.onward: new.onward}
    return Solution(
        trips=tuple(_coaches(programme, value, leg)),
        services=tuple(trips),
        journeys=tuple(journeys),
        coaches=coaches if problem.services is not None or problem.sharing else None,
        cost=0,
    )


def _services(
    programme: Programme, value: Callable[[Any], int]
) -> tuple[list[ServiceTrip], dict[int, int]]:
    """Trips of services that run, and their numbers by those that could."""
    services = programme.problem.services
    trips: list[ServiceTrip] = []
    numbers: dict[int, int] = {}
    for number, (trip, has) in enumerate(
        zip(programme.legs.trips, programme.consists, strict=True)
    ):
        assert services is not None
        for y, consist in zip(has, services.consists[trip.offer], strict=True):
            if value(y):
                numbers[number] = len(trips)
                trips.append(replace(trip, numbers=consist.numbers))
    return trips, numbers


def _coaches(
    programme: Programme, value: Callable[[Any], int], leg: dict[int, int]
) -> list[TripChoice]:
    trips = []
    for pattern, copies in zip(programme.patterns, programme.rides, strict=True):
        for run, riding in copies:
            if not value(run):
                continue
            loads = []
            for (cohort, drop), shares in riding.items():
                people, parties, needy = _counted(shares, value)
                if people:
                    loads.append(
                        Load(
                            cohort=leg[cohort],
                            people=people,
                            parties=parties,
                            accessible=needy,
                            drop=drop,
                        )
                    )
            trips.append(replace(pattern.trip, loads=tuple(loads)))
    return trips


def _counted(shares: Shares, value: Callable[[Any], int]) -> tuple[int, tuple[int, ...], int]:
    """People, sizes of the parties among them, and those who need an accessible place."""
    people, needy = 0, 0
    parties: list[int] = []
    for item, variable in shares.of.items():
        number = value(variable)
        people += number * item.size
        parties += [item.size] * number if item.kind == PARTY else []
        needy += number if item.kind == NEEDY else 0
    return people, tuple(sorted(parties, reverse=True)), needy
