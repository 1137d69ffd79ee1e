"""The shipped scenario with open jobs: the people of zhanjiang_2020, and its plan."""

from __future__ import annotations

from collections import Counter

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.shipped import shipped


def scenario(name: str) -> Scenario:
    return read_scenario(shipped("scenarios") / f"{name}.yaml")


def test_it_has_the_people_of_zhanjiang_some_without_a_firm() -> None:
    """From every origin on every day as many, in the same parties."""
    closed, opened = scenario("zhanjiang_2020"), scenario("zhanjiang_2020_jobs")
    people, parties = ([Counter[object](), Counter[object]()] for _ in range(2))
    for i, read in enumerate((closed, opened)):
        for cohort in read.cohorts:
            people[i][cohort.origin, cohort.ready] += cohort.count
            parties[i].update((cohort.origin, size) for size in cohort.parties)
    assert people[0] == people[1]
    assert parties[0] == parties[1]
    assert (opened.pools, opened.rules) == (closed.pools, closed.rules)
    assert sum(cohort.count for cohort in opened.seeking) == 78
    assert sum(sum(site.posts.values()) for site in opened.sites) == 96


def test_all_find_posts_and_key_employers_have_none_empty() -> None:
    """26 hired at key employers for 1,000 each, and 78 brought by an agency for 400 each."""
    read = scenario("zhanjiang_2020_jobs")
    plan = solve_scenario(read, "match-first", iterations=300, threads=1)
    assert check(read, plan) == []
    assert plan.moved == 141
    filled = Counter[str]()
    for part in plan.itineraries:
        filled[part.site] += part.count
    assert (filled["mazhang"], filled["suixi"]) == (14, 12)
    assert plan.value.subsidies == 26 * 1000 + 78 * 400
    assert plan.value.empty_posts == 18 * 400
