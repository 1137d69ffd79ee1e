"""Every way to break a scenario that we could think of: a fault at its place, and nothing else."""

import re
from typing import Any

import pytest
import yaml

from p2p_dispatch.reading.faults import CODES
from tests.scenario.conftest import dumped
from tests.scenario.full import changed, full, paths, renamed, without

FULL = full()
_FREE_KEYS = re.compile(
    r"(on|risk_from|handover|paid_by|staff|posts|subsidies|lends|lends_at)\.[^.]+$"
)
"""Keys that are ids or days and not fields."""


def dotted(path):
    return ".".join(map(str, path))


PATHS = {dotted(path): path for path in paths(FULL)}
FIELDS = {
    name: path
    for name, path in PATHS.items()
    if isinstance(path[-1], str) and not _FREE_KEYS.search(name)
}


def line_of(data: dict[str, Any], path, *, key: bool = False) -> int:
    """The line of a value (or its key) as PyYAML's own composer sees it."""
    node = yaml.compose(dumped(data), Loader=yaml.CSafeLoader)
    line = node.start_mark.line
    for step in path:
        if isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line
        else:
            name, node = next(pair for pair in node.value if pair[0].value == step)
            line = (name if key else node).start_mark.line
    return line + 1


def places(faults):
    return [(fault.code, fault.mark.line) for fault in faults]


def test_the_full_scenario_is_accepted(read):
    assert read(FULL).notices == ()


@pytest.mark.parametrize("name", FIELDS)
def test_a_misspelt_key_is_one_fault_that_names_the_right_one(refused, name):
    path = FIELDS[name]
    typo = f"{path[-1]}x"
    faults = refused(renamed(FULL, path, typo))
    where = (*path[:-1], typo)
    line = line_of(renamed(FULL, path, typo), where, key=True)
    assert places(faults) == [("P2P1020", line)]
    assert faults[0].right == f"did you mean {path[-1]}?"
    assert faults[0].field.endswith(typo)


NEEDED = [
    *("name", "as_of", "days", "origins", "sites", "depots", "cohorts", "unit_types", "pools"),
    *("prices", "days.first", "days.last", "prices.driver_day", "prices.left_behind"),
    *("origins.0.id", "origins.0.lat", "origins.0.lon", "origins.0.hours.opens"),
    *("sites.0.id", "hubs.0.lat", "depots.0.lon"),
    *(f"cohorts.0.{key}" for key in ("id", "origin", "count", "ready", "due")),
    *(f"unit_types.1.{key}" for key in ("id", "seats", "per_trip")),
    *("unit_types.2.per_trip", "unit_types.2.consist.0.carriage", "unit_types.2.consist.0.most"),
    *("unit_types.3.seats", "unit_types.3.per_trip", "hubs.1.service_slots.trips"),
    *(f"services.0.{key}" for key in ("id", "unit_type", "board", "alight", "departs")),
    *("service_pools.0.id", "lines.0.id", "lines.0.kmh"),
    *(f"unit_types.0.{key}" for key in ("id", "seats", "per_day", "per_km")),
    *("unit_types.0.layout.0.rows", "unit_types.0.layout.0.across"),
    *(f"pools.0.{key}" for key in ("id", "unit_type", "depot", "units")),
    *("priorities.0.id", "priorities.0.left_behind", "payers.0.share", "rules.seats.0.id"),
    *("rules.crew.night.hours", "rules.crew.rolling.0.hours", "rules.crew.shift.rest_hours"),
    *("frozen.0.leaves", "frozen.0.stops", "frozen.0.riders.0.drop"),
    *("rules.crew.ban.starts", "origins.0.slots.trips", "travel.legs.0.from", "travel.legs.0.km"),
]


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_key_is_one_fault_at_the_part_that_lacks_it(refused, name):
    path = PATHS[name]
    broken = without(FULL, path)
    faults = refused(broken)
    line = line_of(broken, path[:-1]) if len(path) > 1 else 1
    assert places(faults) == [("P2P1021", line)]
    assert faults[0].right.startswith(f"add {path[-1]}")


@pytest.mark.parametrize("name", NEEDED)
def test_a_key_that_resembles_nothing_leaves_its_part_without_the_one_it_needs(refused, name):
    path = PATHS[name]
    broken = renamed(FULL, path, "qqqqqqq")
    faults = refused(broken)
    unknown = ("P2P1020", line_of(broken, (*path[:-1], "qqqqqqq"), key=True))
    missing = ("P2P1021", line_of(broken, path[:-1]) if len(path) > 1 else 1)
    assert sorted(places(faults)) == sorted([unknown, missing])


CLOCKS = ("opens", "closes", "starts", "ends", "departs")
DAYS = ("first", "last", "as_of", "ready", "due", "leaves")
LITERALS = ("objective", "mode", "risk", "preset", "by", "kind", "stay_from", "shut_from")


