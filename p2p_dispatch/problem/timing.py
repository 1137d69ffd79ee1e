"""
The rules of one trip, compiled: its road, its times, its cost, the first rule broken.

A trip is given by its stops, first the pick-ups, and by what its riders need of it:

``ready``
    (n_picks,) first minute at which boarding may begin, per pick-up.
``riders``
    (n, 3) pairs of stops between which somebody rides, as numbers of stops, and the last minute
    at which they may arrive.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import (
    CREW,
    KEPT,
    NEVER,
    NOTICE,
    STOPS,
    WINDOWS,
    compiled,
)
from p2p_dispatch.problem.crew import CrewNet
from p2p_dispatch.problem.net import Base, Net
from p2p_dispatch.problem.wheel import (
    STRETCHES,
    Wheel,
    board,
    drive,
    new_wheel,
    stand,
)

LONGEST_TRIP = 6 * 1440
"""Minutes from leaving the depot to being back; the calendar's padding is longer."""

MOST_STOPS = 40

METRES, LOADED, DAYS, COST, LEAVE, BACK, BOARD_DAY = range(7)
"""Columns of ``Sheet.figures``: as in ``TripRun``."""

COMES, ARRIVES, GOES = range(3)
"""Rows of ``Sheet.times``: as in ``TripRun``."""


class Sheet(NamedTuple):
    """
    What becomes of a trip; the same arrays serve trip after trip.

    Attributes
    ----------
    legs
        (3, MOST_STOPS + 1) metres, seconds and minutes of each leg from depot to depot.
    times
        (3, MOST_STOPS) when the coach comes, when boarding or getting off begins, when it goes.
    figures
        (7,) see the columns above.
    wheel
        Who drives when.
    """

    legs: Ints
    times: Ints
    figures: Ints
    wheel: Wheel


def new_sheet() -> Sheet:
    """Room for one trip."""
    return Sheet(
        legs=np.zeros((3, MOST_STOPS + 1), dtype=np.int64),
        times=np.zeros((3, MOST_STOPS), dtype=np.int64),
        figures=np.zeros(7, dtype=np.int64),
        wheel=new_wheel(),
    )


@compiled
def lay_road(net: Net, depot: int, stops: Ints, n_picks: int, riders: Ints, sheet: Sheet) -> int:
    """Fill in the legs; the first rule that the trip breaks whenever it leaves."""
    n = len(stops)
    if n_picks < 1 or n <= n_picks or n_picks > net.most_pickups or n - n_picks > net.most_drops:
        return STOPS
    legs = sheet.legs
    total = 0
    for i in range(n + 1):
        a = depot if i == 0 else stops[i - 1]
        b = depot if i == n else stops[i]
        if net.metres[a, b] < 0:
            return WINDOWS
        legs[0, i] = net.metres[a, b]
        legs[1, i] = net.seconds[a, b]
        legs[2, i] = net.minutes[a, b]
        total += legs[0, i]
    loaded = total - legs[0, 0] - legs[0, n]
    sheet.figures[METRES], sheet.figures[LOADED] = total, loaded
    if net.by_day:
        # detour and ride are those of the whole trip, all stops' standing included
        ride = legs[1, 1:n].sum() + 60 * net.stop_minutes * n
        direct = net.metres[stops[0], stops[n - 1]]
        if ride > 60 * net.longest_ride or _strays(net, loaded, direct):
            return STOPS
        return KEPT
    for r in range(len(riders)):
        on, off = riders[r, 0], riders[r, 1]
        # breaks and waiting can only lengthen the ride
        ride = legs[2, on + 1 : off + 1].sum() + net.stop_minutes * (off - on - 1)
        way = legs[0, on + 1 : off + 1].sum()
        if ride > net.longest_ride or _strays(net, way, net.metres[stops[on], stops[off]]):
            return STOPS
    return KEPT


@compiled
def _strays(net: Net, way: int, direct: int) -> bool:
    # the direct road was rounded up like all others; here that would favour the planner
    return way > net.detour_factor * max(direct - 1, 0) + net.detour_metres


