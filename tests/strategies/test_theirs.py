"""Somebody else's package adds a strategy: it is found, run, and its plan is checked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

STRATEGY = '''
from p2p_dispatch.problem import Departures, Ledger, Load, TripChoice
from p2p_dispatch.solution import Parameters, Solution


class OnlyTheFirst:
    """Takes the first cohort alone, or as many of it as are asked for."""

    name = "only-the-first"

    class Parameters(Parameters):
        most: int = 1

    def declines(self, problem):
        return "it plans by the clock only" if problem.by_day else None

    def solve(self, problem, parameters, run):
        drop, _ = problem.drops[0][0]
        load = Load(cohort=0, people=parameters.most, drop=drop)
        stops = (int(problem.origin[0]), drop)
        trip = TripChoice(pool=0, depart=0, drivers=1, stops=stops, loads=(load,))
        timed, ran = Departures(problem).best(trip, 0)
        if ran.broken:  # a strategy of bad manners: it sends the coach all the same
            timed = TripChoice(pool=0, depart=480, drivers=2, stops=stops, loads=(load,))
        cost = int((problem.people * problem.value).sum()) + ran.cost
        return Solution(trips=(timed,), cost=cost)
'''

SCENARIO = """
name: theirs
as_of: 2020-02-20
planning: {by: BY}
days: {first: 2020-02-22, last: 2020-02-23}
origins: [{id: gangbei, lat: 23.114, lon: 109.568}]
sites: [{id: baoan, lat: 22.558, lon: 113.879}]
depots: [{id: guigang, lat: 23.103, lon: 109.602}]
cohorts:
  - {id: gb, origin: gangbei, site: baoan, count: 60, ready: 2020-02-22, due: 2020-02-23}
unit_types: [{id: coach, seats: 49, per_day: 1500, per_km: 6}]
pools: [{id: gg, unit_type: coach, depot: guigang, units: 2}]
prices: {driver_day: 500, left_behind: 20000}
"""


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, with the package in ``folder`` installed."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", "p2p_dispatch", *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def install(folder: Path, by: str = "clock") -> None:
    (folder / "theirs.py").write_text(STRATEGY)
    info = folder / "theirs-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[p2p_dispatch.strategies]\nonly-the-first = theirs:OnlyTheFirst\n"
    )
    (folder / "scenario.yaml").write_text(SCENARIO.replace("BY", by))
    (folder / "theirs.yaml").write_text("strategy: only-the-first\nparameters: {most: 49}\n")


def test_their_strategy_runs_by_name_and_by_file(tmp_path: Path) -> None:
    install(tmp_path)
    for solver, moved in [("only-the-first", 1), ("theirs.yaml", 49)]:
        done = run(tmp_path, "solve", "scenario.yaml", "--solver", solver, "-o", "out", "--quiet")
        assert done.returncode == 0, done.stderr
        plan = json.loads((tmp_path / "out" / "plan.json").read_text())
        assert plan["moved"] == moved
        assert plan["made"]["strategy"] == "only-the-first"


def test_their_plan_is_checked(tmp_path: Path) -> None:
    """Fifty people on a coach of 49: the plan is shown with its finding, exit code 5."""
    install(tmp_path)
    (tmp_path / "theirs.yaml").write_text("strategy: only-the-first\nparameters: {most: 50}\n")
    done = run(tmp_path, "solve", "scenario.yaml", "--solver", "theirs.yaml", "-o", "out")
    assert done.returncode == 5
    assert "seats" in done.stdout + done.stderr


def test_their_strategy_may_decline(tmp_path: Path) -> None:
    install(tmp_path, by="day")
    done = run(tmp_path, "solve", "scenario.yaml", "--solver", "only-the-first", "-o", "out")
    assert done.returncode == 2
    assert "P2P2004" in done.stderr
    assert "it plans by the clock only" in done.stderr
    assert not (tmp_path / "out").exists()
