"""Files that cannot be read as they are: each a fault at its line, quickly, no traceback."""

from pathlib import Path

import pytest

from p2p_dispatch.reading import InputError
from p2p_dispatch.scenario import read_scenario
from tests.scenario.conftest import dumped
from tests.tiny import tiny, unit_type

TINY = dumped(tiny())
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 12)
)
CHAIN = "".join(f"a{i}: &a{i} [{f'*a{i - 1}' if i else 'x'}]\n" for i in range(100))
HEAD = "id,origin,site,count,ready,due,parties\n"
ROW = "gb,gangbei,baoan,30,2020-02-22,2020-02-24,4; 3\n"
LAST = TINY.count("\n") + 1
"""The line after it."""
TABLE = dumped(tiny(cohorts="c.csv"))

YAML = [
    # (code, line, column, text)
    ("P2P1004", 0, 0, ""),
    ("P2P1004", 0, 0, " \n\n"),
    ("P2P1004", 0, 0, "# only a comment\n"),
    ("P2P1004", 1, 5, "--- ~\n"),
    ("P2P1005", 2, 0, b"name: x\nti\0tle: y\n"),
    ("P2P1005", 1, 0, TINY.encode("utf-16")),
    ("P2P1005", 1, 0, b"PK\x03\x04\0\0"),
    ("P2P1005", 1, 0, b"\x7fELF\x02\x01\x01\0"),
    ("P2P1005", 3, 0, TINY.replace("days:", "title: a\x07b\ndays:")),
    ("P2P1006", 8, 0, TINY.encode("gb18030")),
    ("P2P1006", 1, 0, b"name: \xff\xfe\n"),
    ("P2P1007", 1, 7, "name: [a, b\n"),
    ("P2P1007", 1, 8, "name: a: b\n"),
    ("P2P1007", 2, 1, "name:\n\tfirst: x\n"),
    ("P2P1007", 1, 7, "name: @tiny\n"),
    ("P2P1007", 1, 7, "name: 'tiny\n"),
    ("P2P1007", 3, 2, "days:\n  first: 1\n last: 2\n"),
    ("P2P1008", LAST, 1, TINY + "name: tiny\n"),
    ("P2P1009", LAST, 3, TINY + "? [a, b]\n: c\n"),
    ("P2P1009", LAST, 3, TINY + "? {a: b}\n: c\n"),
    ("P2P1010", 1, 7, TINY.replace("name: tiny", "name: !!str tiny")),
    ("P2P1010", 1, 7, TINY.replace("name: tiny", "name: !!python/object/apply:os.system [ls]")),
    ("P2P1010", 1, 7, TINY.replace("name: tiny", "name: !mine tiny")),
    ("P2P1011", LAST, 1, TINY + "---\nname: other\n"),
    ("P2P1012", 1, 7, "name: *nobody\n"),
    ("P2P1012", 1, 11, "name: &a [*a]\n"),
    ("P2P1012", 2, 9, "name: &a\n  self: *a\n"),
    ("P2P1013", LAST, 1, TINY + "<<: {name: other}\n"),
    ("P2P1014", 1, 0, "[" * 100_000),
    ("P2P1014", 1, 0, "{a: " * 100_000),
    ("P2P1014", 1, 0, "- " * 1_000),
    ("P2P1014", 0, 0, CHAIN),
    ("P2P1015", 0, 0, BOMB),
    ("P2P1015", 1, 0, "a: [" + "1," * 1_000_000 + "1]"),
    ("P2P1016", 1, 1, "- a\n- b\n"),
    ("P2P1016", 1, 1, "just a word\n"),
    ("P2P1016", 1, 1, "42\n"),
]

