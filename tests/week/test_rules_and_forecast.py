"""How rules are written, who is expected, and when people become known."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng

from p2p_dispatch import InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.week.forecast import Forecast, Rate, forecast_of, last_signup, read_forecast
from p2p_dispatch.week.rules import RULES, Rule, rule_of
from p2p_dispatch.week.signups import drawn_season, habits_of, signed_up, with_signups
from tests.tiny import cohort, tiny_scenario


def two_days() -> Scenario:
    """Forty people over two days, some in parties."""
    return tiny_scenario(
        cohorts=[
            cohort(id="a", count=20, parties=[3, 2]),
            cohort(id="b", count=20, ready="2020-02-23", parties=[4]),
        ]
    )


@pytest.mark.parametrize("rule", [*RULES, Rule("full", fill=0.75)], ids=lambda rule: rule.name)
def test_a_rule_is_read_as_it_is_written(rule: Rule) -> None:
    assert rule_of(rule.name) == rule


@pytest.mark.parametrize("word", ["", "hold", "hold:x", "full:2", "ahead:-1", "often"])
def test_other_words_are_no_rules(word: str) -> None:
    with pytest.raises(ValueError, match="no release rule"):
        rule_of(word)


def test_people_are_known_when_they_signed_up_or_so_many_days_before_they_are_ready() -> None:
    scenario = tiny_scenario(
        cohorts=[cohort(id="a", signed_up="2020-02-20 17:00"), cohort(id="b", ready="2020-02-23")]
    )
    told = with_signups(scenario, 2).cohorts
    assert [signed_up(c) for c in told] == [date(2020, 2, 20), date(2020, 2, 21)]
    assert signed_up(with_signups(scenario).cohorts[1]) == date(2020, 2, 23)


def test_as_many_are_expected_a_day_as_were_counted() -> None:
    scenario = two_days()
    forecast = forecast_of(scenario, scenario.cohorts, date(2020, 2, 22), date(2020, 2, 23))
    assert [(rate.origin, rate.site, rate.per_day) for rate in forecast.rates] == [
        ("gangbei", "baoan", 20)
    ]
    assert forecast.last == last_signup(scenario) == date(2020, 2, 23)
    assert not list(forecast.on(date(2020, 2, 24)))


@settings(max_examples=40, deadline=None)
@given(st.floats(0.1, 40), st.floats(0, 2), st.integers(0, 2**30), st.integers(1, 6))
def test_drawn_seasons_are_scenarios_whose_people_fit(
    mean: float, spread: float, seed: int, days: int
) -> None:
    scenario = two_days()
    rate = Rate(origin="gangbei", site="chancheng", per_day=mean, spread=spread)
    forecast, habits = Forecast(rates=(rate,)), habits_of(scenario.cohorts)
    season = drawn_season(scenario, forecast, habits, days, default_rng(seed))
    again = drawn_season(scenario, forecast, habits, days, default_rng(seed))
    assert season == again
    first = scenario.days.first
    for some in season.cohorts:
        assert sum(some.parties) <= some.count
        assert all(size in (2, 3, 4) for size in some.parties)
        assert first <= signed_up(some) < first + timedelta(days=days)
        assert day_of(some.ready) <= day_of(some.due) <= season.days.last


def test_draws_have_the_mean_and_the_spread_of_their_rate() -> None:
    scenario, habits = two_days(), habits_of(two_days().cohorts)
    for spread in (0.0, 0.5):
        rate = Rate(origin="gangbei", site="baoan", per_day=10, spread=spread)
        rng = default_rng(1)
        counts = [
            drawn_season(scenario, Forecast(rates=(rate,)), habits, 1, rng).people
            for _ in range(600)
        ]
        mean = sum(counts) / len(counts)
        variance = sum((count - mean) ** 2 for count in counts) / len(counts)
        assert mean == pytest.approx(10, abs=0.8)
        assert variance == pytest.approx(10 + (10 * spread) ** 2, rel=0.3)


def test_a_forecast_is_read_and_its_faults_are_told(tmp_path: Path) -> None:
    path = tmp_path / "forecast.yaml"
    path.write_text("rates:\n  - {origin: gangbei, site: baoan, per_day: 12.5, spread: 0.3}\n")
    forecast = read_forecast(path, two_days())
    assert forecast.rates[0].per_day == 12.5
    assert forecast.last == date(2020, 2, 23)
    path.write_text("rates:\n  - {origin: nowhere, site: baoan, per_day: 3}\n")
    with pytest.raises(InputError) as trouble:
        read_forecast(path, two_days())
    assert [fault.code for fault in trouble.value.faults] == ["P2P2202"]
    assert trouble.value.faults[0].mark.line == 2
    path.write_text("rates:\n  - {origin: gangbei, site: baoan, a_day: 3}\n")
    with pytest.raises(InputError) as trouble:
        read_forecast(path, two_days())
    assert {fault.code for fault in trouble.value.faults} == {"P2P2201"}
