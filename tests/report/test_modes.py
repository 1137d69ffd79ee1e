"""The board and the summary of a plan with every way to travel."""

from __future__ import annotations

from rich.console import Console

from p2p_dispatch.plan.tables import TABLES
from p2p_dispatch.report.batches import board_days
from p2p_dispatch.report.figures import figures
from p2p_dispatch.report.summary import summary
from tests.check.modes import plan, world

PAYERS = [{"id": "bureau", "share": 0.5}, {"id": "works", "share": 0.5}]


def test_what_is_paid_has_its_parts_and_its_payers() -> None:
    """88,550 in all, 44,275 each; three coaches make the trips of the road."""
    its = world(payers=PAYERS)
    known = figures(plan(its), its)
    assert known.money == 88550
    assert (known.trains, known.carriages, known.planes) == (26360, 4760, 65000)
    assert known.units == 3
    assert {bill.id: round(bill.amount, 2) for bill in known.bills} == {
        "bureau": 44275,
        "works": 44275,
    }
    console = Console(width=120, record=True)
    console.print(summary(plan(its), known))
    assert "trains 26,360 + carriages 4,760 + planes 65,000" in console.export_text()


def test_a_site_pays_for_its_people_on_every_trip() -> None:
    """Chancheng: 1,229.55 as worked out in the tests of ``budget``; the rest is the bureau's."""
    its = world(payers=PAYERS, sites=[world().sites[0], _paid_by_works()])
    known = figures(plan(its), its)
    amounts = {bill.id: bill.amount for bill in known.bills}
    half = (88550 - 1229.55) / 2
    assert abs(amounts["works"] - 1229.55 - half) < 0.01
    assert abs(amounts["bureau"] - half) < 0.01


def _paid_by_works() -> object:
    return world().sites[1].model_copy(update={"paid_by": {"works": 1.0}})


def test_who_gathers_at_a_station_is_on_the_board() -> None:
    """Twenty-two from Gangbei at 21:15 to Guangzhou South."""
    its = world()
    (last,) = (day for day in board_days(plan(its), its) if day.day.day == 23)
    (row,) = last.rows
    assert row.depart is not None
    assert (f"{row.depart:%H:%M}", row.people, row.to) == ("21:15", 22, "south")
    batches = [cells for cells in TABLES["movements"].rows(plan(its), its) if cells[1] == "night"]
    assert [cells[0] for cells in batches] == ["booked gangbei"]


def test_a_service_has_no_depot_to_leave() -> None:
    columns = list(TABLES["trips"].columns)
    rows = {
        row[0]: dict(zip(columns, row, strict=True))
        for row in TABLES["trips"].rows(plan(world()), None)
    }
    assert rows["special"]["leaves_depot"] is None
    assert rows["special"]["carriages"] == "car 1"
    assert rows["special"]["service"] == "D4508"
    assert rows["onward"]["leaves_depot"] is not None
