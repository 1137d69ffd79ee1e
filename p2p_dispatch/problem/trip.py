"""
The rules of one trip: feasible or the first rule broken, and what it costs.

Everything that depends on one trip alone is here; what trips share (units, checks, intake) is
in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass

from p2p_dispatch.problem.basics import NO_LIMIT, Ints
from p2p_dispatch.problem.choice import Load, TripChoice
from p2p_dispatch.problem.compiled import KEPT, NOTICE, RULES, table
from p2p_dispatch.problem.problem import Problem
from p2p_dispatch.problem.timing import lay_road, run
from p2p_dispatch.problem.work import (
    ARRIVES,
    BACK,
    BOARD_DAY,
    COMES,
    COST,
    DAYS,
    FIGURES,
    GOES,
    LEAVE,
    LENGTH,
    LOADED,
    N_PICKS,
    N_RIDERS,
    N_STOPS,
    N_STRETCHES,
    POOL,
    READY,
    RIDERS,
    STOPS,
    STRETCHES,
    TIMES,
    new_work,
)


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


def lay_out(problem: Problem, trip: TripChoice, work: Ints) -> str | None:
    """Put a trip into the room to work in; the rule it breaks by not fitting its people."""
    picks = {int(problem.origin[load.cohort]) for load in trip.loads}
    drops = {load.drop for load in trip.loads}
    n = len(picks)
    fits = len(trip.stops) == n + len(drops) <= problem.most_pickups + problem.most_drops
    if not fits or set(trip.stops[:n]) != picks or set(trip.stops[n:]) != drops:
        return "stops"
    if not all(problem.serves[trip.pool, origin] for origin in picks):
        return "fleet"
    latest: dict[tuple[int, int], int] = {}
    ready = table(work, READY, 1)[0]
    ready[:n] = -NO_LIMIT
    for load in trip.loads:
        on = trip.stops.index(int(problem.origin[load.cohort]))
        off = trip.stops.index(load.drop, n)
        ready[on] = max(ready[on], problem.ready[load.cohort])
        due = int(problem.latest[load.cohort])
        latest[on, off] = min(due, latest.get((on, off), due))
    work[POOL], work[N_STOPS], work[N_PICKS] = trip.pool, len(trip.stops), n
    work[N_RIDERS] = len(latest)
    table(work, STOPS, 1)[0, : len(trip.stops)] = trip.stops
    riders = table(work, RIDERS, len(latest))
    for row, ((on, off), due) in enumerate(latest.items()):
        riders[row] = on, off, due
    return None


def run_trip(problem: Problem, trip: TripChoice, work: Ints | None = None) -> TripRun:
    """
    Run a trip: its times and cost, or the first rule it breaks.

    Parameters
    ----------
    work
        Room to work in, if there is some already.
    """
    work = new_work() if work is None else work
    if misfit := lay_out(problem, trip, work):
        return TripRun(broken=misfit)
    if broken := lay_road(problem.memory, work):
        return TripRun(broken=RULES[broken])
    broken = run(problem.memory, work, trip.drivers, trip.depart)
    if broken == NOTICE and trip.frozen >= 0:
        broken = KEPT  # it was ordered when there still was time
    day = int(table(work, FIGURES, 1)[0, BOARD_DAY])
    return told(problem, trip, work, RULES[broken] or who_breaks(problem, trip, day))


def told(problem: Problem, trip: TripChoice, work: Ints, broken: str | None) -> TripRun:
    """What became of a trip whose times stand in the room to work in."""
    n, figures, times = len(trip.stops), table(work, FIGURES, 1)[0], table(work, TIMES, 3)
    stretches = [] if problem.by_day else table(work, STRETCHES, int(work[N_STRETCHES])).tolist()
    return TripRun(
        broken=broken,
        cost=int(figures[COST]),
        days=int(figures[DAYS]),
        metres=int(figures[LENGTH]),
        loaded=int(figures[LOADED]),
        leave=int(figures[LEAVE]),
        back=int(figures[BACK]),
        board_day=int(figures[BOARD_DAY]),
        comes=tuple(times[COMES, :n].tolist()),
        arrives=tuple(times[ARRIVES, :n].tolist()),
        goes=tuple(times[GOES, :n].tolist()),
        stretches=tuple(Stretch(*stretch) for stretch in stretches),
    )


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


def price_of(problem: Problem, load: Load, boarded: int, arrives: int) -> int:
    """
    Cents that each person of a load costs beside the trip: waiting, onward leg, late days.

    Parameters
    ----------
    boarded
        Day of the horizon on which they board.
    arrives
        Minute at which they arrive.
    """
    late = problem.late_days(load.cohort, arrives)
    waited = boarded - int(problem.ready_day[load.cohort])
    onward = problem.onward(load.cohort, load.drop) or 0
    return (
        onward
        + waited * problem.waiting_day
        + late * int(problem.late_day[load.cohort])
        - int(problem.subsidy[load.cohort])
    )


def seats_left(problem: Problem, trip: TripChoice, day: int) -> int:
    """Seats for riders on a trip that leaves on ``day``, less its riders; may be negative."""
    column = day + problem.pad
    risk = max(int(problem.risk[place, column]) for place in trip.stops)
    kind = problem.unit_type[trip.pool]
    riders = problem.allowed[kind, column, risk] - problem.staff[kind, column, risk]
    return int(riders) - trip.people