def code_for_a_wrong_kind(path) -> str:
    """The code when a list stands where one value is wanted."""
    if path[-1] in (*CLOCKS, *DAYS) or path[-2:-1] in (("closed_on",), ("days",)):
        return "P2P1025"
    if path[-1] in LITERALS or path[-2:-1] == ("modes",) or dotted(path[:-1]).endswith("risk_from"):
        return "P2P1024"
    return "P2P1022"


def value_at(path):
    data: Any = FULL
    for step in path:
        data = data[step]
    return data


SINGLE = [name for name, path in PATHS.items() if not isinstance(value_at(path), dict | list)]


@pytest.mark.parametrize("name", SINGLE)
def test_a_list_in_place_of_one_value_is_a_fault_there(refused, name):
    path = PATHS[name]
    broken = changed(FULL, path, ["a", "b"])
    faults = refused(broken)
    code = code_for_a_wrong_kind(path)
    assert (code, line_of(broken, path)) in places(faults)
    assert len(faults) == 1


CONTAINERS = [name for name in PATHS if name not in SINGLE]


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_word_in_place_of_a_list_or_mapping_is_a_fault_there(refused, name):
    path = PATHS[name]
    broken = changed(FULL, path, "word")
    faults = refused(broken)
    codes = {fault.code for fault in faults if fault.mark.line == line_of(broken, path)}
    expected = "P2P1024" if path[-1] == "crew" else "P2P1022"
    assert codes == {expected}
    assert all(fault.code in CODES for fault in faults)
    assert len(faults) == 1


VALUES = [
    ("name", "a/b", "P2P1026", "a-b"),
    ("name", "", "P2P1026", "a"),
    ("name", "x" * 81, "P2P1026", "x" * 80),
    ("name", None, "P2P1022", "港"),
    ("name", True, "P2P1022", "true"),
    ("name", 1.5, "P2P1026", "1.5"),
    ("name", " =", "P2P1026", "a b"),
    ("currency", "yuan", "P2P1026", "CNY"),
    ("as_of", "20 February", "P2P1025", "2020-02-20"),
    ("as_of", "2020-02-20 08:00+08:00", "P2P1025", "2020-02-20 08:00"),
    ("as_of", "2020-02-30", "P2P1025", "2020-02-19"),
    ("as_of", "2020-02-20 24:00", "P2P1025", "2020-02-20 23:59"),
    ("as_of", 20200220, "P2P1025", "2020/2/20"),
    ("days.first", "22.02.2020", "P2P1025", "2020-02-22"),
    ("days.first", "2020-W08-1", "P2P1025", "2020-02-22"),
    ("days.first", "2020-02-22 06:00", "P2P1025", "2020-02-22"),
    ("planning.by", "night", "P2P1024", "clock"),
    ("planning.depart_every_minutes", 1, "P2P1023", 5),
    ("planning.stop_minutes", -1, "P2P1023", 0),
    ("origins.0.lat", 109.568, "P2P1023", 23.1),
    ("origins.0.lat", "23,1", "P2P1022", "23.1"),
    ("origins.0.lat", ".nan", "P2P1022", 23.1),
    ("origins.0.lat", "nan", "P2P1023", 23.1),
    ("origins.0.lat", True, "P2P1022", 23.1),
    ("origins.0.lon", 181, "P2P1023", 109),
    ("origins.0.hours.opens", "6", "P2P1025", "6:00"),
    ("origins.0.hours.opens", "06.30", "P2P1025", "06:30"),
    ("origins.0.hours.opens", "23:00", "P2P1027", "21:00"),
    ("origins.0.risk", "severe", "P2P1024", "high"),
    ("origins.0.risk_from", {"2020-02-24": "red"}, "P2P1024", {"2020-02-24": "high"}),
    ("origins.0.risk_from", {"soon": "high"}, "P2P1025", {"2020-02-24": "high"}),
    ("origins.0.medical_per_day", "many", "P2P1022", 30),
    ("origins.0.medical_per_day", -5, "P2P1023", 0),
    ("origins.0.closed_on", ["Monday"], "P2P1025", []),
    ("sites.0.gate", "perhaps", "P2P1022", "yes"),
    ("sites.0.handover", {"guangzhou": -1}, "P2P1023", {"guangzhou": 0}),
    ("sites.0.handover", {"a/b": 1}, "P2P1026", {"guangzhou": 1}),
    ("depots.0.serves", "gangbei", "P2P1022", ["gangbei", "pingnan"]),
    ("cohorts.0.count", 0, "P2P1023", 12),
    ("cohorts.0.count", -30, "P2P1023", 30),
    ("cohorts.0.count", 30.5, "P2P1022", 30.0),
    ("cohorts.0.count", "thirty", "P2P1022", "30"),
    ("cohorts.0.count", 10**30, "P2P1023", 10_000_000),
    ("cohorts.0.count", True, "P2P1022", 12),
    ("cohorts.0.count", None, "P2P1022", 12),
    ("cohorts.0.parties", [4, 0], "P2P1023", [4, 1]),
    ("cohorts.0.parties", 7, "P2P1022", [7]),
    ("unit_types.0.mode", "ship", "P2P1024", "coach"),
    ("unit_types.2.consist.0.least", 15, "P2P1027", 14),
    ("unit_types.2.most_carriages", 3, "P2P1027", 4),
    ("unit_types.2.consist", [], "P2P1027", [{"carriage": "hard-seat", "most": 8}]),
    ("unit_types.4.seats", 0, "P2P1023", 613),
    ("hubs.1.transfer.least_minutes", 181, "P2P1027", 180),
    ("services.0.departs", "10.40", "P2P1025", "10:40"),
    ("services.0.days", ["Monday"], "P2P1025", []),
    ("rules.transfer.most_changes", 5, "P2P1023", 4),
    ("rules.seats.0.modes", ["ship"], "P2P1024", ["plane"]),
    ("unit_types.0.layout.0.across", "2x2", "P2P1027", "2+2"),
    ("unit_types.0.per_km", "6,50", "P2P1022", 6.5),
    ("unit_types.0.per_km", 1e400, "P2P1022", 0),
    ("pools.0.units", -1, "P2P1023", 1),
    ("pools.0.on", {"2020-02-23": "x"}, "P2P1022", {"2020-02-23": 0}),
    ("payers.0.share", 50, "P2P1023", 0.5),
    ("rules.seats.0.cap", 50, "P2P1023", 0.5),
    ("rules.seats.0.cap", "half", "P2P1022", 0.5),
    ("rules.seats.0.staff", {"escort": 0}, "P2P1023", {"escort": 1}),
    ("rules.stops.detour_factor", 0.9, "P2P1023", 1),
    ("rules.stops.most_pickups", 0, "P2P1023", 1),
    ("rules.risk.stay_from", "red", "P2P1024", "medium"),
    ("rules.priority.late_days", 31, "P2P1023", 30),
    ("frozen.0.leaves", "8 in the morning", "P2P1025", "2020-02-22"),
    ("frozen.0.riders", [3], "P2P1022", []),
    ("frozen", "frozen.csv", "P2P1022", []),
    ("rules.crew", "de", "P2P1024", "eu"),
    ("rules.crew", {"preset": ["cn"]}, "P2P1024", {"preset": "us"}),
    ("rules.crew.most_drivers", 9, "P2P1023", 4),
    ("travel.kind", "osm", "P2P1024", "great-circle"),
    ("travel.circuity", "bends", "P2P1022", "curve"),
    ("travel.circuity", 0.5, "P2P1023", 1),
    ("travel.kmh", 0, "P2P1023", 60),
]


