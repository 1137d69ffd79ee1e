"""A season planned morning by morning by one rule, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.rides import boards_on, rides
from p2p_dispatch.report.figures import figures
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.week.choice import Means
from p2p_dispatch.week.desk import Desk
from p2p_dispatch.week.morning import decide
from p2p_dispatch.week.rules import Rule
from p2p_dispatch.week.standing import standing_plan

if TYPE_CHECKING:
    from numpy.random import Generator


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    What came of a season by one rule.

    Attributes
    ----------
    rule
        As it is written.
    future
        Which of the drawn futures it was, from 0.
    people, moved
        Who signed up, and who left.
    money
        What has to be paid.
    total
        The same with what waiting, being late and people left behind count for.
    waited, longest
        Person-days between being ready and leaving, and the most days that somebody waited.
    trips, filled, allowed
        Trips, seats taken on them, and seats that the rules allow.
    mornings
        How many mornings were planned.
    findings
        What ``check`` found in their plans and in the season's as a whole.
    astray
        People lost or moved twice: by cohort, the difference between who signed up and who left or
        was left.
    """

    rule: str
    future: int
    people: int
    moved: int
    money: float
    total: float
    waited: int
    longest: int
    trips: int
    filled: int
    allowed: int
    mornings: int
    findings: int
    astray: int


def run_season(
    season: Scenario,
    rule: Rule,
    means: Means,
    rng: Generator,
    *,
    future: int = 0,
) -> Outcome:
    """
    Plan every morning of a season, from its first day until nobody waits any more.

    Parameters
    ----------
    season
        Everybody who signs up; on each morning only those are looked at who have.
    rng
        For who is expected.
    """
    desk = Desk(season)
    mornings = findings = 0
    for today in desk.dates:
        if desk.gone(today):
            break
        morning = decide(desk, rule, today, means, rng)
        mornings += 1
        findings += morning.findings
    whole = desk.whole()
    plan = standing_plan(whole, means.travel)
    findings += len(check(whole, plan))
    known = figures(plan, whole)
    waits = waits_of(plan, whole)
    return Outcome(
        rule=rule.name,
        future=future,
        people=season.people,
        moved=plan.moved,
        money=known.money,
        total=known.total,
        waited=sum(days * people for days, people in waits.items()),
        longest=max(waits, default=0),
        trips=known.trips,
        filled=known.filled,
        allowed=known.allowed,
        mornings=mornings,
        findings=findings,
        astray=astray(desk, plan),
    )


def astray(desk: Desk, plan: Plan) -> int:
    """People of whom the plan of a season loses track, or whom it moves twice."""
    told: Counter[str] = Counter()
    for part in plan.itineraries:
        told[desk.of.get(part.cohort, part.cohort)] += part.count
    for left in plan.unserved:
        told[desk.of.get(left.cohort, left.cohort)] += left.count
    signed = {cohort.id: cohort.count for cohort in desk.season.cohorts}
    return sum(abs(told[name] - signed.get(name, 0)) for name in {*told, *signed})


def waits_of(plan: Plan, scenario: Scenario) -> Counter[int]:
    """People by the days between being ready and leaving."""
    ready = {cohort.id: day_of(cohort.ready) for cohort in scenario.cohorts}
    counts: Counter[int] = Counter()
    for ride in rides(plan):
        counts[(boards_on(ride) - ready[ride.cohort]).days] += ride.people
    return counts
