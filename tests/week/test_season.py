"""Mornings one after the other: every plan is legal, nobody is lost, nobody is told twice."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from numpy.random import default_rng

from p2p_dispatch import InputError, check
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.week.desk import Desk
from p2p_dispatch.week.morning import decide
from p2p_dispatch.week.rules import Rule, rule_of
from p2p_dispatch.week.season import astray, run_season, waits_of
from p2p_dispatch.week.signups import signed_up
from p2p_dispatch.week.simulate import sheets, simulate
from p2p_dispatch.week.standing import standing_plan
from tests.tiny import cohort
from tests.week.seasons import means, season

CASES = [("daily", 0), ("full", 0), ("hold:1", 24), ("ahead", 24), ("ahead:1", 0)]


@pytest.mark.parametrize(("word", "notice"), CASES)
def test_every_morning_is_legal_and_nobody_is_lost_or_told_twice(word: str, notice: int) -> None:
    """What stood yesterday stands today, with the same people and perhaps more."""
    scenario, rule = season(notice), rule_of(word)
    desk, rng, with_what = Desk(scenario), default_rng(0), means(scenario)
    stood: dict[str, tuple[object, ...]] = {}
    for today in desk.dates:
        morning = decide(desk, rule, today, with_what, rng)
        assert not morning.findings
        for name, before in stood.items():
            trip = desk.standing[name].trip
            assert (trip.pool, trip.leaves, trip.stops) == before[:3]
            assert set(before[3]) <= set(trip.riders)  # type: ignore[call-overload]
            if desk.standing[name].day < today:
                assert set(before[3]) == set(trip.riders)  # type: ignore[call-overload]
        stood = {
            name: (s.trip.pool, s.trip.leaves, s.trip.stops, s.trip.riders)
            for name, s in desk.standing.items()
        }
        for name in morning.ordered:
            assert desk.standing[name].day >= today
    plan = standing_plan(desk.whole(), with_what.travel)
    assert not check(desk.whole(), plan)
    assert astray(desk, plan) == 0
    assert plan.moved + sum(part.count for part in plan.unserved) == scenario.people
    parties: Counter[tuple[str, int]] = Counter()
    for part in (*plan.itineraries, *plan.unserved):
        parties.update((desk.of.get(part.cohort, part.cohort), size) for size in part.parties)
    signed = Counter((c.id, size) for c in scenario.cohorts for size in c.parties)
    assert parties == signed
    # notice may make somebody wait a day; beyond it nobody waits longer than the rule lets them
    assert (
        max(waits_of(plan, desk.whole())) <= (2 if rule.most is None else rule.most) + notice / 24
    )


def test_only_those_who_signed_up_are_looked_at() -> None:
    scenario = season()
    desk = Desk(scenario)
    today = scenario.days.first + timedelta(days=1)
    known = {cohort.id for cohort in desk.known(today)}
    assert known == {"gb-0", "pn-0", "gb-1", "pn-1"}
    assert all(signed_up(desk.cohorts[name]) <= today for name in known)
    # and whoever waits is not put on a coach that has left
    assert all(day_of(cohort.ready) >= today for cohort in desk.known(today))


def test_what_needs_notice_is_ordered_the_day_before() -> None:
    order = list(sheets(season(24), days=3, rule=Rule("daily", 0)))
    assert not order[0].release
    assert order[0].order
    assert {trip.id for trip in order[0].order} <= {trip.id for trip in order[1].release}
    at_once = list(sheets(season(), days=2, rule=Rule("daily", 0)))
    assert at_once[0].release
    assert not at_once[0].order


def test_sheets_tell_of_everybody_who_is_known() -> None:
    scenario = season()
    for number, sheet in enumerate(sheets(scenario, days=3)):
        waiting = sum(held.people for held in sheet.hold)
        going = sum(trip.people for trip in (*sheet.release, *sheet.order))
        assert sheet.known == waiting + going
        assert all(held.until is None or held.until > sheet.today for held in sheet.hold)
        assert all(held.until is None or held.until <= held.latest for held in sheet.hold)
        if number == 0:
            assert sheet.known == 17


def test_trips_that_the_scenario_has_frozen_stand() -> None:
    riders = [{"cohort": "gb-0", "count": 5, "parties": [3], "drop": "baoan"}]
    told = {
        "id": "told", "pool": "gg", "leaves": "2020-02-23 07:00", "drivers": 2,
        "stops": ["gangbei", "baoan"], "riders": riders, "changing": 10,
    }  # fmt: skip
    scenario = season(frozen=[told])
    first = next(sheets(scenario, rule=Rule("daily", 0)))
    assert sum(trip.people for trip in first.release) == 17 - 5
    assert not first.findings
    outcome = run_season(scenario, Rule("daily", 0), means(scenario), default_rng(0))
    assert outcome.moved == scenario.people
    assert outcome.astray == outcome.findings == 0


def test_whoever_finds_no_coach_is_left_and_counted_once() -> None:
    """One coach for five days: people are left, and told of as left."""
    scenario = season(pools=[{"id": "gg", "unit_type": "coach-49", "depot": "guigang", "units": 0,
                              "on": {"2020-02-23": 1}}])  # fmt: skip
    outcome = run_season(scenario, Rule("hold", 1), means(scenario), default_rng(0))
    assert 0 < outcome.moved < outcome.people
    assert outcome.findings == outcome.astray == 0


def test_scenarios_beyond_coaches_are_refused() -> None:
    with pytest.raises(InputError) as trouble:
        next(sheets(season(cohorts=[cohort(accessible=1)])))
    assert [fault.code for fault in trouble.value.faults] == ["P2P2203"]


def test_the_same_seed_gives_the_same_outcomes_whatever_the_jobs() -> None:
    rules = [rule_of("hold:1"), rule_of("ahead:1")]
    once = run(season(), rules, jobs=1)
    assert once == run(season(), rules, jobs=2)
    assert [(o.rule, o.future) for o in once] == [
        ("hold:1", 0), ("hold:1", 1), ("ahead:1", 0), ("ahead:1", 1)
    ]  # fmt: skip
    # every rule has the same seasons
    assert [o.people for o in once[:2]] == [o.people for o in once[2:]]


def run(scenario: Scenario, rules: list[Rule], jobs: int) -> list[object]:
    return list(simulate(scenario, futures=2, days=3, rules=rules, samples=1, jobs=jobs))
