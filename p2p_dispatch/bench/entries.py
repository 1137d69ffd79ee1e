"""The scenarios and solvers that a suite names, looked up before the first run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from p2p_dispatch.bench.suite import Suite
from p2p_dispatch.reading import Fault, InputError
from p2p_dispatch.reading.spots import Document, Step
from p2p_dispatch.reading.validate import validate
from p2p_dispatch.reading.yaml import read_yaml
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.solution.solver import Solver, read_solver

FindScenario = Callable[[str], Path]
"""The file that a word means, a shipped scenario's name for one."""

_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """A suite, and what its words mean."""

    suite: Suite
    scenarios: dict[str, Path]
    """Their files; each has been read once, so that no run fails over a misspelt key."""
    solvers: dict[str, Solver]


def is_suite(path: Path) -> bool:
    """Whether a file is a suite and no scenario, judged by keys that only suites have."""
    if path.suffix not in _YAML or not path.is_file():
        return False
    return not {"scenarios", "solvers"}.isdisjoint(read_yaml(path).data)


def read_suite(
    path: Path, find: FindScenario, *, instead: Mapping[str, Any] | None = None
) -> Entries:
    """
    A suite file and what it names.

    Parameters
    ----------
    path
        The file.
    find
        Finds a scenario by its name.
    instead
        Fields that go before what the file says; of the limits each on its own.

    Raises
    ------
    InputError
        With all faults at once: P2P2101 of the file, P2P2102 and P2P2103 where a scenario or
        solver is not there, and those of the scenarios and solver files themselves.
    """
    document = read_yaml(path)
    suite = validate(Suite, document, code="P2P2101")
    if instead:
        limits = suite.limits.model_dump() | instead.get("limits", {})
        suite = Suite.model_validate({**suite.model_dump(), **instead, "limits": limits})
    return entries_of(suite, find, folder=path.parent, document=document)


def entries_of(
    suite: Suite, find: FindScenario, *, folder: Path = Path(), document: Document | None = None
) -> Entries:
    """
    What the words of a suite mean.

    Parameters
    ----------
    suite
        The suite.
    find
        Finds a scenario by its name.
    folder
        Where paths start from.
    document
        Where the words stand; none: on the command line.

    Raises
    ------
    InputError
        With all faults at once.
    """
    faults: list[Fault] = []
    scenarios: dict[str, Path] = {}
    solvers: dict[str, Solver] = {}
    for i, word in enumerate(suite.scenarios):
        with _collected(faults, document, ("scenarios", i), code="P2P2102"):
            scenarios[word] = _scenario(word, folder, find)
            read_scenario(scenarios[word])
    for word in suite.runners:
        named = word in suite.solvers
        at: tuple[Step, ...] = ("solvers", suite.solvers.index(word)) if named else ("baseline",)
        with _collected(faults, document, at, code="P2P2103"):
            solvers[word] = read_solver(folder / word if word.endswith(_YAML) else word)
    if faults:
        raise InputError(faults)
    return Entries(suite=suite, scenarios=scenarios, solvers=solvers)


def _scenario(word: str, folder: Path, find: FindScenario) -> Path:
    is_path = word.endswith(_YAML) or len(Path(word).parts) > 1
    if is_path or (folder / word / "scenario.yaml").is_file():
        return find(str(folder / word))
    return find(word)


@contextmanager
def _collected(
    faults: list[Fault], document: Document | None, at: tuple[Step, ...], *, code: str
) -> Iterator[None]:
    """Gather faults; that something is not there is a fault of the suite's line."""
    try:
        yield
    except InputError as trouble:
        for fault in trouble.faults:
            # Line 0 is the file as a whole; a table that is missing has the line of its name.
            lacks = fault.code in ("P2P1001", "P2P2001") and not fault.mark.line
            if document is not None and lacks:
                mark = document.spot.walk(at).mark
                fault = replace(fault, code=code, mark=mark, field=str(at[0]))
            faults.append(fault)
