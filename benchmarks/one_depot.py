"""
Ten small scenarios of one depot, 60 to 300 people, one to three days: how much is proved.

    python benchmarks/one_depot.py --solver prove --time-limit 60 --threads 2

Prints a line for each, with what its plan costs, what was proved, and the gap; then the mean gap.
Exit code 5 where a plan breaks a rule.
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from typing import Any

from p2p_dispatch import check, solve_scenario
from p2p_dispatch.scenario import Scenario

FIRST = date(2020, 2, 17)

SIZES = (
    *((60, 1), (60, 2), (100, 2), (100, 3), (120, 1)),
    *((150, 3), (200, 1), (200, 3), (300, 2), (300, 3)),
)
"""People and days of the ten."""


def one_depot(people: int, days: int, seed: int) -> Scenario:
    """People of six places around a depot, for nine sites on the coast, some hours away."""
    draw = random.Random(f"{people} {days} {seed}")

    def places(
        letter: str, number: int, lat: float, lon: float, wide: float
    ) -> list[dict[str, Any]]:
        return [
            {
                "id": f"{letter}{i}",
                "lat": round(lat + draw.uniform(-wide, wide), 4),
                "lon": round(lon + draw.uniform(-wide, wide), 4),
            }
            for i in range(number)
        ]

    cohorts, left = [], people
    while left > 0:
        count = min(left, max(1, round(draw.expovariate(1 / 7.5))))
        left -= count
        ready = draw.randrange(days)
        due = min(days - 1, ready + draw.randint(0, 3))
        cohorts.append(
            {
                "id": f"c{len(cohorts)}",
                "origin": f"o{draw.randrange(6)}",
                "site": f"e{draw.randrange(9)}",
                "count": count,
                "ready": FIRST + timedelta(days=ready),
                "due": FIRST + timedelta(days=due),
            }
        )
    types = [("big", 55, 1200, 4.5), ("middle", 45, 1050, 4.0), ("small", 35, 900, 3.4)]
    units = 2 + people // (40 * days)
    return Scenario.model_validate(
        {
            "name": f"one-depot-{people}-{days}",
            "as_of": FIRST - timedelta(days=1),
            "days": {"first": FIRST, "last": FIRST + timedelta(days=days - 1)},
            "planning": {"by": "day", "two_days_past_km": 300, "second_driver_past_hours": 8},
            "origins": places("o", 6, 23.7, 107.6, 0.5),
            "sites": places("e", 9, 22.9, 113.5, 0.4),
            "depots": places("d", 1, 23.7, 107.6, 0.1),
            "cohorts": cohorts,
            "unit_types": [
                {"id": name, "seats": seats, "per_day": per_day, "per_km": per_km}
                for name, seats, per_day, per_km in types
            ],
            "pools": [
                {"id": name, "unit_type": name, "depot": "d0", "units": units} for name, *_ in types
            ],
            "prices": {"driver_day": 400, "left_behind": 3000, "waiting_day": 15},
            "rules": {
                "stops": {
                    "most_pickups": 3,
                    "most_drops": 3,
                    "detour_factor": 1.3,
                    "detour_km": 30,
                    "longest_ride_hours": 16,
                }
            },
        }
    )


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--solver", default="prove")
    parser.add_argument("--time-limit", type=float, default=60)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="of the search; the ten are the same")
    given = parser.parse_args()
    print("| people | days | cohorts | cost | bound | gap |\n| --- | --- | --- | --- | --- | --- |")
    gaps, findings = [], 0
    for number, (people, days) in enumerate(SIZES):
        scenario = one_depot(people, days, number)
        plan = solve_scenario(
            scenario,
            given.solver,
            time_limit=given.time_limit,
            seed=given.seed,
            threads=given.threads,
        )
        findings += len(list(check(scenario, plan)))
        cost, bound = plan.value.total, plan.bound
        gap = 1.0 if bound is None else max(0.0, cost - bound) / max(1.0, cost)
        gaps.append(gap)
        told = "none" if bound is None else f"{bound:,.0f}"
        print(f"| {people} | {days} | {len(scenario.cohorts)} | {cost:,.0f} | {told} | {gap:.2%} |",
              flush=True)  # fmt: skip
    print(f"mean gap {sum(gaps) / len(gaps):.2%}, findings {findings}")
    return 5 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
