"""What a server can do wrong, and what the planner is told."""

from __future__ import annotations

import re
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from p2p_dispatch.reading import Fault, InputError
from p2p_dispatch.reading.faults import CODES
from p2p_dispatch.travel import travel_of
from p2p_dispatch.travel.osrm import Asked
from tests.tiny import baoan, tiny_scenario
from tests.travel.osrm.places import many, points, service, three, wrong_pairs
from tests.travel.osrm.standin import Standin, Trouble, content, half, page, silence, status

ROW = [0.0, 60.0, 120.0]


def refusal(scenario: Any, **options: Any) -> Fault:
    with pytest.raises(InputError) as raised:
        travel_of(scenario, **options)
    (fault,) = raised.value.faults
    assert fault.field.startswith("travel.")
    return fault


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}", "http://no..host:{port}"])
def test_a_server_that_is_not_there(url: str, server: Standin, pauses: list[float]) -> None:
    """Asked once: it will not have been started a second later."""
    server.url = url.format(port=free_port())
    fault = refusal(three(server))
    assert fault.code == "P2P1501"
    assert server.url in fault.found
    assert "--offline" in fault.right
    assert pauses == []


@pytest.mark.parametrize("trouble", [status(429), status(500), status(502), status(503), half])
def test_what_passes_is_asked_again(trouble: Trouble, server: Standin, pauses: list[float]) -> None:
    server.troubles += [trouble, trouble]
    travel_of(three(server))
    assert server.requests == 3
    assert pauses == [1, 2]


def test_a_server_may_say_how_long_it_wants_to_be_left_alone(
    server: Standin, pauses: list[float]
) -> None:
    """Seven seconds; not an hour, and a date is not understood."""
    for after in ("7", "3600", "Wed, 21 Oct 2020 07:28:00 GMT"):
        server.troubles.append(status(429, Retry_After=after))
    travel_of(three(server))
    assert pauses == [7, 60, 4]


@pytest.mark.parametrize(
    ("trouble", "words"),
    [(status(429), "busy"), (status(500), "stumbles"), (half, "breaks off")],
)
def test_what_does_not_pass_is_a_fault(
    trouble: Trouble, words: str, server: Standin, pauses: list[float]
) -> None:
    server.troubles += [trouble] * 4
    fault = refusal(three(server, tries=4))
    assert fault.code == "P2P1502"
    assert words in fault.found
    assert "4 times" in fault.found
    assert (server.requests, pauses) == (4, [1, 2, 4])


def test_a_server_that_says_nothing(server: Standin) -> None:
    server.troubles += [silence(0.5)] * 2
    scenario = three(server, timeout_seconds=0.05, tries=2)
    fault = refusal(scenario)
    assert fault.code == "P2P1502"
    assert "says nothing for 0.05 s, asked 2 times" in fault.found
    travel_of(three(server))


@pytest.mark.parametrize(
    "trouble",
    [
        page("<html>It works!</html>"),
        page(""),
        page("[" * 100_000),
        page("[]"),
        page('{"durations": 1}'),
        status(404),
        content(code=200),
        content(durations=None),
        content(distances=None),
        content(durations=[ROW, ROW]),
        content(durations=[ROW, ROW, ROW[:2]]),
        content(distances="far"),
        content(distances=[ROW, ROW, [0.0, "60", 120.0]]),
        content(distances=[ROW, ROW, [0.0, True, 120.0]]),
        content(distances=[ROW, ROW, [0.0, -1.0, 120.0]]),
        content(distances=[ROW, ROW, [0.0, float("nan"), 120.0]]),
        content(distances=[ROW, ROW, [0.0, float("inf"), 120.0]]),
        content(distances=[ROW, ROW, [0.0, 10**400, 120.0]]),
    ],
)
def test_an_answer_that_is_not_understood(trouble: Trouble, server: Standin) -> None:
    server.troubles.append(trouble)
    fault = refusal(three(server))
    assert fault.code == "P2P1503"
    assert server.url in fault.found
    assert "OSRM" in fault.right
    assert server.requests == 1


def test_a_server_that_takes_fewer_points(server: Standin) -> None:
    server.max_table_size = 10
    fault = refusal(many(server, 30, most_points=20))
    assert (fault.code, fault.field) == ("P2P1504", "travel.most_points")
    assert "TooBig: Too many table coordinates" in fault.found
    assert "fewer travel.most_points than 20" in fault.right


