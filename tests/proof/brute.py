"""The cheapest plan of a tiny problem by the day, found by trying them all."""

from __future__ import annotations

import random
from functools import cache, lru_cache
from itertools import permutations, product
from typing import Any

from p2p_dispatch.problem import NO_LIMIT, Departures, Load, Problem, TripChoice, build, price_of
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import travel_of


def tiny_problem(seed: int) -> Problem:
    """Up to three cohorts of a few people, two origins, two sites, two coaches of few seats."""
    r = random.Random(seed)

    def place(name: str, east: float) -> dict[str, Any]:
        return {"id": name, "lat": 23 + r.uniform(-0.8, 0.8), "lon": 110 + east + r.uniform(-1, 1)}

    days = r.randint(1, 2)
    cohorts = [
        {
            "id": f"c{i}",
            "origin": r.choice(["west", "south"]),
            "site": r.choice(["gate", "mill"]),
            "count": r.randint(1, 3),
            "ready": "2020-02-22" if days == 1 else r.choice(["2020-02-22", "2020-02-23"]),
            "due": "2020-02-23",
            "priority": r.choice([None, "first"]),
        }
        for i in range(r.randint(2, 3))
    ]
    scenario = {
        "name": "tiny",
        "as_of": "2020-02-20",
        "days": {"first": "2020-02-22", "last": f"2020-02-{21 + days}"},
        "planning": {
            "by": "day",
            "two_days_past_km": r.choice([None, 300]),
            "second_driver_past_hours": r.choice([None, 4]),
        },
        "origins": [{**place("west", 0), "medical_per_day": r.choice([100, 4])}, place("south", 0)],
        "sites": [{**place("gate", 3), "intake_per_day": r.choice([100, 3])}, place("mill", 3)],
        "depots": [place("depot", 0)],
        "cohorts": cohorts,
        "priorities": [{"id": "first", "left_behind": 9000}],
        "unit_types": [
            {"id": "van", "seats": 4, "per_day": 900, "per_km": 3},
            {"id": "bus", "seats": 7, "per_day": 1300, "per_km": 4,
             "minimum_load": r.choice([0, 3])},
        ],
        "pools": [
            {"id": "vans", "unit_type": "van", "depot": "depot", "units": r.randint(0, 2)},
            {"id": "buses", "unit_type": "bus", "depot": "depot", "units": 1},
        ],
        "prices": {"driver_day": 400, "left_behind": r.choice([900, 3000]), "waiting_day": 15},
        "rules": {"stops": {"most_pickups": 2, "most_drops": 2,
                            "detour_factor": 1.2, "detour_km": r.choice([5, 60]),
                            "longest_ride_hours": 12}},
    }  # fmt: skip
    read = Scenario.model_validate(scenario)
    return build(read, travel_of(read))


@lru_cache
def best_of(seed: int) -> int:
    """Cents of the cheapest plan of a tiny problem."""
    return optimum(tiny_problem(seed))


Trip = tuple[tuple[int, ...], int, int, int, int]
"""Riders by cohort, pool, day, days, cents."""


def all_trips(problem: Problem) -> list[Trip]:
    """Every load of every pool and day, on its cheapest order of stops by the rules of one trip."""
    departures, trips = Departures(problem), []
    loads = product(*(range(n + 1) for n in problem.people.tolist()))
    for riders, pool, day in product(loads, range(problem.n_pools), range(problem.n_days)):
        kind, least = problem.unit_type[pool], 0
        if sum(riders) < max(1, problem.minimum_load[kind]):
            continue
        on = [
            Load(cohort=c, people=n, drop=problem.drops[c][0][0]) for c, n in enumerate(riders) if n
        ]
        picks = sorted({int(problem.origin[load.cohort]) for load in on})
        drops = sorted({load.drop for load in on})
        best: dict[int, int] = {}
        for some, others in product(permutations(picks), permutations(drops)):
            trip = TripChoice(
                pool=pool, depart=0, drivers=1, stops=(*some, *others), loads=tuple(on)
            )
            _, ran = departures.best(trip, day)
            if not ran.broken:
                least = ran.cost + sum(
                    load.people * price_of(problem, load, day, ran.arrives[-1]) for load in on
                )
                best[ran.days] = min(best.get(ran.days, NO_LIMIT), least)
        trips += [(riders, pool, day, days, cents) for days, cents in best.items()]
    return trips


def optimum(problem: Problem) -> int:
    """Cents of the cheapest plan."""
    trips, pad = all_trips(problem), problem.pad

    @cache
    def rest(left: tuple[int, ...], used: tuple[Trip, ...]) -> int:
        """The cheapest way for those who are left, with some trips booked."""
        waits = next((c for c, n in enumerate(left) if n), None)
        if waits is None:
            return 0
        stays = (*left[:waits], left[waits] - 1, *left[waits + 1 :])
        best = int(problem.value[waits]) + rest(stays, used)
        for trip in trips:
            if trip[0][waits] and all(n <= m for n, m in zip(trip[0], left, strict=True)):
                more = tuple(sorted((*used, trip)))
                if fits(more):
                    after = tuple(m - n for n, m in zip(trip[0], left, strict=True))
                    best = min(best, trip[4] + rest(after, more))
        return best

    def fits(some: tuple[Trip, ...]) -> bool:
        for day in range(problem.n_days):
            for pool in range(problem.n_pools):
                out = sum(p == pool and d <= day < d + days for _, p, d, days, _ in some)
                if out > problem.units[pool, day + pad]:
                    return False
            for place in range(len(problem.metres)):
                taken = checked = 0
                for riders, _, d, _, _ in some:
                    for cohort, n in enumerate(riders):
                        taken += n * (d == day and problem.site[cohort] == place)
                        checked += n * (d == day and problem.origin[cohort] == place)
                if taken > problem.intake[place, day + pad]:
                    return False
                if checked > problem.medical[place, day + pad]:
                    return False
        return True

    return rest(tuple(problem.people.tolist()), ())
