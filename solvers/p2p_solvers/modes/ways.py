"""How the people of a cohort could go by a service: where they change, when, and for how much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import NO_ROAD, Offer, Problem, Services
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
    coach, other
        Cents per person for seats on coaches, if these are full, and for everything else but the
        service.
    """

    cohort: int
    offer: int
    board: int
    alight: int
    feeder: bool
    onward: bool
    day: int
    arrives: int
    coach: float
    other: float


def ways_of(problem: Problem, services: Services, prices: SeatPrices) -> list[Way]:
    """The cheapest way of each cohort on each offer that suits it."""
    ways = []
    for cohort in np.flatnonzero(may_change(problem)):
        for number in range(len(services.offers)):
            some = _ways(problem, services, prices, int(cohort), number)
            best = min(some, key=lambda way: way.coach + way.other, default=None)
            if best is not None:
                ways.append(best)
    return ways


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


def _ways(
    problem: Problem, services: Services, prices: SeatPrices, cohort: int, number: int
) -> Iterator[Way]:
    offer = services.offers[number]
    if offer.comes[offer.n_board] > problem.latest[cohort]:
        return
    if offer.goes[offer.n_board - 1] < problem.ready[cohort]:
        return
    starts = list(_starts(problem, services, prices, cohort, offer))
    for alight, onward, arrives, on_coach, on_other in _ends(
        problem, services, prices, cohort, offer
    ):
        for board, feeder, day, coach, other in starts:
            if feeder + onward <= services.most_changes:
                yield Way(
                    cohort=cohort,
                    offer=number,
                    board=board,
                    alight=alight,
                    feeder=feeder,
                    onward=onward,
                    day=day,
                    arrives=problem.day(arrives),
                    coach=coach + on_coach,
                    other=other + on_other + services.change * (feeder + onward),
                )


def _starts(
    problem: Problem, services: Services, prices: SeatPrices, cohort: int, offer: Offer
) -> Iterator[tuple[int, bool, int, float, float]]:
    """From home to a hub: hub, whether by coach, day, cents on coaches and beside."""
    origin, ready = int(problem.origin[cohort]), int(problem.ready[cohort])
    for i, hub in enumerate(offer.places[: offer.n_board]):
        if not offer.opens[i]:
            continue
        feeder = origin not in services.gathers[hub]
        seat = prices.of(origin, hub) if feeder else None
        if feeder and seat is None:
            continue
        begins, leaves = offer.comes[i], offer.goes[i]
        if feeder:
            leaves -= int(services.least_change[hub]) + int(problem.minutes[origin, hub])
            begins = leaves - problem.stop_minutes
        day = problem.day(leaves)
        if begins < ready or not 0 <= day < problem.n_days:
            continue
        waiting = (day - int(problem.ready_day[cohort])) * problem.waiting_day
        yield hub, feeder, day, seat.cents if seat else 0.0, float(waiting)


def _ends(
    problem: Problem, services: Services, prices: SeatPrices, cohort: int, offer: Offer
) -> Iterator[tuple[int, bool, int, float, float]]:
    """From a hub to the gate: hub, whether by coach, minute, cents on coaches and beside."""
    late_day, due = int(problem.late_day[cohort]), int(problem.due[cohort])
    drops = dict(problem.drops[cohort])
    for i, hub in enumerate(offer.places[offer.n_board :], start=offer.n_board):
        if not offer.opens[i]:
            continue
        comes = offer.comes[i]
        if hub in drops and comes <= problem.latest[cohort]:
            late = max(0, -(-(comes - due) // 1440)) * late_day
            yield hub, False, comes, 0.0, float(drops[hub] + late)
        for drop, cents in drops.items():
            seat = prices.of(hub, drop) if drop != hub else None
            if seat is None or problem.minutes[hub, drop] == NO_ROAD:
                continue
            ready = comes + int(services.least_change[hub])
            arrives = ready + problem.stop_minutes + int(problem.minutes[hub, drop])
            if arrives <= problem.latest[cohort]:
                late = max(0, -(-(arrives - due) // 1440)) * late_day
                yield hub, True, arrives, seat.cents, float(cents + late)
