"""
People before others who count the same: a scenario in which they are classes of their own.

Where several plans are equally good, which of them a strategy finds is chance. The classes say who
goes first, and by how much; what the plan counts is then said in the prices of the scenario.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import Certificate, Quality
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.people import Priority

FAVOUR = 0.01
"""How much dearer it is to leave one of those asked about behind, as a share of the price, for a
strategy that finds what is nearly best. For those who all go without a change, twice that."""

LEAST = 0.01
"""The same in money for a strategy that finds what is best: it breaks ties and does no more."""

NOTHING = "none: some people were planned before others"


@dataclass(frozen=True, kw_only=True)
class Own:
    """
    What a class of their own says of some people.

    Attributes
    ----------
    share, money
        By how much it is dearer to leave one of them behind: of the price, and beside it.
    least
        Share of them that must go.
    """

    share: float = 0.0
    money: float = 0.0
    least: float = 0.0


def first_asked(plan: Plan, scenario: Scenario, asked: Collection[str]) -> dict[str, Own]:
    """Those asked about before all others but those of whom nobody stays."""
    behind = {part.cohort for part in plan.unserved}
    own = {each.id: Own(share=2 * FAVOUR) for each in scenario.cohorts if each.id not in behind}
    return own | {name: Own(share=FAVOUR) for name in asked}


def nobody_stays(plan: Plan, scenario: Scenario, asked: Collection[str]) -> dict[str, Own]:
    """Of every cohort as many go as in a plan, at the least; of equal plans those asked about."""
    moved = {each.id: each.count for each in scenario.cohorts}
    for part in plan.unserved:
        moved[part.cohort] -= part.count
    return {
        each.id: Own(least=moved[each.id] / each.count, money=LEAST if each.id in asked else 0.0)
        for each in scenario.cohorts
        if moved[each.id] or each.id in asked
    }


def favoured(scenario: Scenario, own: Mapping[str, Own]) -> Scenario:
    """The same with some cohorts in classes of their own, by their ids."""
    classes = {each.id: each for each in scenario.priorities}
    made: dict[tuple[str | None, Own, str], Priority] = {}
    moved = []
    for cohort in scenario.cohorts:
        if cohort.id not in own:
            moved.append(cohort)
            continue
        mine = own[cohort.id]
        # a share that must go is one of these people, whoever else has the same
        key = (cohort.priority, mine, cohort.id if mine.least else "")
        if key not in made:
            made[key] = _own(scenario, classes.get(cohort.priority or ""), mine, len(made))
        moved.append(cohort.model_copy(update={"priority": made[key].id}))
    names = {new.id: old for (old, *_), new in made.items() if old is not None}
    sites = tuple(
        site.model_copy(
            update={
                "subsidies": {
                    **site.subsidies,
                    **{n: site.subsidies[o] for n, o in names.items() if o in site.subsidies},
                }
            }
        )
        for site in scenario.sites
    )
    return Scenario.model_validate(
        {
            **{name: getattr(scenario, name) for name in type(scenario).model_fields},
            "cohorts": tuple(moved),
            "sites": sites,
            "priorities": (*scenario.priorities, *made.values()),
        }
    )


def _own(scenario: Scenario, old: Priority | None, own: Own, number: int) -> Priority:
    """A class like that of some people, or for those without one."""
    usual = scenario.prices.left_behind
    like = Priority(id="none", left_behind=usual) if old is None else old
    price = like.left_behind * (1 + own.share) + own.money
    return like.model_copy(
        update={"id": f"asked {number}", "left_behind": price, "least_share": own.least}
    )


def in_its_prices(scenario: Scenario, plan: Plan) -> Plan:
    """A plan of the favoured scenario as one of the scenario itself."""
    classes = {each.id: each.left_behind for each in scenario.priorities}
    price = {
        cohort.id: classes.get(cohort.priority or "", scenario.prices.left_behind)
        for cohort in scenario.cohorts
    }
    behind = round(sum(part.count * price[part.cohort] for part in plan.unserved), 2)
    total = round(plan.value.total - plan.value.left_behind + behind, 2)
    value = plan.value.model_copy(update={"left_behind": behind, "total": total})
    return plan.model_copy(
        update={
            "digest": scenario.digest,
            "value": value,
            "certificate": Certificate(bound=None, gap=None, how=NOTHING),
            "quality": Quality.FEASIBLE,
        }
    ).with_travel(plan.travel)