CSV = [
    # (code, row, column, the table)
    ("P2P1004", 0, 0, ""),
    ("P2P1005", 2, 0, HEAD.encode() + b"gb,\0\n"),
    ("P2P1006", 2, 0, HEAD.encode() + b"gb,\xff\xff\n"),
    ("P2P1020", 1, 4, HEAD.replace("count", "cout") + ROW),
    ("P2P1020", 1, 8, HEAD.replace("\n", ",bus\n") + ROW.replace("\n", ",7\n")),
    ("P2P1021", 1, 0, "id,origin,site,count,ready\ngb,gangbei,baoan,30,2020-02-22\n"),
    ("P2P1021", 2, 0, HEAD + ROW.replace("30", "")),
    ("P2P1022", 3, 4, HEAD + ROW + ROW.replace("gb,", "pn,").replace("30", "thirty")),
    ("P2P1023", 2, 4, HEAD + ROW.replace("30", "0")),
    ("P2P1025", 2, 6, HEAD + ROW.replace("2020-02-24", "24.2.2020")),
    ("P2P1026", 2, 1, HEAD + ROW.replace("gb,", "a/b,")),
    ("P2P1022", 2, 7, HEAD + ROW.replace("4; 3", "4 3")),
    ("P2P1031", 1, 8, HEAD.replace("\n", ",count\n") + ROW.replace("\n", ",30\n")),
    ("P2P1032", 1, 8, HEAD.replace("\n", ",\n") + ROW.replace("\n", ",30\n")),
    ("P2P1032", 1, 0, ",,\n" + ROW),
    ("P2P1033", 2, 0, HEAD + "gb,gangbei,baoan\n"),
    ("P2P1033", 2, 0, HEAD + ROW.replace("\n", ",x\n")),
    ("P2P1035", 3, 0, HEAD + ROW + 'pn,"pingnan,baoan,30,2020-02-22,2020-02-24,\n'),
    ("P2P1101", 28, 0, HEAD),
    ("P2P1102", 2, 6, HEAD + ROW.replace("2020-02-24", "2020-02-21")),
    ("P2P1402", 4, 2, HEAD + ROW + "\n" + ROW.replace("gb,gangbei", "pn,pingna")),
]

NAMES = [
    # (code, what stands in place of the list)
    ("P2P1001", "nowhere.csv"),
    ("P2P1001", "tables/cohorts.csv"),
    ("P2P1002", "folder.csv"),
    ("P2P1030", "/data/cohorts.csv"),
    ("P2P1030", "C:/cohorts.csv"),
    ("P2P1030", "~/cohorts.csv"),
    ("P2P1030", "tables\\cohorts.csv"),
    ("P2P1030", "https://example.org/cohorts.csv"),
    ("P2P1022", "cohorts.xlsx"),
    ("P2P1022", "cohorts"),
    ("P2P1022", ["cohorts.csv"]),
    ("P2P1022", {"table": "cohorts.csv"}),
    ("P2P1001", "a\x00b.csv"),
]


def test_the_files_are_fine_before_they_are_broken(read):
    assert read(TINY).people == 70
    assert read(TABLE, **{"c.csv": HEAD + ROW}).people == 30
    assert read(TABLE, **{"c.csv": ("\ufeff" + HEAD + ROW).encode()}).cohorts[0].id == "gb"
    assert read(TABLE, **{"c.csv": (HEAD + ROW.replace("gb,", "港北,")).encode("gb18030")}).people


@pytest.mark.parametrize(("code", "line", "column", "text"), YAML)
def test_a_broken_yaml_is_a_fault_at_its_line(refused, code, line, column, text):
    faults = refused(text)  # a bomb would take hours
    fault = next(fault for fault in faults if fault.code == code)
    assert fault.mark.file.endswith("s.yaml")
    if line:
        assert fault.mark.line == line
    if column:
        assert fault.mark.column == column


@pytest.mark.parametrize(("code", "row", "column", "table"), CSV)
def test_a_broken_table_is_a_fault_at_its_row_and_column(refused, code, row, column, table):
    faults = refused(TABLE, **{"c.csv": table})
    assert [fault.code for fault in faults] == [code]
    if code != "P2P1101":
        assert faults[0].mark.file.endswith("c.csv")
        assert (faults[0].mark.line, faults[0].mark.column) == (row, column)


@pytest.mark.parametrize(("code", "name"), NAMES)
def test_a_table_that_cannot_be_had_is_a_fault_where_it_is_named(refused, tmp_path, code, name):
    (tmp_path / "folder.csv").mkdir()
    text = dumped(tiny(cohorts=name))
    faults = refused(text)
    assert [fault.code for fault in faults] == [code]
    assert faults[0].mark.file.endswith("s.yaml")
    lines = text.splitlines()
    assert "cohorts" in "".join(lines[faults[0].mark.line - 2 : faults[0].mark.line])


def test_a_field_that_no_cell_can_hold(refused):
    types = "id,seats,per_day,per_km,layout\ncoach-49,49,1200,6.5,11x2+2\n"
    faults = refused(tiny(unit_types="types.csv"), **{"types.csv": types})
    assert [(fault.code, fault.mark.line, fault.mark.column) for fault in faults] == [
        ("P2P1036", 1, 5)
    ]


