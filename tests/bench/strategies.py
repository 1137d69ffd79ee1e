"""Somebody else's strategies, each with bad manners of its own, installed for a test."""

from __future__ import annotations

from pathlib import Path

NAMES = ("nobody", "crasher", "dier", "sleeper", "overloader")

CODE = '''
import os
import time

from p2p_dispatch.problem import Departures, Load, TripChoice
from p2p_dispatch.solution import Parameters, Progress, Solution


class Nobody:
    """Leaves everybody behind."""

    name = "nobody"
    Parameters = Parameters

    def declines(self, problem):
        return None

    def solve(self, problem, parameters, run):
        return Solution(trips=(), cost=int((problem.people * problem.value).sum()))


class Crasher(Nobody):
    name = "crasher"

    def solve(self, problem, parameters, run):
        raise ZeroDivisionError("for a test")


class Dier(Nobody):
    """Takes its process with it, as a native library might."""

    name = "dier"

    def solve(self, problem, parameters, run):
        print("something in C++ is wrong", flush=True)
        os._exit(3)


class Sleeper(Nobody):
    name = "sleeper"

    def solve(self, problem, parameters, run):
        time.sleep(600)


class Overloader(Nobody):
    """Sends fifty people on a coach of 49 and says twice how well it goes."""

    name = "overloader"

    def solve(self, problem, parameters, run):
        drop, _ = problem.drops[0][0]
        load = Load(cohort=0, people=50, drop=drop)
        stops = (int(problem.origin[0]), drop)
        trip = TripChoice(pool=0, depart=480, drivers=2, stops=stops, loads=(load,))
        for cost in (90_000_00, 80_000_00):
            solution = Solution(trips=(trip,), cost=cost)
            told = Progress(seconds=run.elapsed, served=50, people=50, trips=1, cost=cost)
            run.keep(solution, told)
        return solution
'''


def install(folder: Path) -> None:
    """A package with these strategies; whoever has the folder on their path finds them."""
    (folder / "manners.py").write_text(CODE, encoding="utf-8")
    info = folder / "manners-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: manners\nVersion: 1.0\n")
    lines = "\n".join(f"{name} = manners:{name.capitalize()}" for name in NAMES)
    (info / "entry_points.txt").write_text(f"[p2p_dispatch.strategies]\n{lines}\n")