@compiled
def run_by_day(
    net: Net,
    base: Base,
    stops: Ints,
    n_picks: int,
    ready: Ints,
    riders: Ints,
    drivers: int,
    depart: int,
    sheet: Sheet,
) -> int:
    """Figures of a trip on the day that begins at ``depart``; its road has been laid."""
    n, figures, legs = len(stops), sheet.figures, sheet.legs
    column = column_of(net, depart)
    day = column - net.pad
    days = 2 if figures[LOADED] > net.two_days_past else 1
    back = min(column + days, len(net.midnights) - 1)
    _price(net, base, days, drivers, figures)
    figures[LEAVE], figures[BACK], figures[BOARD_DAY] = depart, net.midnights[back], day
    sheet.times[:, :n] = depart
    if drivers < (2 if legs[1, :n].sum() > net.second_driver_past else 1):
        return CREW
    if not 0 <= day < net.n_days:
        return WINDOWS
    for i in range(n):
        if net.opens[stops[i], column] > net.shuts[stops[i], column]:
            return WINDOWS
        if i < n_picks and ready[i] > depart:
            return WINDOWS
    return _arrivals(net, riders, sheet, base.earliest)


@compiled
def run_by_clock(
    net: Net,
    crew: CrewNet,
    base: Base,
    stops: Ints,
    n_picks: int,
    ready: Ints,
    riders: Ints,
    drivers: int,
    depart: int,
    sheet: Sheet,
) -> int:
    """Times of a trip that leaves its depot at ``depart``; its road has been laid."""
    n, figures, times, minutes = len(stops), sheet.figures, sheet.times, sheet.legs[2]
    wheel = sheet.wheel
    board(wheel)
    if drivers < (2 if figures[LOADED] > crew.two_drivers_past else 1):
        return CREW
    banned = figures[LOADED] > crew.ban_exempt
    now, latest = depart, depart + LONGEST_TRIP
    for i in range(n):
        # whoever boarded, boarded by now: nobody may arrive later than this
        limit = latest if i < n_picks else times[GOES, n_picks - 1] + net.longest_ride
        reached = drive(crew, wheel, drivers, banned, now, minutes[i], limit)
        if reached >= NEVER:
            return CREW if i < n_picks else STOPS
        begin = opening(net, stops[i], max(reached, ready[i]) if i < n_picks else reached)
        if begin >= NEVER:
            return WINDOWS
        now = begin + net.stop_minutes
        stand(wheel, net.stop_minutes)
        times[COMES, i], times[ARRIVES, i], times[GOES, i] = reached, begin, now
    back = drive(crew, wheel, drivers, banned, now, minutes[n], latest)
    if back >= NEVER:
        return CREW
    figures[LEAVE], figures[BACK] = depart, back
    figures[BOARD_DAY] = column_of(net, times[GOES, 0]) - net.pad
    _price(net, base, max(1, -(-(back - depart) // 1440)), drivers, figures)
    if not 0 <= figures[BOARD_DAY] < net.n_days:
        return WINDOWS
    for r in range(len(riders)):
        if times[ARRIVES, riders[r, 1]] - times[GOES, riders[r, 0]] > net.longest_ride:
            return STOPS
    return _arrivals(net, riders, sheet, base.earliest)


@compiled
def _arrivals(net: Net, riders: Ints, sheet: Sheet, earliest: int) -> int:
    for r in range(len(riders)):
        if sheet.times[ARRIVES, riders[r, 1]] > riders[r, 2]:
            return WINDOWS
    return NOTICE if sheet.figures[LEAVE] < earliest else KEPT


@compiled
def _price(net: Net, base: Base, days: int, drivers: int, figures: Ints) -> None:
    figures[DAYS] = days
    per_day = base.per_day + drivers * net.driver_day
    figures[COST] = days * per_day + (figures[METRES] * base.per_km + 500) // 1000


@compiled
def best_departure(
    net: Net,
    crew: CrewNet,
    base: Base,
    stops: Ints,
    n_picks: int,
    ready: Ints,
    riders: Ints,
    day: int,
    sheet: Sheet,
) -> tuple[int, int, int]:
    """
    The cheapest departure of a day; of equal ones that with the shortest ride, then the earliest.

    Returns
    -------
    The first rule broken in the last attempt if all failed, the minute of leaving the depot, and
    the drivers. The sheet holds the last attempt, not the best.
    """
    broken = lay_road(net, base.depot, stops, n_picks, riders, sheet)
    if broken:
        return broken, 0, 0
    if net.by_day:
        depart = net.midnights[day + net.pad]
        for drivers in range(1, 3):
            broken = run_by_day(net, base, stops, n_picks, ready, riders, drivers, depart, sheet)
            if broken != CREW:
                return broken, depart, drivers
        return broken, 0, 0
    column, first = day + net.pad, stops[0]
    begin = max(net.opens[first, column], ready[0])
    end = min(net.shuts[first, column] - net.stop_minutes, net.midnights[column + 1] - 1)
    broken = WINDOWS
    best_cost, best_ride, best_depart, best_drivers = NEVER, NEVER, 0, 0
    least_drivers = 2 if sheet.figures[LOADED] > crew.two_drivers_past else 1
    shortest = _shortest_ride(net, crew, len(stops), sheet)
    while begin <= end:
        for drivers in range(1, crew.most_drivers + 1):
            depart = begin - sheet.legs[2, 0]
            result = _punctual(
                net, crew, base, stops, n_picks, ready, riders, drivers, depart, begin, sheet
            )
            if result == KEPT and sheet.figures[BOARD_DAY] != day:
                result = WINDOWS
            if result != KEPT:
                broken = result
                continue
            cost = sheet.figures[COST]
            ride = sheet.times[ARRIVES, len(stops) - 1] - sheet.times[GOES, 0]
            if cost < best_cost or (cost == best_cost and ride < best_ride):
                best_cost, best_ride = cost, ride
                best_depart, best_drivers = sheet.figures[LEAVE], drivers
                # one day, the fewest drivers and no idle hours: nothing later is better
                if sheet.figures[DAYS] == 1 and drivers == least_drivers and ride <= shortest:
                    return KEPT, best_depart, best_drivers
        begin += net.depart_every
    return (KEPT if best_cost < NEVER else broken), best_depart, best_drivers


@compiled
def _punctual(
    net: Net,
    crew: CrewNet,
    base: Base,
    stops: Ints,
    n_picks: int,
    ready: Ints,
    riders: Ints,
    drivers: int,
    depart: int,
    begin: int,
    sheet: Sheet,
) -> int:
    """Run the trip so that it comes to its first stop in time and does not idle before."""
    broken = run_by_clock(net, crew, base, stops, n_picks, ready, riders, drivers, depart, sheet)
    if broken == CREW:
        return broken
    late = sheet.times[COMES, 0] - begin
    if late > 0:
        # breaks on the empty way: leave so much earlier
        depart -= late
        broken = run_by_clock(
            net, crew, base, stops, n_picks, ready, riders, drivers, depart, sheet
        )
        if broken == CREW:
            return broken
    if sheet.wheel.coach[STRETCHES] and sheet.legs[2, 0]:
        idle = sheet.wheel.stretches[0, 1] - depart
        if idle > 0:
            broken = run_by_clock(
                net, crew, base, stops, n_picks, ready, riders, drivers, depart + idle, sheet
            )
    return broken


@compiled
def _shortest_ride(net: Net, crew: CrewNet, n: int, sheet: Sheet) -> int:
    """Minutes from leaving the first stop to arriving at the last if nobody has to wait."""
    driving = sheet.legs[2, 1:n].sum()
    pauses = crew.pause * (driving // max(1, crew.spell))
    return int(driving + pauses + net.stop_minutes * (n - 2))


@compiled
def column_of(net: Net, minute: int) -> int:
    """Calendar column of a minute."""
    column = int(np.searchsorted(net.midnights, minute, side="right")) - 1
    return min(max(column, 0), len(net.midnights) - 2)


@compiled
def opening(net: Net, place: int, minute: int) -> int:
    """First minute from ``minute`` on at which a stop at the place can begin and be finished."""
    for column in range(column_of(net, minute), len(net.midnights) - 1):
        begin = max(minute, net.opens[place, column])
        if begin + net.stop_minutes <= net.shuts[place, column]:
            return int(begin)
    return NEVER
