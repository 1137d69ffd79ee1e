"""The figures of a plan, each worked out by hand."""

from __future__ import annotations

import pytest

from p2p_dispatch.plan import Plan
from p2p_dispatch.report.bills import bills
from p2p_dispatch.report.certainty import certainty, where_it_lies
from p2p_dispatch.report.figures import figures
from tests.report.plans import two_coaches
from tests.tiny import baoan, chancheng, cohort, tiny_scenario, unit_type


def certified(**certificate: object) -> Plan:
    return two_coaches(certificate={"how": "column generation", "gap": None, **certificate})


def test_people_seats_and_road() -> None:
    """42 riders and an escort on 49 seats, 20 riders on 49; 410 + 500 of 1,900 km are empty."""
    known = figures(two_coaches(), tiny_scenario())
    assert (known.moved, known.people, known.trips, known.units) == (62, 70, 2, 2)
    assert (known.filled, known.allowed) == (63, 98)
    assert (known.km, known.empty_km) == (1900, 910)
    assert known.money == 15000
    assert known.per_person == pytest.approx(15000 / 62)


def test_people_by_class_with_those_without_one() -> None:
    scenario = tiny_scenario(
        priorities=[{"id": "poor", "name": "out of poverty", "left_behind": 30000}],
        cohorts=[
            cohort(priority="poor"),
            cohort(id="gb-cc", site="chancheng", count=12),
            cohort(id="pn-ba", origin="pingnan", count=28, priority="poor"),
        ],
    )
    classes = figures(two_coaches(scenario), scenario).classes
    assert [(c.name, c.moved, c.people) for c in classes] == [
        ("out of poverty", 50, 58),
        ("others", 12, 12),
    ]


def test_a_trip_is_shared_by_head_and_paid_for_by_the_site() -> None:
    """
    Of the 8,000 for 42 people 12 are Chancheng's, whose employer pays all of it: 2,285.71. The
    rest, 30 of 42 and the 7,000 of the other trip, is halved.
    """
    shares = {"home": 0.5, "host": 0.5, "boss": 0}
    scenario = tiny_scenario(
        payers=[{"id": id, "share": share} for id, share in shares.items()],
        sites=[baoan(), chancheng(paid_by={"boss": 1})],
    )
    paid = bills(two_coaches(scenario), scenario)
    half = (8000 * 30 / 42 + 7000) / 2
    assert paid == pytest.approx({"home": half, "host": half, "boss": 8000 * 12 / 42})
    assert sum(paid.values()) == pytest.approx(15000)


def test_the_onward_leg_is_paid_for_by_its_own_people() -> None:
    """Bao'an takes its people over where they get off, for 10 each: 300 + 200."""
    scenario = tiny_scenario(
        payers=[{"id": "home", "share": 1}],
        hubs=[{"id": "town", "lat": 22.6, "lon": 113.8}],
        sites=[baoan(gate=False, handover={"town": 10}), chancheng()],
    )
    plan = Plan.model_validate_json(
        two_coaches(scenario).model_dump_json().replace('"place":"baoan"', '"place":"town"')
    )
    assert bills(plan, scenario) == pytest.approx({"home": 15500})


def test_without_payers_nobody_is_named() -> None:
    assert bills(two_coaches(), tiny_scenario()) == pytest.approx({"": 15000})


def test_waiting_counts_the_days_between_ready_and_leaving() -> None:
    """30 people ready the evening before the 22nd wait a day; the others leave when ready."""
    scenario = tiny_scenario(
        cohorts=[
            cohort(ready="2020-02-21 18:00"),
            cohort(id="gb-cc", site="chancheng", count=12),
            cohort(id="pn-ba", origin="pingnan", count=28),
        ]
    )
    assert figures(two_coaches(scenario), scenario).waited == 30


def test_assumptions_are_named() -> None:
    scenario = tiny_scenario(
        unit_types=[unit_type(basis="ASSUMPTION: two quotes")],
        rules={"stops": {"basis": "the bureau's practice"}},
    )
    assert figures(two_coaches(scenario), scenario).assumed == ("coach-49",)


def test_no_bound_is_said_and_not_zero() -> None:
    assert certainty(two_coaches()) == "no bound: first-come proves nothing"


def test_a_gap_is_rounded_up_and_a_bound_down() -> None:
    """175,000 against 174,930.5: 0.0397 % apart, which is not 0.0 %."""
    words = certainty(certified(bound=174930.5, gap=0.000397, leaves_out=("crew",)))
    assert words == (
        "no plan can do better than CNY 174,930 (column generation); this one counts CNY 175,000, "
        "a gap of 0.1 %; the bound leaves out crew"
    )


def test_where_the_gap_lies_is_told_by_rule_and_by_place() -> None:
    """60 + 20 on trips and 20 on intake: 80 and 20 %."""
    parts = [("trips", "guigang", 60), ("trips", "elsewhere", 20), ("intake", "baoan", 20)]
    where = [{"what": what, "place": place, "amount": amount} for what, place, amount in parts]
    plan = certified(bound=174900, gap=100 / 175000, where=where)
    assert where_it_lies(figures(plan, tiny_scenario())) == (
        "at the prices of the bound the gap lies on trips (80 %), intake not used (20 %); most of "
        "it on trips of 贵港客运站 (60 %), trips of elsewhere (20 %), "
        "intake not used of 宝安区 (20 %)"
    )
    assert where_it_lies(figures(two_coaches(), tiny_scenario())) == ""


def test_the_reasons_of_those_left_behind_are_kept_with_their_remedies() -> None:
    (left,) = figures(two_coaches(), tiny_scenario()).unserved
    assert (left.reason, left.people, left.cohorts) == ("fleet", 8, ("pn-ba",))
    assert left.remedies == ("one more coach at 贵港客运站 on 2020-02-22",)
