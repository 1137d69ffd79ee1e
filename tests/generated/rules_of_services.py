"""The new rules that services and open jobs bring, and scenarios without them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from p2p_dispatch.check import Finding
from p2p_dispatch.scenario import Scenario
from tests.generated.jobs import scenario_with_jobs, scenario_with_lending
from tests.generated.services import scenario_with_services

Parts = dict[str, Any]


def _all(parts: Parts, name: str, **fields: Any) -> Parts:
    return parts | {name: [each | fields for each in parts[name]]}


def _any_consist(parts: Parts) -> Parts:
    parts = _all(parts, "hubs", most_carriages=None)
    parts = _all(parts, "services", carriages_per_day={"usual": None, "on": {}})
    types = [
        each | {"consist": [span | {"most": 12} for span in each["consist"]]}
        if each.get("consist")
        else each
        for each in parts["unit_types"]
    ]
    return parts | {"unit_types": types}


def _any_transfer(parts: Parts) -> Parts:
    transfer = {"least_minutes": 0, "most_minutes": 1440, "most_changes": 4}
    return parts | {"rules": parts["rules"] | {"transfer": transfer}}


def _any_seats(parts: Parts) -> Parts:
    seats = [rule for rule in parts["rules"]["seats"] if rule["id"] != "rail"]
    return parts | {"rules": parts["rules"] | {"seats": seats}}


def _any_posts(parts: Parts) -> Parts:
    """Posts for everybody, of which none costs anything while it is empty."""
    plenty = sum(cohort["count"] for cohort in parts["cohorts"])
    sites = [site | {"posts": dict.fromkeys(site["posts"], plenty)} for site in parts["sites"]]
    prices = parts["prices"] | {"empty_post": 0, "empty_key_post": 0}
    return parts | {"sites": sites, "prices": prices}


def _any_loan(parts: Parts) -> Parts:
    """Everybody is lent to every site, for nothing."""
    people = sum(cohort["count"] for cohort in parts["cohorts"])
    names = [site["id"] for site in parts["sites"]]
    sites = [
        site | {"lends": {n: people for n in names if n != site["id"]}, "lends_at": {}}
        for site in parts["sites"]
    ]
    return parts | {"sites": sites}


POSTS, LOANS = "intake", "intake, lent"
"""What open jobs bring: no more people than posts of their trade, nor than are lent."""

FREED: dict[str, Callable[[Parts], Parts]] = {
    "consist": _any_consist,
    "minimum-load": lambda parts: _all(parts, "services", minimum_load=0),
    "transfer": _any_transfer,
    "notice": lambda parts: _all(parts, "services", notice_hours=0),
    "slots": lambda parts: _all(parts, "hubs", service_slots=None),
    "fleet": lambda parts: _all(
        parts, "service_pools", trips=None, trips_per_day={"usual": None, "on": {}}
    ),
    "seats": _any_seats,
    POSTS: _any_posts,
    LOANS: _any_loan,
}
"""By the rule's id, and what of it: the scenario without what services or open jobs have of it."""


def breaks(findings: list[Finding], rule: str) -> bool:
    """Whether one of these is of the rule."""
    return any(finding.rule == rule.partition(",")[0] for finding in findings)


def drawn_for(rule: str, seed: int) -> Scenario:
    """A small scenario in which a rule may bind."""
    if rule == LOANS:
        return scenario_with_lending(seed, small=True)
    if rule == POSTS:
        return scenario_with_jobs(seed, small=True)
    return scenario_with_services(seed, small=True)


def freed(scenario: Scenario, rule: str) -> Scenario:
    """A scenario in which services, or people who look for posts, are free of one rule."""
    return Scenario.model_validate(FREED[rule](scenario.model_dump(by_alias=True)))
