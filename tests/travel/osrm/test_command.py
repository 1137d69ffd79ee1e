"""The command line where roads come from a server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from p2p_dispatch.cli import travel as cli_travel
from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.run import run
from tests.tiny import tiny
from tests.travel.osrm.places import points, service, three
from tests.travel.osrm.standin import Standin


@pytest.fixture
def scenario(server: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("scenario.yaml").write_text(json.dumps(tiny(travel=service(server))), encoding="utf-8")
    return "scenario.yaml"


def test_offline_is_refused_until_it_was_asked_once(
    scenario: str, server: Standin, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("validate", "solve"):
        assert run([command, scenario, "--offline", "--json"]) == Exit.WRONG
        (fault,) = json.loads(capsys.readouterr().out)["faults"]
        assert fault["code"] == "P2P1507"
        assert fault["field"] == "travel.url"
        assert fault["line"] == 1
    assert run(["validate", scenario]) == Exit.DONE
    assert run(["validate", scenario, "--offline"]) == Exit.DONE
    assert (
        run(["solve", scenario, "--offline", "-o", "plan", "--solver", "first-come"]) == Exit.DONE
    )
    assert server.requests == 1


def test_a_plan_is_judged_without_the_server(
    scenario: str, server: Standin, capsys: pytest.CaptureFixture[str]
) -> None:
    """The travel lies beside the plan; an address at which nobody answers does no harm."""
    assert run(["solve", scenario, "-o", "plan", "-q", "--solver", "first-come"]) == Exit.DONE
    server.max_table_size = 0
    assert run(["check", scenario, "plan"]) == Exit.DONE
    assert server.requests == 1
    assert "keeps every rule" in capsys.readouterr().out


def test_a_place_far_from_any_road_is_said(
    scenario: str, server: Standin, capsys: pytest.CaptureFixture[str]
) -> None:
    server.snapped = {points(three(server))["baoan"]: 9000}
    assert run(["validate", scenario]) == Exit.DONE
    assert "P2P1506  sites.baoan.lat" in capsys.readouterr().err
    assert run(["validate", scenario, "--json", "-q"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["notices"][0]["code"] == "P2P1506"


def test_a_long_matrix_says_how_far_it_is(
    scenario: str,
    server: Standin,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Five places, two at a time: ten tables."""
    monkeypatch.setattr(cli_travel, "FIRST_AFTER", 0)
    monkeypatch.setattr(cli_travel, "EVERY", 0)
    slow = tiny(travel=service(server, most_points=2))
    Path(scenario).write_text(json.dumps(slow), encoding="utf-8")
    assert run(["validate", scenario]) == Exit.DONE
    assert f"travel: 3 of 10 tables from {server.url}" in capsys.readouterr().err


def test_an_address_with_a_password_is_refused_in_words(
    scenario: str, server: Standin, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would end up in the plan, which goes to many."""
    wrong = tiny(travel=service(server, url="http://me:secret@host"))
    Path(scenario).write_text(json.dumps(wrong), encoding="utf-8")
    assert run(["validate", scenario]) == Exit.WRONG
    err = capsys.readouterr().err
    assert "P2P1026  travel.url" in err
    assert "write an address like http://127.0.0.1:5000, without user, password" in err
