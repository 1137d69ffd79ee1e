"""Trips of services, from a solution's choice to names, clock times and money."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from p2p_dispatch.plan.model import Riders, Stop, Trip
from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.offers import carriages_of, timetable
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.fleet import AnyUnitType, Carriage, Coach, Plane
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.scenario.places import Risk
from p2p_dispatch.scenario.seats import allowed_seats
from p2p_dispatch.scenario.services import Service
from p2p_dispatch.solution import Solution


def service_trips(
    scenario: Scenario, problem: Problem, solution: Solution, cohorts: Sequence[Cohort]
) -> tuple[Trip, ...]:
    """
    One trip for each of ``solution.services``, in its order.

    Parameters
    ----------
    cohorts
        Those that journeys refer to by number.
    """
    if problem.services is None:
        return ()
    places, seen = tuple(scenario.places), Counter[str]()
    board: defaultdict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    alight: defaultdict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for journey in solution.journeys:
        cohort = cohorts[journey.cohort].id
        board[journey.trip, places[journey.board]][cohort] += journey.people
        alight[journey.trip, places[journey.alight]][cohort] += journey.people
    trips = []
    for number, choice in enumerate(solution.services):
        offer = problem.services.offers[choice.offer]
        service, day = scenario.services[offer.service], scenario.dates[offer.day]
        name = f"{day:%m%d}-{service.id}"
        seen[name] += 1
        trips.append(
            _trip(
                scenario,
                service,
                day,
                [pair for pair in carriages_of(scenario, offer, choice.numbers) if pair[1]],
                name if seen[name] == 1 else f"{name}-{seen[name]}",
                {stop: board[number, stop] for stop in service.stops},
                {stop: alight[number, stop] for stop in service.stops},
            )
        )
    return tuple(trips)


Kinds = list[tuple[Carriage, int]]
"""Carriages of a trip, with how many of each."""


def _trip(
    scenario: Scenario,
    service: Service,
    day: date,
    kinds: Kinds,
    name: str,
    board: dict[str, Counter[str]],
    alight: dict[str, Counter[str]],
) -> Trip:
    unit_type = next(each for each in scenario.unit_types if each.id == service.unit_type)
    km, comes, goes = timetable(scenario, service)
    leaves = service.leaves_on(day).replace(tzinfo=scenario.zone)
    last = len(service.stops) - 1

    def clock(minutes: float) -> datetime:
        # elapsed, so a clock change counts
        return datetime.fromtimestamp(leaves.timestamp() + 60 * minutes, scenario.zone)

    used = [stop for stop in service.stops if board[stop] or alight[stop]]
    risk = max(
        (scenario.places[stop].risk_on(day) for stop in used),
        key=lambda level: level.rank,
        default=Risk.LOW,
    )
    seats = allowed_seats(unit_type, scenario.rules.seats, day, risk, kinds)
    return Trip(
        id=name,
        mode=unit_type.mode,
        role="trunk",
        service=service.id,
        pool=service.pool or "",
        unit_type=unit_type.id,
        carriages={kind.id: n for kind, n in kinds},
        day=day,
        drivers=0,
        days=0,
        staff=seats.staff,
        allowed=seats.allowed,
        stops=tuple(
            Stop(
                place=stop,
                km=round(km[i - 1], 3) if i else 0.0,
                arrive=clock(comes[i]) if i else None,
                depart=clock(goes[i]) if i < last else None,
                board=_riders(board[stop]),
                alight=_riders(alight[stop]),
            )
            for i, stop in enumerate(service.stops)
        ),
        km=round(sum(km), 3),
        cost=round(fare(unit_type, kinds, sum(km)), 2),
    )


def fare(unit_type: AnyUnitType, kinds: Kinds, km: float) -> float:
    """What a trip costs: itself, its km and its carriages."""
    assert not isinstance(unit_type, Coach)
    own = 0.0 if isinstance(unit_type, Carriage) else unit_type.per_trip + unit_type.per_km * km
    if isinstance(unit_type, Plane):
        return own
    return own + sum(n * (k.per_trip + k.per_km * km) for k, n in kinds)


def leaves_hub(trip: Trip, place: str) -> datetime:
    """When a service leaves a hub where people board."""
    found = next(stop.depart for stop in trip.stops if stop.place == place)
    assert found is not None
    return found


def _riders(counts: Counter[str]) -> tuple[Riders, ...]:
    return tuple(Riders(cohort=cohort, count=count) for cohort, count in counts.items())
