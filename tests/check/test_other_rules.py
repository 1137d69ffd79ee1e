"""``slots``, ``risk``, ``minimum-load``, ``notice``, ``budget``, ``priority`` and ``frozen``."""

from __future__ import annotations

from typing import Any

import pytest

from p2p_dispatch.events.model import Status
from p2p_dispatch.plan.model import Itinerary, Trip
from p2p_dispatch.scenario import Scenario
from tests.check.builders import (
    FREE,
    LOOSE,
    TOWN,
    broken,
    by_day,
    clock_trip,
    day_trip,
    plan_of,
    rules_of,
    scenario_of,
)
from tests.tiny import baoan, chancheng, cohort, gangbei, pingnan, unit_type

FINE = set[str]()
CLOCK_OR_DAY = pytest.mark.parametrize("planning", [{}, {"planning": by_day()}], ids=["by", "day"])


def ruled(rules: dict[str, Any] | None = None, **changes: Any) -> Scenario:
    return scenario_of(rules={"crew": FREE, "stops": LOOSE, **(rules or {})}, **changes)


def on(scenario: Scenario, *args: Any, day: str = "2020-02-22", **changes: Any) -> Trip:
    """A trip on a day, by the clock from 07:00."""
    if scenario.by_day:
        return day_trip(scenario, *args, day=day, **changes)
    return clock_trip(scenario, *args, leave=f"{day} 07:00", **changes)


def two(scenario: Scenario, leave: str) -> tuple[Trip, Trip]:
    """Away from Gangbei at 07:25, and another coach."""
    first = clock_trip(scenario, loads={"gb-ba": 5})
    return first, clock_trip(
        scenario, loads={"gb-ba": 5}, leave=leave, unit="gg/2", driver="B", id="t2"
    )


@pytest.mark.parametrize(
    ("leave", "trips", "found"),
    [
        ("07:04", 1, {"slots"}),  # leaves Gangbei at 07:29
        ("07:05", 1, FINE),  # at 07:30, in the next slot
        ("06:35", 1, {"slots"}),  # at 07:00
        ("06:34", 1, FINE),  # at 06:59
        ("07:04", 2, FINE),
    ],
)
def test_coaches_that_leave_within_a_slot(leave: str, trips: int, found: set[str]) -> None:
    """One at 07:25; slots of 30 min from midnight."""
    slots = {"minutes": 30, "trips": trips}
    scenario = ruled(origins=[gangbei(slots=slots), pingnan()])
    assert broken(scenario, *two(scenario, f"2020-02-22 {leave}")) == found


@pytest.mark.parametrize(("leave", "found"), [("07:54", {"slots"}), ("07:55", FINE)])
def test_coaches_that_arrive_within_a_slot(leave: str, found: set[str]) -> None:
    """One at 14:05, the other at 14:59 or 15:00; slots of an hour."""
    slots = {"minutes": 60, "trips": 1}
    scenario = ruled(sites=[baoan(slots=slots), chancheng()])
    assert broken(scenario, *two(scenario, f"2020-02-22 {leave}")) == found


def test_slots_are_of_a_day_and_none_are_by_the_day() -> None:
    """The same minute of two days; the same day without minutes."""
    slots = {"minutes": 30, "trips": 1}
    scenario = ruled(origins=[gangbei(slots=slots), pingnan()])
    assert broken(scenario, *two(scenario, "2020-02-23 07:00")) == FINE
    scenario = ruled(origins=[gangbei(slots=slots), pingnan()], planning=by_day())
    trips = [on(scenario, unit=f"gg/{n}", loads={"gb-ba": 5}, id=f"t{n}") for n in (1, 2)]
    assert broken(scenario, *trips) == FINE


@CLOCK_OR_DAY
@pytest.mark.parametrize(
    ("origin", "own", "found"),
    [
        ("low", None, FINE),
        ("medium", None, FINE),
        ("high", None, {"risk"}),
        ("low", "high", {"risk"}),
        ("medium", "low", FINE),
    ],
)
def test_people_stay_from_a_level_on(
    planning: Any, origin: str, own: str | None, found: set[str]
) -> None:
    """From high on; the stricter of the origin's level and their own."""
    scenario = ruled(
        {"risk": {"stay_from": "high"}},
        origins=[gangbei(risk=origin), pingnan()],
        cohorts=[cohort(risk=own)],
        **planning,
    )
    assert broken(scenario, on(scenario)) == found


