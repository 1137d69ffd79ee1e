"""A plan as other programs read it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from p2p_dispatch.cli.commands import export as command
from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.run import run
from p2p_dispatch.plan.files import write_plan
from p2p_dispatch.reading import InputError
from p2p_dispatch.report.exits import parquet
from p2p_dispatch.report.exits.calendars import origin_calendars, vehicle_calendars
from p2p_dispatch.report.exits.geojson import geojson
from p2p_dispatch.report.language import english
from p2p_dispatch.report.names import Names
from tests.report.plans import two_coaches
from tests.tiny import gangbei, pingnan, tiny_scenario


def names_of(**changes: Any) -> Names:
    scenario = tiny_scenario(**changes)
    return Names(two_coaches(scenario), scenario, english())


def test_geojson_has_a_line_for_each_trip_and_a_point_for_each_place() -> None:
    """Both trips begin and end at Guigang, longitude first; nobody boards at the depot."""
    content = json.loads(json.dumps(geojson(names_of())))
    lines = [f for f in content["features"] if f["geometry"]["type"] == "LineString"]
    points = {f["id"]: f for f in content["features"] if f["geometry"]["type"] == "Point"}
    assert [line["id"] for line in lines] == ["0222-gangbei-1", "0222-pingnan-1"]
    assert lines[0]["geometry"]["coordinates"][0] == [109.602, 23.103]
    assert len(lines[0]["geometry"]["coordinates"]) == 5
    assert lines[0]["properties"]["departs"] == "2020-02-22T07:05:00+08:00"
    assert lines[0]["properties"]["people"] == 42
    assert points["baoan"]["properties"]["alight"] == 50
    assert points["guigang"]["properties"] == {
        "kind": "depot", "place": "guigang", "name": "贵港客运站", "board": 0, "alight": 0,
    }  # fmt: skip


def test_a_calendar_is_in_utc_and_its_entries_keep_their_names() -> None:
    """6:40 at Guigang is 22:40 the day before in UTC; the same plan gives the same bytes."""
    names = names_of()
    calendars = vehicle_calendars(names)
    assert list(calendars) == ["gg/1", "gg/2"]
    assert calendars == vehicle_calendars(names_of())
    (event,) = Calendar.from_ical(calendars["gg/1"].decode()).walk("VEVENT")
    assert event["uid"] == "tiny.0222-gangbei-1@p2p-dispatch"
    assert event["dtstart"].dt == datetime(2020, 2, 21, 22, 40, tzinfo=UTC)
    assert event["dtend"].dt == datetime(2020, 2, 22, 15, 0, tzinfo=UTC)
    assert b"DTSTART:20200221T224000Z" in calendars["gg/1"]
    assert "02-22 13:00 禅城区 -12" in event["description"]


def test_an_origin_is_called_in_its_own_calendar() -> None:
    """The 42 of Gangbei are called at 6:05 and leave at 7:05."""
    calendars = origin_calendars(names_of())
    assert list(calendars) == ["gangbei", "pingnan"]
    (event,) = Calendar.from_ical(calendars["gangbei"].decode()).walk("VEVENT")
    assert event["dtstart"].dt == datetime(2020, 2, 21, 22, 5, tzinfo=UTC)
    assert event["dtend"].dt == datetime(2020, 2, 21, 23, 5, tzinfo=UTC)
    assert event["summary"].startswith("42 people")


def test_by_the_day_entries_are_whole_days() -> None:
    calendars = vehicle_calendars(names_of(planning={"by": "day"}))
    (event,) = Calendar.from_ical(calendars["gg/1"].decode()).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2020, 2, 22), date(2020, 2, 23))


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=120))
def test_lines_are_folded_between_signs_whatever_a_place_is_called(label: str) -> None:
    """At most 75 octets, ended by CR LF, and the name comes back as it was."""
    if not label.strip():
        return
    names = names_of(origins=[gangbei(name=label), pingnan()])
    content = origin_calendars(names)["gangbei"]
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # whole signs
    (event,) = Calendar.from_ical(content.decode()).walk("VEVENT")
    assert event["location"] == label.strip()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scenario and a plan of it, as files."""
    monkeypatch.chdir(tmp_path)
    assert run(["new", "season", "--quiet"]) == Exit.DONE
    assert run(["solve", "season", "--solver", "first-come", "-q", "-o", "plan"]) == Exit.DONE
    return tmp_path


def test_the_command_writes_all_that_needs_no_library(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["export", "season", "plan"]) == Exit.DONE
    files = [path.relative_to(folder / "plan/export") for path in folder.glob("plan/export/**/*.*")]
    assert {str(path.parent) for path in files} == {".", "vehicles", "origins"}
    assert (folder / "plan/export/movements.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert f"{len(files)} files are in" in capsys.readouterr().err


def test_parquet_holds_the_tables_with_their_types(folder: Path) -> None:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    assert run(["export", "season", "plan", "--to", "parquet", "-o", "out", "-q"]) == Exit.DONE
    trips = pd.read_parquet("out/parquet/trips.parquet")
    assert trips["people"].sum() == 132
    assert str(trips["departs"].dt.tz) == "Asia/Shanghai"
    schema = pq.read_schema("out/parquet/trips.parquet")
    assert schema.field("day").type == pa.date32()
    movements = pd.read_parquet("out/parquet/movements.parquet")
    assert movements["origin_name"].str.len().min() > 0


def test_without_the_library_parquet_is_refused_before_anything_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parquet, "find_spec", lambda name: None)
    code = run(["export", "season", "plan", "--to", "geojson", "--to", "parquet", "-o", "out"])
    assert code == Exit.WRONG
    assert "P2P5005" in capsys.readouterr().err
    assert not Path("out").exists()
    with pytest.raises(InputError):
        parquet.refuse_parquet()


def test_every_format_is_told_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    run(["export", "--help"])
    assert "|".join(command.Format) in capsys.readouterr().out


def test_a_plan_that_was_edited_gets_out_too(tmp_path: Path) -> None:
    """A trip with a place that nobody knows has no line, and no traceback."""
    scenario = tiny_scenario()
    plan = two_coaches(scenario)
    stops = tuple(stop.model_copy(update={"place": "nowhere"}) for stop in plan.trips[0].stops)
    trip = plan.trips[0].model_copy(update={"stops": stops})
    plan = plan.model_copy(update={"trips": (trip, *plan.trips[1:])}).with_travel(plan.travel)
    content = geojson(Names(plan, scenario, english()))
    assert [f["id"] for f in content["features"] if f["geometry"]["type"] == "LineString"] == [
        "0222-pingnan-1"
    ]
    write_plan(plan, tmp_path / "plan", scenario=scenario)
