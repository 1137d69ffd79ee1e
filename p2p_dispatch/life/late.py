"""Coaches that leave later than they were ordered: as the clock then has it, or not at all."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from p2p_dispatch.life.happened import Situation
from p2p_dispatch.plan.model import Spell, Stop, Trip
from p2p_dispatch.problem import Load, Problem, TripChoice, TripRun, build, run_trip
from p2p_dispatch.problem.basics import NO_LIMIT
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import Travel


def time_late(situation: Situation, travel: Travel) -> None:
    """
    Give coaches that are late the times at which they can run then.

    One that would break a rule, drivers' hours or opening hours, does not run: its people are
    planned anew. So are those of a late coach from a hub, since they go on when they have come.
    """
    if not situation.late:
        return
    problem = build(situation.scenario, travel)
    zero = datetime.combine(situation.scenario.days.first, time(), situation.scenario.zone)
    for name in sorted(situation.late):
        trip = situation.trips[name]
        choice = _choice(situation, problem, trip, zero.timestamp())
        run = run_trip(problem, choice) if choice else None
        if choice is None or run is None or run.broken or not 0 <= run.board_day < problem.n_days:
            situation.late.discard(name)
            situation.cancelled.add(name)
        else:
            situation.trips[name] = _timed(situation.scenario, trip, choice, run, zero)


def _choice(situation: Situation, problem: Problem, trip: Trip, zero: float) -> TripChoice | None:
    scenario = situation.scenario
    number = {place: i for i, place in enumerate(scenario.places)}
    placed = {cohort.id: i for i, cohort in enumerate(scenario.placed)}
    loads: defaultdict[tuple[int, int], int] = defaultdict(int)
    for part in situation.parts:
        for i, name in enumerate(part.trips):
            if name != trip.id:
                continue
            if i or part.cohort not in placed:
                return None
            drop = part.changes[0] if len(part.trips) > 1 else part.drop
            loads[placed[part.cohort], number[drop]] += part.count
    depart = trip.stops[0].depart
    if depart is None or not loads:
        return None
    used = {int(problem.origin[cohort]) for cohort, _ in loads} | {drop for _, drop in loads}
    stops = tuple(number[stop.place] for stop in trip.stops[1:-1])
    if not used.issuperset(stops):
        return None
    return TripChoice(
        pool=[pool.id for pool in scenario.pools].index(trip.pool),
        depart=round((depart.timestamp() - zero) / 60),
        drivers=trip.drivers,
        stops=stops,
        loads=tuple(
            Load(cohort=cohort, people=people, drop=drop)
            for (cohort, drop), people in loads.items()
        ),
        frozen=NO_LIMIT,  # it was ordered
    )


def _timed(
    scenario: Scenario, trip: Trip, choice: TripChoice, run: TripRun, zero: datetime
) -> Trip:
    """A trip with the times of a run and drivers of its own."""

    def clock(minute: int) -> datetime:
        return datetime.fromtimestamp(zero.timestamp() + 60 * minute, scenario.zone)

    places = tuple(scenario.places)
    by_place = {stop.place: stop for stop in trip.stops[1:-1]}
    stops: list[Stop] = [trip.stops[0].model_copy(update={"depart": clock(run.leave)})]
    for place, comes, goes in zip(choice.stops, run.comes, run.goes, strict=True):
        stops.append(
            by_place[places[place]].model_copy(
                update={"arrive": clock(comes), "depart": clock(goes)}
            )
        )
    stops.append(trip.stops[-1].model_copy(update={"arrive": clock(run.back)}))
    coach = next(each for each in scenario.coaches if each.id == trip.unit_type)
    each_day = coach.per_day + trip.drivers * scenario.prices.driver_day
    day: date = scenario.days.first + timedelta(days=run.board_day)
    return trip.model_copy(
        update={
            "stops": tuple(stops),
            "day": day,
            "days": run.days,
            "cost": round(trip.cost + (run.days - trip.days) * each_day, 2),
            "driving": tuple(
                Spell(
                    driver=f"{trip.unit} late {trip.id} {spell.driver + 1}",
                    start=clock(spell.start),
                    end=clock(spell.end),
                )
                for spell in run.stretches
            ),
        }
    )