@CLOCK_OR_DAY
@pytest.mark.parametrize(("day", "found"), [("2020-02-22", FINE), ("2020-02-23", {"risk"})])
def test_sites_are_shut_from_a_level_on(planning: Any, day: str, found: set[str]) -> None:
    """Bao'an is medium from the 23rd on; on the 22nd its people may come, also to the town."""
    sites = [baoan(risk_from={"2020-02-23": "medium"}, handover={"town": 0}), chancheng()]
    scenario = ruled({"risk": {"shut_from": "medium"}}, sites=sites, hubs=[TOWN], **planning)
    assert broken(scenario, on(scenario, day=day)) == found
    at_town = on(scenario, ("gangbei", "town"), day=day, to={"gb-ba": "town"})
    assert broken(scenario, at_town) == found


@CLOCK_OR_DAY
def test_levels_are_kept_apart(planning: Any) -> None:
    """Low from Gangbei, medium from Pingnan: apart fine, together only without the rule."""
    cohorts = [cohort(), cohort(id="pn-ba", origin="pingnan", risk="medium")]
    both = ("gangbei", "pingnan", "baoan"), {"gb-ba": 10, "pn-ba": 10}
    for apart, found in [(False, FINE), (True, {"risk"})]:
        scenario = ruled({"risk": {"apart": apart}}, cohorts=cohorts, **planning)
        assert broken(scenario, on(scenario, *both)) == found
        assert broken(scenario, on(scenario)) == FINE


@CLOCK_OR_DAY
def test_a_coach_runs_with_enough_people(planning: Any) -> None:
    """Twenty at least; an escort is not one of them."""
    rules = {"seats": [{"id": "a", "staff": {"escort": 1}}]}
    scenario = ruled(rules, unit_types=[unit_type(minimum_load=20)], **planning)
    for people, found in [(20, FINE), (19, {"minimum-load"})]:
        trip = on(scenario, loads={"gb-ba": people}, staff={"escort": 1})
        assert broken(scenario, trip) == found


@pytest.mark.parametrize(("hours", "found"), [(47, FINE), (47.1, {"notice"}), (0, FINE)])
def test_a_coach_is_ordered_in_time(hours: float, found: set[str]) -> None:
    """As of 08:00 on the 20th, away at 07:00 on the 22nd: 47 h."""
    scenario = ruled(unit_types=[unit_type(notice_hours=hours)])
    trip = clock_trip(scenario)
    assert broken(scenario, trip) == found
    assert broken(scenario, trip.model_copy(update={"status": Status.ORDERED})) == FINE


@pytest.mark.parametrize(("hours", "found"), [(40, FINE), (40.1, {"notice"})])
def test_by_the_day_notice_is_until_the_day_begins(hours: float, found: set[str]) -> None:
    """As of 08:00 on the 20th, the 22nd begins 40 h later."""
    scenario = ruled(unit_types=[unit_type(notice_hours=hours)], planning=by_day())
    assert broken(scenario, day_trip(scenario)) == found


@CLOCK_OR_DAY
def test_the_money_has_a_ceiling(planning: Any) -> None:
    """
    1,200 + 400 + 1,010 x 6.5 = 8,165 to the gate, 30 people subsidised with 10 + 2: 7,805.

    To the town 1,200 + 400 + 970 x 6.5 = 7,905, and 30 x 5 onwards, less 360: 7,695.
    """
    sites = [baoan(subsidy=10, handover={"town": 5}), chancheng()]
    groups = {
        "priorities": [{"id": "poor", "left_behind": 100, "subsidy": 2}],
        "cohorts": [cohort(priority="poor")],
    }
    way: dict[str, dict[str, Any]] = {
        "gate": {},
        "town": {"to": {"gb-ba": "town"}, "via": ("gangbei", "town")},
    }
    for where, ceiling, found in [
        ("gate", 7805, FINE),
        ("gate", 7804.9, {"budget"}),
        ("town", 7695, FINE),
        ("town", 7694.9, {"budget"}),
    ]:
        rules = {"budget": {"ceiling": ceiling}}
        scenario = ruled(rules, sites=sites, hubs=[TOWN], **groups, **planning)
        assert broken(scenario, on(scenario, **way[where])) == found


