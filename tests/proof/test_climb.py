"""Columns and prices in turn."""

from __future__ import annotations

import pytest

from p2p_dispatch.problem import build
from p2p_dispatch.travel import travel_of
from p2p_solvers.proof import climb
from p2p_solvers.proof.generation import Generation
from tests.generated.scenarios import random_scenario


def never() -> bool:
    return False


def steps_of(seed: int) -> tuple[list[int], list[float]]:
    """How many steps the parts take until they are done, and what their programmes come to."""
    scenario = random_scenario(seed)
    generation = Generation(build(scenario, travel_of(scenario)), 1, 1_000_000, 40)
    generation.lay_out(never)
    steps, values = [], []
    for _ in generation.run(never):
        pass
    for part in generation.climbs:
        part.restart(part.master.fixed, generation.duals)
        part.tolerance = climb.FIRST
        part.master.keep([])
        count = 0
        while not part.done and count < 300:
            part.step(never)
            count += 1
        steps.append(count)
        values.append(part.value)
    return steps, values


@pytest.mark.parametrize("seed", range(12))
def test_it_ends_however_few_columns_are_kept(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    _, values = steps_of(seed)
    monkeypatch.setattr(climb, "COLUMNS", 1)
    steps, again = steps_of(seed)
    assert max(steps, default=0) < 300
    assert again == pytest.approx(values, rel=1e-4)
