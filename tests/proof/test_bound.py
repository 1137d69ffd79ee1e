"""The bound is one: against the cheapest plan, against any plan, with prices that are wrong."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from p2p_dispatch.problem import Problem, build
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.solution import Run, Solution, find_strategy
from p2p_dispatch.travel import travel_of
from p2p_solvers.proof.climb import Climb
from p2p_solvers.proof.duals import Duals, clipped, no_duals
from p2p_solvers.proof.generation import Generation
from p2p_solvers.proof.memory import UNIT
from p2p_solvers.proof.rows import Halves, Row, Visits
from p2p_solvers.proof.safe import bound_of
from tests.generated.scenarios import random_scenario
from tests.proof.brute import best_of, tiny_problem

TINY = range(24)


def never() -> bool:
    return False


def solved(problem: Problem, name: str, **limits: int) -> Solution:
    strategy = find_strategy(name)
    assert strategy.declines(problem) is None
    little = {"nodes": 8} if name == "bound" else {}
    parameters = strategy.Parameters.model_validate(little)
    return strategy.solve(problem, parameters, Run(threads=1, **limits))


@pytest.mark.parametrize("seed", TINY)
def test_no_plan_of_a_tiny_problem_costs_less(seed: int) -> None:
    problem = tiny_problem(seed)
    solution = solved(problem, "bound")
    assert solution.bound is not None
    assert solution.bound_leaves_out == ()
    assert solution.bound <= best_of(seed) <= solution.cost


def test_the_bound_says_something() -> None:
    """Of tiny problems most of what the cheapest plan costs is proved."""
    shares = []
    for seed in TINY:
        problem = tiny_problem(seed)
        bound = solved(problem, "bound").bound
        assert bound is not None
        shares.append(bound / max(1, best_of(seed)))
    assert np.mean(shares) > 0.7


@pytest.mark.parametrize("by_day", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_no_plan_that_is_found_costs_less(seed: int, by_day: bool) -> None:
    scenario = random_scenario(seed, by_day=by_day)
    problem = build(scenario, travel_of(scenario))
    solution = solved(problem, "bound")
    assert solution.bound is not None
    assert solution.bound <= solved(problem, "insertion", iterations=20).cost


@pytest.mark.parametrize("by_day", [True, False])
@pytest.mark.parametrize("seed", range(8))
def test_less_is_proved_where_patterns_are_too_many(seed: int, by_day: bool) -> None:
    """Priced loosely, it is a bound too, and no better."""
    scenario = random_scenario(seed, by_day=by_day)
    problem = build(scenario, travel_of(scenario))
    strategy = find_strategy("bound")
    parameters = strategy.Parameters.model_validate({"patterns": 0, "afresh": 0, "nodes": 8})
    loose = strategy.solve(problem, parameters, Run(threads=1))
    whole = solved(problem, "bound")
    assert loose.bound is not None
    assert whole.bound is not None
    assert loose.bound <= solved(problem, "insertion", iterations=20).cost
    assert loose.bound <= whole.bound + 0.001 * abs(whole.bound) + 100
    # where nobody could ride at all, nothing had to be priced
    assert "stops" in loose.bound_leaves_out or loose.bound == whole.bound


def laid_out(problem: Problem) -> Generation:
    generation = Generation(problem, threads=1, patterns=100_000, columns=40)
    assert generation.lay_out(never)
    return generation


def safe(generation: Generation, duals: Duals) -> int:
    """The bound at some prices, cents."""
    duals = clipped(generation.problem, duals)
    least = [(room.block, room.search(duals)[0].tolist()) for room in generation.rooms]
    at = generation.problem, generation.moments, generation.most
    return bound_of(*at, duals, least) // UNIT


def safe_with(generation: Generation, duals: Duals, rows: Sequence[Row]) -> int:
    """The bound of plans that keep some rows, at some prices, cents."""
    keys = set().union(*generation.links.own, generation.links.shared)
    climb = Climb(generation.setting, range(len(generation.rooms)), keys, duals)
    stay = int(generation.stay @ generation.problem.people)
    return (climb.price(clipped(generation.problem, duals, rows), rows)[0] + stay) // UNIT


def any_prices(generation: Generation, draw: random.Random) -> Duals:
    """Prices of all kinds, also such as may not be."""
    size = draw.choice([100, 10_000, 1_000_000, 10**14])

    def some(like: np.ndarray) -> np.ndarray:
        numbers = [draw.randint(-size, size) * UNIT * draw.randint(0, 1) for _ in range(like.size)]
        return np.array(numbers, dtype=np.int64).reshape(like.shape)

    return Duals(*(some(part) for part in no_duals(generation.problem, generation.moments)))


@pytest.mark.parametrize("seed", TINY)
def test_wrong_prices_give_a_bound(seed: int) -> None:
    problem, draw = tiny_problem(seed), random.Random(seed)
    best, generation = best_of(seed), laid_out(problem)
    for _ in range(20):
        assert safe(generation, any_prices(generation, draw)) <= best


@pytest.mark.parametrize("seed", TINY)
def test_prices_are_lowered_until_no_trip_is_worth_more_than_it_costs(seed: int) -> None:
    problem, draw = tiny_problem(seed), random.Random(seed)
    generation = laid_out(problem)
    stay = int(generation.stay @ generation.problem.people)
    keys = set().union(*generation.links.own, generation.links.shared)
    for _ in range(20):
        duals = clipped(generation.problem, any_prices(generation, draw))
        climb = Climb(generation.setting, range(len(generation.rooms)), keys, duals)
        climb.price(duals)
        lowered = climb.lowered(duals)
        assert lowered is not None
        bound, lower = lowered
        assert (bound + stay) // UNIT <= best_of(seed)
        assert (lower.people <= np.maximum(duals.people, 0)).all()
        assert all((room.search(lower)[0] == 0).all() for room in generation.rooms)


def riders_of(generation: Generation) -> list[int]:
    return sorted({int(c) for room in generation.rooms for c in room.cohort})


@pytest.mark.parametrize("seed", TINY)
def test_wrong_prices_of_rows_over_threes_give_a_bound(seed: int) -> None:
    problem, draw = tiny_problem(seed), random.Random(seed)
    best, generation = best_of(seed), laid_out(problem)
    riders = riders_of(generation)
    rows = [Halves((a, b, c)) for a, b, c in combinations(riders, 3)]
    for _ in range(10):
        prices = any_prices(generation, draw)
        of_rows = np.array([draw.randint(-(10**6), 10**7) for _ in rows], dtype=np.int64)
        assert safe_with(generation, prices._replace(rows=of_rows * UNIT), rows) <= best


@pytest.mark.parametrize("seed", TINY)
def test_of_two_branches_one_is_below_every_plan(seed: int) -> None:
    """Whatever is branched on and whatever prices there are: one of the two holds in a plan."""
    problem, draw = tiny_problem(seed), random.Random(seed)
    best, generation = best_of(seed), laid_out(problem)
    if not generation.rooms:
        return
    for _ in range(10):
        room = draw.choice(generation.rooms)
        block, n = room.block, draw.randint(0, 1)
        asked = Visits(
            block.day,
            draw.choice([-1, *block.origins]),
            draw.choice([-1, *block.drops]),
            draw.choice([-1, *block.pools]),
            -1,
            draw.choice([-1, block.base]),
        )
        two = asked._replace(sign=-1, number=n), asked._replace(number=n + 1)
        bounds = []
        for row in two:
            prices = any_prices(generation, draw)
            of_row = np.array([draw.randint(-(10**6), 10**7) * UNIT], dtype=np.int64)
            bounds.append(safe_with(generation, prices._replace(rows=of_row), [row]))
        assert min(bounds) <= best


def test_a_person_is_worth_no_more_than_leaving_them_behind_costs() -> None:
    """Prices above the penalty would prove too much: one of them is forced into its range."""
    problem = tiny_problem(0)
    generation = laid_out(problem)
    dear = no_duals(generation.problem, generation.moments)
    dear.people[:] = problem.value * UNIT * 3
    assert (clipped(problem, dear).people == problem.value * UNIT).all()
    assert safe(generation, dear) <= best_of(0)
    # without trips nothing else would keep it below
    grounded = replace(problem, units=np.zeros_like(problem.units))
    assert safe(laid_out(grounded), dear) == int(problem.value @ problem.people)


@pytest.mark.parametrize("seed", TINY)
def test_a_column_that_breaks_the_rules_spoils_prices_and_not_the_bound(seed: int) -> None:
    """The programme believes in a trip that takes everybody for nothing."""
    problem = tiny_problem(seed)
    generation = laid_out(problem)
    best, told = best_of(seed), False
    for bound in generation.run(never):
        assert bound.cents <= best
        if generation.climbs[0].master.columns and not told:
            trip = generation.climbs[0].master.columns[0]
            crowd = tuple(rider._replace(people=1_000) for rider in trip.riders)
            lie = trip._replace(cents=-1_000_000, riders=crowd)
            told = generation.climbs[0].master.add(lie)


def spoilt(change: Callable[[Duals], None]) -> int:
    """The bound of a tiny problem after all prices of the programme were changed."""
    generation = laid_out(tiny_problem(1))
    for _ in generation.run(never):
        pass
    change(generation.duals)
    return safe(generation, generation.duals)


def test_prices_of_limits_are_forced_to_be_no_less_than_nothing() -> None:
    def paid_for_using(duals: Duals) -> None:
        duals.units[:] = duals.takes[:] = duals.checks[:] = -1_000_000

    assert spoilt(paid_for_using) <= best_of(1)


def test_more_stops_than_a_pattern_has_are_priced_loosely() -> None:
    """Five origins on one coach: a bound over three pick-ups would prove too much."""
    far = {"detour_factor": 3, "detour_km": 500, "longest_ride_hours": 48}
    stops = {"most_pickups": 5, "most_drops": 5, **far}
    places = [{"id": f"o{i}", "lat": 23.0 + i / 50, "lon": 110.0} for i in range(5)]
    gates = [{"id": "gate", "lat": 23.0, "lon": 113.0}]
    day = "2020-02-22"
    cohorts = [
        {"id": f"c{i}", "origin": f"o{i}", "site": "gate", "count": 1, "ready": day, "due": day}
        for i in range(5)
    ]
    kinds = [{"id": "bus", "seats": 9, "per_day": 1000, "per_km": 4}]
    pools = [{"id": "bus", "unit_type": "bus", "depot": "d", "units": 2}]
    scenario = Scenario.model_validate(
        {
            "name": "five",
            "as_of": "2020-02-20",
            "days": {"first": day, "last": day},
            "planning": {"by": "day"},
            "origins": places,
            "sites": gates,
            "depots": [{"id": "d", "lat": 23.0, "lon": 110.0}],
            "cohorts": cohorts,
            "unit_types": kinds,
            "pools": pools,
            "prices": {"driver_day": 400, "left_behind": 9000, "waiting_day": 15},
            "rules": {"stops": stops},
        }
    )
    problem = build(scenario, travel_of(scenario))
    solution, plan = solved(problem, "bound"), solved(problem, "insertion", iterations=20)
    assert len(plan.trips) == 1
    assert len(plan.trips[0].stops) == 6
    assert "stops" in solution.bound_leaves_out
    assert solution.bound is not None
    assert 0 < solution.bound <= plan.cost
