"""Patterns that are found afresh at every pricing, against the same patterns when they are kept."""

from __future__ import annotations

import random

import numpy as np
import pytest

from p2p_dispatch.problem import Problem, build
from p2p_dispatch.solution import Run, find_strategy
from p2p_dispatch.travel import travel_of
from p2p_solvers.proof.duals import Duals, clipped
from p2p_solvers.proof.generation import Generation
from p2p_solvers.proof.memory import UNIT
from p2p_solvers.proof.oracle import OutOfTimeError
from tests.generated.scenarios import random_scenario
from tests.proof.brute import best_of, tiny_problem


def never() -> bool:
    return False


def laid_out(problem: Problem, patterns: int) -> Generation:
    generation = Generation(problem, 1, patterns, 40, afresh=10**9)
    assert generation.lay_out(never)
    return generation


def some_prices(generation: Generation, draw: random.Random) -> Duals:
    """Prices about as large as those of the programme, or several times that."""
    first, much = generation._first(), draw.choice([0.5, 1, 1.5, 3, 10])
    people = [int(each * much * draw.uniform(0.5, 1.5)) for each in first.people.tolist()]
    units = [draw.choice([0, 0, draw.randint(0, 3_000_00) * UNIT]) for _ in range(first.units.size)]
    return clipped(
        generation.problem,
        first._replace(
            people=np.array(people, dtype=np.int64),
            units=np.array(units, dtype=np.int64).reshape(first.units.shape),
        ),
    )


@pytest.mark.parametrize("by_day", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_the_least_reduced_cost_is_that_of_all_patterns(seed: int, by_day: bool) -> None:
    """The same to the last digit, and the trips that are found cost what the kept ones cost."""
    scenario, draw = random_scenario(seed, by_day=by_day), random.Random(seed)
    problem = build(scenario, travel_of(scenario))
    kept, afresh = laid_out(problem, 10**7), laid_out(problem, 0)
    for _ in range(4):
        duals = some_prices(kept, draw)
        for one, other in zip(kept.rooms, afresh.rooms, strict=True):
            assert one.kept
            assert other.exact
            assert not other.kept or not other.count
            least, _ = one.search(duals)
            found, trips = other.search(duals)
            assert found.tolist() == least.tolist()
            if len(trips):
                row, pool, reduced = trips[np.argmin(trips[:, 2])].tolist()
                assert reduced == least.min()
                trip = other.column(0, row, pool)
                held = int(duals.units[one.block.pools[pool], trip.first : trip.end].sum())
                worth = sum(
                    rider.people
                    * int(
                        duals.people[one.cohort[rider.entry]]
                        - duals.takes[one.site[rider.entry], rider.takes]
                        - duals.checks[one.origin[rider.entry], rider.checks]
                    )
                    for rider in trip.riders
                )
                assert trip.cents * UNIT + held - worth == reduced


@pytest.mark.parametrize("seed", range(24))
def test_it_is_a_bound_and_no_worse(seed: int) -> None:
    strategy, problem = find_strategy("bound"), tiny_problem(seed)
    bounds = []
    for patterns in (10**6, 0):
        parameters = strategy.Parameters.model_validate({"patterns": patterns, "nodes": 0})
        solution = strategy.solve(problem, parameters, Run(threads=1))
        assert solution.bound is not None
        assert solution.bound_leaves_out == ()
        assert solution.bound <= best_of(seed)
        bounds.append(solution.bound)
    assert bounds[1] == pytest.approx(bounds[0], rel=1e-4, abs=100)


def test_what_is_interrupted_proves_nothing() -> None:
    """Half of a pricing would prove too much."""
    scenario = random_scenario(3, by_day=True)
    generation = laid_out(build(scenario, travel_of(scenario)), 0)
    duals = generation._first()
    room = max(generation.rooms, key=lambda room: len(room.block.origins))
    asked = iter([False, True])
    with pytest.raises(OutOfTimeError):
        room.search(duals, lambda: next(asked, True))
    bounds = list(generation.run(lambda: True))
    assert bounds == []
