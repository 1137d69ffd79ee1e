"""Two plans side by side: what differs, for whom, and that nobody is counted twice."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2p_dispatch import (
    Comparison,
    InputError,
    Plan,
    compare_plans,
    read_plan,
    solve_scenario,
    write_plan,
)
from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.run import run
from p2p_dispatch.compare.lots import lots_of
from p2p_dispatch.compare.model import Lot, Measure, Verdict, Way
from p2p_dispatch.compare.page import comparison_page
from p2p_dispatch.compare.picture import draw
from p2p_dispatch.compare.schema import comparison_schema
from tests.report.plans import two_coaches
from tests.tiny import cohort, tiny, tiny_scenario


def changed(plan: Plan, **parts: Any) -> Plan:
    """A plan with some of it replaced, and the same travel."""
    content = {**plan.model_dump(), **parts}
    return Plan.model_validate(content).with_travel(plan.travel)


def moved_by(plan: Plan, trip_id: str, delta: timedelta) -> Plan:
    """The same plan with all times of a trip some time later."""
    content = plan.model_dump()
    for trip in content["trips"]:
        if trip["id"] == trip_id:
            trip["day"] += timedelta(days=delta.days)
            for stop in trip["stops"]:
                for side in ("arrive", "depart"):
                    stop[side] = stop[side] and stop[side] + delta
    return Plan.model_validate(content).with_travel(plan.travel)


def figure(compared: Comparison, name: str) -> tuple[float, float]:
    found = next(each for each in compared.figures if each.name == name)
    return found.one, found.other


def test_a_plan_and_itself_differ_in_nothing() -> None:
    plan = two_coaches()
    compared = compare_plans(tiny_scenario(), plan, plan)
    assert {lot.verdict for lot in compared.lots} == {Verdict.SAME}
    assert sum(lot.people for lot in compared.lots) == compared.people == 70
    assert not compared.trips
    assert not compared.anew
    assert all(each.change == 0 for each in compared.figures)


def test_whoever_is_left_behind_in_the_second_is_worse_off() -> None:
    one = two_coaches()
    content = one.model_dump()
    other = changed(
        one,
        moved=42,
        trips=content["trips"][:1],
        itineraries=content["itineraries"][:2],
        batches=content["batches"][:1],
        duties=content["duties"][:1],
        unserved=[{**content["unserved"][0], "count": 28, "parties": [4, 3]}],
    )
    compared = compare_plans(tiny_scenario(), one, other)
    worse = [lot for lot in compared.lots if lot.verdict is Verdict.WORSE]
    assert [(lot.cohort, lot.people, lot.by) for lot in worse] == [("pn-ba", 20, Measure.MOVED)]
    assert figure(compared, "moved") == (62, 42)
    assert figure(compared, "coach, direct") == (2, 1)
    assert [(trip.id, trip.what) for trip in compared.trips] == [("0222-pingnan-1", "dropped")]
    back = compare_plans(tiny_scenario(), other, one)
    assert back.count(Verdict.BETTER) == 20
    assert not back.count(Verdict.WORSE)


def test_a_day_later_is_worse_and_an_hour_later_is_neither() -> None:
    scenario, plan = tiny_scenario(), two_coaches()
    day = compare_plans(scenario, plan, moved_by(plan, "0222-pingnan-1", timedelta(days=1)))
    later = [lot for lot in day.lots if lot.by is Measure.DAY]
    assert [(lot.people, lot.days, lot.verdict) for lot in later] == [(20, 1, Verdict.WORSE)]
    assert figure(day, "person-days waited") == (0, 20)
    assert [(each.days, each.one, each.other) for each in day.waits] == [(0, 62, 42), (1, 0, 20)]
    hour = compare_plans(scenario, plan, moved_by(plan, "0222-pingnan-1", timedelta(hours=1)))
    assert hour.count(Verdict.OTHERWISE) == hour.anew == 20
    assert not hour.count(Verdict.WORSE)
    assert hour.trips[0].differs == ("leaves 09:00 -> 10:00",)


def test_findings_of_both_plans_are_shown() -> None:
    plan = two_coaches()  # by hand, with round figures: check has much to say
    compared = compare_plans(tiny_scenario(), plan, plan)
    assert compared.one.findings
    assert compared.one.findings == compared.other.findings
    assert not compared.sound


def test_a_plan_of_another_scenario_is_one_fault() -> None:
    strange = tiny_scenario(cohorts=[cohort(id="nobody-knows")])
    with pytest.raises(InputError) as trouble:
        compare_plans(strange, two_coaches(), two_coaches())
    assert [fault.code for fault in trouble.value.faults] == ["P2P3005"]
    assert "cohort gb-ba" in trouble.value.faults[0].found


def way(day: int, **more: Any) -> Way:
    return Way(moved=True, trips=(f"t{day}",), modes=("coach",), day=f"2020-02-{day}", **more)  # type: ignore[arg-type]


WAYS = st.sampled_from([way(22), way(23), way(24), way(24, drop="x"), Way(moved=False)])


@settings(max_examples=60, deadline=None)
@given(st.lists(WAYS, min_size=1, max_size=30), st.data())
def test_everybody_is_in_one_lot(before: list[Way], data: st.DataObject) -> None:
    """Each side's ways come out as they went in, and as many as can be stay as they were."""
    size = {"min_size": len(before), "max_size": len(before)}
    after = data.draw(st.lists(WAYS, **size))
    scenario = tiny_scenario(cohorts=[cohort(count=len(before))])
    lots = list(lots_of(scenario, {"gb-ba": Counter(before)}, {"gb-ba": Counter(after)}))
    assert tally(lots, "one") == Counter(before)
    assert tally(lots, "other") == Counter(after)
    kept = sum(lot.people for lot in lots if lot.one == lot.other)
    assert kept == (Counter(before) & Counter(after)).total()


