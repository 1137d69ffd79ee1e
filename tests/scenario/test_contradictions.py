"""Every contradiction between the parts of a scenario, and the nearest scenario without it."""

from typing import Any

import pytest

from p2p_dispatch.reading.faults import NOTICES
from p2p_dispatch.scenario.crosscheck import cross_faults
from tests.tiny import (
    baoan,
    chancheng,
    cohort,
    gangbei,
    guigang,
    pingnan,
    pool,
    tiny,
    tiny_scenario,
    unit_type,
)

HUB = {"id": "hub", "lat": 22.99, "lon": 113.269}
Case = tuple[str, str, dict[str, Any], dict[str, Any]]


def days(first: str, last: str) -> dict[str, Any]:
    return {"days": {"first": first, "last": last}}


def origin(**changes: Any) -> dict[str, Any]:
    return {"origins": [gangbei(**changes), pingnan()]}


def site(**changes: Any) -> dict[str, Any]:
    return {"sites": [baoan(**changes), chancheng()]}


def people(**changes: Any) -> dict[str, Any]:
    return {"cohorts": [cohort(**changes)]}


def coach(**changes: Any) -> dict[str, Any]:
    return {"unit_types": [unit_type(**changes)]}


def seats(*rules: dict[str, Any]) -> dict[str, Any]:
    return {"rules": {"seats": [{"id": f"rule {i}", **rule} for i, rule in enumerate(rules)]}}


def crew(**changes: Any) -> dict[str, Any]:
    return {"rules": {"crew": changes}}


def legs(*roads: tuple[str, str, float, float]) -> dict[str, Any]:
    rows = [dict(zip(("from", "to", "km", "minutes"), road, strict=True)) for road in roads]
    return {"travel": {"kind": "great-circle", "legs": rows}}


def late(days: int) -> dict[str, Any]:
    return {"rules": {"priority": {"late_days": days}}}


def frozen(**changes: Any) -> dict[str, Any]:
    trip = {"id": "t", "pool": "gg", "leaves": "2020-02-22", "stops": ["gangbei", "baoan"]}
    riders = {"cohort": "gb-ba", "count": 5, "drop": "baoan"}
    riders.update({key: value for key, value in changes.items() if key in riders})
    trip.update({key: value for key, value in changes.items() if key in trip})
    return {"frozen": [{**trip, "riders": [riders]}]}


def serving(*origins: str) -> dict[str, Any]:
    return {"depots": [guigang(), {**guigang(id="other", name="other"), "serves": list(origins)}]}


THREE = [cohort(id="a"), cohort(id="b", origin="pingnan")]
ALL_DAYS = ["2020-02-22", "2020-02-23", "2020-02-24"]

