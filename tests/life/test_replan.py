"""Planning again on the smallest scenario: what stands, what it costs, what is refused."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.cli.run import run
from p2p_dispatch.events.model import Event, Events
from p2p_dispatch.life import Replanned, replan
from p2p_dispatch.life.write import scenario_text, write_replanned
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.files import read_plan, write_plan
from p2p_dispatch.reading import InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.solution import Progress
from tests.life.streams import PRICES
from tests.tiny import tiny, tiny_scenario

EVENING = datetime(2020, 2, 21, 20)
NOON = datetime(2020, 2, 22, 12)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return tiny_scenario(prices={**tiny()["prices"], **PRICES})


@pytest.fixture(scope="module")
def told(scenario: Scenario) -> Plan:
    """Two coaches leave on the first day: 42 people from Gangbei, 28 from Pingnan."""
    return solve_scenario(scenario, "search", iterations=300, threads=1)


def events(*rows: dict[str, Any]) -> tuple[Event, ...]:
    return Events.model_validate(
        {"events": [{"time": "2020-02-21 19:00", **r} for r in rows]}
    ).events


def again(scenario: Scenario, told: Plan, happened: Any, now: datetime = EVENING) -> Replanned:
    return replan(scenario, told, happened, now, solver="search", iterations=100, threads=1)


def found(scenario: Scenario, plan: Plan) -> set[str]:
    return {finding.rule for finding in check(scenario, plan)}


def test_where_nothing_happens_nothing_changes(scenario: Scenario, told: Plan) -> None:
    for now in (EVENING, NOON):
        same = again(scenario, told, (), now)
        assert same.changes == ()
        assert check(same.scenario, same.plan) == []
        assert [(t.id, t.unit, t.stops, t.driving) for t in same.plan.trips] == [
            (t.id, t.unit, t.stops, t.driving) for t in told.trips
        ]
    left = [trip.id for trip in same.scenario.frozen]
    assert left == ["0222-gangbei-1", "0222-pingnan-1"]


def test_what_has_left_stands_and_check_says_if_it_does_not(scenario: Scenario, told: Plan) -> None:
    other = again(scenario, told, (), NOON)
    first = other.plan.trips[0]
    stops = tuple(
        stop.model_copy(update={"depart": stop.depart and stop.depart.replace(hour=11)})
        if i == 0
        else stop
        for i, stop in enumerate(first.stops)
    )
    for trip in (
        first.model_copy(update={"stops": stops}),
        first.model_copy(update={"id": "another"}),
    ):
        edited = other.plan.model_copy(update={"trips": (trip, *other.plan.trips[1:])})
        assert "frozen" in found(other.scenario, edited.with_travel_of(other.plan))


def test_a_promise_that_is_broken_has_its_price(scenario: Scenario, told: Plan) -> None:
    """One coach of three is left: it goes twice, cheaper than another day for 28 people."""
    other = again(scenario, told, events({"kind": "unit-down", "subject": "gg", "value": 2}))
    assert check(other.scenario, other.plan) == []
    assert other.plan.moved == 70
    paid = sum(
        change.count * sum(PRICES[f"changed_{what}"] for what in change.what)
        for change in other.changes
    )
    assert other.plan.value.changes == pytest.approx(paid)
    assert 0 < other.told_otherwise < 70
    assert other.plan.value.changes < 28 * PRICES["changed_day"]
    free = other.plan.value.model_copy(
        update={"changes": 0.0, "total": other.plan.value.total - other.plan.value.changes}
    )
    cheat = other.plan.model_copy(update={"value": free}).with_travel_of(other.plan)
    assert found(other.scenario, cheat) == {"figures"}
    silent = tuple(part.model_copy(update={"told": ""}) for part in other.plan.itineraries)
    cheat = other.plan.model_copy(update={"itineraries": silent, "value": free})
    assert found(other.scenario, cheat.with_travel_of(other.plan)) == {"frozen"}


def test_who_is_told_to_stay_is_told_another_day(scenario: Scenario, told: Plan) -> None:
    closed = {"kind": "closed", "subject": "chancheng"}
    other = again(scenario, told, events(closed))
    (change,) = other.changes
    assert (change.cohort, change.count, change.what) == ("gb-cc", 12, ("stays",))
    assert other.plan.value.changes == 12 * PRICES["changed_day"]
    assert check(other.scenario, other.plan) == []


def test_no_shows_leave_seats_and_walk_ups_take_them(scenario: Scenario, told: Plan) -> None:
    gone = {"kind": "no-show", "subject": "0222-gangbei-1.1", "cohort": "gb-ba", "value": 5}
    came = {"kind": "walk-up", "subject": "gb-ba", "value": 3}
    other = again(scenario, told, events(gone, came))
    assert (other.plan.people, other.plan.moved, other.told_otherwise) == (68, 68, 0)
    (change,) = other.changes
    assert (change.cohort, change.count, change.what) == ("gb-ba", 3, ("new",))
    assert check(other.scenario, other.plan) == []


def test_reports_count_everybody_once(scenario: Scenario, told: Plan) -> None:
    """Those who have arrived too, and nobody again for the coach that has left with them."""
    seen: list[Progress] = []
    came = events({"kind": "walk-up", "subject": "gb-ba", "value": 2})
    after = replan(
        scenario, told, came, NOON, solver="search", iterations=50, threads=1, watch=seen.append
    )
    assert after.scenario.frozen
    assert (seen[-1].served, seen[-1].people) == (after.plan.moved, after.plan.people)


@pytest.mark.parametrize(
    ("happened", "now", "code"),
    [
        ({"kind": "cancelled", "subject": "0222-nowhere-1"}, EVENING, "P2P3101"),
        ({"kind": "unit-down", "subject": "nobody", "value": 1}, EVENING, "P2P3101"),
        ({"kind": "closed", "subject": "nowhere"}, EVENING, "P2P3101"),
        ({"kind": "status", "subject": "0222-gangbei-1", "value": "departed"}, EVENING, "P2P3102"),
        ({"kind": "closed", "subject": "baoan", "time": "2020-02-21 21:00"}, EVENING, "P2P3104"),
        ({"kind": "closed", "subject": "baoan", "time": "2020-02-19"}, EVENING, "P2P3104"),
        ({"kind": "closed", "subject": "baoan"}, datetime(2020, 2, 19), "P2P3104"),
    ],
)
def test_what_cannot_be_is_one_clear_fault(
    scenario: Scenario, told: Plan, happened: dict[str, Any], now: datetime, code: str
) -> None:
    with pytest.raises(InputError) as trouble:
        again(scenario, told, events(happened), now)
    assert [fault.code for fault in trouble.value.faults] == [code]


def test_a_plan_of_another_scenario_or_a_broken_one_is_refused(
    scenario: Scenario, told: Plan
) -> None:
    strange = told.trips[0].model_copy(update={"pool": "other"})
    plans = {
        "P2P3105": told.model_copy(update={"trips": (strange, *told.trips[1:])}),
        "P2P3106": told.model_copy(update={"moved": told.moved - 1}),
    }
    for code, plan in plans.items():
        with pytest.raises(InputError) as trouble:
            again(scenario, plan.with_travel_of(told), ())
        assert [fault.code for fault in trouble.value.faults] == [code]


def test_the_scenario_beside_it_is_read_again_as_the_same(
    scenario: Scenario, told: Plan, tmp_path: Path
) -> None:
    other = again(scenario, told, events({"kind": "unit-down", "subject": "gg", "value": 2}), NOON)
    write_replanned(other, tmp_path)
    there = read_scenario(tmp_path / "scenario.yaml")
    assert scenario_text(there) == scenario_text(other.scenario)
    assert check(there, read_plan(tmp_path)) == []


def test_the_command_keeps_the_plan_that_was_told(
    scenario: Scenario, told: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "scenario.yaml").write_text(scenario_text(scenario), encoding="utf-8")
    write_plan(told, tmp_path / "told", scenario=scenario)
    (tmp_path / "events.yaml").write_text(
        "events:\n- {time: 2020-02-21 19:00, kind: unit-down, subject: gg, value: 2}\n"
    )
    before = {path.name: path.read_bytes() for path in (tmp_path / "told").iterdir()}
    words = ["replan", str(tmp_path / "scenario.yaml"), str(tmp_path / "told"),
             "--events", str(tmp_path / "events.yaml"), "--solver", "search",
             "--iterations", "50", "--quiet"]  # fmt: skip
    assert run([*words, "--as-of", "2020-02-21 18:00"]) == 2
    assert "P2P3104" in capsys.readouterr().err
    assert not (tmp_path / "told-next").exists()
    assert run([*words, "--as-of", "2020-02-21 20:00"]) == 0
    assert "must be told something" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in (tmp_path / "told").iterdir()} == before
    folder = tmp_path / "told-next"
    assert run(["check", str(folder / "scenario.yaml"), str(folder), "--quiet"]) == 0
    assert (
        (folder / "changes.csv").read_text("utf-8-sig").startswith("cohort,origin,at,people,what")
    )
