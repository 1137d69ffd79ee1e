"""
What is installed is whole, and what else lies about does not matter.

A user's own ``solvers.py`` in the working directory, or another package with a ``cli.py``, must
not change what the command does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOSTILE = ("cli", "solvers", "scenarios", "tests", "benchmarks", "hatch_build")

pytest.importorskip("build")
pytest.importorskip("hatchling")
pytest.importorskip("editables")


def clean() -> dict[str, str]:
    """The environment without what would let the clone be found."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}


def python(where: Path, *words: str, cwd: Path) -> str:
    """Run a Python and return what it says on stdout."""
    done = subprocess.run(
        [str(where), *words], capture_output=True, text=True, cwd=cwd, env=clean(), check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by way of the source archive as for a release, without the network."""
    out = tmp_path_factory.mktemp("dist")
    words = ("-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT))
    python(Path(sys.executable), *words, cwd=out)
    (path,) = out.glob("*.whl")
    return path


def fresh(folder: Path, *install: str) -> Path:
    """The Python of a new environment with the tool in it; its dependencies are ours."""
    venv.create(folder, with_pip=False)
    home = folder / ("Scripts" if os.name == "nt" else "bin")
    own = sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    # Appended, so that what is installed there comes first.
    Path(own, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = ("-m", "pip", "--python", str(home / "python"), "install", "--no-deps", "--no-index")
    python(Path(sys.executable), *pip, "--quiet", *install, cwd=folder)
    return home / "python"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A working directory full of modules that break whoever imports them."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    for name in HOSTILE:
        (folder / f"{name}.py").write_text("raise SystemExit('the wrong file was imported')")
    return folder


def holds_together(interpreter: Path, cwd: Path) -> None:
    """The installed command does its work there."""
    command = interpreter.parent / "p2p-dispatch"
    run = [str(command), "solve", "zhanjiang_2020", "--quiet", "-o", "plan"]
    done = subprocess.run(run, capture_output=True, text=True, cwd=cwd, env=clean(), check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "141 of 141 people" in done.stdout
    python(interpreter, "-m", "p2p_dispatch", "new", "season", cwd=cwd)
    python(interpreter, "-m", "p2p_dispatch", "solve", "season", "--solver", "first-come", cwd=cwd)


def test_the_wheel_takes_no_name_that_is_not_ours(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"p2p_dispatch", "p2p_solvers"}


def test_the_wheel_holds_what_a_user_needs_and_nothing_twice(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert len(names) == len(set(names))
    assert {
        "p2p_dispatch/py.typed",
        "p2p_dispatch/cli/template/scenario.yaml",
        "p2p_dispatch/cli/template/cohorts.csv",
        "p2p_dispatch/_shipped/solvers/standard.yaml",
        "p2p_dispatch/_shipped/scenarios/zhanjiang_2020.yaml",
        "p2p_solvers/first_come.py",
    } <= set(names)
    for folder in ("solvers", "scenarios"):
        here = {path.name for path in (ROOT / folder).glob("*.yaml")}
        there = {Path(name).name for name in names if f"_shipped/{folder}/" in name}
        assert here <= there
    assert not [name for name in names if "_shipped" in name and name.endswith(".py")]


def test_the_wheel_works_among_hostile_files(wheel: Path, tmp_path: Path, hostile: Path) -> None:
    holds_together(fresh(tmp_path / "env", str(wheel)), hostile)


def test_an_editable_install_works_among_hostile_files(tmp_path: Path, hostile: Path) -> None:
    install = ("--no-build-isolation", "--editable", str(ROOT))
    holds_together(fresh(tmp_path / "env", *install), hostile)
