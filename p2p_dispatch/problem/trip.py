"""
The rules of one trip: feasible or the first rule broken, and what it costs.

Everything that depends on one trip alone is here; what trips share (units, checks, intake) is
in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.choice import TripChoice
from p2p_dispatch.problem.compiled import RULES
from p2p_dispatch.problem.problem import Problem
from p2p_dispatch.problem.timing import (
    ARRIVES,
    BACK,
    BOARD_DAY,
    COMES,
    COST,
    DAYS,
    GOES,
    LEAVE,
    LOADED,
    METRES,
    Sheet,
    lay_road,
    new_sheet,
    run_by_clock,
    run_by_day,
)
from p2p_dispatch.problem.wheel import STRETCHES


@dataclass(frozen=True, slots=True)
class Stretch:
    """One driver at the wheel, from one minute to another."""

    driver: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TripRun:
    """
    What becomes of a trip.

    Attributes
    ----------
    broken
        First rule broken; none: the trip keeps all. What the rules did not come to is zero.
    cost
        Vehicle, km and drivers, cents.
    days
        Days charged, and by the day held.
    metres, loaded
        From depot to depot; from the first pick-up to the last drop.
    leave, back
        Minutes of leaving the depot and being back.
    board_day
        Day of the horizon of the first boarding: the day of the trip.
    comes
        Per stop, the minute at which the coach comes.
    arrives
        Per stop, the minute at which boarding or getting off begins: the place is open, and at
        a drop its people have arrived.
    goes
        Per stop, the minute at which it goes on.
    stretches
        Who drives when.
    """

    broken: str | None = None
    cost: int = 0
    days: int = 0
    metres: int = 0
    loaded: int = 0
    leave: int = 0
    back: int = 0
    board_day: int = 0
    comes: tuple[int, ...] = ()
    arrives: tuple[int, ...] = ()
    goes: tuple[int, ...] = ()
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """The stops of a trip and what its riders need of them, as compiled functions take it."""

    stops: Ints
    n_picks: int
    ready: Ints
    riders: Ints


def shape_of(problem: Problem, trip: TripChoice) -> Shape | str:
    """The shape of a trip, or the rule it breaks by having another."""
    picks = {int(problem.origin[load.cohort]) for load in trip.loads}
    drops = {load.drop for load in trip.loads}
    n = len(picks)
    fits = len(trip.stops) == n + len(drops)
    if not fits or set(trip.stops[:n]) != picks or set(trip.stops[n:]) != drops:
        return "stops"
    if not all(problem.serves[trip.pool, origin] for origin in picks):
        return "fleet"
    ready = np.full(n, -1 << 40, dtype=np.int64)
    latest: dict[tuple[int, int], int] = {}
    for load in trip.loads:
        on = trip.stops.index(int(problem.origin[load.cohort]))
        off = trip.stops.index(load.drop, n)
        ready[on] = max(ready[on], problem.ready[load.cohort])
        due = int(problem.latest[load.cohort])
        latest[on, off] = min(due, latest.get((on, off), due))
    riders = np.array([(on, off, due) for (on, off), due in latest.items()], dtype=np.int64)
    return Shape(np.array(trip.stops, dtype=np.int64), n, ready, riders.reshape(-1, 3))


def run_trip(problem: Problem, trip: TripChoice, sheet: Sheet | None = None) -> TripRun:
    """
    Run a trip: its times and cost, or the first rule it breaks.

    Parameters
    ----------
    sheet
        Room to work in, if there is some already.
    """
    shape = shape_of(problem, trip)
    if isinstance(shape, str):
        return TripRun(broken=shape)
    net, base, sheet = problem.net, problem.bases[trip.pool], sheet or new_sheet()
    stops, n_picks, riders = shape.stops, shape.n_picks, shape.riders
    broken = lay_road(net, base.depot, stops, n_picks, riders, sheet)
    if broken:
        return TripRun(broken=RULES[broken])
    moment = (trip.drivers, trip.depart, sheet)
    if problem.by_day:
        broken = run_by_day(net, base, stops, n_picks, shape.ready, riders, *moment)
    else:
        crew = problem.crew_net
        broken = run_by_clock(net, crew, base, stops, n_picks, shape.ready, riders, *moment)
    return _run(problem, trip, sheet, RULES[broken] or _on_board(problem, trip, sheet))


def _run(problem: Problem, trip: TripChoice, sheet: Sheet, broken: str | None) -> TripRun:
    n, figures, wheel = len(trip.stops), sheet.figures, sheet.wheel
    stretches = () if problem.by_day else wheel.stretches[: wheel.coach[STRETCHES]].tolist()
    return TripRun(
        broken=broken,
        cost=int(figures[COST]),
        days=int(figures[DAYS]),
        metres=int(figures[METRES]),
        loaded=int(figures[LOADED]),
        leave=int(figures[LEAVE]),
        back=int(figures[BACK]),
        board_day=int(figures[BOARD_DAY]),
        comes=tuple(sheet.times[COMES, :n].tolist()),
        arrives=tuple(sheet.times[ARRIVES, :n].tolist()),
        goes=tuple(sheet.times[GOES, :n].tolist()),
        stretches=tuple(Stretch(*stretch) for stretch in stretches),
    )


def _on_board(problem: Problem, trip: TripChoice, sheet: Sheet) -> str | None:
    """The rule that the people on board break on the day of the trip."""
    return who_breaks(problem, trip, int(sheet.figures[BOARD_DAY]))


def who_breaks(problem: Problem, trip: TripChoice, day: int) -> str | None:
    """The rule that the people of a trip break on a day: seats or risk; None if none."""
    column, kind = day + problem.pad, problem.unit_type[trip.pool]
    levels = {problem.level(load.cohort, day) for load in trip.loads}
    sites = {int(problem.risk[problem.site[load.cohort], column]) for load in trip.loads}
    if levels and (
        max(levels) >= problem.stay_from
        or max(sites) >= problem.shut_from
        or (problem.apart and len(levels) > 1)
    ):
        return "risk"
    bags = sum(load.people * int(problem.luggage[load.cohort]) for load in trip.loads)
    places = sum(load.accessible for load in trip.loads)
    full = bags > problem.bags[kind] or places > problem.places[kind]
    return "seats" if full or seats_left(problem, trip, day) < 0 else None


def seats_left(problem: Problem, trip: TripChoice, day: int) -> int:
    """Seats for riders on a trip that leaves on ``day``, less its riders; may be negative."""
    column = day + problem.pad
    risk = max(int(problem.risk[place, column]) for place in trip.stops)
    kind = problem.unit_type[trip.pool]
    riders = problem.allowed[kind, column, risk] - problem.staff[kind, column, risk]
    return int(riders) - trip.people
