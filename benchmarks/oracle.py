"""
How far plans and bounds are from the best: small random scenarios, solved exactly.

    python benchmarks/oracle.py --scenarios 500 --iterations 300

Half of them have all modes and open jobs. Prints a table of plans and one of bounds, a line for
each scenario as it is done (stderr), and with ``--rules`` in how many scenarios each of the rules
that services and open jobs bring binds: planned exactly without it, the plan breaks it. Exit code 1
where a plan breaks a rule, or bound, optimum and plan are not in order.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

sys.path.insert(0, str(Path(__file__).parents[1]))

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.problem import build
from p2p_dispatch.reading import InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.solution import Run, find_strategy
from p2p_dispatch.travel import travel_of
from p2p_solvers.bounds.whole import bound_of
from tests.generated.jobs import scenario_with_jobs, scenario_with_lending
from tests.generated.rules_of_services import FREED, breaks, drawn_for, freed
from tests.generated.scenarios import random_scenario
from tests.generated.services import scenario_with_services

DETERMINISTIC = 5
"""CP-SAT's deterministic seconds for a scenario; one that needs more is not counted."""

EQUAL = 1e-6
"""Shares below this are nothing."""

PATIENCE = 20
"""Seconds for the bound of columns."""

KINDS = {
    "services and open jobs": 5,
    "with services": 2,
    "open jobs, by the clock": 1,
    "open jobs, by the day": 1,
    "people who are lent": 1,
    "by the clock": 1,
    "by the day": 1,
}
"""Kinds of scenarios, and how many of each there are among as many as these are together."""


@dataclass
class Seen:
    """What is known of one scenario."""

    kind: str
    seed: int
    best: float
    plan: float
    simple: float
    """The bound without a price of anything, services filled once."""
    bound: float
    """That of whole plans, as it stands beside the plan."""
    columns: float | None
    """That of columns, if it is higher; none: there is none."""
    wrong: list[str]

    @property
    def off(self) -> float:
        """How much dearer the plan is than the best, as a share of it."""
        return max(0.0, self.plan - self.best) / max(1.0, abs(self.best))

    def below(self, bound: float) -> float:
        """How far a bound is below the best, as a share of it, at most 1."""
        return min(1.0, max(0.0, self.best - bound) / max(1.0, abs(self.best)))

    def closes(self, bound: float) -> float:
        """Share of the gap between the simple bound and the best that a bound closes."""
        return min(1.0, (bound - self.simple) / (self.best - self.simple))

    @property
    def has_gap(self) -> bool:
        """Whether the simple bound is not the best already."""
        return self.best - self.simple > max(1.0, 1e-4 * abs(self.best))


def drawn(kind: str, seed: int) -> Scenario:
    """A small scenario of a kind."""
    if "lent" in kind:
        return scenario_with_lending(seed, small=True)
    if "jobs" in kind:
        return scenario_with_jobs(
            seed, services="services" in kind, by_day=kind.endswith("day"), small=True
        )
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
    wrong = [
        f"{f.rule}: {f.where}: {f.words}" for each in (best, plan) for f in check(scenario, each)
    ]
    problem = build(scenario, travel_of(scenario))
    simple, bound, columns = bound_of(problem, 0), plan.bound, by_columns(scenario)
    if bound is None or simple is None:
        return None  # more carriages can be booked than are listed: no bound, and no best of all
    bounds = [simple.cents / 100, bound, *([] if columns is None else [columns])]
    wrong += ["a bound is above the best"] * (max(bounds) > best.value.total + slack)
    wrong += ["the plan is better than the best"] * (plan.value.total < best.value.total - slack)
    better = None if columns is None else max(bound, columns)
    return Seen(kind, seed, best.value.total, plan.value.total, bounds[0], bound, better, wrong)


def by_columns(scenario: Scenario) -> float | None:
    """The bound of coach plans; none where there is more than coaches to people's own sites."""
    if not scenario.coaches_only:
        return None
    problem, strategy = build(scenario, travel_of(scenario)), find_strategy("bound")
    run = Run(threads=1, seconds=PATIENCE)
    cents = strategy.solve(problem, strategy.Parameters(), run).bound
    return None if cents is None else cents / 100


