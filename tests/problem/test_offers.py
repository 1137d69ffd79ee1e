"""Services in indices: what is offered keeps every rule, and what is not breaks one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from p2p_dispatch.plan.model import Plan
from p2p_dispatch.problem import NO_LIMIT, offers_of, seats_of
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.places import Risk
from tests.check.builders import rules_of
from tests.check.modes import BOOKED, FLIGHT, SPECIAL, TRIPS, Runs, hub, plan, service, world

TRIP_OF = {"D4508": "special", "K231": "booked", "CZ1": "flight"}


def offered(scenario: Scenario) -> set[tuple[str, str]]:
    """Services and days."""
    return {
        (scenario.services[offer.service].id, str(scenario.dates[offer.day]))
        for offer in offers_of(scenario)
    }


def test_what_can_still_be_ordered() -> None:
    """As of 15:00 on the 20th: a train in two days, carriages in three, a plane in 48 hours."""
    assert offered(world()) == {
        ("D4508", "2020-02-22"),
        ("D4508", "2020-02-23"),
        ("D4508", "2020-02-24"),
        ("K231", "2020-02-23"),
        ("K231", "2020-02-24"),
        ("CZ1", "2020-02-22"),
        ("CZ1", "2020-02-23"),
        ("CZ1", "2020-02-24"),
    }
    assert ("CZ1", "2020-02-22") not in offered(world(as_of="2020-02-20 15:01"))
    days = ["2020-02-23", "2020-02-25"]
    only = world(services=service(SPECIAL, days=days))
    assert {day for name, day in offered(only) if name == "D4508"} == {"2020-02-23"}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"as_of": "2020-02-20 15:01"},
        {"as_of": "2020-02-21 09:00"},
        {"services": service(SPECIAL, days=["2020-02-24"])},
        {"services": service(FLIGHT, notice_days=4)},
        {"services": service(BOOKED, notice_hours=90)},
        {"services": service(BOOKED, notice_hours=54)},
    ],
)
def test_the_checker_agrees_which_days_can_be_ordered(changes: Any) -> None:
    """Each service alone, empty, on each day: what is offered breaks neither notice nor windows."""
    its = world(**changes)
    offers = offered(its)
    for each in its.services:
        trip = TRIPS[TRIP_OF[each.id]]
        assert isinstance(trip, Runs)
        for day in its.dates:
            made = plan(its, trips=[replace(trip, day=str(day))], ways=[])
            broken = rules_of(its, made) & {"notice", "windows"}
            assert ((each.id, str(day)) in offers) == (not broken)


def test_times_prices_and_seats_are_those_of_a_plan_that_keeps_every_rule() -> None:
    its = world()
    made = plan(its)
    assert rules_of(its, made) == set()
    for offer in offers_of(its):
        name = TRIP_OF[its.services[offer.service].id]
        trip = next(t for t in made.trips if t.id == name)
        if trip.day != its.dates[offer.day]:
            continue
        numbers = [trip.carriages["car"]] if offer.kinds else []
        assert offer.price(numbers) == round(trip.cost * 100)
        assert seats_of(its, offer, Risk.LOW, numbers) == (trip.allowed, sum(trip.staff.values()))
        assert offer.goes[0] == minute(its, made, trip.stops[0].depart)
        assert offer.comes[1] == minute(its, made, trip.stops[1].arrive)
        assert offer.opens == (True, True)
        assert [list(its.places)[place] for place in offer.places] == [
            stop.place for stop in trip.stops
        ]


def minute(its: Scenario, made: Plan, moment: Any) -> int:
    first = its.days.first
    return (moment.date() - first).days * 1440 + moment.hour * 60 + moment.minute


def test_limits_on_carriages_and_trips() -> None:
    """At most two by the platform, one that is offered, one train a day."""
    by_service = {offer.service: offer for offer in offers_of(world())}
    train, booked, flight = (by_service[i] for i in range(3))
    assert (train.kinds[0].least, train.kinds[0].most, train.most_carriages) == (1, 2, 2)
    assert (train.pool, train.trips, train.minimum_load) == (0, 1, 77)
    assert (booked.kinds[0].least, booked.carriages, booked.pool) == (1, 1, -1)
    assert (flight.kinds, flight.most_carriages) == ((), NO_LIMIT)


@pytest.mark.parametrize(
    ("changes", "opens"),
    [
        ({"hours": {"opens": "16:15", "closes": "16:20"}}, True),
        ({"hours": {"opens": "16:16", "closes": "16:20"}}, False),
        ({"hours": {"opens": "16:15", "closes": "16:19"}}, False),
        ({"closed_on": ["2020-02-22"]}, False),
        ({"closed_on": ["2020-02-23"]}, True),
    ],
)
def test_hubs_are_open_or_not(changes: Any, opens: bool) -> None:
    """The plane comes at 16:15 and stands five minutes."""
    its = world(hubs=hub("bay", **changes))
    offer = next(o for o in offers_of(its) if o.service == 2 and o.day == 0)
    assert offer.opens == (True, opens)


def test_running_times_by_the_line_are_whole_minutes() -> None:
    """469.9 km at 150 km/h: 187.96 min, 188."""
    by_line = service(SPECIAL, minutes=[], km=[469.9], line="fast")
    its = world(services=by_line, lines=[{"id": "fast", "kmh": 150}])
    offer = offers_of(its)[0]
    assert offer.comes[1] - offer.goes[0] == 188


def test_days_of_a_clock_change_have_their_own_length() -> None:
    """Berlin on 29 March 2020: at 02:00 it is 03:00, so 11:00 is ten hours after midnight."""
    first = date(2020, 3, 29)
    its = world(
        time_zone="Europe/Berlin",
        as_of="2020-03-20",
        days={"first": str(first), "last": str(first + timedelta(days=1))},
    )
    goes = [offer.goes[0] for offer in offers_of(its) if offer.service == 0]
    assert goes == [10 * 60, 23 * 60 + 11 * 60]
