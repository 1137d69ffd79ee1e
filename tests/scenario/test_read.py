"""What reading gives back: the scenario, and where its values stand."""

import json
from pathlib import Path

import jsonschema
import pytest

from p2p_dispatch.scenario.schema import scenario_schema
from tests.scenario.full import changed, full
from tests.tiny import tiny, tiny_scenario

TEXT = """\
name: tiny
as_of: 2020-02-20
days: {first: 2020-02-22, last: 2020-02-24}
origins:
  - {id: gangbei, lat: 23.114, lon: 109.568}
sites:
  - {id: baoan, lat: 22.558, lon: 113.879}
depots:
  - {id: guigang, lat: 23.103, lon: 109.602}
cohorts: people.csv
unit_types:
  - {id: coach, seats: 49, per_day: 1200, per_km: 6.5}
pools:
  - {id: gg, unit_type: coach, depot: guigang, units: 3}
prices: {driver_day: 400, left_behind: 20000}
"""
PEOPLE = """\
site,id,origin,count,ready,due
baoan,a,gangbei,30,2020-02-22,2020-02-24

baoan,b,gangbei,40,2020/2/22,2020/2/24 18:00
"""
FILES = {"people.csv": PEOPLE}


def short(mark):
    return str(mark._replace(file=Path(mark.file).name))


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ((), "s.yaml:1:1"),
        (("days", "last"), "s.yaml:3:33"),
        (("sites", 0, "lon"), "s.yaml:7:35"),
        (("rules", "stops", "detour_km"), "s.yaml:1:1"),  # a default stands nowhere
        (("pools", 0, "on"), "s.yaml:14:5"),
        (("cohorts",), "people.csv:1"),
        (("cohorts", 0, "due"), "people.csv:2:6"),
        (("cohorts", 1, "count"), "people.csv:4:4"),
        (("cohorts", 1, "priority"), "people.csv:4"),
    ],
)
def test_a_scenario_knows_where_its_values_stand(read, path, mark):
    assert short(read(TEXT, **FILES).mark(*path)) == mark


def test_a_scenario_built_in_python_stands_nowhere():
    assert str(tiny_scenario().mark("cohorts", 0, "due")) == "<scenario>"
    assert tiny_scenario().notices == ()


def test_where_it_came_from_does_not_matter(read):
    """Equal and with the same digest, from YAML or from Python."""
    assert read(tiny()) == tiny_scenario()
    assert read(tiny()).digest == tiny_scenario().digest


def test_a_list_and_its_table_are_the_same_scenario(read):
    rows = [
        "{id: a, site: baoan, origin: gangbei, count: 30, ready: 2020-02-22, due: 2020-02-24}",
        "{id: b, site: baoan, origin: gangbei, count: 40, ready: 2020-02-22,"
        " due: 2020-02-24 18:00}",
    ]
    assert read(TEXT, **FILES) == read(TEXT.replace("people.csv", f"[{', '.join(rows)}]"))


PLANTED = [
    # (line, column, code, what to replace, by what)
    (1, 7, "P2P1026", "tiny", "ti/ny"),
    (2, 8, "P2P1025", "2020-02-20", "today"),
    (3, 33, "P2P1301", "2020-02-24}", "2020-02-21}"),
    (5, 20, "P2P1020", "lat: 23.114", "lat: 23.114, alt: 3"),
    (7, 18, "P2P1020", "{id: baoan, lat:", "{id: baoan,   latt:"),
    (9, 5, "P2P1021", ", lon: 109.602", ""),
    (12, 25, "P2P1023", "seats: 49", "seats: 0"),
    (14, 23, "P2P1402", "unit_type: coach", "unit_type: couch"),
    (15, 22, "P2P1022", "400", "four hundred"),
    (15, 28, "P2P1021", "prices: {driver_day: 400, left_behind: 20000}", "prices: {}"),
]


@pytest.mark.parametrize(("line", "column", "code", "right", "wrong"), PLANTED[:-1])
def test_faults_are_at_their_line_and_column(refused, line, column, code, right, wrong):
    text = TEXT.replace(right, wrong, 1)
    faults = refused(text, **FILES)
    where = text.splitlines()[line - 1]
    if code == "P2P1020":
        column = where.index("alt: 3" if "alt: 3" in where else "latt") + 1
    elif code == "P2P1402":
        column = where.index("couch") + 1
    elif code == "P2P1023":
        column = where.index("seats: 0") + len("seats: ") + 1
    assert [(f.code, f.mark.line, f.mark.column) for f in faults] == [(code, line, column)]


def test_faults_of_all_files_are_in_order(refused):
    text = TEXT.replace("400", "x").replace("2020-02-20", "y")
    people = PEOPLE.replace(",30,", ",0,").replace("gangbei,40", "gangbai,40")
    marks = [short(fault.mark) for fault in refused(text, **{"people.csv": people})]
    assert marks == ["people.csv:2:4", "people.csv:4:3", "s.yaml:2:8", "s.yaml:15:22"]


def test_the_schema_is_one_and_takes_lists_and_tables():
    schema = scenario_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    for good in (full(), tiny(), tiny(cohorts="cohorts.csv", origins="a/o.CSV")):
        assert list(judge.iter_errors(good)) == []
    for bad in (
        tiny(cohorts="cohorts.xlsx"),
        tiny(cohort=[]),
        changed(full(), ("travel", "legs"), "roads"),
        changed(full(), ("pools", 0, "units"), -1),
    ):
        assert list(judge.iter_errors(bad))
    assert judge.is_valid(changed(full(), ("travel", "legs"), "roads.csv"))


def test_every_field_of_the_schema_is_explained_in_one_line():
    """The text under a field is what an editor shows."""
    schema = scenario_schema()
    assert "\n" not in "".join(_descriptions(schema))
    assert schema["properties"]["cohorts"]["description"] == "The people."
    assert json.loads(json.dumps(schema)) == schema


def _descriptions(schema):
    if isinstance(schema, dict):
        if isinstance(text := schema.get("description"), str):
            yield text
        for each in schema.values():
            yield from _descriptions(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _descriptions(each)