@CLOCK_OR_DAY
def test_payers_have_ceilings(planning: Any) -> None:
    """
    10 to Chancheng and 20 to Bao'an on one coach: 1,200 + 400 + (10 + 400 + 120 + 500) x 6.5 =
    8,295, 276.50 each. Bao'an's employer pays for its 20 half, 2,765; the rest, 2,765, and the 10
    of Chancheng, 2,765, fall to the bureau.
    """
    for employer, bureau, found in [
        (2765, 5530, FINE),
        (2764.9, 5530, {"budget"}),
        (2765, 5529.9, {"budget"}),
        (None, None, FINE),
    ]:
        scenario = ruled(
            payers=[
                {"id": "employer", "share": 0, "ceiling": employer},
                {"id": "bureau", "share": 1, "ceiling": bureau},
            ],
            sites=[baoan(paid_by={"employer": 0.5, "bureau": 0.5}), chancheng()],
            cohorts=[cohort(), cohort(id="gb-cc", site="chancheng", count=10)],
            **planning,
        )
        trip = on(scenario, ("gangbei", "chancheng", "baoan"), {"gb-ba": 20, "gb-cc": 10})
        assert broken(scenario, trip) == found


@CLOCK_OR_DAY
def test_a_least_share_of_every_origin_is_moved(planning: Any) -> None:
    """Of 30 at Gangbei half is 15, 0.51 is 15.3 and so 16; nobody is at Pingnan."""
    for share, people, found in [
        (0.5, 15, FINE),
        (0.5, 14, {"priority"}),
        (0.51, 16, FINE),
        (0.51, 15, {"priority"}),
    ]:
        rules = {"priority": {"least_share": share}}
        scenario = ruled(rules, cohorts=[cohort()], **planning)
        assert broken(scenario, on(scenario, loads={"gb-ba": people})) == found


@CLOCK_OR_DAY
def test_a_least_share_of_a_class_is_moved(planning: Any) -> None:
    """Of the 30 of Gangbei, who are of the class, 20; the 28 of Pingnan are not."""
    poor = {"id": "poor", "left_behind": 100, "least_share": 2 / 3}
    cohorts = [cohort(priority="poor"), cohort(id="pn-ba", origin="pingnan", count=28)]
    scenario = ruled(priorities=[poor], cohorts=cohorts, **planning)
    for people, found in [(20, FINE), (19, {"priority"})]:
        assert broken(scenario, on(scenario, loads={"gb-ba": people})) == found


@pytest.mark.parametrize(
    ("due", "days", "late", "found"),
    [
        ("2020-02-23 14:05", 0, 0, FINE),
        ("2020-02-23 14:04", 0, 1, {"windows"}),
        ("2020-02-23 14:04", 1, 1, FINE),  # a started day
        ("2020-02-22 14:05", 1, 1, FINE),  # a whole one
        ("2020-02-22 14:04", 1, 2, {"windows"}),
        ("2020-02-22 14:04", 2, 2, FINE),
        ("2020-02-22", 1, 1, FINE),  # due at 24:00
    ],
)
def test_by_the_clock_late_days_are_started_24_hours(
    due: str, days: int, late: int, found: set[str]
) -> None:
    """At the gate at 14:05 on the 23rd; 30 people at 7 a day."""
    scenario = ruled(
        {"priority": {"late_days": days}},
        cohorts=[cohort(due=due)],
        prices={"driver_day": 400, "left_behind": 20000, "late_day": 7},
    )
    trip = on(scenario, day="2020-02-23")
    assert broken(scenario, trip, late=30 * late * 7) == found
    assert broken(scenario, trip, late=30 * late * 7 + 30) == {*found, "figures"}


@pytest.mark.parametrize(("days", "found"), [(2, FINE), (1, {"windows"})])
def test_by_the_day_late_days_are_days(days: int, found: set[str]) -> None:
    """Due on the 22nd, on the 24th; 30 people of a class at 3 a day, not at the common 7."""
    scenario = ruled(
        {"priority": {"late_days": days}},
        cohorts=[cohort(due="2020-02-22 06:00", priority="poor")],
        priorities=[{"id": "poor", "left_behind": 100, "late_day": 3}],
        prices={"driver_day": 400, "left_behind": 20000, "late_day": 7},
        planning=by_day(),
    )
    assert broken(scenario, on(scenario, day="2020-02-24"), late=30 * 2 * 3) == found