@pytest.mark.parametrize(("name", "bad", "code", "good"), VALUES)
def test_a_value_over_the_border_and_the_nearest_one_on_this_side(
    read, refused, name, bad, code, good
):
    path = PATHS[name]
    faults = refused(changed(FULL, path, bad))
    assert {fault.code for fault in faults} == {code}
    assert len(faults) == 1
    # what contradicts something else in its part is a fault of the part
    about = path[:-1] if code == "P2P1027" else path
    assert faults[0].mark.line >= line_of(changed(FULL, path, bad), about)
    read(changed(FULL, path, good))


def test_notice_is_in_hours_or_in_days(refused):
    both = {**FULL["services"][0], "notice_hours": 48}
    (fault,) = refused(changed(FULL, ("services", 0), both))
    assert fault.code == "P2P1027"
    assert fault.right == "write notice_hours or notice_days"


def test_every_fault_says_what_was_found_and_what_is_right(refused):
    """No raw phrase of the validation library reaches a planner."""
    for name, bad, _, _ in VALUES:
        for fault in refused(changed(FULL, PATHS[name], bad)):
            text = f"{fault.found} {fault.right}"
            assert fault.found, name
            assert fault.right, name
            assert not re.search("Input should|Value error|validator|None|pydantic", text), text


def test_all_faults_come_at_once_and_those_between_the_parts_too(refused):
    """Three values, one reference and one contradiction, in different parts; no follow-on."""
    broken = changed(FULL, ("cohorts", 0, "count"), "thirty")
    broken = changed(broken, ("cohorts", 1, "origin"), "pingnann")
    broken = changed(broken, ("days", "last"), "2020-02-21")
    broken = changed(broken, ("prices", "driver_day"), None)
    broken = changed(broken, ("pools", 0, "depot"), "guigan")
    assert [fault.code for fault in refused(broken)] == [
        "P2P1301",
        "P2P1022",
        "P2P1402",
        "P2P1402",
        "P2P1022",
    ]


def test_what_refers_to_a_broken_part_is_not_reported_as_unknown(refused):
    """The origin and the unit type are there, only not in order."""
    broken = changed(FULL, ("origins", 0, "lat"), "north")
    broken = changed(broken, ("unit_types", 0, "seats"), "many")
    assert [fault.code for fault in refused(broken)] == ["P2P1022", "P2P1022"]
