"""A plan in its folder: whole or not at all, and nobody's files lost."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from p2p_dispatch.check import check
from p2p_dispatch.plan import files
from p2p_dispatch.plan.files import FILES, read_plan, write_plan
from p2p_dispatch.plan.schema import plan_schema
from p2p_dispatch.reading import InputError
from tests.check import modes
from tests.report.plans import two_coaches
from tests.tiny import cohort, tiny_scenario


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def faults(path: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(InputError) as caught:
        read_plan(path)
    return [(fault.code, fault.mark.line, fault.field) for fault in caught.value.faults]


def test_a_plan_comes_back_as_it_went(tmp_path: Path) -> None:
    plan = two_coaches()
    assert sorted(path.name for path in write_plan(plan, tmp_path)) == sorted(FILES)
    for way in (tmp_path, tmp_path / "plan.json", str(tmp_path)):
        back = read_plan(way)
        assert back.model_dump() == plan.model_dump()
        assert back.travel.leg("gangbei", "baoan") == plan.travel.leg("gangbei", "baoan")


def test_a_plan_with_every_way_to_travel_comes_back_and_keeps_every_rule(tmp_path: Path) -> None:
    its = modes.world()
    plan = modes.plan(its)
    write_plan(plan, tmp_path, scenario=its)
    back = read_plan(tmp_path)
    assert back.model_dump() == plan.model_dump()
    assert check(its, back) == []
    trips = {row["trip"]: row for row in rows(tmp_path / "trips.csv")}
    assert trips["special"]["carriages"] == "car 1"
    (welders,) = (r for r in rows(tmp_path / "itineraries.csv") if r["cohort"] == "welders")
    assert (welders["changes"], welders["drop"], welders["site"]) == (
        "rail; south",
        "chancheng",
        "chancheng",
    )


def test_a_plan_written_before_there_were_services_is_read(tmp_path: Path) -> None:
    """What they added has a default that means the same as before."""
    plan = two_coaches()
    write_plan(plan, tmp_path)
    content = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    for trip in content["trips"]:
        del trip["service"], trip["carriages"]
    for itinerary in content["itineraries"]:
        del itinerary["changes"], itinerary["drop"], itinerary["site"]
    for part in ("trains", "carriages", "planes", "transfers", "empty_posts"):
        del content["value"][part]
    (tmp_path / "plan.json").write_text(json.dumps(content), encoding="utf-8")
    assert read_plan(tmp_path).model_dump() == plan.model_dump()


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_plan(two_coaches(), tmp_path / name, scenario=tiny_scenario())
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_an_older_plan_is_kept_and_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("call the depot")
    for moved in (62, 61, 60):
        write_plan(two_coaches(moved=moved), tmp_path)
    assert [read_plan(tmp_path / "older" / n).moved for n in "12"] == [62, 61]
    assert read_plan(tmp_path).moved == 60
    assert (tmp_path / "notes.txt").read_text() == "call the depot"
    assert {path.name for path in tmp_path.iterdir()} == {*FILES, "older", "notes.txt"}


def test_a_table_that_the_user_made_is_kept_though_there_was_no_plan(tmp_path: Path) -> None:
    (tmp_path / "trips.csv").write_text("mine")
    write_plan(two_coaches(), tmp_path)
    assert (tmp_path / "older" / "1" / "trips.csv").read_text() == "mine"


def test_a_failure_while_writing_leaves_the_older_plan_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(two_coaches(), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_csv", full)
    with pytest.raises(InputError, match="no space left"):
        write_plan(two_coaches(moved=1), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_is_a_file_is_one_fault(tmp_path: Path) -> None:
    target = tmp_path / "plan"
    target.write_text("")
    with pytest.raises(InputError, match=r"P2P3004[\s\S]*it is a file"):
        write_plan(two_coaches(), target)
    with pytest.raises(InputError, match="P2P3004"):
        files.refuse_folder(target / "below")
    files.refuse_folder(tmp_path / "not" / "there" / "yet")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_one_fault(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="P2P3004"):
        write_plan(two_coaches(), tmp_path)


def test_faults_of_a_plan_say_where(tmp_path: Path) -> None:
    write_plan(two_coaches(), tmp_path)
    path = tmp_path / "plan.json"
    text = path.read_text()
    path.write_text(text.replace('"people": 42', '"people": "many"'))
    line = 1 + path.read_text()[: path.read_text().index('"many"')].count("\n")
    assert faults(path) == [("P2P3002", line, "batches.0222-gangbei-1.1.people")]
    path.write_text(text.replace("2020-02-22T06:05:00+08:00", "2020-02-22T06:05:00"))
    assert faults(path)[0][2] == "batches.0222-gangbei-1.1.call"
    path.write_text(text.replace('"version": "1"', '"version": "9"'))
    assert faults(path) == [("P2P3002", 0, "")]
    path.write_text(text.replace("Asia/Shanghai", "Asia/Atlantis"))
    assert faults(path) == [("P2P3002", 6, "time_zone")]
    path.write_text(text[:100])
    assert faults(path)[0][0] == "P2P3001"
    path.write_text("[]")
    assert faults(path)[0][0] == "P2P3002"
    path.unlink()
    assert faults(tmp_path) == [("P2P3001", 0, "")]


def test_a_plan_without_its_travel_is_refused(tmp_path: Path) -> None:
    write_plan(two_coaches(), tmp_path)
    (tmp_path / "travel.npz").write_bytes(b"PK nonsense")
    assert faults(tmp_path) == [("P2P3003", 0, "")]
    (tmp_path / "travel.npz").unlink()
    assert faults(tmp_path) == [("P2P3003", 0, "")]


def test_movements_are_one_row_a_movement_line(tmp_path: Path) -> None:
    write_plan(two_coaches(), tmp_path, scenario=tiny_scenario())
    lines = rows(tmp_path / "movements.csv")
    assert [(line["cohort"], line["people"], line["destination_name"]) for line in lines] == [
        ("gb-ba", "30", "宝安区"),
        ("gb-cc", "12", "禅城区"),
        ("pn-ba", "20", "宝安区"),
    ]
    assert lines[1] == {
        "batch": "0222-gangbei-1.1", "cohort": "gb-cc", "people": "12",
        "origin": "gangbei", "origin_name": "港北区",
        "destination": "chancheng", "destination_name": "禅城区", "site": "chancheng",
        "mode": "coach", "trip": "0222-gangbei-1", "leg": "1", "unit": "gg/1",
        "day": "2020-02-22", "ready": "2020-02-22", "due": "2020-02-24",
        "call": "2020-02-22 06:05", "depart": "2020-02-22 07:05", "arrive": "2020-02-22 13:00",
        "priority": "", "status": "organised",
    }  # fmt: skip


def test_cells_that_a_spreadsheet_would_compute_are_made_harmless(tmp_path: Path) -> None:
    named = tiny_scenario(cohorts=[cohort(id="-1"), cohort(id="@b"), cohort(id="ok-1")])
    unserved = [
        {"cohort": one.id, "count": 30, "reason": "fleet", "words": f"=cmd|{one.id}"}
        for one in named.cohorts
    ]
    write_plan(two_coaches(named, trips=[], itineraries=[], unserved=unserved), tmp_path)
    assert [row["cohort"] for row in rows(tmp_path / "unserved.csv")] == ["'-1", "'@b", "ok-1"]
    assert rows(tmp_path / "unserved.csv")[0]["words"] == "'=cmd|-1"


def test_excel_is_told_the_encoding(tmp_path: Path) -> None:
    write_plan(two_coaches(), tmp_path)
    assert (tmp_path / "unserved.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_written_plan_keeps_the_schema(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    write_plan(two_coaches(), tmp_path)
    content = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(plan_schema())
    jsonschema.validate(content, plan_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**content, "people": "many"}, plan_schema())
