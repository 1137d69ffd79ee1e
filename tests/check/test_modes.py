"""Every way to travel: one change at a time to a plan that just keeps every rule."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Any

import numpy as np
import pytest

from p2p_dispatch.check.timetable import timetable_of
from p2p_dispatch.events.model import Status
from p2p_dispatch.plan.model import Plan
from p2p_dispatch.plan.rides import rides
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.crosscheck import cross_faults
from p2p_dispatch.scenario.services import Line, Service
from p2p_dispatch.travel.circuity import great_circle_km
from tests.check.builders import LOOSE, rules_of
from tests.check.modes import (
    BOOKED,
    BY_TRAIN,
    CAR,
    FLIGHT,
    JET,
    SEATS,
    SPECIAL,
    TRAIN,
    TRIPS,
    WAYS,
    Road,
    Runs,
    Way,
    hub,
    people,
    plan,
    roads_of,
    service,
    site_chancheng,
    with_trip,
    with_way,
    world,
)
from tests.check.mutations import BREAKING, HARMLESS
from tests.tiny import baoan, gangbei, pingnan, unit_type

FINE = set[str]()
Changes = dict[str, Any]


def trip(name: str, **changes: Any) -> Changes:
    """A trip of which the plan says something else."""
    return with_trip(name, changes=changes)


def checks(usual: int, on_23: int) -> Changes:
    limits = {"usual": usual, "on": {"2020-02-23": on_23}}
    return {"origins": [gangbei(medical_per_day=limits), pingnan()]}


def types(**changes: Changes) -> Changes:
    kinds = [{**kind, **changes.get(kind["id"], {})} for kind in (CAR, TRAIN, JET)]
    return {"unit_types": [unit_type(), *kinds]}


def seats(at: int, **changes: Any) -> Changes:
    rules = [{**rule, **(changes if i == at else {})} for i, rule in enumerate(SEATS)]
    return {"rules": {"seats": rules}}


def transfer(**changes: Any) -> Changes:
    return {"rules": {"transfer": changes}}


def at_rail(least: int, most: int) -> Changes:
    return {"hubs": hub("rail", transfer={"least_minutes": least, "most_minutes": most})}


def site_baoan(**changes: Any) -> Changes:
    there: Changes = {
        "intake_per_day": {"usual": 52, "on": {"2020-02-24": 22}},
        "handover": {"south": 40, "bay": 10},
    }
    return {"sites": [baoan(**{**there, **changes}), site_chancheng()[1]]}


def pools(**changes: Any) -> Changes:
    return {"service_pools": [{"id": "specials", **changes}]}


CASES: list[tuple[str, Changes, Changes, set[str]]] = [
    # (what it is about, changes to the scenario, changes to the plan, rules that are broken)
    ("it just keeps every rule", {}, {}, FINE),
    # a train
    ("people enough for the train", {"services": service(SPECIAL, minimum_load=77)}, {}, FINE),
    ("one more is asked for", {"services": service(SPECIAL, minimum_load=78)}, {},
     {"minimum-load"}),
    ("two people short", {}, with_way("ba", count=26), {"minimum-load"}),
    ("a flight for more", {"services": service(FLIGHT, minimum_load=25)}, {}, {"minimum-load"}),
    ("carriages for more", {"services": service(BOOKED, minimum_load=23)}, {}, {"minimum-load"}),
    # carriages
    ("two carriages, two at most", {}, with_trip("special", carriages={"car": 2}, allowed=165),
     FINE),
    ("three carriages, two at most", {"hubs": hub("south", most_carriages=3)},
     with_trip("special", carriages={"car": 3}, allowed=247), {"consist"}),
    ("two at least", types(train={"consist": [{"carriage": "car", "least": 2, "most": 4}]}), {},
     {"consist"}),
    ("one in all", types(train={"most_carriages": 1}), {}, FINE),
    ("two, and one in all", types(train={"most_carriages": 1}),
     with_trip("special", carriages={"car": 2}, allowed=165), {"consist"}),
    ("a platform for one", {"hubs": hub("south", most_carriages=1)}, {}, FINE),
    ("a platform for none", {"hubs": hub("south", most_carriages=0)}, {}, {"consist"}),
    ("a kind the train has not", {},
     with_trip("special", carriages={"car": 1, "moon": 1}), {"consist"}),
    ("a coach with carriages", {}, trip("onward", carriages={"car": 1}), {"consist"}),
    ("a carriage that is not offered",
     {"services": service(BOOKED, carriages_per_day={"usual": 1, "on": {"2020-02-23": 0}})}, {},
     {"consist"}),
    ("one of two that are offered", {"services": service(BOOKED, carriages_per_day=2)}, {}, FINE),
    ("two of one that is offered", {}, with_trip("booked", carriages={"car": 2}, allowed=47),
     {"consist"}),
    # seats
    ("0.695 x 118 = 82.01", seats(0, cap=0.695), {}, FINE),
    ("0.69 x 118 = 81.4", seats(0, cap=0.69), with_trip("special", allowed=81), {"seats"}),
    ("half where the stricter end is at medium risk",
     {**seats(0, cap={"low": 1, "medium": 0.5}), "hubs": hub("south", risk="medium")},
     with_trip("special", allowed=59), {"seats"}),
    ("the whole train but for what each carriage keeps free", seats(0, cap=1),
     with_trip("special", allowed=112), FINE),
    ("one per pair: 23 rows of 2+1 and one of 2", seats(0, one_per_pair=True),
     with_trip("special", allowed=71), {"seats"}),
    ("a row of three reserved in each of two carriages", seats(0, cap=1, reserved_rows=1),
     with_trip("special", carriages={"car": 2}, allowed=2 * 112), FINE),
    ("three rows reserved in each of two carriages", seats(0, cap=1, reserved_rows=3),
     with_trip("special", carriages={"car": 2}, allowed=2 * 105), FINE),
    ("a medic too few", {}, with_trip("special", staff={"medic": 4}), {"seats"}),
    ("a medic too many", {}, with_trip("special", staff={"medic": 6}), {"seats"}),
    ("0.19 x 118 = 22.4, an escort's among them", seats(1, cap=0.19),
     with_trip("booked", allowed=22), {"seats"}),
    ("a plane that keeps two free", types(jet={"reserved_seats": 2}),
     with_trip("flight", allowed=23), {"seats"}),
    ("the rules of trains are not those of coaches", seats(0, modes=["train", "coach"]), {},
     {"seats", "figures"}),
    # transfer
    ("a coach a minute later: 29 min", {}, with_trip("feeder-1", leaves="2020-02-22 09:46"),
     {"transfer"}),
    ("at most 30 min at the station", at_rail(30, 30), {}, FINE),
    ("at most 29", at_rail(20, 29), {}, {"transfer"}),
    ("at least 31", at_rail(31, 120), {}, {"transfer"}),
    ("the common rule where the hub has none: 30 min at the South", transfer(least_minutes=31), {},
     {"transfer"}),
    ("60 min at the airport", transfer(most_minutes=60), {}, FINE),
    ("59 at most", transfer(most_minutes=59), {}, {"transfer"}),
    ("on from the South a minute earlier", {}, with_trip("onward", leaves="2020-02-22 13:54"),
     {"transfer"}),
    ("two changes", transfer(most_changes=2), {}, FINE),
    ("one at most", transfer(most_changes=1), {}, {"transfer"}),
    ("from coach to train, to plane and to coach again", transfer(coach_to_coach=False), {}, FINE),
    # slots
    ("two feeders within half an hour", {"hubs": hub("rail", slots={"minutes": 30, "trips": 2})},
     {}, FINE),
    ("room for one", {"hubs": hub("rail", slots={"minutes": 30, "trips": 1})}, {}, {"slots"}),
    ("no train leaves", {"hubs": hub("rail", service_slots={"trips": 0})}, {}, {"slots"}),
    ("no plane comes", {"hubs": hub("bay", service_slots={"trips": 0})}, {}, {"slots"}),
    ("a coach leaves a hub", {"hubs": hub("south", slots={"trips": 0})}, {}, {"slots"}),
    # notice
    ("a plane 48 h ahead", {"as_of": "2020-02-20 15:00"}, {}, FINE),
    ("a minute less", {"as_of": "2020-02-20 15:01"}, {}, {"notice"}),
    ("a plane 24 h ahead",
     {"as_of": "2020-02-21 15:00", "services": service(SPECIAL, notice_hours=0, notice_days=None),
      "rules": {"notice": {"carriage_days": 2}}}, {}, {"notice"}),
    ("that is ordered",
     {"as_of": "2020-02-21 15:00", "services": service(SPECIAL, notice_hours=0, notice_days=None),
      "rules": {"notice": {"carriage_days": 2}}}, trip("flight", status=Status.ORDERED), FINE),
    ("a train two days ahead", {"services": service(SPECIAL, notice_days=2)}, {}, FINE),
    ("that takes three", {"services": service(SPECIAL, notice_days=3)}, {}, {"notice"}),
    ("as trains do", {"services": service(SPECIAL, notice_days=None)}, {}, {"notice"}),
    ("44 h are enough", {"services": service(SPECIAL, notice_hours=44, notice_days=None)}, {},
     FINE),
    ("44.1 h are not", {"services": service(SPECIAL, notice_hours=44.1, notice_days=None)}, {},
     {"notice"}),
    ("carriages three days ahead", {"rules": {"notice": {"carriage_days": 3}}}, {}, FINE),
    ("four", {"rules": {"notice": {"carriage_days": 4}}}, {}, {"notice"}),
    # fleet
    ("the train twice a day", {"services": service(SPECIAL, trips_per_day=0)}, {}, {"fleet"}),
    ("no train in all", pools(trips=0), {}, {"fleet"}),
    ("one", pools(trips=1), {}, FINE),
    ("no train on the day", pools(trips_per_day={"on": {"2020-02-22": 0}}), {}, {"fleet"}),
    ("none on the other", pools(trips_per_day={"on": {"2020-02-23": 0}}), {}, FINE),
    ("a service nobody knows", {}, trip("special", service="D1"), {"fleet"}),
    ("in no pool", {}, trip("special", pool=""), {"fleet"}),
    ("with a driver", {}, trip("special", drivers=1), {"fleet"}),
    ("with a unit", {}, trip("special", unit="gg/9"), {"fleet"}),
    ("a coach as a service", {}, trip("onward", service="D4508"), {"fleet"}),
    ("the first feeder is back at 11:00 and leaves at 12:15",
     {"planning": {"turnaround_minutes": 75}}, {}, FINE),
    ("a minute more is needed", {"planning": {"turnaround_minutes": 76}}, {}, {"fleet"}),
    # windows
    ("a minute late", {}, with_trip("booked", late=1), {"windows"}),
    ("on its day", {"services": service(BOOKED, days=["2020-02-23"])}, {}, FINE),
    ("on another day", {"services": service(BOOKED, days=["2020-02-22"])}, {}, {"windows"}),
    ("a hub that opens as the plane comes",
     {"hubs": hub("bay", hours={"opens": "16:15", "closes": "16:20"})}, {}, FINE),
    ("a minute later", {"hubs": hub("bay", hours={"opens": "16:16", "closes": "16:30"})}, {},
     {"windows"}),
    ("that closes before all are off",
     {"hubs": hub("bay", hours={"opens": "08:00", "closes": "16:19"})}, {}, {"windows"}),
    ("a hub that is closed", {"hubs": hub("bay", closed_on=["2020-02-22"])}, {}, {"windows"}),
    ("due as the plane comes", {"cohorts": people(fly={"due": "2020-02-22 16:15"})}, {}, FINE),
    ("a minute before", {"cohorts": people(fly={"due": "2020-02-22 16:14"})}, {}, {"windows"}),
    ("due at the gate", {"cohorts": people(cc={"due": "2020-02-22 14:55"})}, {}, FINE),
    ("and not at the South", {"cohorts": people(cc={"due": "2020-02-22 14:54"})}, {},
     {"windows"}),
    ("ready for the feeder", {"cohorts": people(cc={"ready": "2020-02-22 09:55"})}, {}, FINE),
    ("a minute later", {"cohorts": people(cc={"ready": "2020-02-22 09:56"})}, {}, {"windows"}),
    ("ready five minutes before the night train leaves",
     {"cohorts": people(night={"ready": "2020-02-23 21:10"})}, {}, FINE),
    ("four", {"cohorts": people(night={"ready": "2020-02-23 21:11"})}, {}, {"windows"}),
    # medical, intake, posts
    ("73 leave home on the 22nd", checks(73, 22), {}, FINE),
    ("72 can be checked", checks(72, 22), {}, {"medical"}),
    ("22 gather at the station on the 23rd", checks(73, 21), {}, {"medical"}),
    ("49 come to Chancheng", {"sites": site_chancheng(intake_per_day=48)}, {}, {"intake"}),
    ("52 to Bao'an on the 22nd", site_baoan(intake_per_day=51), {}, {"intake"}),
    ("22 on the 24th",
     site_baoan(intake_per_day={"usual": 52, "on": {"2020-02-24": 21}}), {}, {"intake"}),
    ("19 posts for welders", {"sites": site_chancheng(posts={"welder": 19})}, {}, FINE),
    ("18 posts", {"sites": site_chancheng(posts={"welder": 18})}, {}, {"intake"}),
    ("a trade nobody needs", {"sites": site_chancheng(posts={"cook": 30})}, {}, {"intake"}),
    # risk: who leaves on the 23rd
    ("home at medium risk from the 24th on",
     {"rules": {"risk": {"stay_from": "medium"}},
      "origins": [gangbei(risk_from={"2020-02-24": "medium"}), pingnan()]}, {}, FINE),
    ("from the 23rd on",
     {"rules": {"risk": {"stay_from": "medium"}},
      "origins": [gangbei(risk_from={"2020-02-23": "medium"}), pingnan()]}, {}, {"risk"}),
    ("a site that is shut on the day of the trip there",
     {"rules": {"risk": {"shut_from": "high"}}, **site_baoan(risk_from={"2020-02-23": "high"})},
     {}, {"risk"}),
    ("levels apart, on the train too",
     {"rules": {"risk": {"apart": True}}, "cohorts": people(ba={"risk": "medium"})}, {},
     {"risk"}),
    # the road rules are for coaches
    ("a ride of two hours, the train takes three",
     {"rules": {"stops": {**LOOSE, "longest_ride_hours": 1.4}}}, {}, FINE),
    ("80 min to the airport", {"rules": {"stops": {**LOOSE, "longest_ride_hours": 1.3}}}, {},
     {"stops"}),
    ("a feeder without a driver", {}, trip("feeder-2", driving=()), {"crew"}),
    # luggage, accessible places
    ("room for 77 pieces", types(car={"luggage": 77}), {}, FINE),
    ("for 76", types(car={"luggage": 76}), {}, {"seats"}),
    ("for 38 in each of two carriages", types(car={"luggage": 38}),
     with_trip("special", carriages={"car": 2}, allowed=165), {"seats"}),
    ("for 39", types(car={"luggage": 39}),
     with_trip("special", carriages={"car": 2}, allowed=165), FINE),
    ("23 pieces on a plane", types(jet={"luggage": 23}), {}, {"seats"}),
    ("an accessible place in the carriage",
     {**types(car={"accessible": 1}), "cohorts": people(night={"accessible": 1})},
     with_way("night", accessible=1), FINE),
    ("none", {"cohorts": people(night={"accessible": 1})}, with_way("night", accessible=1),
     {"seats"}),
    ("that is forgotten", {"cohorts": people(night={"accessible": 1})}, {}, {"party"}),
    # priority
    ("everybody is moved", {"rules": {"priority": {"least_share": 1}}}, {}, FINE),
    ("but one", {"rules": {"priority": {"least_share": 1}}}, with_way("fly", count=23),
     {"priority"}),
    ("a day late", {"rules": {"priority": {"late_days": 1}},
                    "cohorts": people(fly={"due": "2020-02-21 16:15"})}, {}, FINE),
    ("and a minute", {"rules": {"priority": {"late_days": 1}},
                      "cohorts": people(fly={"due": "2020-02-21 16:14"})}, {}, {"windows"}),
    # balance
    ("nobody gathers at the station", {"hubs": hub("rail", assembly_of=[])}, {}, {"balance"}),
    ("nobody is taken over at the South", site_baoan(handover={"bay": 10}), {}, {"balance"}),
    ("cancelled", {}, trip("flight", status=Status.CANCELLED), {"balance"}),
    # parties, figures
    ("a party forgotten", {}, with_way("cc", parties=()), {"party"}),
    ("a feeder that is called direct", {}, trip("feeder-1", role="direct"), {"figures"}),
    ("a trunk that is called direct", {}, trip("special", role="direct"), {"figures"}),
    ("days for a train", {}, trip("special", days=1), {"figures"}),
    ("a train that costs a yuan more", {}, trip("special", cost=26361), {"figures"}),
    ("another km", {}, trip("flight", km=501), {"figures"}),
    ("a seat more", {}, with_trip("special", allowed=83), {"figures"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("about", "scenario", "plans", "found"), CASES, ids=[f"{i} {c[0]}" for i, c in enumerate(CASES)]
)
def test_one_change_breaks_one_rule(
    about: str, scenario: Changes, plans: Changes, found: set[str]
) -> None:
    its = world(**scenario)
    assert rules_of(its, plan(its, **plans)) == found


def test_the_scenario_has_no_fault() -> None:
    assert cross_faults(world()) == []


def test_the_figures_by_hand() -> None:
    """
    Coaches 4 x 1,200 and 490 km x 6.5; the train 15,000 + 440 x 15 and its carriage 800 + 440 x 9;
    the booked carriage the same; the plane 60,000 + 500 x 10; 49 people change twice, 52 once.
    """
    value = plan(world()).value
    assert value.vehicles == 4 * 1200
    assert value.km == 490 * 6.5
    assert value.trains == 15000 + 440 * 15 + 800 + 440 * 9
    assert value.carriages == 800 + 440 * 9
    assert value.planes == 60000 + 500 * 10
    assert value.transfers == (49 * 2 + 52) * 3
    assert value.onward == (28 + 22) * 40 + 24 * 10
    assert value.waiting == 22 * 50
    assert value.empty_posts == 2 * 500
    assert value.subsidies == 30 * 10 + 19 * (1000 + 5)


@pytest.mark.parametrize(("allowed", "found"), [(True, FINE), (False, {"transfer"})])
def test_nobody_changes_from_coach_to_coach_where_that_is_not_allowed(
    allowed: bool, found: set[str]
) -> None:
    """30 people change at the station from one coach to another, half an hour after they come."""
    its = world(rules=transfer(coach_to_coach=allowed)["rules"], travel=roads_of(**ON))
    assert rules_of(its, by_two_coaches(its)) == found


def test_who_is_on_the_way_already_may_go_on_by_another_coach() -> None:
    its = world(rules=transfer(coach_to_coach=False)["rules"], travel=roads_of(**ON))
    assert "transfer" in rules_of(its, by_two_coaches(its))
    left = world(
        rules=transfer(coach_to_coach=False)["rules"], travel=roads_of(**ON), frozen=[LEFT]
    )
    assert "transfer" not in rules_of(left, by_two_coaches(left))


ON = {"rail_chancheng": (450.0, 300.0), "chancheng_guigang": (460.0, 310.0)}
LEFT = {
    "id": "feeder-1",
    "pool": "gg",
    "leaves": "2020-02-22 09:45",
    "stops": ["gangbei", "rail"],
    "riders": [{"cohort": "cc", "count": 30, "drop": "rail"}],
    "left": True,
}
COACHES = (
    TRIPS["feeder-1"],
    Road(id="on", unit="gg/2", leaves="2020-02-22 10:30", stops=("rail", "chancheng")),
)


def by_two_coaches(its: Scenario) -> Plan:
    way = Way(
        cohort="cc",
        count=30,
        legs=(("feeder-1", "gangbei", "rail"), ("on", "rail", "chancheng")),
        site="chancheng",
        parties=(4,),
    )
    return plan(its, trips=COACHES, ways=[way])


@pytest.mark.parametrize("part", ["trains", "carriages", "planes", "transfers", "empty_posts"])
def test_every_part_of_the_value_follows(part: str) -> None:
    its = world()
    made = plan(its)
    more = {part: getattr(made.value, part) + 1, "total": made.value.total + 1}
    wrong = made.model_copy(update={"value": made.value.model_copy(update=more)})
    assert rules_of(its, wrong.with_travel(made.travel)) == {"figures"}


def test_the_money_has_a_ceiling() -> None:
    """All but changes, waiting and empty posts: 88,550."""
    assert plan(world()).value.money == 88550
    for ceiling, found in [(88550, FINE), (88549.9, {"budget"})]:
        its = world(rules={"budget": {"ceiling": ceiling}})
        assert rules_of(its, plan(its)) == found


def test_the_cost_of_every_trip_is_shared_by_its_riders() -> None:
    """
    Chancheng pays for its 49: all of the first feeder, 1,892.50, and of the onward coach, 1,957.50;
    of the train 49 of 77, 16,774.55; less 300 and 19,095 of subsidies: 1,229.55.
    """
    for ceiling, found in [(1229.6, FINE), (1229.4, {"budget"})]:
        its = world(
            payers=[{"id": "bureau", "share": 1}, {"id": "works", "share": 0, "ceiling": ceiling}],
            sites=site_chancheng(paid_by={"works": 1}),
        )
        assert rules_of(its, plan(its)) == found


@pytest.mark.parametrize(("departs", "found"), [("11:59", {"slots"}), ("12:00", FINE)])
def test_two_trains_within_a_slot(departs: str, found: set[str]) -> None:
    """Slots of an hour with one train; booked carriages and coaches take none."""
    second = {**SPECIAL, "id": "D2", "departs": departs, "minimum_load": 0}
    its = world(
        services=[*service(SPECIAL, minimum_load=0), second],
        service_pools=[{"id": "specials", "trips": 2}],
    )
    ba = (("feeder-2", "pingnan", "rail"), ("second", "rail", "south"))
    also = Runs(
        id="second",
        service="D2",
        day="2020-02-22",
        carriages={"car": 1},
        staff={"medic": 5},
        allowed=82,
    )
    trips = [*TRIPS.values(), also]
    assert rules_of(its, plan(its, trips=trips, **with_way("ba", legs=ba))) == found


def test_people_board_where_a_service_picks_up() -> None:
    """
    The train calls at Pingnan on its way, to drop only or to pick up.

    Away from the station at 11:00, at Pingnan from 11:30 to 11:35, at the South at 14:00; feeder-2
    comes to Pingnan's own station at 11:00.
    """
    halt = {"id": "halt", "lat": 23.5, "lon": 110.3}
    roads_too = roads_of(pingnan_halt=(10, 10), guigang_halt=(90, 80))
    for board, alight, found in [
        (["rail", "halt"], ["south"], FINE),
        (["rail"], ["halt", "south"], {"fleet"}),
    ]:
        its = world(
            hubs=[*hub(""), halt],
            travel=roads_too,
            services=service(SPECIAL, board=board, alight=alight, minutes=[30, 145], km=[90, 350]),
        )
        legs = (("feeder-2", "pingnan", "halt"), ("special", "halt", "south"))
        trips = with_trip("feeder-2", leaves="2020-02-22 09:15", stops=("pingnan", "halt"))
        assert rules_of(its, plan(its, **trips, **with_way("ba", legs=legs))) == found


def test_more_people_than_posts_stay_behind() -> None:
    """18 posts for 19 welders: one stays, and the train runs with 76."""
    its = world(
        sites=site_chancheng(posts={"welder": 18}), services=service(SPECIAL, minimum_load=76)
    )
    assert rules_of(its, plan(its)) == {"intake"}
    made = plan(its, **with_way("welders", count=18))
    assert rules_of(its, made) == FINE
    assert [(part.cohort, part.count) for part in made.unserved] == [("welders", 1)]


def changed(made: Plan, cohort: str, **changes: Any) -> Plan:
    """The plan with another itinerary for a cohort, its trips as they were."""
    parts = tuple(
        part.model_copy(update=changes) if part.cohort == cohort else part
        for part in made.itineraries
    )
    return made.model_copy(update={"itineraries": parts}).with_travel(made.travel)


@pytest.mark.parametrize(
    ("cohort", "changes"),
    [
        ("cc", {"changes": ("rail", "rail")}),  # nobody gets off the train there
        ("cc", {"changes": ("rail",)}),
        ("cc", {"changes": ("rail", "moon")}),
        ("cc", {"trips": ("special", "feeder-1", "onward")}),
        ("cc", {"trips": ("feeder-1", "special", "special")}),
        ("cc", {"trips": ("feeder-1", "special", "moon")}),
        ("cc", {"drop": ""}),
        ("cc", {"drop": "baoan"}),
        ("cc", {"drop": "south"}),
        ("cc", {"site": "baoan"}),
        ("welders", {"site": ""}),
        ("welders", {"site": "moon"}),
        ("welders", {"drop": ""}),
        ("night", {"drop": "bay"}),
    ],
)
def test_itineraries_are_whole(cohort: str, changes: Changes) -> None:
    """Hubs between trips, an end that the site has, and trips that bear it out."""
    its = world()
    assert "balance" in rules_of(its, changed(plan(its), cohort, **changes))


def test_where_nobody_changes_the_stops_say_it() -> None:
    """``night`` takes one trip, so its drop need not be named; naming its site does no harm."""
    its = world()
    assert rules_of(its, changed(plan(its), "night", drop="")) == FINE
    assert rules_of(its, changed(plan(its), "night", site="baoan")) == FINE


def test_who_left_home_in_time_may_go_on_after_the_last_day() -> None:
    """
    The horizon ends on the 22nd; a night train of the 22nd, and an onward coach on the 23rd.

    The train comes at 05:00; 05:30 is when the coach leaves the South.
    """
    its = world(
        days={"first": "2020-02-22", "last": "2020-02-22"},
        services=service(BOOKED, notice_days=2),
        sites=site_chancheng(intake_per_day={}),
        cohorts=people(night={"site": "chancheng"}),
        origins=[gangbei(), pingnan()],
        pools=[
            {"id": "gg", "unit_type": "coach-49", "depot": "guigang", "units": 2},
            {"id": "fs", "unit_type": "coach-49", "depot": "foshan", "units": 1},
        ],
    )
    legs = (("booked", "rail", "south"), ("early", "south", "chancheng"))
    early = replace(TRIPS["onward"], id="early", leaves="2020-02-23 04:55")
    trips = [*with_trip("booked", day="2020-02-22")["trips"], early]
    made = plan(its, trips=trips, **with_way("night", legs=legs, site="chancheng"))
    assert rules_of(its, made) == FINE


def test_movement_lines_follow_people_from_trip_to_trip() -> None:
    """Thirty to Chancheng: three lines, each from where the one before ended."""
    lines = [
        (ride.leg, ride.trip.id, ride.board.place, ride.alight.place, ride.people)
        for ride in rides(plan(world()))
        if ride.cohort == "cc"
    ]
    assert lines == [
        (1, "feeder-1", "gangbei", "rail", 30),
        (2, "special", "rail", "south", 30),
        (3, "onward", "south", "chancheng", 30),
    ]


def test_a_set_that_is_as_it_is_runs_by_the_speed_of_its_line() -> None:
    """
    469.9 km at 150 km/h are 187.96 min, so 188: 14:08, and 14:38 on from the South.

    Of 100 seats the set keeps 18 free: 82 for 77 people and 5 medics.
    """
    emu = {"id": "emu", "mode": "train", "seats": 100, "reserved_seats": 18, "per_trip": 40000}
    by_line = {**SPECIAL, "unit_type": "emu", "line": "fast", "minutes": [], "km": [469.9]}
    for kmh, found in [(150, FINE), (151, {"windows"})]:
        its = world(
            unit_types=[unit_type(), CAR, emu, JET],
            services=[by_line, BOOKED, FLIGHT],
            lines=[{"id": "fast", "kmh": kmh}],
            rules={"seats": [{**SEATS[0], "cap": 1}, SEATS[1]]},
        )
        trips = {
            trip.id: trip for trip in with_trip("special", carriages={}, minutes=(188,))["trips"]
        }
        trips["onward"] = replace(TRIPS["onward"], leaves="2020-02-22 14:03")
        assert rules_of(its, plan(its, trips=[*trips.values()])) == found


@pytest.mark.parametrize(("circuity", "mode", "bends"), [(None, "train", 1.25), (1.1, "train", 1.1),
                                                         (None, "plane", 1.0)])  # fmt: skip
def test_km_are_the_great_circle_with_bends(circuity: Any, mode: Any, bends: float) -> None:
    """The checker's own arithmetic against that of the room of travel."""
    its = world()
    line = Line(id="fast", kmh=150, circuity=circuity)
    service = Service.model_validate({**SPECIAL, "km": [], "minutes": [], "line": "fast"})
    told = timetable_of(service, mode, {"fast": line}, its.places)
    ends = [its.places[name] for name in service.stops]
    straight = great_circle_km(
        np.array([end.lat for end in ends]), np.array([end.lon for end in ends])
    )[0, 1]
    assert told.km == pytest.approx((straight * bends,))
    assert told.minutes == (ceil(straight * bends / 150 * 60),)


