"""
People before others who count the same: a scenario in which leaving them behind is a little dearer.

Where several plans are equally good, which of them a strategy finds is chance. With a class of
their own, whose price is one part in a hundred higher, those asked about are among the people who
go; what the plan counts is then said in the prices of the scenario.
"""

from __future__ import annotations

from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import Certificate, Quality
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.people import Priority

FAVOUR = 1.01
"""How much more leaving one of them behind counts."""

NOTHING = "none: some people were planned before others"


def favoured(scenario: Scenario, cohorts: frozenset[str]) -> Scenario:
    """The same with some cohorts in classes of their own."""
    classes = {each.id: each for each in scenario.priorities}
    own: dict[str | None, Priority] = {}
    moved = []
    for cohort in scenario.cohorts:
        if cohort.id not in cohorts:
            moved.append(cohort)
            continue
        if cohort.priority not in own:
            own[cohort.priority] = _own(scenario, classes.get(cohort.priority or ""), len(own))
        moved.append(cohort.model_copy(update={"priority": own[cohort.priority].id}))
    names = {old: new.id for old, new in own.items() if old is not None}
    sites = tuple(
        site.model_copy(
            update={
                "subsidies": {
                    **site.subsidies,
                    **{n: site.subsidies[o] for o, n in names.items() if o in site.subsidies},
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
            "priorities": (*scenario.priorities, *own.values()),
        }
    )


def _own(scenario: Scenario, old: Priority | None, number: int) -> Priority:
    """A class like that of some people, or for those without one."""
    usual = scenario.prices.left_behind
    like = Priority(id="none", left_behind=usual) if old is None else old
    price = like.left_behind * FAVOUR
    return like.model_copy(
        update={"id": f"asked {number}", "left_behind": price, "least_share": 0.0}
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
