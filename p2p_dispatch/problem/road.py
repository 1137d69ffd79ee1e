"""The way of a trip: what is true of it whenever it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from p2p_dispatch.problem.choice import TripChoice
from p2p_dispatch.problem.problem import NO_ROAD, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """
    The legs of a trip, from depot to depot.

    Attributes
    ----------
    n_picks
        How many of the stops are pick-ups; they come first.
    metres, seconds, minutes
        Per leg; the first leads to the first stop, the last home from the last.
    loaded
        Metres from the first stop to the last.
    """

    n_picks: int
    metres: tuple[int, ...]
    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    loaded: int


def road_of(problem: Problem, trip: TripChoice) -> Road | str:
    """The road of a trip, or the first rule that it breaks whenever it leaves."""
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
        return "stops"
    if not all(problem.serves[trip.pool, origin] for origin in picks):
        return "fleet"
    depot = int(problem.depot[trip.pool])
    legs = list(pairwise((depot, *trip.stops, depot)))
    metres = tuple(int(problem.metres[a, b]) for a, b in legs)
    if NO_ROAD in metres:
        return "windows"
    road = Road(
        n_picks=n_picks,
        metres=metres,
        seconds=tuple(int(problem.seconds[a, b]) for a, b in legs),
        minutes=tuple(int(problem.minutes[a, b]) for a, b in legs),
        loaded=sum(metres[1:-1]),
    )
    astray = _whole_trip_astray if problem.by_day else _anybody_astray
    return "stops" if astray(problem, trip, road) else road


def _whole_trip_astray(problem: Problem, trip: TripChoice, road: Road) -> bool:
    """By the day, detour and ride are those of the trip, all stops' standing included."""
    ride = sum(road.seconds[1:-1]) + 60 * problem.stop_minutes * len(trip.stops)
    direct = int(problem.metres[trip.stops[0], trip.stops[-1]])
    return ride > 60 * problem.longest_ride or _strays(problem, road.loaded, direct)


def _anybody_astray(problem: Problem, trip: TripChoice, road: Road) -> bool:
    """By the clock they are each rider's own; breaks and waiting can only lengthen the ride."""
    for load in trip.loads:
        on = trip.stops.index(int(problem.origin[load.cohort]))
        off = trip.stops.index(load.drop, road.n_picks)
        ride = sum(road.minutes[on + 1 : off + 1]) + problem.stop_minutes * (off - on - 1)
        direct = int(problem.metres[trip.stops[on], load.drop])
        way = sum(road.metres[on + 1 : off + 1])
        if ride > problem.longest_ride or _strays(problem, way, direct):
            return True
    return False


def _strays(problem: Problem, way: int, direct: int) -> bool:
    # the direct road was rounded up like all others; here that would favour the planner
    return way > problem.detour_factor * max(direct - 1, 0) + problem.detour_metres
