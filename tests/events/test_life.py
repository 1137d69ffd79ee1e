"""Events beside a plan: what they make of it, what is refused, and what ``check`` finds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.cli.run import run
from p2p_dispatch.events import append_events, read_events
from p2p_dispatch.events.boarding import ticked
from p2p_dispatch.events.model import Events, NoShow, Status, WalkUp
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.files import read_plan, write_plan
from p2p_dispatch.plan.life import lived
from p2p_dispatch.reading import InputError
from p2p_dispatch.scenario import Scenario
from tests.tiny import tiny_scenario


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return tiny_scenario()


@pytest.fixture(scope="module")
def plan(scenario: Scenario) -> Plan:
    return solve_scenario(scenario, "first-come")


def happened(*lines: str) -> tuple[object, ...]:
    """Events of lines such as ``21 09:00 status 0222-gangbei-1 ordered``."""
    events = []
    for line in lines:
        day, clock, kind, subject, *value = line.split(maxsplit=4)
        word = {"value": int(value[0]) if value[0].isdecimal() else value[0]} if value else {}
        time = f"2020-02-{day} {clock}"
        events.append({"time": time, "kind": kind, "subject": subject, **word})
    return Events.model_validate({"events": events}).events


TRIP, BATCH = "0222-gangbei-1", "0222-gangbei-1.1"
READY = (f"21 09:00 status {TRIP} ordered", f"22 04:30 medical {BATCH} 30")
GONE = f"22 05:00 status {TRIP} released"


def rules_broken(scenario: Scenario, plan: Plan, *lines: str) -> set[str]:
    return {finding.rule for finding in check(scenario, lived(plan, happened(*lines)))}


def test_what_a_trip_reaches_its_batches_reach(plan: Plan) -> None:
    later = lived(plan, happened(*READY, GONE, f"22 05:10 no-show {BATCH} 2"))
    trip = next(trip for trip in later.trips if trip.id == TRIP)
    batch = next(batch for batch in later.batches if batch.id == BATCH)
    assert (trip.status, batch.status) == (Status.RELEASED, Status.RELEASED)
    assert (batch.people, batch.checked, batch.absent) == (30, 30, 2)
    assert later.trips[1].status is Status.ORGANISED


def test_a_trip_is_released_when_it_was_ordered_and_all_were_checked(
    scenario: Scenario, plan: Plan
) -> None:
    assert rules_broken(scenario, plan, *READY, GONE) == set()
    assert rules_broken(scenario, plan, READY[0], GONE) == {"life"}
    assert rules_broken(scenario, plan, READY[1], GONE) == {"life"}
    # one of thirty is missing; if that one did not come, nobody is
    almost = (READY[0], f"22 04:30 medical {BATCH} 29")
    assert rules_broken(scenario, plan, *almost, GONE) == {"life"}
    assert rules_broken(scenario, plan, *almost, f"22 04:40 no-show {BATCH} 1", GONE) == set()


def test_a_check_after_the_release_comes_too_late(scenario: Scenario, plan: Plan) -> None:
    late = f"22 06:00 medical {BATCH} 30"
    assert rules_broken(scenario, plan, READY[0], GONE, late) == {"life"}


def test_statuses_go_forward(scenario: Scenario, plan: Plan) -> None:
    back = f"22 06:00 status {TRIP} told"
    assert rules_broken(scenario, plan, *READY, GONE, back) == {"life"}


def test_a_plan_edited_to_be_released_is_found(scenario: Scenario, plan: Plan) -> None:
    first = plan.trips[0].model_copy(update={"status": Status.DEPARTED})
    edited = plan.model_copy(update={"trips": (first, *plan.trips[1:])}).with_travel_of(plan)
    assert {finding.rule for finding in check(scenario, edited)} == {"life"}


def test_a_cancelled_trip_takes_nobody(scenario: Scenario, plan: Plan) -> None:
    assert rules_broken(scenario, plan, f"21 09:00 cancelled {TRIP}") == {"balance"}


def command(folder: Path, *words: str) -> int:
    return run(["event", str(folder), *words, "--quiet"])


def test_the_command_adds_and_refuses(
    scenario: Scenario, plan: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plan(plan, tmp_path, scenario=scenario)
    made = (tmp_path / "plan.json").read_bytes()
    assert command(tmp_path, "status", TRIP, "ordered", "--time", "2020-02-21 09:00") == 0
    before = (tmp_path / "events.yaml").read_bytes()
    refused = {
        "P2P3102": ("status", TRIP, "released", "--time", "2020-02-22 05:00"),
        "P2P3101": ("status", "0222-nowhere-1", "told", "--time", "2020-02-22 05:00"),
        "P2P1024": ("staus", TRIP, "told", "--time", "2020-02-22 05:00"),
        "P2P1025": ("status", TRIP, "told", "--time", "soon"),
    }
    for code, words in refused.items():
        capsys.readouterr()
        assert command(tmp_path, *words) == 2
        assert capsys.readouterr().err.count("  P2P") == 1, code
        assert (tmp_path / "events.yaml").read_bytes() == before
    assert command(tmp_path, "medical", BATCH, "30", "--time", "2020-02-22 04:30") == 0
    assert command(tmp_path, "status", TRIP, "released", "--time", "2020-02-22 05:00") == 0
    assert (tmp_path / "plan.json").read_bytes() == made
    there = read_plan(tmp_path)
    assert there.trips[0].status is Status.RELEASED
    assert check(scenario, there) == []


def test_events_go_aside_with_their_plan(scenario: Scenario, plan: Plan, tmp_path: Path) -> None:
    write_plan(plan, tmp_path, scenario=scenario)
    append_events(tmp_path / "events.yaml", happened(READY[0]))
    write_plan(plan, tmp_path, scenario=scenario)
    assert read_plan(tmp_path).events == ()
    assert len(read_plan(tmp_path / "older" / "1").events) == 1


def test_what_stands_in_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    file.write_text("# by hand\nevents:\n- {time: 2020-02-21, kind: closed, subject: baoan}\n")
    append_events(file, happened(READY[0]))
    assert file.read_text().startswith("# by hand\nevents:\n- {time: 2020-02-21, kind: closed")
    assert len(read_events(file)) == 2


def test_a_file_that_cannot_be_added_to_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    file.write_text("events: [{time: 2020-02-21, kind: closed, subject: baoan}]\n")
    before = file.read_bytes()
    with pytest.raises(InputError, match="P2P3103"):
        append_events(file, happened(READY[0]))
    assert file.read_bytes() == before


def test_ticks_become_no_shows_and_walk_ups(tmp_path: Path) -> None:
    """Of three people of one cohort two are ticked; of another 5 boarded where 4 were to."""
    file = tmp_path / "list.csv"
    rows = ["t,a,1,x", "t,a,1,", "t,a,,✓", "t,b,4,5", "t,c,7,0", "t,d,2,"]
    file.write_text("\n".join(["trip,cohort,people,boarded", *rows]), encoding="utf-8")
    batches = {("t", "a"): ("t.1", 3), ("t", "b"): ("t.2", 4), ("t", "d"): ("t.2", 2)}
    when = datetime(2020, 2, 22, 6)
    no_show, walk_up, other = ticked(file, batches, {"t"}, when)
    assert isinstance(no_show, NoShow)
    assert (no_show.subject, no_show.cohort, no_show.value) == ("t.1", "a", 1)
    assert isinstance(walk_up, WalkUp)
    assert (walk_up.subject, walk_up.cohort, walk_up.value) == ("t.2", "b", 1)
    assert (other.subject, other.value) == ("t.2", 2)
    file.write_text("trip,cohort,people,boarded\nu,a,1,x\nt,a,1,perhaps\n")
    with pytest.raises(InputError) as trouble:
        ticked(file, batches, {"t"}, when)
    assert [fault.code for fault in trouble.value.faults] == ["P2P3107", "P2P3107"]
