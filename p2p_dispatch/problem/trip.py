"""
The rules of one trip: feasible or the first rule broken, and what it costs.

Everything that depends on one trip alone is here; what trips share (units, checks, intake) is
in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from p2p_dispatch.problem.choice import TripChoice
from p2p_dispatch.problem.problem import NO_LIMIT, NO_ROAD, Problem
from p2p_dispatch.problem.wheel import Stretch, Wheel

LONGEST_TRIP = 6 * 1440
"""Minutes from leaving the depot to being back; the calendar's padding is longer."""


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


def run_trip(problem: Problem, trip: TripChoice) -> TripRun:
    """Run a trip: its times and cost, or the first rule it breaks."""
    picks = {int(problem.origin[load.cohort]) for load in trip.loads}
    drops = {load.drop for load in trip.loads}
    n_picks = len(picks)
    if (
        set(trip.stops[:n_picks]) != picks
        or set(trip.stops[n_picks:]) != drops
        or len(trip.stops) != n_picks + len(drops)
        or n_picks > problem.most_pickups
        or len(drops) > problem.most_drops
    ):
        return TripRun(broken="stops")
    if not all(problem.serves[trip.pool, origin] for origin in picks):
        return TripRun(broken="fleet")
    depot = int(problem.depot[trip.pool])
    road = (depot, *trip.stops, depot)
    legs = [int(problem.metres[a, b]) for a, b in pairwise(road)]
    if NO_ROAD in legs:
        return TripRun(broken="windows")
    run = _by_day if problem.by_day else _by_clock
    return run(problem, trip, road, legs, n_picks)


def seats_left(problem: Problem, trip: TripChoice, day: int) -> int:
    """Seats for riders on a trip that leaves on ``day``, less its riders; may be negative."""
    column = day + problem.pad
    risk = max(int(problem.risk[place, column]) for place in trip.stops)
    kind = problem.unit_type[trip.pool]
    riders = problem.allowed[kind, column, risk] - problem.staff[kind, column, risk]
    return int(riders) - trip.people


def _cost(problem: Problem, trip: TripChoice, days: int, metres: int) -> int:
    kind = problem.unit_type[trip.pool]
    per_day = int(problem.per_day[kind]) + trip.drivers * problem.driver_day
    return days * per_day + round(metres * int(problem.per_km[kind]) / 1000)


def _strays(problem: Problem, way: int, direct: int) -> bool:
    # the direct road was rounded up like all others; here that would favour the planner
    return way > problem.detour_factor * max(direct - 1, 0) + problem.detour_metres


def _by_day(
    problem: Problem, trip: TripChoice, road: tuple[int, ...], legs: list[int], n_picks: int
) -> TripRun:
    day = problem.day(trip.depart)
    column = problem.column(trip.depart)
    loaded = sum(legs[1:-1])
    days = 2 if loaded > problem.two_days_past else 1
    driving = [int(problem.seconds[a, b]) for a, b in pairwise(road)]
    lone = sum(driving[:-1]) <= problem.second_driver_past
    ride = sum(driving[1:-1]) + 60 * problem.stop_minutes * len(trip.stops)

    def broken() -> str | None:
        if _strays(problem, loaded, int(problem.metres[trip.stops[0], trip.stops[-1]])):
            return "stops"
        if ride > 60 * problem.longest_ride:
            return "stops"
        if trip.drivers < (1 if lone else 2):
            return "crew"
        early = any(trip.depart < problem.ready[load.cohort] for load in trip.loads)
        late = any(trip.depart > problem.due[load.cohort] for load in trip.loads)
        shut = any(problem.opens[s, column] > problem.shuts[s, column] for s in trip.stops)
        if early or late or shut or not 0 <= day < problem.n_days:
            return "windows"
        return "seats" if seats_left(problem, trip, day) < 0 else None

    metres = sum(legs)
    moments = (trip.depart,) * len(trip.stops)
    return TripRun(
        broken=broken(),
        cost=_cost(problem, trip, days, metres),
        days=days,
        metres=metres,
        loaded=loaded,
        leave=trip.depart,
        back=problem.midnight(min(day + days, problem.n_days + problem.pad)),
        board_day=day,
        comes=moments,
        arrives=moments,
        goes=moments,
    )


def _by_clock(
    problem: Problem, trip: TripChoice, road: tuple[int, ...], legs: list[int], n_picks: int
) -> TripRun:
    loaded = sum(legs[1:-1])
    crew = problem.crew
    if trip.drivers < (2 if loaded > crew.two_drivers_past else 1):
        return TripRun(broken="crew")
    wheel = Wheel(crew, trip.drivers, banned=loaded > crew.ban_exempt)
    latest = trip.depart + LONGEST_TRIP
    comes: list[int] = []
    arrives: list[int] = []
    goes: list[int] = []
    now = trip.depart
    for i, place in enumerate(trip.stops):
        reached = wheel.drive(now, int(problem.minutes[road[i], place]), latest)
        if reached is None:
            return TripRun(broken="crew")
        boards = i < n_picks
        begin = (
            _boarding(problem, trip, place, reached) if boards else _open(problem, place, reached)
        )
        if begin is None:
            return TripRun(broken="windows")
        now = begin + problem.stop_minutes
        wheel.stand(problem.stop_minutes)
        comes.append(reached)
        arrives.append(begin)
        goes.append(now)
    back = wheel.drive(now, int(problem.minutes[road[-2], road[-1]]), latest)
    if back is None:
        return TripRun(broken="crew")
    days = max(1, -(-(back - trip.depart) // 1440))
    day = problem.day(goes[0])
    metres = sum(legs)
    return TripRun(
        broken=_broken_by_clock(problem, trip, legs, n_picks, arrives, goes, day),
        cost=_cost(problem, trip, days, metres),
        days=days,
        metres=metres,
        loaded=loaded,
        leave=trip.depart,
        back=back,
        board_day=day,
        comes=tuple(comes),
        arrives=tuple(arrives),
        goes=tuple(goes),
        stretches=tuple(wheel.stretches),
    )


def _broken_by_clock(
    problem: Problem,
    trip: TripChoice,
    legs: list[int],
    n_picks: int,
    arrives: list[int],
    goes: list[int],
    day: int,
) -> str | None:
    if not 0 <= day < problem.n_days:
        return "windows"
    for load in trip.loads:
        on = trip.stops.index(int(problem.origin[load.cohort]))
        off = trip.stops.index(load.drop, n_picks)
        direct = int(problem.metres[trip.stops[on], load.drop])
        if _strays(problem, sum(legs[on + 1 : off + 1]), direct):
            return "stops"
        if arrives[off] - goes[on] > problem.longest_ride:
            return "stops"
        if arrives[off] > problem.due[load.cohort]:
            return "windows"
    return "seats" if seats_left(problem, trip, day) < 0 else None


def _boarding(problem: Problem, trip: TripChoice, origin: int, reached: int) -> int | None:
    """First minute at which boarding may begin; None if never."""
    ready = max(
        int(problem.ready[load.cohort])
        for load in trip.loads
        if problem.origin[load.cohort] == origin
    )
    return _open(problem, origin, max(reached, ready))


def _open(problem: Problem, place: int, minute: int) -> int | None:
    """First minute from ``minute`` on at which a stop at the place can begin and be finished."""
    for column in range(problem.column(minute), len(problem.midnights) - 1):
        begin = max(minute, int(problem.opens[place, column]))
        if begin + problem.stop_minutes <= problem.shuts[place, column]:
            return begin if begin < NO_LIMIT else None
    return None