def test_a_proxy_that_takes_shorter_addresses(server: Standin) -> None:
    server.troubles.append(status(414))
    fault = refusal(three(server))
    assert (fault.code, fault.field) == ("P2P1504", "travel.most_points")


def test_a_refusal_in_the_servers_own_words(server: Standin) -> None:
    words = "Could not find a matching segment for coordinate 2"
    server.troubles.append(lambda handler: handler.refuse("NoSegment", words))
    fault = refusal(three(server))
    assert fault.code == "P2P1505"
    assert f"NoSegment: {words}" in fault.found


@pytest.mark.parametrize("says_distance", [True, False])
def test_a_place_far_from_any_road_is_a_notice(server: Standin, says_distance: bool) -> None:
    """5 km are near and 12 are far; said again when it comes from the cache."""
    server.says_distance = says_distance
    at = points(three(server))
    server.snapped = {at["gangbei"]: 4990, at["baoan"]: 12_000}
    for offline in (False, True):
        (notice,) = travel_of(three(server), offline=offline).notices
        assert (notice.code, notice.field) == ("P2P1506", "sites.baoan.lat")
        assert "12 km" in notice.found
        assert not notice.refuses


@pytest.mark.parametrize("waypoints", [None, [], [None] * 3, [{}] * 3, [{"location": "x"}] * 3])
def test_where_a_place_was_put_need_not_be_said(waypoints: Any, server: Standin) -> None:
    server.troubles.append(content(sources=waypoints, destinations=waypoints))
    assert travel_of(three(server)).notices == ()


def test_offline_says_how_many_roads_are_missing(server: Standin, folder: Path) -> None:
    fault = refusal(three(server), offline=True)
    assert fault.code == "P2P1507"
    assert "6 of 6 roads" in fault.found
    assert str(folder) in fault.found
    assert f"without --offline where {server.url} can be reached" in fault.right
    assert not folder.exists()
    travel_of(three(server))
    travel_of(three(server), offline=True)
    moved = three(server, changes={"sites": [baoan(lat=22.6)]})
    assert "4 of 6 roads" in refusal(moved, offline=True).found
    assert server.requests == 1


def scribble(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "travel-1.sqlite").write_text("no database, but long enough to be taken for one")


def block(folder: Path) -> None:
    folder.write_text("a file where the folder should be")


@pytest.mark.parametrize("spoil", [scribble, block])
def test_a_broken_cache_is_a_notice(
    spoil: Callable[[Path], None], server: Standin, folder: Path
) -> None:
    """The roads are there, and are asked for again the next time."""
    spoil(folder)
    for requests in (1, 2):
        (notice,) = travel_of(three(server)).notices
        assert notice.code == "P2P1508"
        assert not notice.refuses
        assert server.requests == requests


def test_a_cache_that_breaks_on_the_way_loses_no_answer(server: Standin, folder: Path) -> None:
    """As a full disk would, after the second of six tables."""

    def spoil(asked: Asked) -> None:
        if asked.tables == 2:
            base = sqlite3.connect(folder / "travel-1.sqlite")
            base.execute("DROP TABLE leg")
            base.close()

    scenario = many(server, 8, most_points=4)
    travel = travel_of(scenario, watch=spoil)
    assert wrong_pairs(scenario, travel) == []
    (notice,) = travel.notices
    assert notice.code == "P2P1508"
    assert "no such table" in notice.found
    assert server.requests == 6


def test_a_broken_cache_offline_says_both(server: Standin, folder: Path) -> None:
    scribble(folder)
    with pytest.raises(InputError) as raised:
        travel_of(three(server), offline=True)
    assert [fault.code for fault in raised.value.faults] == ["P2P1507", "P2P1508"]


@pytest.mark.parametrize(
    "url",
    ["", "127.0.0.1:5000", "file:///etc/passwd", "http://me:secret@host", "http://host?key=1"],
)
def test_an_address_that_is_none(url: str, server: Standin) -> None:
    good = {**service(server), "url": "https://[::1]:5000/osrm"}
    assert tiny_scenario(travel=good).travel.url == "https://[::1]:5000/osrm"
    with pytest.raises(ValueError, match="url"):
        tiny_scenario(travel={**good, "url": url})


def test_every_code_of_travel_services_is_triggered_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert set(re.findall(r"P2P15\d\d", text)) == {code for code in CODES if code[:5] == "P2P15"}
