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
RAIL = [
    {"id": "rail", "lat": 23.1, "lon": 109.6},
    {"id": "south", "lat": 22.99, "lon": 113.269},
    *({"id": f"halt{n}", "lat": 23.1 + n / 10, "lon": 110.0 + n / 10} for n in range(4)),
]
KINDS = {
    "car": {"id": "car", "mode": "carriage", "seats": 118, "per_trip": 800},
    "emu": {"id": "emu", "mode": "train", "seats": 613, "per_trip": 40000},
    "long": {"id": "long", "mode": "train", "per_trip": 15000, "most_carriages": 10,
             "consist": [{"carriage": "car", "least": 2, "most": 14}]},
    "jet": {"id": "jet", "mode": "plane", "seats": 180, "per_trip": 300000},
}  # fmt: skip


def rail(kind: str = "emu", *, types: Any = None, **changes: Any) -> dict[str, Any]:
    """A service from Guigang to the south, 10:40 to 13:55."""
    service = {
        "id": "D1",
        "unit_type": kind,
        "board": ["rail"],
        "alight": ["south"],
        "departs": "10:40",
        "minutes": [195],
        **changes,
    }
    if kind == "car":
        service.setdefault("carriages_per_day", 2)
    kinds = [unit_type(), *(types or KINDS.values())]
    return {"hubs": RAIL, "unit_types": kinds, "services": [service]}


def open_jobs(trade: str = "welder", posts: int = 30, **changes: Any) -> dict[str, Any]:
    """Thirty people who look for posts in Bao'an."""
    people = {**cohort(trade=trade), "site": None, **changes}
    return {"cohorts": [people], "sites": [baoan(posts={"welder": posts}), chancheng()]}


