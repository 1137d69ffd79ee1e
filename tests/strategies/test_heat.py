"""How hot an annealing is, and one that lingers: it goes on from the best plan that it came by."""

from __future__ import annotations

import numpy as np
import pytest

from p2p_dispatch.problem import Problem, build
from p2p_dispatch.solution import Run
from p2p_dispatch.travel import travel_of
from p2p_solvers.engine.heat import LINGERING, Heat
from p2p_solvers.engine.memory import COSTS, DRAW
from p2p_solvers.engine.start import first_plan
from p2p_solvers.engine.team import Team
from p2p_solvers.search import SearchParameters, cold
from tests.generated.scenarios import random_scenario


@pytest.mark.parametrize("heat", [Heat(0.3, 0.02), LINGERING])
def test_it_cools_from_hot_to_cold(heat: Heat) -> None:
    told = [heat.at(done) for done in np.linspace(0, 1, 101)]
    assert told == sorted(told, reverse=True)
    assert (told[0], told[-1]) == (heat.hot, pytest.approx(heat.cold))
    assert heat.at(1.2) == pytest.approx(heat.cold)  # an epoch may end a little late


def test_it_turns_where_it_was_warm_all_the_time() -> None:
    assert LINGERING.at(LINGERING.turn) == pytest.approx(LINGERING.warm)
    assert LINGERING.lingers
    assert not Heat(0.3, 0.02).lingers


def problem_of(seed: int) -> Problem:
    scenario = random_scenario(seed)
    return build(scenario, travel_of(scenario))


BY_DAY = [seed for seed in range(40) if random_scenario(seed).by_day][:6]


@pytest.mark.parametrize("seed", BY_DAY)
def test_every_other_annealing_goes_on_from_the_best_it_came_by(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = first_plan(problem_of(seed), Run(seed=seed), 0.7)
    team = Team(board, SearchParameters(), Run(seed=seed))
    turned: list[bool] = []
    turn_back = Team._turn_back

    def watched(self: Team) -> None:
        turn_back(self)
        for s, best in zip(self.boards, self.watched, strict=True):
            same = s == best
            same[DRAW] = True
            turned.append(bool(same.all()))

    monkeypatch.setattr(Team, "_turn_back", watched)
    solution = team.search()
    assert turned
    assert all(turned)
    assert len(turned) == team.annealings // 2
    assert solution.cost == team.best[COSTS] <= min(int(s[COSTS]) for s in team.boards)


BY_CLOCK = next(seed for seed in range(40) if not random_scenario(seed).by_day)


@pytest.mark.parametrize(
    ("seed", "parameters"),
    [(BY_CLOCK, SearchParameters()), (BY_DAY[0], cold(SearchParameters()))],
    ids=["by the clock", "a plan that people were told"],
)
def test_there_none_lingers(seed: int, parameters: SearchParameters) -> None:
    board = first_plan(problem_of(seed), Run(seed=seed), 0.7)
    team = Team(board, parameters, Run(seed=seed))
    team.search()
    assert team.annealings > 1
    assert not team.heat.lingers
    assert not team.watched
