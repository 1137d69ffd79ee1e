"""
The rules of one trip: feasible or the first rule broken, and what it costs.

Everything that depends on one trip alone is here; what trips share (units, checks, intake) is
in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass

from p2p_dispatch.problem.choice import TripChoice
from p2p_dispatch.problem.problem import NO_LIMIT, Problem
from p2p_dispatch.problem.road import Road, road_of
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


def run_trip(problem: Problem, trip: TripChoice, road: Road | str | None = None) -> TripRun:
    """
    Run a trip: its times and cost, or the first rule it breaks.

    Parameters
    ----------
    road
        What ``road_of`` says of the trip, if that is known already.
    """
    if road is None:
        road = road_of(problem, trip)
    if isinstance(road, str):
        return TripRun(broken=road)
    return _by_day(problem, trip, road) if problem.by_day else _by_clock(problem, trip, road)


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


def _by_day(problem: Problem, trip: TripChoice, road: Road) -> TripRun:
    day = problem.day(trip.depart)
    days = 2 if road.loaded > problem.two_days_past else 1
    metres = sum(road.metres)
    moments = (trip.depart,) * len(trip.stops)
    return TripRun(
        broken=_broken_by_day(problem, trip, road, day),
        cost=_cost(problem, trip, days, metres),
        days=days,
        metres=metres,
        loaded=road.loaded,
        leave=trip.depart,
        back=problem.midnight(min(day + days, problem.n_days + problem.pad)),
        board_day=day,
        comes=moments,
        arrives=moments,
        goes=moments,
    )


def _broken_by_day(problem: Problem, trip: TripChoice, road: Road, day: int) -> str | None:
    lone = sum(road.seconds[:-1]) <= problem.second_driver_past
    if trip.drivers < (1 if lone else 2):
        return "crew"
    column = problem.column(trip.depart)
    early = any(trip.depart < problem.ready[load.cohort] for load in trip.loads)
    late = any(trip.depart > problem.due[load.cohort] for load in trip.loads)
    shut = any(problem.opens[stop, column] > problem.shuts[stop, column] for stop in trip.stops)
    if early or late or shut or not 0 <= day < problem.n_days:
        return "windows"
    return "seats" if seats_left(problem, trip, day) < 0 else None


def _by_clock(problem: Problem, trip: TripChoice, road: Road) -> TripRun:
    crew = problem.crew
    if trip.drivers < (2 if road.loaded > crew.two_drivers_past else 1):
        return TripRun(broken="crew")
    wheel = Wheel(crew, trip.drivers, banned=road.loaded > crew.ban_exempt)
    latest = trip.depart + LONGEST_TRIP
    comes: list[int] = []
    arrives: list[int] = []
    goes: list[int] = []
    now = trip.depart
    for i, place in enumerate(trip.stops):
        boards = i < road.n_picks
        # whoever boarded, boarded by now: nobody may arrive later than this
        limit = latest if boards else goes[road.n_picks - 1] + problem.longest_ride
        reached = wheel.drive(now, road.minutes[i], limit)
        if reached is None:
            return TripRun(broken="crew")
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
    back = wheel.drive(now, road.minutes[-1], latest)
    if back is None:
        return TripRun(broken="crew")
    days = max(1, -(-(back - trip.depart) // 1440))
    day = problem.day(goes[0])
    metres = sum(road.metres)
    return TripRun(
        broken=_broken_by_clock(problem, trip, arrives, goes, day),
        cost=_cost(problem, trip, days, metres),
        days=days,
        metres=metres,
        loaded=road.loaded,
        leave=trip.depart,
        back=back,
        board_day=day,
        comes=tuple(comes),
        arrives=tuple(arrives),
        goes=tuple(goes),
        stretches=tuple(wheel.stretches),
    )


def _broken_by_clock(
    problem: Problem, trip: TripChoice, arrives: list[int], goes: list[int], day: int
) -> str | None:
    if not 0 <= day < problem.n_days:
        return "windows"
    for load in trip.loads:
        left = goes[trip.stops.index(int(problem.origin[load.cohort]))]
        arrived = arrives[trip.stops.index(load.drop)]
        if arrived - left > problem.longest_ride:
            return "stops"
        if arrived > problem.due[load.cohort]:
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
