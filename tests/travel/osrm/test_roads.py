"""The roads of a scenario, from a server: every pair right, kept, and asked for once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from p2p_dispatch.reading import InputError
from p2p_dispatch.travel import load_travel, travel_of
from p2p_dispatch.travel.osrm import Asked, roads
from p2p_dispatch.travel.reach import travel_faults
from tests.tiny import baoan, gangbei, guigang, tiny_scenario
from tests.travel.osrm.places import many, points, service, three, wrong_pairs
from tests.travel.osrm.standin import Standin, status


def test_every_pair_of_a_tiled_table_is_right(server: Standin) -> None:
    """235 places in ten requests; both directions, which differ in km and in minutes."""
    scenario = many(server, 235)
    seen: list[Asked] = []
    travel = travel_of(scenario, watch=seen.append)
    assert wrong_pairs(scenario, travel) == []
    assert server.requests == len(server.asked) == 10
    assert (travel.km != travel.km.T).any()
    assert (travel.minutes != travel.minutes.T).any()
    assert [(asked.tables, asked.of) for asked in seen] == [(i, 10) for i in range(11)]


@pytest.mark.parametrize("most", [2, 5, 6])
def test_no_request_is_larger_than_the_scenario_allows(most: int) -> None:
    with Standin(max_table_size=most) as server:
        scenario = many(server, 13, most_points=most)
        assert wrong_pairs(scenario, travel_of(scenario)) == []


def test_buffer_and_legs_by_hand_are_as_for_the_great_circle(
    server: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roads, "today", lambda: "2020-02-20")
    leg = {"from": "gangbei", "to": "baoan", "km": 500, "minutes": 400}
    plain = travel_of(three(server))
    travel = travel_of(three(server, legs=[leg], buffer=0.1))
    assert travel.leg("gangbei", "baoan") == (500, pytest.approx(440))
    km, minutes = plain.leg("baoan", "gangbei")
    assert travel.leg("baoan", "gangbei") == (km, pytest.approx(1.1 * minutes))
    asked = f"OSRM {server.url} driving, asked 2020-02-20"
    assert plain.how == asked
    assert travel.how == f"{asked}, 1 roads as listed, 10% buffer"


def test_what_is_listed_by_hand_is_not_asked_for(server: Standin) -> None:
    names = ("guigang", "gangbei", "baoan")
    legs = [{"from": a, "to": b, "km": 1, "minutes": 1} for a in names for b in names if a != b]
    travel = travel_of(three(server, legs=legs), offline=True)
    assert travel.leg("gangbei", "baoan") == (1, 1)
    assert server.requests == 0


def test_two_places_at_one_point_are_one_point(server: Standin) -> None:
    """The depot stands at the assembly point, to less than a metre."""
    depot = guigang(lat=gangbei()["lat"] + 0.000001, lon=gangbei()["lon"])
    scenario = three(server, changes={"depots": [depot]})
    travel = travel_of(scenario)
    assert travel.leg("guigang", "gangbei") == (0, 0)
    assert travel.leg("guigang", "baoan") == travel.leg("gangbei", "baoan")
    assert len(server.asked[0][0]) == 2


def test_the_second_run_asks_nothing_and_says_the_same(server: Standin, tmp_path: Path) -> None:
    for name in ("one.npz", "two.npz"):
        travel_of(many(server, 30, most_points=10)).save(tmp_path / name)
    assert server.requests == 15  # six blocks of five
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert load_travel(tmp_path / "one.npz").how.startswith(f"OSRM {server.url} driving, asked 2")


def test_a_changed_coordinate_asks_only_for_what_is_new(server: Standin) -> None:
    """One place of 30 moves by 200 m: 29 roads from there and 29 to there."""
    before = many(server, 30)
    travel_of(before)
    server.asked.clear()
    content = before.model_dump(by_alias=True)
    content["origins"][3]["lat"] += 0.002
    after = type(before).model_validate(content)
    assert wrong_pairs(after, travel_of(after)) == []
    moved = points(after)["p4"]
    pairs = server.pairs()
    assert len(pairs) == len(set(pairs)) == 58
    assert all(moved in pair for pair in pairs)


def test_another_profile_or_address_is_another_cache(server: Standin) -> None:
    travel_of(three(server))
    travel_of(three(server, profile="coach"))
    assert server.requests == 2
    travel_of(three(server, url=f"{server.url}/"))  # the same address
    assert server.requests == 2


def test_an_interrupted_matrix_goes_on_where_it_stopped(server: Standin) -> None:
    scenario = many(server, 30, most_points=10)

    def stop(asked: Asked) -> None:
        if asked.tables == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        travel_of(scenario, watch=stop)
    assert server.requests == 4
    assert wrong_pairs(scenario, travel_of(scenario)) == []
    assert server.requests <= 15 + 2


def test_what_was_fetched_before_a_fault_is_kept(server: Standin) -> None:
    scenario = many(server, 30, most_points=10, tries=1)
    with pytest.raises(InputError):
        travel_of(
            scenario, watch=lambda asked: server.troubles.extend([status(500)][: asked.tables // 4])
        )
    fetched = len(server.asked)
    assert fetched == 4
    server.troubles.clear()
    travel_of(scenario)
    assert len(server.asked) <= 15 + 2


def test_no_road_is_an_answer_that_is_kept(server: Standin) -> None:
    """Reach says who needs the road; offline there is nothing more to find out."""
    scenario = three(server)
    server.islands.add(points(scenario)["baoan"])
    for offline in (False, True):
        travel = travel_of(scenario, offline=offline)
        assert np.isnan(travel.leg("gangbei", "baoan")).all()
        assert travel.leg("baoan", "baoan") == (0, 0)
        codes = {fault.code for fault in travel_faults(scenario, travel)}
        assert codes == {"P2P1404"}
    (road, *_) = travel_faults(scenario, travel)
    assert "from gangbei to baoan; cohorts that need it: 1" in road.found
    assert "coordinates" in road.right


def test_coordinates_go_out_with_five_digits_and_no_negative_zero(server: Standin) -> None:
    places = {
        "depots": [guigang(lat=-0.0000001, lon=0.1)],
        "origins": [gangbei(lat=0.123456, lon=-0.5)],
        "sites": [baoan(lat=0.5, lon=0.5)],
    }
    travel_of(three(server, changes=places))
    assert server.asked[0][0] == [(0.1, 0.0), (-0.5, 0.12346), (0.5, 0.5)]


def test_the_cache_is_one_file_that_other_programs_can_read(server: Standin, folder: Path) -> None:
    travel_of(three(server))
    (path,) = folder.iterdir()
    with sqlite3.connect(path) as base:
        assert base.execute("SELECT count(*) FROM leg").fetchone() == (9,)
    base.close()


def test_the_great_circle_asks_nobody(server: Standin) -> None:
    travel_of(tiny_scenario(), offline=True)
    assert service(server)["kind"] == "osrm"
    assert server.requests == 0