def lent(**site: Any) -> dict[str, Any]:
    """Thirty people of Chancheng who may fill posts in Bao'an, if it lends them."""
    parts = open_jobs(lent_by="chancheng")
    return parts | {"sites": [parts["sites"][0], chancheng(**site)]}


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
    ("P2P1111", "cohorts.gb-ba", open_jobs(trade=None), open_jobs()),
    ("P2P1111", "cohorts.gb-ba.trade", open_jobs(site="baoan"), open_jobs()),
    ("P2P1112", "cohorts.gb-ba.trade", open_jobs(trade="wedler"), open_jobs(trade="welder")),
    ("P2P1112", "cohorts.gb-ba.trade", open_jobs(posts=0), open_jobs(posts=30)),
    ("P2P1113", "cohorts.gb-ba.trade", open_jobs(posts=29), open_jobs(posts=30)),
    ("P2P1114", "cohorts.gb-ba.lent_by", people(lent_by="chancheng"), people()),
    ("P2P1115", "cohorts.gb-ba.lent_by", lent(), lent(lends={"baoan": 30})),
    ("P2P1116", "sites.chancheng.lends.chancheng", lent(lends={"baoan": 30, "chancheng": 5}),
     lent(lends={"baoan": 30})),
    ("P2P1116", "sites.chancheng.lends_at.baoan", lent(posts={"welder": 30}, lends_at={"baoan": 5}),
     lent(lends={"baoan": 30}, lends_at={"baoan": 5})),
    ("P2P1117", "cohorts.gb-ba.lent_by", lent(lends={"baoan": 29}), lent(lends={"baoan": 30})),
    ("P2P1212", "services.D1.minimum_load", rail(minimum_load=614), rail(minimum_load=613)),
    # ten carriages of 118
    ("P2P1212", "services.D1.minimum_load", rail("long", minimum_load=1181),
     rail("long", minimum_load=1180)),
    ("P2P1212", "services.D1.minimum_load", rail("car", minimum_load=237),
     rail("car", minimum_load=236)),
    # as of 08:00 on the 20th; the last train leaves on the 24th at 10:40: 98 h 40 min
    ("P2P1213", "services.D1", rail(notice_hours=98.7), rail(notice_hours=98.6)),
    ("P2P1213", "services.D1", rail(notice_days=5), rail(notice_days=4)),
    ("P2P1213", "services.D1", rail(days=["2020-02-22"]), rail(days=["2020-02-23"])),
    ("P2P1213", "services.D1", {**rail("jet"), "as_of": "2020-02-22 11:00"},
     {**rail("jet"), "as_of": "2020-02-22 10:00"}),
    ("P2P1215", "pools.gg.unit_type", {**rail(), "pools": [pool(unit_type="emu")]},
     {**rail(), "pools": [pool()]}),
    ("P2P1215", "services.D1.unit_type", rail("coach-49"), rail("jet")),
    ("P2P1215", "unit_types.long.consist.#1.carriage",
     rail("emu", types=[KINDS["jet"], KINDS["emu"],
                        {**KINDS["long"], "consist": [{"carriage": "jet", "most": 8}]}]),
     rail("emu")),
    ("P2P1216", "services.D1.carriages_per_day", rail("car", carriages_per_day={}),
     rail("car", carriages_per_day=2)),
    ("P2P1216", "services.D1.carriages_per_day", rail(carriages_per_day=2), rail()),
    ("P2P1310", "hubs.rail.service_slots.trips",
     {"hubs": [{**RAIL[0], "service_slots": {"trips": 0}}]},
     {"hubs": [{**RAIL[0], "service_slots": {"trips": 1}}]}),
    ("P2P1313", "services.D1.board",
     rail(board=["rail", "halt0", "halt1", "halt2", "halt3"], minutes=[9, 9, 9, 9, 9]),
     rail(board=["rail", "halt0", "halt1", "halt2"], minutes=[9, 9, 9, 9])),
    ("P2P1313", "services.D1.alight", rail(alight=[]),
     rail(alight=["south"])),
    ("P2P1313", "services.D1.alight.#1", rail(alight=["rail"]), rail(alight=["south"])),
    ("P2P1314", "services.D1.minutes", rail(minutes=[100, 95]), rail(minutes=[195])),
    ("P2P1314", "services.D1.km", rail(km=[0]), rail(km=[440])),
    ("P2P1315", "services.D1", rail(minutes=[]), rail(minutes=[195])),
    ("P2P1316", "services.D1.days.#2", rail(days=["2020-02-24", "2020-02-25"]),
     rail(days=["2020-02-24"])),
    ("P2P1317", "services", {**rail(), "planning": {"by": "day"}}, rail()),
    ("P2P1402", "services.D1.line", rail(line="fast"),
     {**rail(line="fast"), "lines": [{"id": "fast", "kmh": 200}]}),
    ("P2P1402", "services.D1.pool", rail(pool="gg"),
     {**rail(pool="specials"), "service_pools": [{"id": "specials"}]}),
    ("P2P1402", "services.D1.board.#1", rail(board=["gangbei"]), rail(board=["rail"])),
    ("P2P1402", "services.D1.unit_type", rail("bus"), rail("emu")),
    ("P2P1402", "hubs.rail.assembly_of.#1",
     {"hubs": [{**RAIL[0], "assembly_of": ["baoan"]}]},
     {"hubs": [{**RAIL[0], "assembly_of": ["gangbei"]}]}),
    ("P2P1402", "sites.baoan.subsidies.poor", site(subsidies={"poor": 10}),
     {**site(subsidies={"poor": 10}), "priorities": [{"id": "poor", "left_behind": 1}]}),
    ("P2P1401", "service_pools.gg.id", {"service_pools": [{"id": "gg"}]},
     {"service_pools": [{"id": "g"}]}),
    ("P2P1412", "frozen.t.riders.#1.cohort", {**frozen(), **open_jobs()}, frozen()),
    ("P2P1201", "unit_types.jet.layout", {**rail("jet", types=[KINDS["jet"]]),
                                          **seats({"one_per_pair": True})},
     {**rail("jet", types=[KINDS["jet"]]),
      **seats({"one_per_pair": True, "modes": ["coach", "train"]})}),
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
