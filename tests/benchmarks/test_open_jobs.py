"""A scenario with open jobs made of a shipped one: nobody is lost, and it can be planned."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.scenario.read import read_scenario

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "open_jobs.py"


def test_it_opens_the_jobs_of_a_share_of_the_people(tmp_path: Path) -> None:
    """Of 141 people at most 84; as many posts and a fifth more, rounded by site and trade."""
    file = tmp_path / "open.yaml"
    subprocess.run([sys.executable, str(SCRIPT), "zhanjiang_2020", str(file)], check=True)
    scenario = read_scenario(file)
    seeking = sum(cohort.count for cohort in scenario.seeking)
    posts = sum(sum(site.posts.values()) for site in scenario.sites)
    assert scenario.people == 141
    assert 70 <= seeking <= 84
    assert seeking <= posts <= 1.25 * seeking
    plan = solve_scenario(scenario, "insertion", threads=1)
    assert check(scenario, plan) == []
    assert any(part.site for part in plan.itineraries)