def binds(rule: str, seed: int) -> bool:
    """Whether a plan that need not keep a rule of services or open jobs breaks it."""
    scenario = drawn_for(rule, seed)
    try:
        plan = solved(freed(scenario, rule), "exact", 1)
    except InputError:
        return False
    return breaks(check(scenario, plan), rule)


def plans_of(of_kind: dict[str, list[Seen]], drawn: Counter[str]) -> list[list[str]]:
    """The table of plans."""
    rows = [["scenarios", "drawn", "solved", "plan is the best", "within 1 %", "dearer, mean",
             "median of the dearer", "worst"]]  # fmt: skip
    for kind, some in of_kind.items():
        off = [seen.off for seen in some]
        dearer = [each for each in off if each >= EQUAL]
        rows.append([
            kind,
            str(drawn[kind] or drawn.total()),
            str(len(some)),
            f"{sum(each < EQUAL for each in off) / len(off):.0%}",
            f"{sum(each <= 0.01 for each in off) / len(off):.0%}",
            f"{mean(off):.2%}",
            f"{median(dearer):.1%}" if dearer else "-",
            f"{max(off):.1%}",
        ])  # fmt: skip
    return rows


def bounds_of(of_kind: dict[str, list[Seen]]) -> list[list[str]]:
    """The table of bounds."""
    rows = [["scenarios", "no gap at all", "simple bound below the best, mean",
             "that of whole plans", "closes", "that of columns", "closes"]]  # fmt: skip
    for kind, some in of_kind.items():
        row = [kind, f"{sum(not seen.has_gap for seen in some)} of {len(some)}"]
        row += [f"{mean([seen.below(seen.simple) for seen in some]):.1%}"]
        for of in (lambda seen: seen.bound, lambda seen: seen.columns):
            known = [(seen, of(seen)) for seen in some if of(seen) is not None]
            if len(known) < len(some):  # of some kinds alone
                row += ["-", "-"]
                continue
            closed = [seen.closes(bound) for seen, bound in known if seen.has_gap]
            row += [f"{mean([seen.below(bound) for seen, bound in known]):.1%}",
                    f"{mean(closed):.0%}" if closed else "-"]  # fmt: skip
        rows.append(row)
    return rows


def print_table(rows: list[list[str]]) -> None:
    """As Markdown."""
    for number, row in enumerate(rows):
        print("| " + " | ".join(row) + " |")
        if not number:
            print("| --- " * len(row) + "|")
    print(flush=True)


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenarios", type=int, default=500)
    parser.add_argument("--iterations", type=int, default=300)
    parser.add_argument("--only", choices=list(KINDS), action="append", help="of these kinds alone")
    parser.add_argument("--rules", action="store_true")
    given = parser.parse_args()
    if given.rules:
        print("| rule of services and open jobs | binds in |\n| --- | --- |")
        for rule in FREED:
            number = sum(binds(rule, seed) for seed in range(given.scenarios))
            print(f"| `{rule}` | {number} of {given.scenarios} |", flush=True)
        return 0
    every: list[Seen] = []
    some = given.only or list(KINDS)
    order = [kind for kind in KINDS if kind in some for _ in range(KINDS[kind])]
    seeds: Counter[str] = Counter()
    for i in range(given.scenarios):
        kind = order[i % len(order)]
        seen = see(kind, seeds[kind], given.iterations)
        seeds[kind] += 1
        if seen is not None:
            every.append(seen)
            bounds = f"{seen.simple:.2f} {seen.bound:.2f} {seen.columns or 0:.2f}"
            print(kind, seen.seed, f"{bounds} {seen.best:.2f} {seen.plan:.2f}", *seen.wrong,
                  sep="\t", file=sys.stderr, flush=True)  # fmt: skip
    of_kind = {kind: [seen for seen in every if seen.kind == kind] for kind in KINDS}
    of_kind = {kind: some for kind, some in (*of_kind.items(), ("all", every)) if some}
    print_table(plans_of(of_kind, seeds))
    print_table(bounds_of(of_kind))
    return int(any(seen.wrong for seen in every))


if __name__ == "__main__":
    raise SystemExit(main())
