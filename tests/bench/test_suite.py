"""Suite files: what may stand in them, and what is said where it may not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from p2p_dispatch.bench.entries import is_suite, read_suite
from p2p_dispatch.bench.task import tasks_of
from p2p_dispatch.cli.find import find_scenario
from p2p_dispatch.reading import InputError

ROOT = Path(__file__).parents[2]

GOOD = """\
scenarios: [season.yaml]
solvers: [first-come, mine.yaml]
seeds: [1, 2]
limits: {seconds: 5}
"""


@pytest.fixture
def folder(season: Path) -> Path:
    (season.parent / "mine.yaml").write_text("strategy: first-come\nlimits: {seconds: 9}\n")
    (season.parent / "suite.yaml").write_text(GOOD)
    return season.parent


def test_a_suite_is_every_scenario_by_every_solver_by_every_seed(folder: Path) -> None:
    """The suite's limit goes before the solver's; force comes 300 s after it."""
    tasks = list(tasks_of(read_suite(folder / "suite.yaml", find_scenario)))
    assert [(task.solver, task.seed) for task in tasks] == [
        ("first-come", 1), ("mine.yaml", 1), ("first-come", 2), ("mine.yaml", 2),
    ]  # fmt: skip
    assert {task.ends_after for task in tasks} == {305}
    assert [task.is_baseline for task in tasks] == [True, False, True, False]


def test_a_limit_of_the_solver_holds_where_the_suite_has_none(folder: Path) -> None:
    """Nine seconds in mine.yaml; first-come has no limit and is never ended by force."""
    (folder / "suite.yaml").write_text(GOOD.replace("seconds: 5", "iterations: 7"))
    first, mine, *_ = tasks_of(read_suite(folder / "suite.yaml", find_scenario))
    assert (first.limits.seconds, first.limits.iterations, first.ends_after) == (None, 7, None)
    assert (mine.limits.seconds, mine.limits.iterations, mine.ends_after) == (9, 7, 309)


def test_paths_start_from_the_folder_of_the_suite(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    entries = read_suite(folder / "suite.yaml", find_scenario)
    assert entries.scenarios == {"season.yaml": folder / "season.yaml"}


def test_options_go_before_the_file_each_limit_on_its_own(folder: Path) -> None:
    instead = {"solvers": ("mine.yaml",), "limits": {"iterations": 7}}
    suite = read_suite(folder / "suite.yaml", find_scenario, instead=instead).suite
    assert suite.runners == ("first-come", "mine.yaml")
    assert (suite.limits.seconds, suite.limits.iterations) == (5, 7)


@pytest.mark.parametrize(
    ("wrong", "code", "line", "hint"),
    [
        (("seeds: [1, 2]", "seedz: [1, 2]"), "P2P2101", 3, "did you mean seeds"),
        (("seeds: [1, 2]", "seeds: [1, 1]"), "P2P2101", 3, "1 stands twice"),
        (("seeds: [1, 2]", "seeds: [1, -1]"), "P2P2101", 3, "0 or more"),
        (("seconds: 5", "seconds: 0"), "P2P2101", 4, "above 0"),
        (("solvers: [first-come, mine.yaml]", "solvers: []"), "P2P2101", 2, "at least 1"),
        (("season.yaml", "seasons.yaml"), "P2P2102", 1, "season.yaml"),
        (("[season.yaml]", "[zhanjiang_202]"), "P2P2102", 1, "zhanjiang_2020"),
        (("first-come,", "first-cone,"), "P2P2103", 2, "first-come"),
        (("mine.yaml", "yours.yaml"), "P2P2103", 2, "no such file"),
        (("seeds: [1, 2]", "baseline: first-cone"), "P2P2103", 3, "first-come"),
    ],
)
def test_a_fault_has_its_line(
    folder: Path, wrong: tuple[str, str], code: str, line: int, hint: str
) -> None:
    """One thing is wrong each time; with it right again the suite reads."""
    path = folder / "suite.yaml"
    read_suite(path, find_scenario)
    path.write_text(GOOD.replace(*wrong))
    with pytest.raises(InputError) as refused:
        read_suite(path, find_scenario)
    (fault,) = refused.value.faults
    assert (fault.code, fault.mark.file, fault.mark.line) == (code, str(path), line)
    assert hint in f"{fault.found} {fault.right}"


def test_faults_of_what_it_names_are_theirs(folder: Path) -> None:
    (folder / "mine.yaml").write_text("strategy: first-come\nparameters: {least_fil: 1}\n")
    with pytest.raises(InputError) as refused:
        read_suite(folder / "suite.yaml", find_scenario)
    (fault,) = refused.value.faults
    assert (fault.code, fault.mark.line) == ("P2P2002", 2)


def test_a_suite_is_told_from_a_scenario(folder: Path) -> None:
    assert is_suite(folder / "suite.yaml")
    assert not is_suite(folder / "season.yaml")
    assert not is_suite(folder)


def test_the_suite_of_the_project_reads_and_so_does_the_one_on_the_page() -> None:
    read_suite(ROOT / "benchmarks" / "suite.yaml", find_scenario)
    page = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    from p2p_dispatch.bench.suite import Suite
    from p2p_dispatch.reading.validate import validate
    from p2p_dispatch.reading.yaml import parse_yaml

    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    suite = validate(Suite, parse_yaml(example, "README.md"))
    assert set(suite.model_fields_set) == set(Suite.model_fields)
