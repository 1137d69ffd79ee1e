"""The drawn season is a scenario, and the same again."""

from __future__ import annotations

from pathlib import Path

import season
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.week.morning import refuse_beyond_coaches


def test_the_drawn_season_is_in_order(tmp_path: Path) -> None:
    scenario = read_scenario(season.write(tmp_path))
    refuse_beyond_coaches(scenario)
    assert len({cohort.signed_up for cohort in scenario.cohorts}) == season.DAYS
    assert season.season() == season.season()
