"""How the people of a cohort could go by a service: where they change, when, and for how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.problem import NO_LIMIT, Offer, Problem, Services
from p2p_dispatch.problem.basics import Floats, Ints
from p2p_dispatch.solution import ServiceTrip
from p2p_solvers.modes.prices import SeatPrices

Flags = NDArray[np.bool_]


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
    who = _Who.of(problem)
    ways: list[Way] = []
    for number in range(len(services.offers)) if some is None else some:
        offer = services.offers[number]
        fits = offer.goes[offer.n_board - 1] >= problem.ready[who.cohorts]
        fits &= offer.comes[offer.n_board] <= problem.latest[who.cohorts]
        if fits.any():
            starts = list(_starts(problem, services, prices, who, offer))
            ends = list(_ends(problem, services, prices, who, offer))
            ways += _best(problem, services, who, number, fits, starts, ends)
    return ways


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


class _Who(NamedTuple):
    """
    Cohorts that may go by services.

    Attributes
    ----------
    cohorts
        Their numbers.
    origins, of_origin
        Their origins, and where that of each stands among these.
    places, drops
        Where they may get off, and where the drops of each stand among these, (n_slots, n_cohorts);
        -1: it has no more.
    cents
        (n_slots, n_cohorts) from these drops on, per person.
    """

    cohorts: Ints
    origins: Ints
    of_origin: Ints
    places: Ints
    drops: Ints
    cents: Ints

    @staticmethod
    def of(problem: Problem) -> _Who:
        """Those of a problem."""
        cohorts = np.flatnonzero(may_change(problem))
        origins, of_origin = np.unique(problem.origin[cohorts], return_inverse=True)
        slots = max((len(problem.drops[cohort]) for cohort in cohorts), default=0)
        place, cents = (np.full((slots, len(cohorts)), -1, dtype=np.int64) for _ in range(2))
        for i, cohort in enumerate(cohorts):
            for slot, drop in enumerate(problem.drops[cohort]):
                place[slot, i], cents[slot, i] = drop
        places = np.unique(place[place >= 0])
        drops = np.where(place < 0, -1, np.searchsorted(places, place))
        return _Who(cohorts, origins, of_origin, places, drops, cents)


class _Start(NamedTuple):
    """
    From home to a hub, for each cohort: whether it is possible, and by a coach; when boarding
    begins, the day of leaving, cents for a seat on a coach.
    """

    hub: int
    fits: Flags
    feeder: Flags
    begins: Ints
    day: Ints
    coach: Floats


class _End(NamedTuple):
    """
    From a hub to the end of the way, likewise: whether it is possible, and by a coach; when and on
    which day, cents for a seat on a coach and beside.
    """

    hub: int
    fits: Flags
    onward: Flags
    arrives: Ints
    day: Ints
    coach: Floats
    other: Floats


def _best(
    problem: Problem,
    services: Services,
    who: _Who,
    number: int,
    fits: Flags,
    starts: Sequence[_Start],
    ends: Sequence[_End],
) -> Iterator[Way]:
    """The cheapest way of each cohort on an offer, of those that have one."""
    ready, ready_day = problem.ready[who.cohorts], problem.ready_day[who.cohorts]
    latest, late_day = problem.latest[who.cohorts], problem.late_day[who.cohorts]
    due = problem.due[who.cohorts]
    least = np.full(len(who.cohorts), np.inf)
    beside, pair = np.zeros_like(least), np.full(len(least), -1)
    for i, start in enumerate(starts):
        goes = fits & start.fits & (start.begins >= ready)
        waiting = (start.day - ready_day) * problem.waiting_day
        for j, end in enumerate(ends):
            changes = start.feeder.astype(np.int64) + end.onward
            late = np.maximum(0, -(-(end.arrives - due) // 1440)) * late_day
            other = waiting + end.other + late + services.change * changes
            cents = start.coach + end.coach + other
            better = goes & end.fits & (end.arrives <= latest) & (cents < least)
            better &= changes <= services.most_changes
            least[better], beside[better] = cents[better], other[better]
            pair[better] = i * len(ends) + j
    mine = np.flatnonzero(pair >= 0)
    if not len(mine):
        return
    by_start, by_end = np.divmod(pair[mine], len(ends))

    def of(parts: Sequence[_Start | _End], which: Ints, column: str) -> list[object]:
        return list(np.stack([getattr(part, column) for part in parts])[which, mine].tolist())

    columns = (
        who.cohorts[mine].tolist(),
        [number] * len(mine),
        [starts[i].hub for i in by_start],
        [ends[j].hub for j in by_end],
        of(starts, by_start, "feeder"),
        of(ends, by_end, "onward"),
        of(starts, by_start, "day"),
        of(ends, by_end, "day"),
        of(starts, by_start, "coach"),
        of(ends, by_end, "coach"),
        beside[mine].tolist(),
    )
    yield from map(Way._make, zip(*columns, strict=True))


def _starts(
    problem: Problem, services: Services, prices: SeatPrices, who: _Who, offer: Offer
) -> Iterator[_Start]:
    for i, hub in enumerate(offer.places[: offer.n_board]):
        if not offer.opens[i]:
            continue
        fits, feeder = np.zeros((2, len(who.origins)), dtype=np.bool_)
        begins, days = np.full((2, len(who.origins)), offer.comes[i])
        coach = np.zeros(len(who.origins))
        for k, origin in enumerate(who.origins.tolist()):
            leaves = offer.goes[i]
            feeder[k] = origin not in services.gathers[hub]
            if feeder[k]:
                seat = prices.of(origin, hub)
                if seat is None:
                    continue
                coach[k] = seat.cents
                way = int(problem.minutes[origin, hub])
                leaves -= int(services.least_change[hub]) + way
                begins[k] = _last_boarding(problem, origin, leaves - problem.stop_minutes)
                leaves = int(begins[k]) + problem.stop_minutes
                if leaves + way < offer.goes[i] - int(services.most_change[hub]):
                    continue
            days[k] = problem.day(leaves)
            fits[k] = 0 <= days[k] < problem.n_days
        at = who.of_origin
        yield _Start(hub, fits[at], feeder[at], begins[at], days[at], coach[at])


def _ends(
    problem: Problem, services: Services, prices: SeatPrices, who: _Who, offer: Offer
) -> Iterator[_End]:
    for i, hub in enumerate(offer.places[offer.n_board :], start=offer.n_board):
        if not offer.opens[i]:
            continue
        fits, onward = np.zeros((2, len(who.places)), dtype=np.bool_)
        arrives, days = np.full((2, len(who.places)), offer.comes[i])
        coach = np.zeros(len(who.places))
        for k, drop in enumerate(who.places.tolist()):
            onward[k] = drop != hub
            if onward[k]:
                seat = prices.of(hub, drop)
                if seat is None:
                    continue
                coach[k] = seat.cents
                ready = offer.comes[i] + int(services.least_change[hub])
                first = ready + problem.stop_minutes + int(problem.minutes[hub, drop])
                arrives[k] = _first_arrival(problem, drop, first)
            fits[k] = arrives[k] < NO_LIMIT
            days[k] = problem.day(int(arrives[k]))
        for at, cents in zip(who.drops, who.cents, strict=True):
            there = (at >= 0) & fits[at]
            beside = cents.astype(np.float64)
            yield _End(hub, there, onward[at], arrives[at], days[at], coach[at], beside)


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
