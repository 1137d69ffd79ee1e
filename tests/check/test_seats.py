"""``seats``: what the rules of the day leave of a coach."""

from __future__ import annotations

from typing import Any

import pytest

from p2p_dispatch.scenario import Scenario
from tests.check.builders import (
    FREE,
    broken,
    by_day,
    clock_trip,
    day_trip,
    scenario_of,
    words_of,
)
from tests.tiny import baoan, chancheng, cohort, gangbei, pingnan, unit_type

ZHANJIANG = {"id": "mot-2020-56", "cap": 0.5, "reserved_rows": 2, "one_per_pair": True}


def ruled(*rules: dict[str, Any], **changes: Any) -> Scenario:
    """100 people at Gangbei, and some seat rules."""
    cohorts = [cohort(count=100), cohort(id="pn-ba", origin="pingnan")]
    seats = {"rules": {"seats": rules, "crew": FREE}}
    return scenario_of(**{"cohorts": cohorts, **seats, **changes})


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        ({}, 49),
        ({"cap": 0.5}, 24),  # 24.5 rounded down
        ({"cap": 0.58}, 28),  # 28.42
        ({"reserved_rows": 1}, 44),  # 49 - 5
        ({"reserved_rows": 2}, 40),  # 49 - 5 - 4
        ({"one_per_pair": True}, 25),  # 11 rows x 2 pairs + 3 on the bench of five
        ({"reserved_rows": 2, "one_per_pair": True}, 20),  # 40 seats in 20 pairs
        (ZHANJIANG, 20),  # min(24, 20)
        ({"cap": 0.3, "reserved_rows": 2, "one_per_pair": True}, 14),  # min(14.7, 20)
    ],
)
def test_a_49_seat_coach(rule: dict[str, Any], allowed: int) -> None:
    """11 rows of 2+2 and a bench of 5; as many as are allowed, and one more."""
    scenario = ruled({"id": "r", **rule})
    just = clock_trip(scenario, loads={"gb-ba": allowed}, allowed=allowed)
    over = clock_trip(scenario, loads={"gb-ba": allowed + 1}, allowed=allowed)
    assert broken(scenario, just) == set()
    assert broken(scenario, over) == {"seats"}
    scenario = ruled({"id": "r", **rule}, planning=by_day())
    just = day_trip(scenario, loads={"gb-ba": allowed}, allowed=allowed)
    over = day_trip(scenario, loads={"gb-ba": allowed + 1}, allowed=allowed)
    assert broken(scenario, just) == set()
    assert broken(scenario, over) == {"seats"}


def test_zhanjiang_needs_seven_coaches_for_141() -> None:
    """20 a coach: 7 x 20 + 1. The finding has the figures and names the rule that binds."""
    scenario = ruled({**ZHANJIANG, "staff": {"escort": 1}}, {"id": "loose", "cap": 0.9})
    trip = clock_trip(scenario, loads={"gb-ba": 26}, allowed=20, staff={"escort": 1})
    assert words_of(scenario, trip) == (
        "seats  trip t1: 26 people and 1 escort on 20 allowed seats of 49 (mot-2020-56) "
        "after gangbei"
    )


def test_a_cap_of_seven_tenths_of_ten_is_seven() -> None:
    """0.7 x 10 and 0.57 x 100 as floating point: 7 and 57, not 56."""
    for seats, cap, allowed in [(10, 0.7, 7), (100, 0.57, 57), (100, 0.29, 29)]:
        scenario = ruled({"id": "r", "cap": cap}, unit_types=[unit_type(seats=seats, layout=[])])
        for number, found in [(allowed, set()), (allowed + 1, {"seats"})]:
            trip = clock_trip(scenario, loads={"gb-ba": number}, allowed=allowed)
            assert broken(scenario, trip) == found


