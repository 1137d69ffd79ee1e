"""
Every trip of a coach that could run: its pool, stops in order, departure and crew.

By the clock departures are those of the problem's grid: boarding at the first stop begins when it
opens or somebody is ready there, or a multiple of ``depart_every`` later. Departures at which the
same people can ride on the same days are alike; of the cheapest of these a few are kept. At
a later stop a coach goes on as soon as it can, or waits until somebody is ready, who then rides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from itertools import pairwise, permutations, product
from math import perm
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import Load, Problem, TripChoice, TripRun, price_of, run_trip
from p2p_dispatch.problem.basics import NO_LIMIT
from p2p_dispatch.problem.compiled import table
from p2p_dispatch.problem.timing import lay_road, run
from p2p_dispatch.problem.trip import seats_left, told
from p2p_dispatch.problem.work import (
    N_PICKS,
    N_RIDERS,
    N_STOPS,
    POOL,
    READY,
    STOPS,
    new_work,
)

ALIKE = 3
"""Departures kept of those that are alike."""

Rider = tuple[int, int]
"""A cohort of the coach problem and where it gets off."""


class Fit(NamedTuple):
    """Somebody on a trip: where they board and get off among its stops, ready and latest minute."""

    cohort: int
    drop: int
    on: int
    off: int
    ready: int
    latest: int


@dataclass(frozen=True)
class Pattern:
    """
    A trip that could run, as often as there are units.

    Attributes
    ----------
    run
        Its times and cost.
    prices
        Who could ride it, and cents for each person beside the trip.
    waits_for
        For every stop at which it waits for somebody, the riders of whom one is on board.
    seats
        For riders.
    level
        Of its people, where levels are kept apart; else -1.
    """

    trip: TripChoice
    run: TripRun
    prices: dict[Rider, int]
    waits_for: tuple[frozenset[Rider], ...]
    seats: int
    level: int


def how_many(problem: Problem, starts: int, ends: int) -> int:
    """About how many trips would have to be tried for so many places of boarding and of getting
    off.
    """
    orders = [
        sum(perm(n, k) for k in range(1, min(most, n) + 1))
        for n, most in ((starts, problem.most_pickups), (ends, problem.most_drops))
    ]
    grid = 1 if problem.by_day else 1440 // problem.depart_every * problem.crew.most_drivers
    return problem.n_pools * orders[0] * orders[1] * problem.n_days * grid


def patterns_of(problem: Problem, onward: Set[int]) -> list[Pattern]:
    """
    Every trip that somebody could ride.

    Parameters
    ----------
    problem
        Of coaches, feeders and onward coaches included.
    onward
        Cohorts that have come by a service: their waiting has been counted.
    """
    riders: dict[int, list[Rider]] = defaultdict(list)
    for cohort, own in enumerate(problem.drops):
        riders[int(problem.origin[cohort])] += [(cohort, drop) for drop, _ in own]
    found: list[Pattern] = []
    for pool in range(problem.n_pools):
        starts = [place for place in riders if problem.serves[pool, place]]
        for picks in _orders(starts, problem.most_pickups):
            ends = sorted({off for place in picks for _, off in riders[place]} - {*picks})
            for drops in _orders(ends, problem.most_drops):
                some = [r for place in picks for r in riders[place] if r[1] in drops]
                if {off for _, off in some} != set(drops):
                    continue
                if {int(problem.origin[c]) for c, _ in some} != set(picks):
                    continue
                found += _of_stops(problem, pool, picks, drops, some, onward)
    return found


def frozen_of(problem: Problem) -> list[Pattern]:
    """The trips that stand, in order, with everybody who could ride them."""
    patterns = []
    for frozen in problem.frozen:
        trip, ran = frozen.trip, run_trip(problem, frozen.trip)
        level = problem.level(trip.loads[0].cohort, ran.board_day) if problem.apart else -1
        prices = {}
        for cohort, drops in enumerate(problem.drops):
            if problem.origin[cohort] not in trip.stops:
                continue
            for drop in trip.stops:
                load = Load(cohort=cohort, people=1, drop=drop)
                there = drop in dict(drops) and _can_ride(problem, trip, ran, load)
                if there and (level < 0 or problem.level(cohort, ran.board_day) == level):
                    boarded = problem.day(ran.goes[trip.stops.index(int(problem.origin[cohort]))])
                    at = ran.arrives[trip.stops.index(drop)]
                    prices[cohort, drop] = price_of(problem, load, boarded, at)
        seats = seats_left(problem, trip, ran.board_day) + trip.people
        patterns.append(Pattern(replace(trip, loads=()), ran, prices, (), seats, level))
    return patterns


def _orders(places: list[int], most: int) -> Iterator[tuple[int, ...]]:
    for n in range(1, min(most, len(places)) + 1):
        yield from permutations(places, n)


def _of_stops(
    problem: Problem,
    pool: int,
    picks: tuple[int, ...],
    drops: tuple[int, ...],
    riders: list[Rider],
    onward: Set[int],
) -> list[Pattern]:
    kept: dict[tuple[object, ...], list[Pattern]] = defaultdict(list)
    stops = (*picks, *drops)
    work = new_work()
    work[POOL], work[N_STOPS], work[N_PICKS], work[N_RIDERS] = pool, len(stops), len(picks), 0
    table(work, STOPS, 1)[0, : len(stops)] = stops
    if lay_road(problem.memory, work):
        return []
    fits = [fit for rider in riders if (fit := _fit(problem, stops, rider)) is not None]
    for waits in _waits(problem, picks, riders):
        table(work, READY, 1)[0, : len(picks)] = waits
        enough: set[int] = set()
        for depart, drivers in _departures(problem, work, picks, riders):
            if depart in enough or run(problem.memory, work, drivers, depart):
                continue
            if problem.by_day:
                enough.add(depart)  # a second driver would be for nothing
            trip = TripChoice(pool=pool, depart=depart, drivers=drivers, stops=stops, loads=())
            for pattern in _filled(problem, trip, work, waits, fits, onward):
                key = _alike(problem, pattern)
                kept[key].append(pattern)
    return [pattern for some in kept.values() for pattern in _few(some)]


def _waits(
    problem: Problem, picks: tuple[int, ...], riders: list[Rider]
) -> Iterator[tuple[int, ...]]:
    """Minutes until which a coach waits at each stop."""
    if problem.by_day:
        yield (-NO_LIMIT,) * len(picks)
        return
    ready = [
        sorted({int(problem.ready[c]) for c, _ in riders if problem.origin[c] == place})
        for place in picks[1:]
    ]
    yield from ((-NO_LIMIT, *some) for some in product(*([-NO_LIMIT, *each] for each in ready)))


def _departures(
    problem: Problem, work: np.ndarray, picks: tuple[int, ...], riders: list[Rider]
) -> Iterator[tuple[int, int]]:
    """Minutes of leaving the depot, and crews."""
    if problem.by_day:
        days = range(problem.n_days)
        yield from ((problem.midnight(d), n) for d in days for n in (1, 2))
        return
    first, depot = picks[0], int(problem.depot[work[POOL]])
    ready = {int(problem.ready[c]) for c, _ in riders if problem.origin[c] == first}
    last = max(int(problem.latest[c]) for c, _ in riders)
    begins = set()
    for day in range(problem.n_days):
        column = day + problem.pad
        end = min(int(problem.shuts[first, column]) - problem.stop_minutes,
                  int(problem.midnights[column + 1]) - 1, last)  # fmt: skip
        for since in ready:
            begin = max(int(problem.opens[first, column]), since)
            begins |= set(range(begin, end + 1, problem.depart_every))
    way = int(problem.minutes[depot, first])
    # breaks and bans on the empty way take time: leave earlier by what they may be
    pause = problem.crew.pause * (way // max(1, problem.crew.spell)) if way else 0
    for begin in sorted(begins):
        bans = {end - start for start, end in problem.crew.bans
                if start < begin and begin - way - pause - (end - start) < end}  # fmt: skip
        for early in sorted({ban + some for ban in {0, *bans} for some in (0, pause)}):
            for drivers in range(1, problem.crew.most_drivers + 1):
                yield begin - way - early, drivers


def _filled(
    problem: Problem,
    trip: TripChoice,
    work: np.ndarray,
    waits: tuple[int, ...],
    fits: list[Fit],
    onward: Set[int],
) -> Iterator[Pattern]:
    """A trip with who can ride it, once for each level where these are kept apart."""
    alone: dict[Rider, int] = {}
    ran = told(problem, trip, work, None)
    day = ran.board_day
    there = [fit for fit in fits if _in_time(problem, trip, ran, fit)]
    if len({fit.on for fit in there} | {fit.off for fit in there}) < len(trip.stops):
        return
    for fit in there:
        if not _healthy(problem, fit.cohort, day):
            continue
        load = Load(cohort=fit.cohort, people=1, drop=fit.drop)
        boarded = problem.day(ran.goes[fit.on])
        cents = price_of(problem, load, boarded, ran.arrives[fit.off])
        if fit.cohort in onward:
            cents -= (boarded - int(problem.ready_day[fit.cohort])) * problem.waiting_day
        alone[fit.cohort, fit.drop] = cents
    levels = {problem.level(c, day) for c, _ in alone} if problem.apart else {-1}
    for level in sorted(levels):
        some = {
            rider: cents
            for rider, cents in alone.items()
            if level < 0 or problem.level(rider[0], day) == level
        }
        places = {int(problem.origin[c]) for c, _ in some} | {drop for _, drop in some}
        if places != {*trip.stops}:
            continue
        waited = tuple(
            frozenset(r for r in some if problem.origin[r[0]] == place
                      and problem.ready[r[0]] == waits[i])
            for i, place in enumerate(trip.stops[: len(waits)])
            if waits[i] > -NO_LIMIT and ran.arrives[i] == waits[i]
        )  # fmt: skip
        if not all(waited):
            continue
        seats = seats_left(problem, trip, day)
        kind = problem.unit_type[trip.pool]
        if seats >= max(1, int(problem.minimum_load[kind])):
            yield Pattern(trip, ran, some, waited, seats, level)


def _can_ride(problem: Problem, trip: TripChoice, ran: TripRun, load: Load) -> bool:
    """Whether the rules of a trip let a cohort ride it from its origin to a drop."""
    fit = _fit(problem, trip.stops, (load.cohort, load.drop))
    there = fit is not None and _in_time(problem, trip, ran, fit)
    return there and _healthy(problem, load.cohort, ran.board_day)


def _fit(problem: Problem, stops: tuple[int, ...], rider: Rider) -> Fit | None:
    """Where somebody rides on a trip, whenever it runs; None if that is too far a way round."""
    cohort, drop = rider
    on, off = stops.index(int(problem.origin[cohort])), stops.index(drop)
    road = stops[on : off + 1]
    way = sum(int(problem.metres[a, b]) for a, b in pairwise(road))
    direct = int(problem.metres[road[0], road[-1]])
    most = int(problem.detour_factor * 1e6) * max(direct - 1, 0) + problem.detour_metres * 10**6
    if off > on + 1 and way * 10**6 > most and not problem.by_day:
        return None
    return Fit(cohort, drop, on, off, int(problem.ready[cohort]), int(problem.latest[cohort]))


def _in_time(problem: Problem, trip: TripChoice, ran: TripRun, fit: Fit) -> bool:
    """Whether somebody is ready when a trip comes, and there early enough."""
    if problem.by_day:
        return fit.ready <= trip.depart <= fit.latest
    comes, arrives = ran.arrives[fit.on], ran.arrives[fit.off]
    soon = arrives - ran.goes[fit.on] <= problem.longest_ride
    return comes >= fit.ready and arrives <= fit.latest and soon


def _healthy(problem: Problem, cohort: int, day: int) -> bool:
    """Whether the levels of a day let somebody travel."""
    shut = problem.risk[problem.site[cohort], day + problem.pad] >= problem.shut_from
    return not shut and problem.level(cohort, day) < problem.stay_from


def _alike(problem: Problem, pattern: Pattern) -> tuple[object, ...]:
    """The same for trips that differ in their hours alone."""
    ran = pattern.run
    days = tuple(problem.day(minute) for minute in (*ran.goes, *ran.arrives))
    riders = tuple(sorted(pattern.prices.items()))
    return days, riders, pattern.waits_for, pattern.level


def _few(alike: list[Pattern]) -> list[Pattern]:
    """Of the cheapest ones the first, the last and some between."""
    least = min(each.run.cost for each in alike)
    some = sorted(
        (each for each in alike if each.run.cost == least),
        key=lambda each: (each.run.leave, each.run.back),
    )
    at = np.linspace(0, len(some) - 1, ALIKE).round().astype(int)
    return [some[i] for i in sorted({*at.tolist()})]