def tally(lots: list[Lot], side: str) -> Counter[Way]:
    counts = Counter[Way]()
    for lot in lots:
        counts[getattr(lot, side)] += lot.people
    return counts


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scenario ``tiny.yaml`` and two plans of it, ``byhand`` and ``better``."""
    monkeypatch.chdir(tmp_path)
    Path("tiny.yaml").write_text(json.dumps(tiny()), encoding="utf-8")
    scenario = tiny_scenario()
    for solver, folder in (("first-come", "byhand"), ("insertion", "better")):
        write_plan(solve_scenario(scenario, solver, threads=1), folder, scenario=scenario)
    return tmp_path


def test_the_command_hands_over_what_its_schema_says(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", "tiny.yaml", "byhand", "better", "--json"]) == Exit.DONE
    content = json.loads(capsys.readouterr().out)
    jsonschema.validate(content, comparison_schema())
    assert content["one"]["label"] == "byhand"
    assert sum(lot["people"] for lot in content["lots"]) == 70


def test_the_command_writes_pages_and_pictures(plans: Path) -> None:
    for name in ("out/page.html", "out/picture.svg", "out/picture.png"):
        assert run(["compare", "tiny.yaml", "byhand", "better", "-q", "-o", name]) == Exit.DONE
        assert Path(name).stat().st_size > 1000
    assert run(["compare", "tiny.yaml", "byhand", "better", "-o", "page.doc"]) == Exit.WRONG


def test_the_command_shows_both_and_says_what_is_broken(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path("better/plan.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    content["trips"][0]["cost"] += 1000
    path.write_text(json.dumps(content), encoding="utf-8")
    assert run(["compare", "tiny.yaml", "byhand", "better"]) == Exit.FINDINGS
    shown = capsys.readouterr().out
    assert "better breaks rules" in shown
    assert "money to pay" in shown


def test_pages_and_pictures_are_the_same_again(plans: Path) -> None:
    scenario = tiny_scenario()
    compared = compare_plans(scenario, read_plan("byhand"), read_plan("better"))
    assert draw(compared) == draw(compared)
    page = comparison_page(compared, scenario)
    assert page == comparison_page(compared, scenario)
    assert "src=" not in page
    assert 'href="http' not in page.split("<svg")[0]


def test_frames_have_a_row_for_every_line(plans: Path) -> None:
    compared = compare_plans(tiny_scenario(), read_plan("byhand"), read_plan("better"))
    assert len(compared.figures_frame()) == len(compared.figures)
    assert compared.lots_frame()["people"].sum() == 70
    assert len(compared.trips_frame()) == len(compared.trips)
    same = compare_plans(tiny_scenario(), read_plan("better"), read_plan("better"))
    assert list(same.trips_frame().columns)[:2] == ["id", "what"]
