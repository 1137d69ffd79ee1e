"""What may be sent on a morning: a plan, and which of its trips are ordered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import Trip
from p2p_dispatch.plan.rides import people_on
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.solution.solver import Solver
from p2p_dispatch.travel import Travel
from p2p_dispatch.week.desk import Desk
from p2p_dispatch.week.forecast import Forecast
from p2p_dispatch.week.rules import Rule
from p2p_dispatch.week.signups import Habits

SLOWER = 1.25
"""How much longer than the direct drive a ride takes, stops and pauses included. ASSUMPTION, for
whether people who leave on a day arrive on it; the plan itself has the true times."""


@dataclass(frozen=True, kw_only=True)
class Means:
    """
    What mornings are planned with.

    Attributes
    ----------
    solver
        Of every solve, with its limits.
    iterations
        Before the solver's own limit.
    samples
        How many times those expected are drawn on a morning, to look ahead.
    forecast, habits
        Who is expected, and how they are.
    travel
        Roads; of a season all mornings have the same places.
    """

    solver: Solver
    iterations: int | None
    samples: int
    forecast: Forecast
    habits: Habits
    travel: Travel


@dataclass(frozen=True)
class Choice:
    """What may be sent: a plan, and its trips that would be ordered."""

    scenario: Scenario
    plan: Plan
    leaving: tuple[Trip, ...]

    def key(self, desk: Desk) -> tuple[object, ...]:
        """What it orders: equal choices are tried once."""
        seats = desk.seats(self.plan)
        joined = {name: riders for name, riders in seats.items() if name in desk.standing}
        orders = [
            (trip.pool, trip.stops[0].depart, tuple(stop.place for stop in trip.stops), riders)
            for trip in self.leaving
            if (riders := seats.get(trip.id))
        ]
        return tuple(sorted(map(repr, [*joined.items(), *orders])))

    def made(self, desk: Desk, today: date) -> tuple[Desk, tuple[str, ...]]:
        """A desk on which it was made, and the ids of the trips that were ordered."""
        mine = desk.copy()
        mine.board(self.plan)
        return mine, tuple(mine.take(self.plan, self.leaving, today))

    def only(self, which: Callable[[Trip], bool]) -> Choice:
        """The same with some of its trips."""
        return Choice(self.scenario, self.plan, tuple(filter(which, self.leaving)))


def at_hand(desk: Desk, today: date, known: list[Cohort], means: Means) -> Choice:
    """Send everybody who can go now."""
    target = desk.target(today)
    ready = [cohort for cohort in known if day_of(cohort.ready) <= target]
    scenario = desk.scenario(today, ready, target)
    plan = solved(scenario, means)
    return Choice(scenario, plan, leaving(desk, plan, target))


def by_rule(desk: Desk, rule: Rule, choice: Choice) -> Choice:
    """Of a choice full coaches, and those with somebody who cannot wait."""
    return choice.only(lambda trip: is_full(trip, rule) or cannot_wait(desk, trip, rule))


def leaving(desk: Desk, plan: Plan, target: date) -> tuple[Trip, ...]:
    """The trips of a plan that have to be ordered this morning."""
    return tuple(t for t in plan.trips if t.id not in desk.standing and t.day <= target)


def is_full(trip: Trip, rule: Rule) -> bool:
    """Whether so many of its seats are taken as the rule asks for."""
    return people_on(trip) >= rule.fill * (trip.allowed - sum(trip.staff.values()))


def cannot_wait(desk: Desk, trip: Trip, rule: Rule) -> bool:
    """Whether somebody on a coach cannot wait for tomorrow."""
    for stop in trip.stops:
        nights = (stop.arrive.date() - trip.day).days if stop.arrive else 0
        for cohort in (desk.cohorts.get(riders.cohort) for riders in stop.alight):
            if cohort and last_day(cohort, rule, nights) <= trip.day:
                return True
    return False


def last_day(cohort: Cohort, rule: Rule, nights: int) -> date:
    """The last day on which people can leave: by the rule, and to arrive when they are due."""
    latest = day_of(cohort.due) - timedelta(days=nights)
    if rule.most is not None:
        latest = min(latest, day_of(cohort.ready) + timedelta(days=rule.most))
    return latest


def in_time(cohort: Cohort, rule: Rule, today: date, desk: Desk, means: Means) -> Cohort:
    """
    A cohort that is due when it may wait no longer, with time for the ride.

    Who has waited as long as they may is due as if they left on the next day for which a coach can
    be ordered.
    """
    if rule.most is None:
        return cohort
    signed = desk.cohorts.get(cohort.id, cohort)
    leaves = max(day_of(signed.ready) + timedelta(days=rule.most), desk.target(today))
    latest = leaves + timedelta(days=nights_of(cohort, desk, means))
    return cohort if day_of(cohort.due) <= latest else cohort.model_copy(update={"due": latest})


def nights_of(cohort: Cohort, desk: Desk, means: Means) -> int:
    """Nights that a ride takes which begins in the morning."""
    if desk.season.by_day:
        return 0
    _, minutes = means.travel.leg(cohort.origin, cohort.site or "")
    return int((desk.morning.hour * 60 + minutes * SLOWER) // (24 * 60))


def solved(scenario: Scenario, means: Means) -> Plan:
    """The plan of a morning."""
    return solve_scenario(
        scenario, means.solver, iterations=means.iterations, threads=1, travel=means.travel
    )
