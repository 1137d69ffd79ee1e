"""
How far plans are from the best: small random scenarios, solved exactly.

    python benchmarks/oracle.py --scenarios 200 --iterations 300

Prints a table for the README, a line for each scenario as it is done (stderr), and with ``--rules``
in how many scenarios with services each of their rules binds: planned exactly without it, the plan
breaks it. Exit code 1 where a plan breaks a rule, or bound, optimum and plan are not in order.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.reading import InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import travel_of
from tests.generated.rules_of_services import FREED, freed
from tests.generated.scenarios import random_scenario
from tests.generated.services import scenario_with_services

DETERMINISTIC = 5
"""CP-SAT's deterministic seconds for a scenario; one that needs more is not counted."""


@dataclass
class Seen:
    """What is known of one scenario."""

    kind: str
    seed: int
    best: float
    plan: float
    bound: float
    wrong: list[str]

    @property
    def off(self) -> float:
        """How much dearer the plan is than the best, as a share of it."""
        return max(0.0, self.plan - self.best) / max(1.0, abs(self.best))


def drawn(kind: str, seed: int) -> Scenario:
    """A small scenario of a kind."""
    if kind == "with services":
        return scenario_with_services(seed, small=True)
    return random_scenario(seed, by_day=kind == "by the day", small=True)


def solved(scenario: Scenario, solver: str, iterations: int) -> Plan:
    """A plan on one thread."""
    travel = travel_of(scenario)
    return solve_scenario(scenario, solver, travel=travel, iterations=iterations, threads=1, seed=1)


def see(kind: str, seed: int, iterations: int) -> Seen | None:
    """Solve one scenario exactly and by search; None where it is too large or takes too long."""
    scenario = drawn(kind, seed)
    try:
        best = solved(scenario, "exact", DETERMINISTIC)
    except InputError:
        return None
    if best.ended not in ("proved", "done"):
        return None
    plan = solved(scenario, "intermodal", iterations)
    slack = 0.02 * max(1, len(best.trips) + len(plan.trips))
    bound = plan.bound if plan.bound is not None else float("-inf")
    wrong = [
        f"{f.rule}: {f.where}: {f.words}" for each in (best, plan) for f in check(scenario, each)
    ]
    wrong += ["the bound is above the best"] * (bound > best.value.total + slack)
    wrong += ["the plan is better than the best"] * (plan.value.total < best.value.total - slack)
    return Seen(kind, seed, best.value.total, plan.value.total, bound, wrong)


def binds(rule: str, seed: int) -> bool:
    """Whether a plan that need not keep a rule of services breaks it."""
    scenario = drawn("with services", seed)
    try:
        plan = solved(freed(scenario, rule), "exact", 1)
    except InputError:
        return False
    return any(finding.rule == rule for finding in check(scenario, plan))


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenarios", type=int, default=200)
    parser.add_argument("--iterations", type=int, default=300)
    parser.add_argument("--rules", action="store_true")
    given = parser.parse_args()
    if given.rules:
        print("| rule of services | binds in |\n| --- | --- |")
        for rule in FREED:
            number = sum(binds(rule, seed) for seed in range(given.scenarios))
            print(f"| `{rule}` | {number} of {given.scenarios} |", flush=True)
        return 0
    every: list[Seen] = []
    kinds = ("with services", "by the clock", "by the day")
    for i in range(given.scenarios):
        kind = kinds[0] if i % 2 == 0 else kinds[1 + i // 2 % 2]
        seen = see(kind, i // 2, given.iterations)
        if seen is None:
            continue
        every.append(seen)
        print(kind, seen.seed, f"{seen.bound:.2f} {seen.best:.2f} {seen.plan:.2f}", *seen.wrong,
              sep="\t", file=sys.stderr, flush=True)  # fmt: skip
    print("| scenarios | solved | plan is the best | mean | worst | bound below the best, mean |")
    print("| --- | --- | --- | --- | --- | --- |")
    for kind in kinds:
        some = [seen for seen in every if seen.kind == kind]
        if some:
            best = sum(seen.off < 1e-6 for seen in some) / len(some)
            below = [min(1.0, (s.best - s.bound) / max(1.0, abs(s.best))) for s in some]
            mean = sum(seen.off for seen in some) / len(some)
            print(f"| {kind} | {len(some)} | {best:.0%} | {mean:.2%} | "
                  f"{max(s.off for s in some):.1%} | {sum(below) / len(below):.0%} |")  # fmt: skip
    return int(any(seen.wrong for seen in every))


if __name__ == "__main__":
    raise SystemExit(main())
