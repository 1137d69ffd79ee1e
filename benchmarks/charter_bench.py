"""
Solve an instance of charter_bench with one of our solvers.

    python benchmarks/charter_bench.py INSTANCE.json --solver NAME --time-limit S -o SOLUTION.json

One JSON line on stdout: what it costs, what was proved, who is left behind. The solution is in
the format of the bench's own judge, whose cost agrees with ours to one unit of money.
``solver_cost`` is what the plan itself counts, which can be a little more. With ``--trace FILE``
cost against time is added to a CSV, for ``charter_curve.py``.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
import time
from pathlib import Path

# Run as a script, its own folder is the first on the path.
from charter_instance import read_instance, scenario_of
from charter_plan import plan_of
from charter_solution import solution_of
from p2p_dispatch import check, solve_scenario
from p2p_dispatch.solution import Progress


def main(words: list[str] | None = None) -> int:
    """Solve, judge, write, and say it in one line; 5 when the plan breaks a rule."""
    options = _options(words)
    began = time.monotonic()
    trace: list[Progress] = []
    scenario = scenario_of(read_instance(options.instance), name=options.instance.stem)
    plan = solve_scenario(
        scenario,
        options.solver,
        time_limit=options.time_limit,
        seed=options.seed,
        threads=options.threads,
        watch=trace.append,
    )
    seconds = time.monotonic() - began
    solution = solution_of(plan)
    if options.out:
        options.out.write_text(json.dumps(solution), encoding="utf-8")
    if options.trace:
        _write_trace(options.trace, f"{scenario.name} {options.seed}", trace)
    # A solution does not say how many drivers go: a second one whom the solver sent to be on the
    # safe side is in its own plan and not in what is judged.
    judged = plan_of(scenario, plan.travel, solution)
    findings = [*check(scenario, plan), *check(scenario, judged)]
    line = {
        "instance": scenario.name,
        "solver": options.solver,
        "seed": options.seed,
        "cost": round(judged.value.total, 2),
        "solver_cost": plan.value.total,
        "bound": plan.bound,
        "unserved": plan.people - plan.moved,
        "trips": len(plan.trips),
        "ended": plan.ended,
        "seconds": round(seconds, 3),
        "findings": len(findings),
    }
    print(json.dumps(line))
    for finding in findings[:20]:
        print(finding, file=sys.stderr)
    return 5 if findings else 0


def _write_trace(path: Path, run: str, trace: list[Progress]) -> None:
    """Add the moments at which something better was found, one a row: run, seconds, cost, left."""
    with path.open("a", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        best = math.inf
        for seen in trace:
            if seen.cost < best:
                best = seen.cost
                rows.writerow(
                    (run, f"{seen.seconds:.2f}", seen.cost / 100, seen.people - seen.served)
                )


def _options(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Solve an instance of charter_bench.")
    parser.add_argument("instance", type=Path, help="a file of the folder charter_bench")
    parser.add_argument("--solver", default="standard", help="a shipped solver or a solver file")
    parser.add_argument("--time-limit", type=float, help="seconds")
    parser.add_argument("--seed", type=int, default=0, help="of all randomness")
    parser.add_argument("--threads", type=int, default=1, help="most threads")
    parser.add_argument("-o", "--out", type=Path, help="where the solution goes")
    parser.add_argument("--trace", type=Path, help="CSV to which cost against time is added")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
