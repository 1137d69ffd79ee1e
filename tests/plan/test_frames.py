"""The tables: the same in pandas and in the CSV files, with types that do not depend on luck."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.files import write_plan
from p2p_dispatch.plan.rides import aboard, empty_km, people_on, rides
from p2p_dispatch.plan.tables import TABLES
from tests.report.plans import two_coaches
from tests.tiny import tiny_scenario

NONE = ("trips", "itineraries", "duties", "batches", "unserved")


def frame(plan: Plan, name: str) -> pd.DataFrame:
    made: pd.DataFrame = getattr(plan, f"{name}_frame")()
    return made


@pytest.mark.parametrize("name", TABLES)
def test_frames_and_files_have_the_same_columns_and_rows(name: str, tmp_path: Path) -> None:
    plan = two_coaches()
    write_plan(plan, tmp_path)
    with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = list(csv.reader(file))
    made = frame(plan, name)
    assert list(made.columns) == heading == list(TABLES[name].columns)
    assert len(made) == len(rows)


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_has_the_types_of_a_full_one(name: str) -> None:
    full, empty = frame(two_coaches(), name), frame(two_coaches(**dict.fromkeys(NONE, ())), name)
    assert len(empty) == 0
    for column in full.columns:
        assert full[column].dtype.kind == empty[column].dtype.kind, column


def test_times_are_in_the_time_zone_of_the_plan() -> None:
    trips = two_coaches().trips_frame()
    assert str(trips["departs"].dt.tz) == "Asia/Shanghai"
    assert list(trips["departs"].dt.strftime("%H:%M")) == ["07:05", "09:00"]


def test_by_the_day_times_are_missing_and_days_are_not() -> None:
    plan = two_coaches(tiny_scenario(planning={"by": "day"}))
    trips = plan.trips_frame()
    assert trips["departs"].isna().all()
    assert list(trips["day"].dt.day) == [22, 22]


def test_figures_of_a_trip() -> None:
    """42 on board until 12 get off; empty are the 10 km there and the 400 back."""
    trip = two_coaches().trips[0]
    assert people_on(trip) == 42
    assert aboard(trip) == [0, 42, 30, 0, 0]
    assert empty_km(trip) == 410


def test_people_of_a_cohort_who_get_off_at_two_places_are_two_rides() -> None:
    """Half of gb-ba gets off in Chancheng: 15 + 12 there, 15 in Bao'an."""
    content = two_coaches().model_dump()
    stops = content["trips"][0]["stops"]
    stops[2]["alight"] = [{"cohort": "gb-cc", "count": 12}, {"cohort": "gb-ba", "count": 15}]
    stops[3]["alight"] = [{"cohort": "gb-ba", "count": 15}]
    seen = [(r.cohort, r.people, r.alight.place) for r in rides(Plan.model_validate(content))]
    assert seen[:3] == [
        ("gb-ba", 15, "chancheng"),
        ("gb-ba", 15, "baoan"),
        ("gb-cc", 12, "chancheng"),
    ]


def test_itineraries_that_the_trips_do_not_bear_out_give_no_rides() -> None:
    itineraries = [{"cohort": "gb-ba", "count": 99, "trips": ["0222-gangbei-1", "gone"]}]
    seen = list(rides(two_coaches(itineraries=itineraries)))
    assert [(ride.people, ride.leg) for ride in seen] == [(30, 1)]