def promised(planning: Any, **changes: Any) -> Scenario:
    """30 of Gangbei were told of a trip to Bao'an, at 07:00 on the 22nd."""
    trip = {
        "id": "t1",
        "pool": "gg",
        "leaves": "2020-02-22" if planning else "2020-02-22 07:00",
        "stops": ["gangbei", "baoan"],
        "riders": [{"cohort": "gb-ba", "count": 20, "drop": "baoan"}],
        **changes,
    }
    unit_types = [unit_type(notice_hours=0 if "changing" in changes else 1000)]
    sites = [baoan(handover={"town": 0}), chancheng()]
    return ruled(frozen=[trip], sites=sites, hubs=[TOWN], unit_types=unit_types, **planning)


@CLOCK_OR_DAY
def test_a_frozen_trip_stands(planning: Any) -> None:
    """Under its id, on its day, over its stops, with the 20 it was promised to, or more of them."""
    scenario = promised(planning)
    cases: list[tuple[dict[str, Any], set[str]]] = [
        ({}, FINE),
        ({"loads": {"gb-ba": 20}}, FINE),
        ({"loads": {"gb-ba": 19}}, {"frozen"}),
        ({"id": "t2"}, {"frozen", "notice"}),
        ({"day": "2020-02-23"}, {"frozen"}),
        ({"via": ("gangbei", "town"), "to": {"gb-ba": "town"}}, {"frozen"}),
    ]
    for changes, found in cases:
        assert broken(scenario, on(scenario, **changes)) == found
    assert broken(scenario) == {"frozen"}
    other = promised(planning, pool="gz")
    assert broken(other, on(other)) == {"frozen"}


def test_by_the_clock_a_frozen_trip_leaves_at_its_minute() -> None:
    scenario = promised({})
    assert broken(scenario, clock_trip(scenario, leave="2020-02-22 07:00")) == FINE
    assert broken(scenario, clock_trip(scenario, leave="2020-02-22 07:01")) == {"frozen"}


@CLOCK_OR_DAY
def test_a_told_trip_may_be_changed_at_a_price(planning: Any) -> None:
    """20 people at 8 each where the trip is given up, nothing where it stands."""
    scenario = promised(planning, changing=8)
    assert broken(scenario, on(scenario)) == FINE
    assert broken(scenario, given_up=160) == FINE
    assert broken(scenario, given_up=0) == {"figures"}
    assert broken(scenario, on(scenario), given_up=160) == {"figures"}


@CLOCK_OR_DAY
def test_accessible_places_are_counted(planning: Any) -> None:
    """Two of the cohort need a place: two are there, or one; they are in the plan, or forgotten."""
    for places, need, found in [(2, 2, FINE), (1, 2, {"seats"}), (2, 1, {"party"})]:
        kinds = [unit_type(accessible=places)]
        scenario = ruled(unit_types=kinds, cohorts=[cohort(accessible=2)], **planning)
        plan = plan_of(scenario, [on(scenario)])
        part = plan.itineraries[0].model_copy(update={"accessible": need})
        assert broken(scenario, on(scenario), itineraries=(part,)) == found


@CLOCK_OR_DAY
def test_who_needs_an_accessible_place_is_not_in_a_party(planning: Any) -> None:
    """An itinerary of 30 with parties of 20 + 8 has room for two more, not for three."""
    for need, found in [(2, FINE), (3, {"party"})]:
        scenario = ruled(
            unit_types=[unit_type(accessible=5)],
            cohorts=[cohort(accessible=need, parties=[20, 8])],
            **planning,
        )
        whole = Itinerary(cohort="gb-ba", count=30, parties=(20, 8), accessible=need, trips=("t1",))
        assert broken(scenario, on(scenario), itineraries=(whole,), unserved=()) == found


@CLOCK_OR_DAY
def test_luggage_fits(planning: Any) -> None:
    """20 people with two pieces each: room for 40, or 39; the 28 of Pingnan have none."""
    for room, found in [(40, FINE), (39, {"seats"}), (None, FINE)]:
        scenario = ruled(
            unit_types=[unit_type(luggage=room)],
            cohorts=[cohort(luggage=2), cohort(id="pn-ba", origin="pingnan", luggage=0)],
            **planning,
        )
        trip = on(scenario, ("gangbei", "pingnan", "baoan"), {"gb-ba": 20, "pn-ba": 28})
        assert broken(scenario, trip) == found


def test_the_gap_of_a_plan_for_nobody() -> None:
    """No trips, nobody to pay for."""
    scenario = ruled()
    assert rules_of(scenario, plan_of(scenario, [])) == FINE