def test_a_rule_holds_on_its_days_only() -> None:
    """Half of 49 is 24 on the 23rd; 49 on the days before and after. By the day likewise."""
    rule = {"id": "r", "cap": 0.5, "first": "2020-02-23", "last": "2020-02-23"}
    for day, allowed in [("2020-02-22", 49), ("2020-02-23", 24), ("2020-02-24", 49)]:
        for number, found in [(allowed, set()), (allowed + 1, {"seats"})]:
            scenario, loads = ruled(rule), {"gb-ba": number}
            trip = clock_trip(scenario, loads=loads, leave=f"{day} 07:00", allowed=allowed)
            assert broken(scenario, trip) == found
            scenario = ruled(rule, planning=by_day())
            trip = day_trip(scenario, loads=loads, day=day, allowed=allowed)
            assert broken(scenario, trip) == found


@pytest.mark.parametrize(
    ("origin", "gate", "allowed"),
    [("low", "low", 44), ("medium", "low", 34), ("low", "high", 24), ("medium", "high", 24)],
)
def test_the_stricter_risk_level_of_all_stops_counts(origin: str, gate: str, allowed: int) -> None:
    """90, 70 and 50 % of 49: 44.1, 34.3, 24.5."""
    scenario = ruled(
        {"id": "r", "cap": {"low": 0.9, "medium": 0.7, "high": 0.5}},
        origins=[gangbei(risk=origin), pingnan(risk="high")],
        sites=[baoan(risk_from={"2020-02-22": gate}), chancheng(risk="high")],
    )
    for number, found in [(allowed, set()), (allowed + 1, {"seats"})]:
        trip = clock_trip(scenario, loads={"gb-ba": number}, allowed=allowed)
        assert broken(scenario, trip) == found


def test_the_smallest_result_of_all_rules_counts() -> None:
    """min(49 - 9, 49 x 0.9) = min(40, 44)."""
    scenario = ruled({"id": "a", "cap": 0.9}, {"id": "b", "reserved_rows": 2})
    for number, found in [(40, set()), (41, {"seats"})]:
        trip = clock_trip(scenario, loads={"gb-ba": number}, allowed=40)
        assert broken(scenario, trip) == found
    assert "(b)" in words_of(scenario, clock_trip(scenario, loads={"gb-ba": 41}, allowed=40))


def test_staff_takes_seats() -> None:
    """Two escorts by the one rule, one escort and a medic by the other: 49 - 3 = 46."""
    scenario = ruled(
        {"id": "a", "staff": {"escort": 2}}, {"id": "b", "staff": {"escort": 1, "medic": 1}}
    )
    staff = {"escort": 2, "medic": 1}
    assert broken(scenario, clock_trip(scenario, loads={"gb-ba": 46}, staff=staff)) == set()
    assert broken(scenario, clock_trip(scenario, loads={"gb-ba": 47}, staff=staff)) == {"seats"}


def test_staff_stands_in_the_plan() -> None:
    """One escort wanted: none is too few, two are welcome and take a seat more."""
    scenario = ruled({"id": "a", "staff": {"escort": 1}})
    for people, escorts, found in [
        (48, 1, set()),
        (48, 0, {"seats"}),
        (47, 2, set()),
        (48, 2, {"seats"}),
        (10, -1, {"seats"}),
    ]:
        trip = clock_trip(scenario, loads={"gb-ba": people}, staff={"escort": escorts})
        assert broken(scenario, trip) == found


def test_seats_are_counted_after_every_stop() -> None:
    """Gangbei on, Chancheng off, Pingnan on: 49 and 30 people, never more than 49 at once."""
    cohorts = [
        cohort(id="gb-cc", site="chancheng", count=49),
        cohort(id="pn-ba", origin="pingnan"),
    ]
    scenario = ruled(cohorts=cohorts)
    loads = {"gb-cc": 49, "pn-ba": 30}
    one_by_one = ("gangbei", "chancheng", "pingnan", "baoan")
    assert "seats" not in broken(scenario, clock_trip(scenario, one_by_one, loads))
    together = ("gangbei", "pingnan", "chancheng", "baoan")
    assert broken(scenario, clock_trip(scenario, together, loads)) == {"seats"}
