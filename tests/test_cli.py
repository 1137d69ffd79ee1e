"""The command line: exit codes, which stream gets what, and files that are whole."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.run import run
from p2p_dispatch.reading.yaml import read_yaml

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def season() -> str:
    """The folder that ``new`` writes."""
    assert run(["new", "season", "--quiet"]) == Exit.DONE
    return "season"


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The one JSON object on stdout."""
    content: dict[str, Any] = json.loads(capsys.readouterr().out)
    return content


def shell(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "solvers")])
    return subprocess.run(
        [sys.executable, "-m", "p2p_dispatch", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": paths, **env},
        check=False,
    )


def test_the_template_solves_checks_and_says_what_to_type_next(
    season: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["solve", season, "-o", "plan"]) == Exit.DONE
    out, err = capsys.readouterr()
    assert "First batches after the holiday" in out
    assert "132 of 132 people" in out
    assert "\x1b" not in out
    assert "keeps every rule" in err
    assert "Next:  p2p-dispatch check season plan" in err
    assert (Path("plan") / "plan.json").is_file()
    assert run(["check", season, "plan"]) == Exit.DONE
    assert "keeps every rule" in capsys.readouterr().out


def test_the_folder_of_a_plan_is_named_after_the_scenario(season: str) -> None:
    """In the parent of the scenario's own folder the plan goes beside it."""
    assert run(["solve", season, "-q"]) == Exit.DONE
    assert (Path("season-plan") / "plan.json").is_file()
    assert not (Path("season") / "plan.json").exists()
    Path("elsewhere").mkdir()
    os.chdir("elsewhere")
    assert run(["solve", "../season/scenario.yaml", "-q"]) == Exit.DONE
    assert run(["solve", "../season/scenario.yaml", "-q"]) == Exit.DONE
    assert (Path("season") / "older" / "1" / "plan.json").is_file()


def test_a_shipped_scenario_goes_by_its_name_also_beside_its_plan(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The first run leaves a folder of the same name, which the second does not take for it."""
    for _ in range(2):
        assert run(["solve", "zhanjiang_2020", "-q"]) == Exit.DONE
        assert "141 of 141 people" in capsys.readouterr().out
    assert run(["check", "zhanjiang_2020", "zhanjiang_2020"]) == Exit.DONE
    assert (Path("zhanjiang_2020") / "older" / "1" / "plan.json").is_file()


def test_json_is_one_object_and_quiet_is_quiet(
    season: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["solve", season, "--json", "--quiet", "-o", "plan"]) == Exit.DONE
    out, err = capsys.readouterr()
    assert err == ""
    content = json.loads(out)
    assert content["figures"]["moved"] == 132
    assert content["findings"] == []
    assert content["certificate"]["bound"] > 0
    assert "plan.json" in content["files"]


def test_new_overwrites_nothing(season: str, capsys: pytest.CaptureFixture[str]) -> None:
    mine = Path(season) / "cohorts.csv"
    mine.write_text("mine")
    assert run(["new", season]) == Exit.WRONG
    assert mine.read_text() == "mine"
    assert "not overwritten" in capsys.readouterr().err


def test_new_writes_the_schema_for_the_editor(season: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    first = (Path(season) / "scenario.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=./scenario.schema.json"
    schema = json.loads((Path(season) / "scenario.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    written = read_yaml(Path(season) / "scenario.yaml").data
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(written)) == []


def test_validate_says_everything_at_once(season: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", season]) == Exit.DONE
    assert "132 people in 4 cohorts" in capsys.readouterr().out
    path = Path(season) / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    wrong = text.replace("currency: CNY", "currency: yuan").replace("units: 4", "unitz: 4")
    path.write_text(wrong, encoding="utf-8")
    assert run(["validate", season]) == Exit.WRONG
    out, err = capsys.readouterr()
    assert out == ""
    assert "unitz" in err
    assert "did you mean" in err
    assert run(["validate", season, "--json"]) == Exit.WRONG
    faults = said(capsys)["faults"]
    assert len(faults) >= 2
    assert {"code", "file", "line", "column", "field", "found", "right"} == set(faults[0])


def test_a_plan_edited_by_hand_has_findings(
    season: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["solve", season, "-q", "-o", "plan"])
    path = Path("plan") / "plan.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["trips"][0]["allowed"] += 1
    path.write_text(json.dumps(content))
    capsys.readouterr()
    assert run(["check", season, "plan"]) == Exit.FINDINGS
    assert "figures" in capsys.readouterr().out
    assert run(["check", season, "plan/plan.json", "--json"]) == Exit.FINDINGS
    assert said(capsys)["findings"][0]["rule"] == "figures"


def test_a_changed_scenario_is_a_notice(season: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["solve", season, "-q", "-o", "plan"])
    path = Path(season) / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: First", "title: The first"), encoding="utf-8")
    capsys.readouterr()
    assert run(["check", season, "plan", "--json"]) == Exit.DONE
    assert said(capsys)["notices"] == ["the scenario has changed since the plan was made"]


def test_nobody_may_stay_behind_and_somebody_must(
    season: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a coach 132 people cannot leave, and that is proved."""
    path = Path(season) / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("units: 4", "units: 0"), encoding="utf-8")
    assert run(["solve", season, "--require-all", "--json"]) in (Exit.IMPOSSIBLE, Exit.WRONG)
    assert set(said(capsys)) & {"no_plan", "faults"}


@pytest.mark.parametrize("impossible", [True, False])
def test_no_plan_is_three_if_proved_and_four_if_not(
    impossible: bool, season: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from p2p_dispatch import api

    def none(*_: object, **__: object) -> None:
        raise api.NoPlan("for a test", impossible=impossible)

    monkeypatch.setattr(api, "solve_scenario", none)
    code = Exit.IMPOSSIBLE if impossible else Exit.NOTHING
    assert run(["solve", season, "-q"]) == code


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["solve"], "Missing argument"),
        (["sove"], "solve"),
        (["solve", "x", "--iterations", "many"], "--iterations"),
        (["solve", "x", "--gap", "2"], "--gap"),
        (["solve", "x", "--time-limit", "nan"], "--time-limit"),
        (["solve", "zhanjiang_202"], "zhanjiang_2020"),
        (["solve", "no/such.yaml"], "no such file"),
        (["solve", "zhanjiang_2020", "--solver", "standrad"], "standard"),
        (["check", "zhanjiang_2020", "nowhere"], "P2P3001"),
        (["scenarios", "nowhere"], "no such folder"),
    ],
)
def test_what_the_caller_got_wrong_is_two(
    words: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == Exit.WRONG
    out, err = capsys.readouterr()
    assert out == ""
    assert hint in err
    assert run([*words, "--json"]) == Exit.WRONG
    assert hint in json.dumps(said(capsys)["faults"])


def test_a_folder_that_is_a_file_is_refused_before_the_work(
    season: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from p2p_dispatch import api

    monkeypatch.setattr(api, "solve_scenario", None)
    Path("plan").write_text("")
    assert run(["solve", season, "-o", "plan"]) == Exit.WRONG
    assert "it is a file" in capsys.readouterr().err


def test_our_mistake_is_one_and_leaves_a_traceback(
    season: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from p2p_dispatch import api

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("for a test")

    monkeypatch.setattr(api, "solve_scenario", broken)
    assert run(["solve", season, "--json"]) == Exit.BUG
    out, err = capsys.readouterr()
    assert len(err.splitlines()) == 1
    assert "our mistake" in err
    kept = Path(json.loads(out)["traceback"])
    assert "in broken" in kept.read_text()
    kept.unlink()


def test_a_stop_with_nothing_in_hand_is_four(season: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from p2p_dispatch import api

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "solve_scenario", interrupted)
    assert run(["solve", season, "-q"]) == Exit.NOTHING


def test_a_plan_that_breaks_a_rule_is_our_mistake_and_says_so(
    season: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from p2p_dispatch.check.finding import Finding

    finding = Finding(rule="seats", where="trip a", words="21 people on 20 seats")
    room = importlib.import_module("p2p_dispatch.check")
    monkeypatch.setattr(room, "check", lambda *_: [finding])
    assert run(["solve", season]) == Exit.FINDINGS
    assert "Do not use this plan" in capsys.readouterr().err


def test_the_lists(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scenarios", "--json"]) == Exit.DONE
    names = [row["name"] for row in said(capsys)["scenarios"]]
    assert "zhanjiang_2020" in names
    assert run(["solvers", "--json"]) == Exit.DONE
    assert {"standard"} <= {row["name"] for row in said(capsys)["solvers"]}
    assert run(["solvers"]) == Exit.DONE
    assert "standard" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["schema"], ["schema", "--plan"]])
def test_a_schema_is_a_schema(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == Exit.DONE
    assert said(capsys)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_without_a_command_it_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == Exit.DONE
    assert "Commands:" in capsys.readouterr().out


def test_names_survive_a_stream_that_cannot_carry_them() -> None:
    done = shell("scenarios", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == Exit.DONE
    assert "zhanjiang_2020" in done.stdout
    done = shell("scenarios", "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "贵港" in json.dumps(json.loads(done.stdout), ensure_ascii=False)


@pytest.mark.skipif(os.name == "nt", reason="no pipes of this kind")
def test_a_reader_that_has_enough_is_no_trouble() -> None:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "solvers")])
    process = subprocess.Popen(
        [sys.executable, "-m", "p2p_dispatch", "schema"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == Exit.DONE


def test_the_launcher_of_a_clone_needs_no_installation() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "solvers"],
        capture_output=True,
        text=True,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        check=False,
    )
    assert done.returncode == Exit.DONE, done.stderr
    assert "first-come" in done.stdout
