"""Roads that are missing, and rides that are too long even when direct."""

import pytest

from p2p_dispatch.travel import travel_of
from p2p_dispatch.travel.reach import travel_faults
from tests.tiny import baoan, cohort, gangbei, tiny_scenario, unit_type

ROADS = [("guigang", "gangbei"), ("gangbei", "baoan"), ("baoan", "guigang")]


def faults(**changes):
    scenario = tiny_scenario(origins=[gangbei()], sites=[baoan()], cohorts=[cohort()], **changes)
    return [(f.code, f.field, f.found) for f in travel_faults(scenario, travel_of(scenario))]


def matrix(*roads, minutes=60):
    legs = [{"from": a, "to": b, "km": 60, "minutes": minutes} for a, b in roads]
    return {"kind": "matrix", "legs": legs}


def test_the_three_roads_of_a_direct_trip_are_enough():
    assert faults(travel=matrix(*ROADS)) == []


@pytest.mark.parametrize("road", ROADS)
def test_each_of_them_is_needed(road):
    left = [other for other in ROADS if other != road]
    (code, field, found) = faults(travel=matrix(*left))[0]
    assert (code, field) == ("P2P1404", "travel.legs")
    assert f"{road[0]} to {road[1]}" in found


def test_a_hub_that_can_be_reached_is_enough():
    hub = {"id": "hub", "lat": 22.9, "lon": 113.2}
    site = baoan(handover={"hub": 10})
    roads = [("guigang", "gangbei"), ("gangbei", "hub"), ("hub", "guigang")]
    scenario = tiny_scenario(
        origins=[gangbei()],
        sites=[site],
        hubs=[hub],
        cohorts=[cohort()],
        travel=matrix(*roads),
    )
    assert travel_faults(scenario, travel_of(scenario)) == []


def railway(*roads, **hub):
    """A train from one station to another, and these roads only."""
    station = {"id": "rail", "lat": 23.1, "lon": 109.6, **hub}
    train = {"id": "emu", "mode": "train", "seats": 613, "per_trip": 1}
    service = {"id": "D1", "unit_type": "emu", "board": ["rail"], "alight": ["south"]}
    return faults(
        hubs=[station, {"id": "south", "lat": 22.9, "lon": 113.2}],
        unit_types=[unit_type(), train],
        services=[{**service, "departs": "10:00", "minutes": [180]}],
        travel=matrix(*roads),
    )


def test_with_a_train_a_road_to_its_station_is_enough():
    """No road to the gate is needed; one to the station is, or that people gather there."""
    assert railway(("guigang", "gangbei"), ("gangbei", "rail")) == []
    ((code, _, found),) = railway(("guigang", "gangbei"))
    assert (code, found) == ("P2P1404", "there is no road from gangbei to rail")
    assert railway(assembly_of=["gangbei"]) == []


def test_a_direct_ride_may_take_the_longest_ride_and_not_a_minute_more():
    """Six hours; by the day two stops of ten minutes are part of the ride."""
    rules = {"stops": {"longest_ride_hours": 6}}
    by_day = {"by": "day", "stop_minutes": 10}
    assert faults(travel=matrix(*ROADS, minutes=360), rules=rules) == []
    assert faults(travel=matrix(*ROADS, minutes=340), rules=rules, planning=by_day) == []
    for minutes, planning in ((361, {"by": "clock"}), (341, by_day)):
        (fault,) = faults(travel=matrix(*ROADS, minutes=minutes), rules=rules, planning=planning)
        assert fault[:2] == ("P2P1410", "sites.baoan")