OF_COACHES = {"another place", "riders of two trips swapped", "two on one unit", "an escort more"}
"""Mutations that know only trips alike, or seats that are all taken."""


@pytest.mark.parametrize("number", range(7))
@pytest.mark.parametrize("name", sorted(BREAKING.keys() - OF_COACHES))
def test_no_slip_goes_unseen(name: str, number: int) -> None:
    its = world()
    made = plan(its)
    slip = BREAKING[name](made, lambda below: number % max(1, below))
    assert slip == made or rules_of(its, slip)


@pytest.mark.parametrize("number", range(7))
@pytest.mark.parametrize("name", sorted(HARMLESS.keys() - {"an itinerary in two"}))
def test_what_is_harmless_stays_so(name: str, number: int) -> None:
    its = world()
    made = plan(its)
    assert rules_of(its, HARMLESS[name](made, lambda below: number % max(1, below))) == FINE


def test_everything_that_is_used_here_is_used() -> None:
    """Each mode, each role, an open job and people who gather by themselves."""
    made = plan(world())
    assert {t.mode for t in made.trips} == {"coach", "train", "carriage", "plane"}
    assert {t.role for t in made.trips} == {"feeder", "trunk", "onward"}
    assert BY_TRAIN[1] in WAYS["welders"].legs
