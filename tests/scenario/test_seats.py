"""What the rules leave of a coach."""

from datetime import date

import pytest

from p2p_dispatch.scenario.fleet import Carriage, Coach, Train
from p2p_dispatch.scenario.places import Risk
from p2p_dispatch.scenario.rules import SeatRule
from p2p_dispatch.scenario.seats import allowed_seats
from tests.tiny import unit_type

DAY = date(2020, 2, 22)
COACH = Coach.model_validate(unit_type())


def rule(**changes):
    return SeatRule.model_validate({"id": "notice", **changes})


def riders(*rules, coach=COACH, day=DAY, risk=Risk.LOW):
    return allowed_seats(coach, rules, day, risk).riders


def test_without_rules_every_licensed_seat_is_allowed():
    left = allowed_seats(COACH, [], DAY, Risk.HIGH)
    assert (left.licensed, left.allowed, left.rule, left.staff) == (49, 49, "", {})


@pytest.mark.parametrize(
    ("changes", "seats"),
    [
        ({"cap": 0.5}, 24),  # 24.5
        ({"reserved_rows": 1}, 44),  # the bench of five
        ({"reserved_rows": 2}, 40),  # ... and one row of four
        ({"reserved_rows": 2, "one_per_pair": True}, 20),  # ten rows of 1+1
        ({"one_per_pair": True}, 25),  # eleven rows of 1+1, three on the bench
        ({"cap": 0.5, "reserved_rows": 2, "one_per_pair": True}, 20),
        ({"cap": 0.3, "reserved_rows": 2, "one_per_pair": True}, 14),  # 14.7
        ({"reserved_rows": 12}, 0),
        ({"reserved_rows": 99}, 0),
    ],
)
def test_a_rule_leaves_the_smaller_of_cap_and_rows(changes, seats):
    assert riders(rule(**changes)) == seats


def test_seventy_percent_of_forty_is_twenty_eight():
    """0.7 x 40 is 27.999999999999996 in floating point."""
    forty = Coach.model_validate(unit_type(seats=40, layout=[]))
    assert riders(rule(cap=0.7), coach=forty) == 28


def test_the_strictest_rule_in_force_counts_and_is_named():
    half = rule(id="half", cap=0.5, last="2020-02-22")
    most = rule(id="most", cap=0.9)
    assert allowed_seats(COACH, [most, half], DAY, Risk.LOW).rule == "half"
    assert allowed_seats(COACH, [most, half], date(2020, 2, 23), Risk.LOW).rule == "most"


def test_the_cap_goes_by_risk():
    by_risk = rule(cap={"low": 0.9, "medium": 0.7, "high": 0.5})
    assert [riders(by_risk, risk=risk) for risk in Risk] == [44, 34, 24]


def test_staff_takes_the_largest_number_of_each_role():
    """24 allowed, less two escorts (not three) and one medic."""
    rules = [rule(cap=0.5, staff={"escort": 1, "medic": 1}), rule(id="b", staff={"escort": 2})]
    assert riders(*rules) == 21


def test_more_staff_than_seats_leaves_no_rider_and_not_fewer():
    assert riders(rule(cap=0.02, staff={"escort": 3})) == 0


CAR = Carriage.model_validate(
    {
        "id": "car",
        "mode": "carriage",
        "seats": 118,
        "layout": [{"rows": 23, "across": "3+2"}, {"rows": 1, "across": "3"}],
        "reserved_seats": 6,
        "per_trip": 800,
    }
)
TRAIN = Train.model_validate(
    {"id": "t", "mode": "train", "consist": [{"carriage": "car", "most": 9}], "per_trip": 1}
)


@pytest.mark.parametrize(
    ("changes", "number", "seats"),
    [
        ({}, 2, 224),  # six of each carriage stay free
        ({"cap": 0.5}, 3, 177),  # of 354, not three times 59
        ({"cap": 0.5}, 1, 59),
        ({"reserved_rows": 3}, 2, 210),  # 3 + 5 + 5 of each carriage
        ({"reserved_rows": 1}, 2, 224),  # 115 each would do
        ({"one_per_pair": True}, 2, 142),  # 23 rows of 2+1 and one of 2
        ({"modes": ["coach"], "cap": 0.1}, 2, 224),
        ({"modes": ["train", "plane"], "cap": 0.1}, 2, 23),
        ({"cap": 0.5}, 0, 0),
    ],
)
def test_a_train_has_the_seats_of_its_carriages(changes, number, seats):
    left = allowed_seats(TRAIN, [rule(**changes)], DAY, Risk.LOW, [(CAR, number)])
    assert left.riders == seats
    booked = allowed_seats(CAR, [rule(**changes)], DAY, Risk.LOW, [(CAR, number)])
    if "modes" not in changes:
        assert booked == left


def test_rows_cannot_be_counted_without_a_layout():
    bare = Coach.model_validate(unit_type(layout=[]))
    with pytest.raises(ValueError, match="no layout"):
        riders(rule(reserved_rows=1), coach=bare)
    assert riders(rule(cap=0.5), coach=bare) == 24
