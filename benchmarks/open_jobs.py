"""
Open the jobs of a part of the people of a scenario, to compare ways to match them to posts.

    python benchmarks/open_jobs.py gangnan_2021 OPEN.yaml

Cohorts are drawn whole, until so many people are in them; each gets a trade. Their sites get as
many posts of that trade and a fifth more, and every third site is a key employer. Cohorts of one
origin, trade and class with the same days become one. All of that is made up.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import yaml

from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.shipped import shipped

MORE = 1.2
"""Posts for each person who looks for one."""

PRICES = {"empty_post": 300, "empty_key_post": 1500}


def main(words: list[str] | None = None) -> None:
    """Read a shipped scenario, open jobs, write it as one file."""
    parser = argparse.ArgumentParser(description="Open the jobs of a part of the people.")
    parser.add_argument("scenario", help="name of a shipped scenario")
    parser.add_argument("file", type=Path, help="YAML, written over")
    parser.add_argument("--share", type=float, default=0.6, help="of the people")
    parser.add_argument("--trades", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(words)
    scenario = read_scenario(shipped("scenarios") / f"{options.scenario}.yaml")
    opened = open_jobs(scenario, options.share, options.trades, random.Random(options.seed))
    text = yaml.safe_dump(opened.model_dump(mode="json", by_alias=True), sort_keys=False)
    # scenarios have no seconds
    text = re.sub(r"(\d\d:\d\d):00\b", r"\1", text)
    text = re.sub(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)", r"\1 \2", text)
    options.file.write_text(text, encoding="utf-8")


def open_jobs(scenario: Scenario, share: float, trades: int, draw: random.Random) -> Scenario:
    """The scenario with the jobs of a share of its people open."""
    parts = scenario.model_dump(by_alias=True)
    posts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    seeking: dict[tuple[Any, ...], dict[str, Any]] = {}
    rest, left = [], share * scenario.people
    for cohort in draw.sample(parts["cohorts"], len(parts["cohorts"])):
        if cohort["count"] > left:
            rest.append(cohort)
            continue
        left -= cohort["count"]
        trade = f"trade-{draw.randrange(trades) + 1}"
        posts[cohort["site"]][trade] += cohort["count"]
        same = (cohort["origin"], trade, cohort["ready"], cohort["due"], cohort["priority"])
        one = seeking.setdefault(
            (*same, cohort["risk"], cohort["luggage"]),
            {**cohort, "site": None, "trade": trade, "count": 0, "parties": (), "accessible": 0},
        )
        for what in ("count", "parties", "accessible"):
            one[what] += cohort[what]
    for number, site in enumerate(parts["sites"]):
        some = posts[site["id"]]
        site["posts"] = {trade: round(MORE * people) for trade, people in some.items()}
        site["key"] = number % 3 == 0
    cohorts = [*rest, *seeking.values()]
    prices, frozen = parts["prices"] | PRICES, []
    return Scenario.model_validate(parts | {"cohorts": cohorts, "prices": prices, "frozen": frozen})


if __name__ == "__main__":
    main()