def test_unit_types_of_several_modes_share_a_table(read, refused):
    """A coach needs no mode; a plane has no price by the day, and one is not asked for it."""
    head = "id,mode,seats,per_day,per_km,per_trip,notice_hours\n"
    rows = "coach-49,,49,1200,6.5,,24\njet,plane,180,,,300000,\nemu,train,613,,15,40000,\n"
    scenario = read(tiny(unit_types="t.csv"), **{"t.csv": head + rows})
    assert [unit_type.mode for unit_type in scenario.unit_types] == ["coach", "plane", "train"]
    faults = refused(tiny(unit_types="t.csv"), **{"t.csv": head + rows.replace("300000", "")})
    assert [(fault.code, fault.mark.line) for fault in faults] == [("P2P1021", 3)]
    faults = refused(tiny(unit_types="t.csv"), **{"t.csv": head + rows.replace("300000,", "1,48")})
    assert [(fault.code, fault.mark.line) for fault in faults] == [("P2P1020", 3)]
    assert faults[0].right.startswith("leave the cell empty")


def test_services_stand_in_a_table(read):
    hubs = (
        "id,lat,lon,transfer.least_minutes,assembly_of\na,23,110,20,gangbei; pingnan\nb,23,113,,\n"
    )
    services = (
        "id,unit_type,board,alight,departs,minutes,days,carriages_per_day\n"
        "K1,car,a,b,21:15,465,2020-02-22; 2020-02-23,2\n"
    )
    car = {"id": "car", "mode": "carriage", "seats": 118, "per_trip": 800}
    scenario = read(
        tiny(hubs="h.csv", services="s.csv", unit_types=[unit_type(), car]),
        **{"h.csv": hubs, "s.csv": services},
    )
    (service,) = scenario.services
    assert service.stops == ("a", "b")
    assert service.carriages_per_day(service.days[0]) == 2
    assert scenario.hubs[0].assembly_of == ("gangbei", "pingnan")


def test_a_table_of_people_without_site_and_trade_is_one_fault(refused):
    table = "id,origin,count,ready,due\n" + "".join(
        f"c{i},gangbei,3,2020-02-22,2020-02-23\n" for i in range(3)
    )
    assert [fault.code for fault in refused(TABLE, **{"c.csv": table})] == ["P2P1111"]


def test_a_cell_that_is_no_mapping(refused, read):
    table = "id,unit_type,depot,units,on\ngg,coach-49,guigang,3,{}\n"
    for cell in ("2020-02-23", "2020-02-23=", "=4", "2020-02-23=1; 2020-02-23=2"):
        faults = refused(tiny(pools="p.csv"), **{"p.csv": table.format(cell)})
        assert [(fault.code, fault.mark.column) for fault in faults] == [("P2P1034", 5)]
    scenario = read(tiny(pools="p.csv"), **{"p.csv": table.format("2020-02-23=1; 2020-02-24=2")})
    assert list(scenario.pools[0].on.values()) == [1, 2]


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "s.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError) as raised:
        read_scenario(path)
    assert [fault.code for fault in raised.value.faults] == ["P2P1003"]
    assert "CSV" in raised.value.faults[0].right


def test_a_table_that_is_too_large_is_not_read(refused, tmp_path):
    with (tmp_path / "c.csv").open("wb") as file:
        file.truncate(300_000_000)  # sparse: it takes no room
    assert [fault.code for fault in refused(TABLE)] == ["P2P1003"]


def test_a_missing_scenario_a_directory_and_a_device(tmp_path):
    (tmp_path / "scenario.yaml").write_text(TINY)
    paths = {"P2P1001": tmp_path / "scenari.yaml", "P2P1002": tmp_path}
    for code, path in paths.items():
        with pytest.raises(InputError) as raised:
            read_scenario(path)
        assert [fault.code for fault in raised.value.faults] == [code]
    with pytest.raises(InputError) as raised:
        read_scenario(str(tmp_path / "scenari.yaml"))
    assert raised.value.faults[0].right == "did you mean scenario.yaml?"
    with pytest.raises(InputError) as raised:
        read_scenario(Path("/dev/zero"))
    assert raised.value.faults[0].code == "P2P1002"


def test_ten_thousand_wrong_rows_are_counted_and_not_printed(refused):
    """10,500 faults: 10,000 are kept, 20 are printed."""
    rows = "".join(ROW.replace("gb,", f"c{i},").replace("30", "x") for i in range(10_500))
    faults = refused(TABLE, **{"c.csv": HEAD + rows})
    assert len(faults) == 10_001
    assert {fault.code for fault in faults} == {"P2P1022", "P2P1028"}
    text = str(InputError(faults))
    assert "and 9980 more" in text
    assert len(text.splitlines()) < 100
