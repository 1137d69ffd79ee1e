"""The rules of one trip and the checker are two readings of one page: they agree on bad trips."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from p2p_dispatch.check import check
from p2p_dispatch.plan.make import make_plan
from p2p_dispatch.plan.model import Made
from p2p_dispatch.problem import Ledger, TripChoice, build, run_trip
from p2p_dispatch.solution import Run, Solution
from p2p_dispatch.travel import travel_of
from p2p_solvers.first_come import FirstCome, FirstComeParameters
from tests.generated.scenarios import random_scenario

MADE = Made(
    solver="none", strategy="none", parameters={}, limits={}, seed=0, threads=1, versions={}
)


def spoilt(draw: random.Random, trip: TripChoice, *, by_day: bool) -> TripChoice:
    """A trip that leaves at another hour, with another crew, order of stops, or more people."""
    kind = draw.randrange(4)
    if kind == 0:
        minutes = [-1440, 1440, 2880] if by_day else [-600, -90, 45, 300, 900, 1440]
        return replace(trip, depart=trip.depart + draw.choice(minutes))
    if kind == 1:
        return replace(trip, drivers=1)
    if kind == 2:
        return replace(trip, stops=(trip.stops[0], *reversed(trip.stops[1:])))
    load = draw.choice(trip.loads)
    more = replace(load, people=load.people + draw.choice([1, 5, 30]))
    return replace(trip, loads=tuple(more if x is load else x for x in trip.loads))


def test_what_one_refuses_the_other_finds() -> None:
    """
    Plans of first-come with one trip spoilt.

    Where the trip's own rules, or what it shares, say that it breaks one, the checker finds
    something; where they say that it does not, the checker finds nothing but that people are
    counted twice.
    """
    seen: Counter[str] = Counter()
    for seed in range(120):
        scenario, draw = random_scenario(seed), random.Random(seed)
        travel = travel_of(scenario)
        problem = build(scenario, travel)
        trips = list(FirstCome().solve(problem, FirstComeParameters(), Run()).trips)
        if not trips:
            continue
        number = draw.randrange(len(trips))
        trips[number] = spoilt(draw, trips[number], by_day=scenario.by_day)
        run = run_trip(problem, trips[number])
        if not run.cost:
            continue  # given up on the way: there are no times to make a plan of
        ledger = Ledger(problem)
        for i, trip in enumerate(trips):
            if i != number:
                ledger.add(trip, run_trip(problem, trip))
        broken = run.broken or ledger.blocks(trips[number], run)
        plan = make_plan(scenario, problem, Solution(trips=tuple(trips), cost=0), travel, MADE)
        found = {finding.rule for finding in check(scenario, plan)} - {"balance", "figures"}
        seen[broken or "kept"] += 1
        if broken:
            assert broken in found, (seed, broken, found)
        else:
            assert not found - {"party"}, (seed, found)
    assert len(seen) >= 5, seen
