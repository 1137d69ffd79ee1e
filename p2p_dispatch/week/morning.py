"""A morning's decision: a solve of the scenario as known, and which of its trips are ordered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import Trip
from p2p_dispatch.plan.rides import people_on
from p2p_dispatch.reading import Fault, InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.solution.solver import Solver
from p2p_dispatch.travel import Travel
from p2p_dispatch.week.desk import Desk
from p2p_dispatch.week.forecast import Forecast, days_from
from p2p_dispatch.week.rules import Rule
from p2p_dispatch.week.signups import Habits, draw_signups

if TYPE_CHECKING:
    from numpy.random import Generator

GUEST = "~expected-"
"""What the ids of people begin with who are expected and have not signed up."""

BEYOND = 2
"""Days that are looked ahead beyond those that people may wait."""

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


@dataclass(frozen=True, kw_only=True)
class Morning:
    """
    What was decided on a morning.

    Attributes
    ----------
    plan, scenario
        The plan of those who are known, and of those expected, and the scenario as known.
    ordered
        Ids of the trips that stand from now on.
    findings
        How many things ``check`` finds in the plan that was acted on and in that shown.
    """

    today: date
    scenario: Scenario
    plan: Plan
    ordered: tuple[str, ...]
    findings: int


def refuse_beyond_coaches(scenario: Scenario) -> None:
    """
    Say that a season cannot be planned morning by morning.

    Raises
    ------
    InputError
        P2P2203, where there are services, open jobs, or people who need an accessible place: trips
        that stand cannot hold these.
    """
    lists = {
        "services": scenario.services,
        "cohorts": scenario.seeking or [c for c in scenario.cohorts if c.accessible],
    }
    words = {
        "services": "trains, carriages and planes cannot be ordered day by day yet",
        "cohorts": "people whose job is open or who need an accessible place cannot be told a trip "
        "day by day yet",
    }
    for name, some in lists.items():
        if some:
            fault = Fault(
                code="P2P2203",
                mark=scenario.mark(name),
                field=name,
                found=words[name],
                right="leave them out to plan the others, or solve the season as a whole",
            )
            raise InputError([fault])


def decide(desk: Desk, rule: Rule, today: date, means: Means, rng: Generator) -> Morning:
    """
    Plan a morning by a rule, and order on the desk what the rule orders.

    Coaches leave on the day for which they can be ordered this morning; what leaves later can be
    ordered tomorrow.
    """
    known = list(desk.known(today))
    if rule.kind == "ahead":
        return _ahead(desk, rule, today, known, means, rng)
    return _at_hand(desk, rule, today, known, means)


def _ahead(
    desk: Desk, rule: Rule, today: date, known: list[Cohort], means: Means, rng: Generator
) -> Morning:
    """
    Look ahead: what to send is tried on the days to come, with those expected drawn several times.

    What may be sent is what leaves first in a plan of these days, one for each draw, and what the
    rule without looking ahead would send. Each is planned on with every draw: those who are held
    leave later, together with those expected. What is cheapest on average is sent.
    """
    target = desk.target(today)
    wait = means.habits.longest if rule.most is None else rule.most
    last = min(target + timedelta(days=wait + BEYOND), desk.season.days.last)
    waiting = [_in_time(cohort, rule, today, desk, means) for cohort in known]
    draws = [_guests(desk, rule, today, last, means, rng) for _ in range(means.samples)]
    choices = [_hold(desk, rule, today, known, means)]
    for draw, guests in enumerate(draws):
        scenario = desk.scenario(today, waiting, last, also=guests)
        plan = _solved(scenario, means)
        choices.append(_Choice(scenario, plan, _leaving(desk, plan, target), draw))
    different = {choice.key(desk): choice for choice in choices}
    if len(different) == 1:  # whatever comes; the last one has a plan of the days to come too
        mine, ordered = _made(desk, choices[-1], today)
        best = _Tried(choices[-1], mine, ordered, 0.0)
    else:
        tried = (_tried(desk, each, rule, today, last, draws, means) for each in different.values())
        best = min(tried, key=lambda each: each.cost)
    desk.become(best.desk)
    return _morning(today, best)


@dataclass(frozen=True)
class _Choice:
    """What may be sent: a plan, and its trips that would be ordered."""

    scenario: Scenario
    plan: Plan
    leaving: tuple[Trip, ...]
    draw: int = -1
    """With which draw of those expected; -1: with none."""

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


@dataclass(frozen=True)
class _Tried:
    """A choice that was made on a desk of its own, and what came of it."""

    choice: _Choice
    desk: Desk
    ordered: tuple[str, ...]
    cost: float
    ahead: tuple[tuple[Scenario, Plan], ...] = ()


def _tried(
    desk: Desk,
    choice: _Choice,
    rule: Rule,
    today: date,
    last: date,
    draws: Sequence[tuple[Cohort, ...]],
    means: Means,
) -> _Tried:
    """
    Order what a choice orders, and plan on with every draw.

    Whoever is held is planned from tomorrow on, and has waited until then.
    """
    mine, ordered = _made(desk, choice, today)
    after = desk.target(today) + timedelta(days=1)
    held = list(mine.known(today, leaving=after))
    waiting = [_in_time(cohort, rule, today, desk, means) for cohort in held]
    since = {cohort.id: day_of(cohort.ready) for cohort in mine.known(today)}
    days = sum(c.count * (day_of(c.ready) - since[c.id]).days for c in held)
    costs, ahead = [], []
    for draw, guests in enumerate(draws):
        if draw == choice.draw:  # it is the plan that the choice comes from
            ahead.append((choice.scenario, choice.plan))
            costs.append(choice.plan.value.total)
            continue
        scenario = mine.scenario(today, waiting, last, also=guests)
        plan = _solved(scenario, means)
        ahead.append((scenario, plan))
        costs.append(plan.value.total + days * scenario.prices.waiting_day)
    return _Tried(choice, mine, ordered, sum(costs) / len(costs), tuple(ahead))


def _made(desk: Desk, choice: _Choice, today: date) -> tuple[Desk, tuple[str, ...]]:
    """A desk on which a choice was made."""
    mine = desk.copy()
    mine.board(choice.plan)
    return mine, tuple(mine.take(choice.plan, choice.leaving, today))


def _guests(
    desk: Desk, rule: Rule, today: date, last: date, means: Means, rng: Generator
) -> tuple[Cohort, ...]:
    """Some who may sign up from tomorrow on."""
    signing = days_from(today + timedelta(days=1), last)
    drawn = draw_signups(means.forecast, means.habits, signing, rng, prefix=GUEST)
    return tuple(
        _in_time(guest, rule, today, desk, means) for guest in drawn if day_of(guest.ready) <= last
    )


def _at_hand(desk: Desk, rule: Rule, today: date, known: list[Cohort], means: Means) -> Morning:
    """Send full coaches, and those with somebody who cannot wait."""
    choice = _hold(desk, rule, today, known, means)
    mine, ordered = _made(desk, choice, today)
    desk.become(mine)
    return _morning(today, _Tried(choice, mine, ordered, 0.0))


def _hold(desk: Desk, rule: Rule, today: date, known: list[Cohort], means: Means) -> _Choice:
    """Plan those who can go now; full coaches go, and those with somebody who cannot wait."""
    target = desk.target(today)
    ready = [cohort for cohort in known if day_of(cohort.ready) <= target]
    scenario = desk.scenario(today, ready, target)
    plan = _solved(scenario, means)
    leaving = (trip for trip in _leaving(desk, plan, target) if _goes(desk, trip, rule))
    return _Choice(scenario, plan, tuple(leaving))


def _morning(today: date, made: _Tried) -> Morning:
    """What was decided; the plan shown is one of the days to come, where there is one."""
    choice = made.choice
    scenario, plan = made.ahead[0] if made.ahead else (choice.scenario, choice.plan)
    findings = len(check(choice.scenario, choice.plan))
    if plan is not choice.plan:
        findings += len(check(scenario, plan))
    return Morning(
        today=today, scenario=scenario, plan=plan, ordered=made.ordered, findings=findings
    )


def _leaving(desk: Desk, plan: Plan, target: date) -> tuple[Trip, ...]:
    """The trips of a plan that have to be ordered this morning."""
    return tuple(t for t in plan.trips if t.id not in desk.standing and t.day <= target)


def _goes(desk: Desk, trip: Trip, rule: Rule) -> bool:
    """Whether a coach is full, or somebody on it cannot wait for tomorrow."""
    seats = trip.allowed - sum(trip.staff.values())
    if people_on(trip) >= rule.fill * seats:
        return True
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


def _in_time(cohort: Cohort, rule: Rule, today: date, desk: Desk, means: Means) -> Cohort:
    """
    A cohort that is due when it may wait no longer, with time for the ride.

    Who has waited as long as they may is due as if they left on the next day for which a coach can
    be ordered.
    """
    if rule.most is None:
        return cohort
    signed = desk.cohorts.get(cohort.id, cohort)
    leaves = max(day_of(signed.ready) + timedelta(days=rule.most), desk.target(today))
    latest = leaves + timedelta(days=_nights(cohort, desk, means))
    return cohort if day_of(cohort.due) <= latest else cohort.model_copy(update={"due": latest})


def _nights(cohort: Cohort, desk: Desk, means: Means) -> int:
    """Nights that a ride takes which begins in the morning."""
    if desk.season.by_day:
        return 0
    _, minutes = means.travel.leg(cohort.origin, cohort.site or "")
    return int((desk.morning.hour * 60 + minutes * SLOWER) // (24 * 60))


def _solved(scenario: Scenario, means: Means) -> Plan:
    return solve_scenario(
        scenario, means.solver, iterations=means.iterations, threads=1, travel=means.travel
    )
