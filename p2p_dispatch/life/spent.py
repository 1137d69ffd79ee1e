"""What trips that have left have cost, in all and by payer: no ceiling can undo it."""

from __future__ import annotations

from collections import Counter, defaultdict

from p2p_dispatch.life.happened import Situation
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.altered import altered


def with_what_is_spent(situation: Situation, facts: frozenset[str]) -> Scenario:
    """The scenario with ceilings no lower than what is spent already."""
    scenario = situation.scenario
    ceilings = [payer.ceiling for payer in scenario.payers] + [scenario.rules.budget.ceiling]
    if all(ceiling is None for ceiling in ceilings):
        return scenario
    total, paid = _spent(situation, facts)
    payers = tuple(
        payer
        if payer.ceiling is None
        else payer.model_copy(update={"ceiling": max(payer.ceiling, round(paid[payer.id] + 1, 2))})
        for payer in scenario.payers
    )
    budget = scenario.rules.budget
    if budget.ceiling is not None:
        budget = budget.model_copy(update={"ceiling": max(budget.ceiling, round(total + 1, 2))})
    rules = scenario.rules.model_copy(update={"budget": budget})
    return altered(scenario, payers=payers, rules=rules)


def _spent(situation: Situation, facts: frozenset[str]) -> tuple[float, dict[str, float]]:
    """In all, and by payer; a trip is paid by its riders, each an equal part."""
    scenario = situation.scenario
    common = {payer.id: payer.share for payer in scenario.payers}
    sites = {site.id: site for site in scenario.sites}
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    classes = {each.id: each.subsidy for each in scenario.priorities}
    riders = Counter[str]()
    for part in situation.parts:
        for name in part.trips[: part.gone]:
            riders[name] += part.count
    paid: defaultdict[str, float] = defaultdict(float)
    total = 0.0

    def charge(site: str, amount: float) -> None:
        shares = sites[site].paid_by if site in sites else {}
        for payer, share in (dict(shares) or common).items():
            paid[payer] += share * amount

    for name in facts:
        total += situation.trips[name].cost
        if not riders[name]:
            charge("", situation.trips[name].cost)
    for part in situation.parts:
        cohort = cohorts[part.cohort]
        site = part.site or cohort.site or ""
        for name in part.trips[: part.gone]:
            charge(site, part.count * situation.trips[name].cost / riders[name])
        if part.moved and part.gone == len(part.trips):
            more = sites[site].handover.get(part.drop, 0.0)
            more -= sites[site].subsidy_for(cohort.priority)
            more -= classes.get(cohort.priority or "", 0.0)
            total += part.count * more
            charge(site, part.count * more)
    return total, paid
