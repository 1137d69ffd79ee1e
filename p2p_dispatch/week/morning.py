"""A morning's decision: a solve of the scenario as known, and which of its trips are ordered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.reading import Fault, InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.week.ahead import cheapest, outlook_of, plan_ahead
from p2p_dispatch.week.choice import Means, at_hand, by_rule
from p2p_dispatch.week.desk import Desk
from p2p_dispatch.week.rules import Rule

if TYPE_CHECKING:
    from numpy.random import Generator


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


def decide(
    desk: Desk, rule: Rule, today: date, means: Means, rng: Generator, *, shown: bool = False
) -> Morning:
    """
    Plan a morning by a rule, and order on the desk what the rule orders.

    Coaches leave on the day for which they can be ordered this morning; what leaves later can be
    ordered tomorrow.

    Parameters
    ----------
    shown
        Whether the plan of the days to come is asked for, where the rule looks ahead.
    """
    known = list(desk.known(today))
    outlook = outlook_of(desk, rule, today, means, rng) if rule.kind == "ahead" else None
    if outlook:
        choice = cheapest(outlook, known)
    else:
        choice = by_rule(desk, rule, at_hand(desk, today, known, means))
    findings = len(check(choice.scenario, choice.plan))
    made, ordered = choice.made(desk, today)
    scenario, plan = choice.scenario, choice.plan
    if shown and outlook:
        scenario, plan = plan_ahead(outlook, made)
        findings += len(check(scenario, plan))
    desk.become(made)
    return Morning(today=today, scenario=scenario, plan=plan, ordered=ordered, findings=findings)
