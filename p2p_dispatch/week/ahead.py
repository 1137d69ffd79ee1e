"""
Looking ahead: what to send is tried on the days to come, with those expected drawn several times.

What may be sent is what the fixed rule would send, of its coaches those alone that cannot wait,
and what leaves first in a plan of the days to come, one for each of some draws. Each is tried on
other draws, the same for all, and what is cheapest on average is sent. A plan that is judged by the
draw it was made with believes in who was drawn.

The last day that is looked at is not the end of the season. Whoever is expected and could leave
later still may be left out of a trial, for what a person costs on average in the plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from p2p_dispatch.api import cost_of_problem
from p2p_dispatch.plan import Plan
from p2p_dispatch.problem import Problem, build
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.week.choice import (
    Choice,
    Means,
    at_hand,
    by_rule,
    cannot_wait,
    in_time,
    leaving,
    nights_of,
    solved,
)
from p2p_dispatch.week.desk import Desk
from p2p_dispatch.week.forecast import days_from
from p2p_dispatch.week.rules import Rule
from p2p_dispatch.week.signups import draw_signups

if TYPE_CHECKING:
    from numpy.random import Generator

GUEST = "~expected-"
"""What the ids of people begin with who are expected and have not signed up."""

BEYOND = 2
"""Days that are looked ahead beyond those that people may wait."""

TRIALS = 2
"""Draws on which choices are tried, for each with which a plan is made."""

SURE = 3.0
"""Standard errors by which a choice must be cheaper than that of the fixed rule."""

Guests = tuple[Cohort, ...]
"""Those expected, drawn once."""


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """
    A morning, and the days to come as they may be.

    Attributes
    ----------
    target
        The day for which coaches are ordered this morning.
    last
        The last day that is looked at.
    plans
        For planning: some who may sign up from tomorrow on, drawn several times.
    trials
        For trying: the same, drawn anew.
    """

    desk: Desk
    rule: Rule
    today: date
    means: Means
    target: date
    last: date
    plans: tuple[Guests, ...]
    trials: tuple[Guests, ...]

    def scenario(self, desk: Desk, guests: Guests, first: date | None = None) -> Scenario:
        """The days to come; who waits leaves on the first of some days or later."""
        known = [self.in_time(cohort) for cohort in desk.known(self.today, leaving=first)]
        return desk.scenario(self.today, known, self.last, also=guests)

    def in_time(self, cohort: Cohort) -> Cohort:
        """A cohort that is due when it may wait no longer."""
        return in_time(cohort, self.rule, self.today, self.desk, self.means)

    def later(self, guest: Cohort) -> bool:
        """Whether somebody expected may leave after the last day that is looked at."""
        nights = timedelta(days=nights_of(guest, self.desk, self.means))
        return day_of(guest.due) - nights > self.last


def outlook_of(desk: Desk, rule: Rule, today: date, means: Means, rng: Generator) -> Outlook:
    """The days to come, with those expected drawn."""
    target = desk.target(today)
    wait = means.habits.longest if rule.most is None else rule.most
    last = min(target + timedelta(days=wait + BEYOND), desk.season.days.last)

    def guests() -> Guests:
        days = days_from(today + timedelta(days=1), last)
        drawn = draw_signups(means.forecast, means.habits, days, rng, prefix=GUEST)
        some = (in_time(guest, rule, today, desk, means) for guest in drawn)
        return tuple(guest for guest in some if day_of(guest.ready) <= last)

    return Outlook(
        desk=desk,
        rule=rule,
        today=today,
        means=means,
        target=target,
        last=last,
        plans=tuple(guests() for _ in range(means.samples)),
        trials=tuple(guests() for _ in range(TRIALS * means.samples)),
    )


def cheapest(outlook: Outlook, known: list[Cohort]) -> Choice:
    """What costs least on average with the days to come."""
    desk, rule, means = outlook.desk, outlook.rule, outlook.means
    fixed = by_rule(desk, rule, at_hand(desk, outlook.today, known, means))
    few = fixed.only(lambda trip: cannot_wait(desk, trip, rule))
    plans = [_planned(outlook, guests) for guests in outlook.plans]
    different: dict[tuple[object, ...], Choice] = {}
    for choice in (fixed, few, *plans):
        different.setdefault(choice.key(desk), choice)
    if len(different) == 1:
        return fixed
    price = _a_person([choice.plan for choice in plans])
    first, *others = (_Trial(outlook, choice, price) for choice in different.values())
    for number, guests in enumerate(outlook.trials, start=1):
        if not others:
            return fixed
        cost = first.cost(guests)
        for trial in others:
            trial.more.append(trial.cost(guests) - cost)
        if 2 * number == len(outlook.trials):  # the others are not worth the time
            others = [trial for trial in others if fmean(trial.more) < 0]
    better = [trial for trial in others if trial.surely_better]
    return min(better, key=lambda trial: fmean(trial.more)).choice if better else fixed


def plan_ahead(outlook: Outlook, made: Desk) -> tuple[Scenario, Plan]:
    """A plan of the days to come after a choice was made on a desk."""
    scenario = outlook.scenario(made, outlook.plans[0], outlook.target + timedelta(days=1))
    return scenario, solved(scenario, outlook.means)


def _planned(outlook: Outlook, guests: Guests) -> Choice:
    """What leaves first in a plan of the days to come."""
    scenario = outlook.scenario(outlook.desk, guests)
    plan = solved(scenario, outlook.means)
    return Choice(scenario, plan, leaving(outlook.desk, plan, outlook.target))


def _a_person(plans: Sequence[Plan]) -> float:
    """What a person costs on average, waiting left out."""
    money = sum(p.value.total - p.value.waiting - p.value.left_behind for p in plans)
    return money / max(1, sum(plan.moved for plan in plans))


class _Trial:
    """
    A choice that is made on a desk of its own, to see what comes of it.

    Attributes
    ----------
    price
        For a person who is left to the days after the last.
    more
        By how much it costs more than what the fixed rule would send, draw by draw.
    """

    def __init__(self, outlook: Outlook, choice: Choice, price: float) -> None:
        self.outlook, self.choice, self.price = outlook, choice, price
        self.more: list[float] = []
        self.desk, _ = choice.made(outlook.desk, outlook.today)
        self.after = outlook.target + timedelta(days=1)
        since = {cohort.id: day_of(cohort.ready) for cohort in self.desk.known(outlook.today)}
        held = self.desk.known(outlook.today, leaving=self.after)
        days = sum(c.count * (day_of(c.ready) - since[c.id]).days for c in held)
        self.waited = days * outlook.desk.season.prices.waiting_day

    def cost(self, guests: Guests) -> float:
        """With some draw: who is held is planned from tomorrow on, and has waited until then."""
        scenario, means = self.outlook.scenario(self.desk, guests, self.after), self.outlook.means
        problem = self._for_later(scenario, build(scenario, means.travel), guests)
        return self.waited + cost_of_problem(
            scenario, problem, means.solver, iterations=means.iterations, threads=1
        )

    @property
    def surely_better(self) -> bool:
        """Whether it is cheaper by more than chance may have it."""
        error = stdev(self.more) / len(self.more) ** 0.5 if self.more[1:] else 0.0
        return fmean(self.more) + SURE * error < 0

    def _for_later(self, scenario: Scenario, problem: Problem, guests: Guests) -> Problem:
        """The problem in which guests who may leave later still are left at a price."""
        value = problem.value.copy()
        for number, guest in enumerate(guests, start=len(scenario.cohorts) - len(guests)):
            if self.outlook.later(guest):
                nights = (self.outlook.last - day_of(guest.ready)).days + 1
                value[number] = round(100 * (self.price + nights * scenario.prices.waiting_day))
        return replace(problem, value=value)
