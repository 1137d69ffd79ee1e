"""How the people of a cohort could go by a service: where they change, when, and for how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Offer, Problem, Services
from p2p_dispatch.solution import ServiceTrip
from p2p_solvers.modes.prices import SeatPrices


class Way(NamedTuple):
    """
    A cohort on a service.

    Attributes
    ----------
    offer
        Number of the service and day.
    board, alight
        Hubs.
    feeder, onward
        Whether a coach brings them there, and whether one takes them on.
    day, arrives
        Horizon days of leaving home and of arriving at the site.
    to, on
        Cents per person for a seat on the coach to the hub and on that from it, if these are full.
    other
        Cents per person for everything else but the service.
    """

    cohort: int
    offer: int
    board: int
    alight: int
    feeder: bool
    onward: bool
    day: int
    arrives: int
    to: float
    on: float
    other: float


def ways_of(
    problem: Problem, services: Services, prices: SeatPrices, some: Iterable[int] | None = None
) -> list[Way]:
    """
    The cheapest way of each cohort on each offer that suits it.

    Parameters
    ----------
    some
        Offers that are looked at; none: all.
    """
    alike = _alike(problem)
    ways = []
    for number in range(len(services.offers)) if some is None else some:
        offer = services.offers[number]
        # the same for all cohorts of an origin, and for all that may get off at the same places
        starts: dict[int, list[_Start]] = {}
        ends: dict[tuple[tuple[int, int], ...], list[_End]] = {}
        mine: list[Way] = []
        for cohort, *others in alike:
            if offer.goes[offer.n_board - 1] < problem.ready[cohort]:
                continue
            if offer.comes[offer.n_board] > problem.latest[cohort]:
                continue
            origin, drops = int(problem.origin[cohort]), problem.drops[cohort]
            if origin not in starts:
                starts[origin] = list(_starts(problem, services, prices, origin, offer))
            if drops not in ends:
                ends[drops] = list(_ends(problem, services, prices, drops, offer))
            way = _best(problem, services, cohort, number, starts[origin], ends[drops])
            if way is not None:
                mine += [way, *(way._replace(cohort=other) for other in others)]
        ways += sorted(mine)
    return ways


def _alike(problem: Problem) -> list[list[int]]:
    """Cohorts that may go by services, those together who have the same ways."""
    found: dict[tuple[object, ...], list[int]] = {}
    columns = (problem.origin, problem.ready, problem.ready_day, problem.latest, problem.due,
               problem.late_day)  # fmt: skip
    for cohort in np.flatnonzero(may_change(problem)).tolist():
        key = (problem.drops[cohort], *(int(column[cohort]) for column in columns))
        found.setdefault(key, []).append(cohort)
    return list(found.values())


def by_offer(ways: Iterable[Way], trips: Iterable[ServiceTrip]) -> dict[int, list[Way]]:
    """The ways on the services that run."""
    of_offer: dict[int, list[Way]] = {trip.offer: [] for trip in trips}
    for way in ways:
        if way.offer in of_offer:
            of_offer[way.offer].append(way)
    return of_offer


def may_change(problem: Problem) -> np.ndarray:
    """
    Cohorts of whom some may go by a service.

    Not those of whom all need an accessible place; nor those with a promise to keep; nor, where
    levels decide who may travel, those above the lowest.
    """
    fit = problem.people > problem.accessible
    fit[[load.cohort for frozen in problem.frozen for load in frozen.trip.loads]] = False
    if problem.apart or problem.stay_from < 3 or problem.shut_from < 3:
        fit &= (problem.own_risk == 0) & (problem.risk[problem.origin].max(axis=1) == 0)
        fit &= problem.risk[problem.site].max(axis=1) == 0
    return np.asarray(fit)


class _Start(NamedTuple):
    """From home to a hub: when boarding begins, the day of leaving, cents for a seat on a coach."""

    hub: int
    feeder: bool
    begins: int
    day: int
    coach: float


class _End(NamedTuple):
    """From a hub to the end of the way: when, cents for a seat on a coach and beside."""

    hub: int
    onward: bool
    arrives: int
    coach: float
    other: float


def _best(
    problem: Problem,
    services: Services,
    cohort: int,
    number: int,
    starts: list[_Start],
    ends: list[_End],
) -> Way | None:
    """The cheapest way of a cohort on an offer; None if there is none."""
    ready, ready_day = int(problem.ready[cohort]), int(problem.ready_day[cohort])
    latest, late_day = int(problem.latest[cohort]), int(problem.late_day[cohort])
    best, least = None, np.inf
    for start in starts:
        if start.begins < ready:
            continue
        waiting = (start.day - ready_day) * problem.waiting_day
        for end in ends:
            if end.arrives > latest or start.feeder + end.onward > services.most_changes:
                continue
            late = problem.late_days(cohort, end.arrives) * late_day if late_day else 0
            other = waiting + end.other + late + services.change * (start.feeder + end.onward)
            if start.coach + end.coach + other < least:
                least, best = start.coach + end.coach + other, (start, end, other)
    if best is None:
        return None
    start, end, other = best
    return Way(
        cohort=cohort,
        offer=number,
        board=start.hub,
        alight=end.hub,
        feeder=start.feeder,
        onward=end.onward,
        day=start.day,
        arrives=problem.day(end.arrives),
        to=start.coach,
        on=end.coach,
        other=other,
    )


def _starts(
    problem: Problem, services: Services, prices: SeatPrices, origin: int, offer: Offer
) -> Iterator[_Start]:
    for i, hub in enumerate(offer.places[: offer.n_board]):
        if not offer.opens[i]:
            continue
        begins, leaves, cents = offer.comes[i], offer.goes[i], 0.0
        feeder = origin not in services.gathers[hub]
        if feeder:
            seat = prices.of(origin, hub)
            if seat is None:
                continue
            cents = seat.cents
            way = int(problem.minutes[origin, hub])
            leaves -= int(services.least_change[hub]) + way
            begins = _last_boarding(problem, origin, leaves - problem.stop_minutes)
            leaves = begins + problem.stop_minutes
            if leaves + way < offer.goes[i] - int(services.most_change[hub]):
                continue
        day = problem.day(leaves)
        if 0 <= day < problem.n_days:
            yield _Start(hub, feeder, begins, day, cents)


def _ends(
    problem: Problem,
    services: Services,
    prices: SeatPrices,
    drops: tuple[tuple[int, int], ...],
    offer: Offer,
) -> Iterator[_End]:
    for i, hub in enumerate(offer.places[offer.n_board :], start=offer.n_board):
        if not offer.opens[i]:
            continue
        for drop, cents in drops:
            if drop == hub:
                yield _End(hub, False, offer.comes[i], 0.0, float(cents))
                continue
            seat = prices.of(hub, drop)
            if seat is not None:
                ready = offer.comes[i] + int(services.least_change[hub])
                arrives = ready + problem.stop_minutes + int(problem.minutes[hub, drop])
                arrives = _first_arrival(problem, drop, arrives)
                if arrives < NO_LIMIT:
                    yield _End(hub, True, arrives, seat.cents, float(cents))


def _last_boarding(problem: Problem, origin: int, minute: int) -> int:
    """The last minute up to the given one at which people may begin to board at an origin."""
    for column in range(problem.column(minute), -1, -1):
        last = min(minute, int(problem.shuts[origin, column]) - problem.stop_minutes)
        if last >= problem.opens[origin, column]:
            return last
    return -NO_LIMIT


def _first_arrival(problem: Problem, drop: int, minute: int) -> int:
    """The first minute from the given one on at which people may get off at a place."""
    for column in range(problem.column(minute), problem.opens.shape[1]):
        first = max(minute, int(problem.opens[drop, column]))
        if first + problem.stop_minutes <= problem.shuts[drop, column]:
            return first
    return NO_LIMIT


def risk_of(problem: Problem, offer: Offer) -> int:
    """The strictest level of the hubs of an offer on its day."""
    return int(np.max(problem.risk[list(offer.places), offer.day + problem.pad]))
