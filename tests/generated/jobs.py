"""Random scenarios in which people look for posts."""

from __future__ import annotations

import random

from p2p_dispatch.scenario import Scenario
from tests.generated.scenarios import random_scenario
from tests.generated.services import scenario_with_services

TRADES = ("welder", "cook", "sewer")


def scenario_with_jobs(
    seed: int, *, services: bool | None = None, by_day: bool | None = None, small: bool = False
) -> Scenario:
    """
    A random scenario in which the jobs of two thirds of the cohorts are open.

    A third of them have services. Nobody may need a trade; posts are more or fewer than people, at
    key employers and others; subsidies are by class and employer. In a small one no payer has a
    ceiling.
    """
    draw = random.Random(seed + 2_000_000)
    trains = draw.random() < 0.33 if services is None else services
    drawn = (
        scenario_with_services(seed, small=small)
        if trains
        else random_scenario(seed, by_day=by_day, small=small)
    )
    parts = drawn.model_dump(by_alias=True)
    if small:
        parts["payers"] = [payer | {"ceiling": None} for payer in parts["payers"]]
    for cohort in parts["cohorts"]:
        if draw.random() < 0.67:
            cohort["site"], cohort["trade"] = None, draw.choice(TRADES)
    people = sum(cohort["count"] for cohort in parts["cohorts"] if cohort["trade"])
    each = max(1, round(draw.choice([0.3, 0.7, 1.5]) * people / len(parts["sites"])))
    for site in parts["sites"]:
        site["posts"] = {t: draw.randint(0, each) for t in TRADES if draw.random() < 0.6}
        site["key"] = draw.random() < 0.3
        if draw.random() < 0.5:
            site["subsidies"] = {"poor": draw.choice([300, 1000])}
    parts["prices"] |= {
        "empty_post": draw.choice([0, 100, 800]),
        "empty_key_post": draw.choice([500, 2500]),
    }
    return Scenario.model_validate(parts)


def scenario_with_lending(seed: int, *, small: bool = False) -> Scenario:
    """
    A scenario with open jobs in which half of those who look for posts are lent by some site.

    Each site lends to half of the others, few people or none, for money or for nothing. Whom nobody
    may have looks for posts like all others.
    """
    draw = random.Random(seed + 3_000_000)
    parts = scenario_with_jobs(seed, small=small).model_dump(by_alias=True)
    names = [site["id"] for site in parts["sites"]]
    people, most = sum(cohort["count"] for cohort in parts["cohorts"]), 8 if small else 2
    for site in parts["sites"]:
        others = [name for name in names if name != site["id"] and draw.random() < 0.6]
        site["lends"] = {name: draw.randint(0, people // most) for name in others}
        site["posts"] = {trade: draw.randint(0, people // 2) for trade in TRADES} | site["posts"]
        site["lends_at"] = {name: draw.choice([50, 400]) for name in others if draw.random() < 0.5}
    sites = {site["id"]: site for site in parts["sites"]}
    for cohort in parts["cohorts"]:
        lender = sites[draw.choice(names)]
        wanted = [sites[name] for name in (lender["id"], *lender["lends"])]
        if cohort["trade"] and any(site["posts"].get(cohort["trade"]) for site in wanted):
            cohort["lent_by"] = lender["id"] if draw.random() < 0.8 else None
    return Scenario.model_validate(parts)
