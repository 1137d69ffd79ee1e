"""To the end: nothing is proved that is not so, and all of a small problem is proved."""

from __future__ import annotations

import numpy as np
import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.problem import Problem
from p2p_dispatch.reading import InputError
from p2p_dispatch.travel import travel_of
from p2p_solvers.proof.branching import Runs
from p2p_solvers.proof.generation import NEAR, Generation
from p2p_solvers.proof.memory import UNIT
from p2p_solvers.proof.rows import Halves, Visits, contradict
from p2p_solvers.proof.warm import Warm
from p2p_solvers.together.columns import trips_of_runs
from p2p_solvers.together.recombine import seated
from tests.generated.scenarios import random_scenario
from tests.proof.brute import best_of, tiny_problem

TINY = range(24)

ENDLESS = 1_000


def never() -> bool:
    return False


def ended(
    problem: Problem, cost: int | None, nodes: int = ENDLESS
) -> tuple[int, Generation, list[list[Runs]]]:
    """What is proved of plans that cost less than this in the end, and the plans found."""
    generation = Generation(problem, 1, 100_000, 40, nodes)
    assert generation.lay_out(never)
    cents, plans = 0, []
    for bound in generation.run(never, (), lambda: cost):
        cents = bound.cents
        plans += [runs for _, runs in generation.plans()]
    return cents, generation, plans


def rounding(problem: Problem) -> float:
    """What a metre less on every road is worth in a plan of a few trips, cents."""
    return 12 * (1 + 8 * float(problem.per_km.max(initial=0)) / 1000)


@pytest.mark.parametrize("seed", TINY)
@pytest.mark.parametrize("dearer", [1.0, 1.3, None])
def test_all_of_a_tiny_plan_is_proved_whatever_plan_is_in_hand(
    seed: int, dearer: float | None
) -> None:
    problem, best = tiny_problem(seed), best_of(seed)
    bound, generation, _ = ended(problem, None if dearer is None else round(dearer * best))
    assert bound <= best
    if all(part.steps < ENDLESS for part in generation.branchings):
        assert bound >= best * (1 - 2 * NEAR) - rounding(problem)


def test_a_plan_that_is_too_dear_is_replaced() -> None:
    """Solutions with whole trips are plans: of some tiny problems the cheapest there is."""
    found = 0
    for seed in TINY:
        problem, best = tiny_problem(seed), best_of(seed)
        _, generation, plans = ended(problem, round(1.3 * best) + 100)
        costs = []
        for runs in plans:
            trips = list(trips_of_runs(problem, generation.rooms, runs))
            plan = seated(problem, trips, [])
            costs += [plan.cost] if plan else []
        assert min(costs, default=best) >= best
        found += best in costs
    assert found > 3


@pytest.mark.parametrize("seed", range(12))
def test_with_every_rule_in_play_no_bound_is_above_the_best(seed: int) -> None:
    """Against the exact programme, with a plan in hand that is the best one."""
    scenario = random_scenario(seed, by_day=True, small=True)
    travel = travel_of(scenario)
    try:
        exact = solve_scenario(scenario, "exact", travel=travel, iterations=1, threads=1)
    except InputError:
        return  # too large, or a payer has a ceiling
    plan = solve_scenario(scenario, "prove", travel=travel, threads=2, seed=1, time_limit=20)
    assert check(scenario, plan) == []
    assert plan.bound is not None
    assert plan.bound <= plan.value.total + 0.01
    if exact.ended == "proved":
        slack = 0.02 * max(1, len(plan.trips) + len(exact.trips))
        assert plan.bound <= exact.value.total + slack
        assert plan.value.total >= exact.value.total - slack


@pytest.mark.parametrize("seed", TINY)
def test_trips_that_are_taken_out_are_in_no_cheaper_plan(seed: int) -> None:
    """With a plan in hand that is a little dearer than the best, the best is still there."""
    problem, best = tiny_problem(seed), best_of(seed)
    bound, _, _ = ended(problem, best + max(100, best // 1000))
    assert bound <= best


@pytest.mark.parametrize("seed", TINY)
def test_the_simplex_method_and_the_interior_point_agree(seed: int) -> None:
    problem = tiny_problem(seed)
    _, generation, _ = ended(problem, None, nodes=4)
    for part in generation.branchings:
        master, rows = part.master, [*part.halves]
        for room in (generation.rooms[i] for i in part.climb.numbers):
            visits = Visits(room.block.day, -1, room.block.drops[0], -1, -1, -1)
            rows.append(visits._replace(sign=-1, number=1))
        told = Warm(master).solve(rows)
        assert told is not None
        value, _ = master.solve(1e-6, never, rows=rows)
        assert told[0] == pytest.approx(value, rel=1e-4, abs=1)


@pytest.mark.parametrize("seed", TINY)
def test_no_trip_costs_less_than_its_own_least(seed: int) -> None:
    """The reduced costs of all trips, one by one, and the least of them."""
    _, generation, _ = ended(tiny_problem(seed), None, nodes=0)
    for room in generation.rooms:
        least, _ = room.search(generation.duals)
        each = room.each(generation.duals, 10**6 * UNIT)
        of_pools = np.minimum(each.min(axis=0, initial=0), 0)
        assert of_pools.tolist() == least.tolist()


def test_rows_that_contradict_each_other() -> None:
    one = Visits(0, 1, 2, -1, -1, -1, number=2)
    assert contradict([one, one._replace(sign=-1, number=1)])
    assert not contradict([one, one._replace(sign=-1, number=2)])
    assert not contradict([one, one._replace(day=1, sign=-1, number=0), Halves((0, 1, 2))])
