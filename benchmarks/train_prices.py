"""
Compare solvers on a scenario at several prices of its services.

    python benchmarks/train_prices.py guangxi_2021_trains --time-limit 120 --threads 2

Prices of trains, carriages and planes are multiplied, all others stay. Prints a line for each
price and solver as soon as it is known; every plan is judged by ``check``. A solver that takes no
services at one price takes none at another, and is run once.
"""

from __future__ import annotations

import argparse
from collections import Counter

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.cli.find import find_scenario
from p2p_dispatch.plan import Plan
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.fleet import Coach
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.travel.find import find_travel

HEAD = (
    "| prices | solver | cost | money | waiting | moved | trains | coaches all the way | feeders "
    "| onward | bound | findings |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- "
    "| --- | --- |"
)


def main(words: list[str] | None = None) -> None:
    """Solve at every price and print a table."""
    parser = argparse.ArgumentParser(description="Compare solvers at several prices of services.")
    parser.add_argument("scenario", help="name or file of a scenario")
    parser.add_argument("--times", type=float, nargs="+", default=[1.0, 0.7, 1.3])
    parser.add_argument("--solver", nargs="+", default=["search", "trains-first", "intermodal"])
    parser.add_argument("--time-limit", type=float)
    parser.add_argument("--iterations", type=int)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(words)
    scenario = read_scenario(find_scenario(options.scenario))
    print(HEAD, flush=True)
    without: set[str] = set()
    for times in options.times:
        priced = at_prices(scenario, times)
        for solver in options.solver:
            if solver in without:
                continue
            plan = solve_scenario(
                priced,
                solver,
                time_limit=options.time_limit,
                iterations=options.iterations,
                threads=options.threads,
                seed=options.seed,
                travel=find_travel(priced),
            )
            print(row(priced, plan, f"{times:.0%}", solver), flush=True)
            if solver == "search":
                without.add(solver)


def at_prices(scenario: Scenario, times: float) -> Scenario:
    """The scenario with the prices of its services multiplied."""
    kinds = tuple(
        kind
        if isinstance(kind, Coach)
        else kind.model_copy(
            update={"per_trip": times * kind.per_trip, "per_km": times * kind.per_km}
        )
        for kind in scenario.unit_types
    )
    return scenario.model_copy(update={"unit_types": kinds})


def row(scenario: Scenario, plan: Plan, prices: str, solver: str) -> str:
    """What a plan comes to, as a line of a table."""
    trips = Counter((trip.mode == "coach", trip.role) for trip in plan.trips)
    services = sum(count for (coach, _), count in trips.items() if not coach)
    bound = plan.certificate.bound
    cells = [
        prices,
        solver,
        f"{plan.value.total:,.0f}",
        f"{plan.value.money:,.0f}",
        f"{plan.value.waiting:,.0f}",
        f"{plan.moved:,} of {plan.people:,}",
        str(services),
        *(str(trips[True, role]) for role in ("direct", "feeder", "onward")),
        "-" if bound is None else f"{bound:,.0f}",
        str(len(check(scenario, plan))),
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
