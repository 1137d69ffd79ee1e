"""``risk``: who may travel, where to, and with whom."""

from __future__ import annotations

from collections.abc import Iterator

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.people import leaving
from p2p_dispatch.check.run import Run
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.scenario.places import Risk

RULE = "risk"


def risk(facts: Facts) -> Iterator[Finding]:
    """Levels at which people stay, at which sites are shut, and levels kept apart."""
    for run in facts.runs:
        for words in _broken(facts, run):
            yield Finding(rule=RULE, where=run.where, words=words)


def _broken(facts: Facts, run: Run) -> Iterator[str]:
    limits = facts.scenario.rules.risk
    levels: dict[str, Risk] = {}
    for cohort in _known(facts, run):
        level = levels[cohort.id] = _level(facts, run, cohort)
        if limits.stay_from and level.rank >= limits.stay_from.rank:
            yield f"takes {cohort.id} of level {level} on {run.day}, {limits.stay_from} stays"
    for name, cohort_id in _arriving(facts, run):
        site = facts.sites.get(name)
        if site and limits.shut_from and site.risk_on(run.day).rank >= limits.shut_from.rank:
            shut = f"of level {site.risk_on(run.day)} on {run.day}"
            yield f"takes {cohort_id} to {site.id}, {shut}, shut from {limits.shut_from} on"
    if limits.apart and len(set(levels.values())) > 1:
        mixed = ", ".join(f"{name} {level}" for name, level in levels.items())
        yield f"has people of different levels on {run.day}: {mixed}"


def _known(facts: Facts, run: Run) -> list[Cohort]:
    """The cohorts of which somebody boards or gets off, each once."""
    names = {
        riders.cohort: None
        for stop in run.stops
        for riders in (*stop.board, *stop.alight)
        if riders.count > 0
    }
    return [facts.cohorts[name] for name in names if name in facts.cohorts]


def _arriving(facts: Facts, run: Run) -> dict[tuple[str, str], None]:
    """Sites and cohorts that are at the end of their way on this trip, each once."""
    return {
        (off.site, off.cohort): None
        for i in run.alights
        for off in leaving(facts, run, i)
        if off.ends and off.count > 0
    }


def _level(facts: Facts, run: Run, cohort: Cohort) -> Risk:
    """The stricter of the origin's level on the day they left home and the people's own."""
    origin = facts.origins.get(cohort.origin)
    days = facts.claims.left_home.get((run.trip.id, cohort.id)) or {run.day}
    levels = [cohort.risk or Risk.LOW, *(origin.risk_on(day) for day in days if origin)]
    return max(levels, key=lambda level: level.rank)