CASES: list[Case] = [
    # (code, field, the scenario that has it, the nearest that has not)
    ("P2P1101", "cohorts", {"cohorts": []}, people()),
    ("P2P1102", "cohorts.gb-ba.due", people(ready="2020-02-23", due="2020-02-22"),
     people(ready="2020-02-23", due="2020-02-23")),
    ("P2P1102", "cohorts.gb-ba.due", people(ready="2020-02-23 08:00", due="2020-02-23 08:00"),
     people(ready="2020-02-23 08:00", due="2020-02-23 08:01")),
    ("P2P1102", "cohorts.gb-ba.due", people(ready="2020-02-23", due="2020-02-22 23:59"),
     people(ready="2020-02-22 23:59", due="2020-02-22")),
    ("P2P1103", "cohorts.gb-ba.ready", people(ready="2020-02-25", due="2020-02-26"),
     people(ready="2020-02-24", due="2020-02-26")),
    ("P2P1104", "cohorts.gb-ba.due", people(ready="2020-02-20", due="2020-02-21"),
     people(ready="2020-02-20", due="2020-02-22")),
    ("P2P1105", "cohorts.gb-ba.parties", people(count=6, parties=[4, 3]),
     people(count=7, parties=[4, 3])),
    ("P2P1106", "cohorts.gb-ba.parties", people(count=60, parties=[50]),
     people(count=60, parties=[49])),
    ("P2P1106", "cohorts.gb-ba.parties", {**people(parties=[25]), **seats({"cap": 0.5})},
     {**people(parties=[24]), **seats({"cap": 0.5})}),
    ("P2P1107", "prices.left_behind", {"prices": {"driver_day": 1, "left_behind": 0}},
     {"prices": {"driver_day": 1, "left_behind": 1}}),
    ("P2P1107", "priorities.poor.left_behind", {"priorities": [{"id": "poor", "left_behind": 0}]},
     {"priorities": [{"id": "poor", "left_behind": 1}]}),
    ("P2P1102", "cohorts.gb-ba.due", {**people(ready="2020-02-24", due="2020-02-22"), **late(1)},
     {**people(ready="2020-02-24", due="2020-02-22"), **late(2)}),
    ("P2P1104", "cohorts.gb-ba.due", {**people(ready="2020-02-20", due="2020-02-20"), **late(1)},
     {**people(ready="2020-02-20", due="2020-02-20"), **late(2)}),
    ("P2P1108", "cohorts.gb-ba.accessible",
     {**people(count=7, parties=[4], accessible=4), **coach(accessible=1)},
     {**people(count=7, parties=[4], accessible=3), **coach(accessible=1)}),
    ("P2P1109", "cohorts.gb-ba.accessible", people(accessible=1),
     {**people(accessible=1), **coach(accessible=1)}),
    ("P2P1109", "cohorts.gb-ba.luggage", {**people(luggage=3), **coach(luggage=2)},
     {**people(luggage=2), **coach(luggage=2)}),
    ("P2P1110", "frozen.t.riders.#1.count", {**people(), **frozen(count=31)},
     {**people(), **frozen(count=30)}),
    ("P2P1212", "unit_types.coach-49.minimum_load", coach(minimum_load=50),
     coach(minimum_load=49)),
    ("P2P1213", "unit_types.coach-49.notice_hours", coach(notice_hours=112),
     coach(notice_hours=111)),
    ("P2P1214", "rules.risk.stay_from", {"rules": {"risk": {"stay_from": "low"}}},
     {"rules": {"risk": {"stay_from": "medium"}}}),
    ("P2P1310", "sites.baoan.slots.trips", site(slots={"trips": 0}), site(slots={"trips": 1})),
    ("P2P1402", "frozen.t.pool", frozen(pool="x"), frozen(pool="gg")),
    ("P2P1402", "frozen.t.riders.#1.cohort", frozen(cohort="gb"), frozen(cohort="gb-ba")),
    ("P2P1411", "frozen.t.riders", {**people(count=50), **frozen(count=50)},
     {**people(count=50), **frozen(count=49)}),
    ("P2P1412", "frozen.t.stops", frozen(stops=["pingnan", "baoan"]),
     frozen(stops=["gangbei", "pingnan", "baoan"])),
    ("P2P1412", "frozen.t.riders.#1.drop",
     frozen(drop="chancheng", stops=["gangbei", "chancheng"]),
     frozen(drop="baoan", stops=["gangbei", "baoan"])),
    ("P2P1201", "unit_types.coach-49.layout", {**coach(layout=[]), **seats({"reserved_rows": 1})},
     {**coach(), **seats({"reserved_rows": 1})}),
    ("P2P1201", "unit_types.coach-49.layout", {**coach(layout=[]), **seats({"one_per_pair": True})},
     {**coach(layout=[]), **seats({"cap": 0.5})}),
    ("P2P1202", "unit_types.coach-49.layout", coach(seats=50), coach(seats=49)),
    ("P2P1203", "rules.seats.rule 0.reserved_rows", seats({"reserved_rows": 13}),
     seats({"reserved_rows": 11})),
    ("P2P1204", "rules.seats.rule 0", seats({"reserved_rows": 12}), seats({"reserved_rows": 11})),
    ("P2P1204", "rules.seats.rule 0", {**people(), **seats({"cap": 0.1, "staff": {"guide": 4}})},
     {**people(), **seats({"cap": 0.1, "staff": {"guide": 3}})}),
    ("P2P1205", "rules.seats.rule 0.cap", seats({"cap": 0}), seats({"cap": {"high": 0}})),
    ("P2P1206", "rules.seats.rule 0.last", seats({"first": "2020-02-23", "last": "2020-02-22"}),
     seats({"first": "2020-02-22", "last": "2020-02-22"})),
    ("P2P1207", "pools", {"pools": []}, {"pools": [pool()]}),
    ("P2P1207", "pools", {"pools": [pool(units=0)]}, {"pools": [pool(on={"2020-02-22": 1})]}),
    ("P2P1208", "pools.spare.units", {"pools": [pool(), pool(id="spare", units=0)]},
     {"pools": [pool(), pool(id="spare", units=0, on={"2020-02-23": 1})]}),
    ("P2P1209", "depots.other.serves",
     {**serving("pingnan"), **people(), "pools": [pool(), pool(id="x", depot="other")]},
     {**serving("gangbei"), **people(), "pools": [pool(), pool(id="x", depot="other")]}),
    ("P2P1210", "rules.crew.spell_hours", crew(spell_hours=0), crew(spell_hours=1)),
    ("P2P1210", "rules.crew.rolling.#1.hours", crew(rolling=[{"hours": 0, "within_hours": 24}]),
     {"planning": {"by": "day"}, **crew(rolling=[{"hours": 0, "within_hours": 24}])}),
    ("P2P1211", "rules.crew.rolling.#1.hours", crew(rolling=[{"hours": 25, "within_hours": 24}]),
     crew(rolling=[{"hours": 24, "within_hours": 24}])),
    ("P2P1301", "days.last", days("2020-02-25", "2020-02-24"), days("2020-02-24", "2020-02-24")),
    ("P2P1302", "days.last", days("2020-02-22", "2021-03-28"), days("2020-02-22", "2021-03-27")),
    ("P2P1303", "as_of", {"as_of": "2020-02-25"}, {"as_of": "2020-02-24 23:59"}),
    ("P2P1304", "time_zone", {"time_zone": "Asia/Shangai"}, {"time_zone": "Asia/Shanghai"}),
    ("P2P1304", "time_zone", {"time_zone": "../etc/passwd"}, {"time_zone": "UTC"}),
    ("P2P1304", "time_zone", {"time_zone": "Asia"}, {"time_zone": "Asia/Urumqi"}),
    ("P2P1304", "time_zone", {"time_zone": ""}, {"time_zone": "Etc/UTC"}),
    ("P2P1305", "origins.gangbei.lat", origin(lat=0, lon=0), origin(lat=23, lon=109)),
    ("P2P1306", "sites.shihezi.lat",
     {"sites": [baoan(), chancheng(), {"id": "shihezi", "lat": 86.0, "lon": 44.3}]},
     {"sites": [baoan(), chancheng(), {"id": "nanning", "lat": 22.8, "lon": 108.4}]}),
    ("P2P1307", "origins.gangbei.lat", origin(lat=23.1, lon=9.568), origin(lat=23.1, lon=109.568)),
    ("P2P1308", "sites.chancheng.name", {"sites": [baoan(), chancheng(name="宝安区")]},
     {"sites": [baoan(), chancheng(name="")]}),
    ("P2P1309", "origins.gangbei.closed_on", origin(closed_on=ALL_DAYS),
     origin(closed_on=ALL_DAYS[:2])),
    ("P2P1309", "sites.baoan.closed_on", site(closed_on=ALL_DAYS), site(closed_on=ALL_DAYS[1:])),
    ("P2P1310", "origins.gangbei.medical_per_day", origin(medical_per_day=0),
     origin(medical_per_day={"usual": 0, "on": {"2020-02-24": 1}})),
    ("P2P1310", "sites.baoan.intake_per_day", site(intake_per_day=0), site(intake_per_day=1)),
    ("P2P1311", "sites.baoan.hours", site(hours={"opens": "08:00", "closes": "08:14"}),
     site(hours={"opens": "08:00", "closes": "08:15"})),
    ("P2P1312", "pools.gg.on.2021-02-23", {"pools": [pool(on={"2021-02-23": 1})]},
     {"pools": [pool(on={"2020-02-23": 1})]}),
    ("P2P1312", "origins.gangbei.closed_on.#1", origin(closed_on=["2019-02-23"]),
     origin(closed_on=["2020-02-01"])),
    ("P2P1401", "cohorts.gb-ba.id", {"cohorts": [cohort(), cohort(count=5)]},
     {"cohorts": [cohort(), cohort(id="b", count=5)]}),
    ("P2P1401", "sites.gangbei.id", {"sites": [baoan(), chancheng(), baoan(id="gangbei", name="")]},
     {"sites": [baoan(), chancheng(), baoan(id="x", name="")]}),
    ("P2P1401", "rules.seats.half.id", seats({"id": "half"}, {"id": "half"}),
     seats({"id": "half"}, {"id": "full"})),
    ("P2P1402", "cohorts.gb-ba.origin", people(origin="gangbay"), people(origin="gangbei")),
    ("P2P1402", "cohorts.gb-ba.site", people(site="gangbei"), people(site="baoan")),
    ("P2P1402", "cohorts.gb-ba.priority", people(priority="poor"),
     {**people(priority="poor"), "priorities": [{"id": "poor", "left_behind": 9}]}),
    ("P2P1402", "pools.gg.unit_type", {"pools": [pool(unit_type="coach")]},
     {**coach(id="coach"), "pools": [pool(unit_type="coach")]}),
    ("P2P1402", "pools.gg.depot", {"pools": [pool(depot="gangbei")]},
     {"pools": [pool(depot="guigang")]}),
    ("P2P1402", "depots.guigang.serves.#3",
     {"depots": [guigang(serves=["gangbei", "pingnan", "x"])]},
     {"depots": [guigang(serves=["gangbei", "pingnan"])]}),
    ("P2P1402", "sites.baoan.handover.hub", site(handover={"hub": 1}),
     {**site(handover={"hub": 1}), "hubs": [HUB]}),
    ("P2P1402", "sites.baoan.paid_by.us", site(paid_by={"us": 1}),
     {**site(paid_by={"us": 1}), "payers": [{"id": "us", "share": 1}]}),
    ("P2P1402", "travel.legs.#1.to", legs(("gangbei", "bao'an", 540, 430)),
     legs(("gangbei", "baoan", 540, 430))),
    ("P2P1403", "sites.baoan.handover", site(gate=False),
     {**site(gate=False, handover={"hub": 1}), "hubs": [HUB]}),
    ("P2P1405", "travel.legs.#2", legs(*[("gangbei", "baoan", 540, 430)] * 2),
     legs(("gangbei", "baoan", 540, 430), ("baoan", "gangbei", 540, 430))),
    ("P2P1406", "travel.legs.#1.minutes", legs(("gangbei", "baoan", 540, 7.2)),
     legs(("gangbei", "baoan", 540, 432))),
    ("P2P1407", "payers", {"payers": [{"id": "us", "share": 0.9}]},
     {"payers": [{"id": "us", "share": 0.3}, {"id": "them", "share": 0.7}]}),
    ("P2P1408", "sites.baoan.paid_by",
     {"payers": [{"id": "us", "share": 1}], **site(paid_by={"us": 0.5})},
     {"payers": [{"id": "us", "share": 1}], **site(paid_by={"us": 1})}),
    ("P2P1409", "origins.pingnan", {"depots": [guigang(serves=["gangbei"])]},
     {"depots": [guigang(serves=["gangbei", "pingnan"])]}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "field", "bad", "good"), CASES)
def test_a_contradiction_is_found_and_its_neighbour_accepted(read, refused, code, field, bad, good):
    faults = read(tiny(**bad)).notices if code in NOTICES else refused(tiny(**bad))
    assert (code, field) in {(fault.code, fault.field) for fault in faults}
    assert all(fault.mark.line for fault in faults)
    assert code not in {fault.code for fault in read(tiny(**good)).notices}


@pytest.mark.parametrize(("code", "field", "bad", "good"), CASES)
def test_nothing_else_is_said_about_it(code, field, bad, good):
    """One mistake, one code: what follows from it is not said too."""
    assert {fault.code for fault in cross_faults(tiny_scenario(**bad))} == {code}


def test_a_scenario_built_in_python_is_checked_too():
    faults = cross_faults(tiny_scenario(pools=[pool(depot="nowhere")]))
    assert [str(fault).splitlines()[0] for fault in faults] == [
        "<scenario>  P2P1402  pools.gg.depot"
    ]


def test_a_notice_refuses_nothing_and_stays_with_the_scenario(read):
    scenario = read(tiny(**origin(medical_per_day=0)))
    assert [fault.code for fault in scenario.notices] == ["P2P1310"]
    assert scenario == tiny_scenario(**origin(medical_per_day=0))
