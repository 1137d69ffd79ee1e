"""Solver files: a strategy with its parameters and limits, as data."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.reading.spots import Document
from p2p_dispatch.reading.validate import validate
from p2p_dispatch.reading.yaml import read_yaml
from p2p_dispatch.shipped import shipped
from p2p_dispatch.solution.registry import find_strategy, strategy_names
from p2p_dispatch.solution.strategy import Strategy


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Limits(_Part):
    """When a solver stops; what the command line says goes before."""

    seconds: Annotated[float, Field(gt=0)] | None = None
    """Time limit; none: until the strategy ends."""
    iterations: Annotated[int, Field(ge=0)] | None = None
    """Iterations, counted the strategy's own way; none: no limit."""
    gap: Annotated[float, Field(ge=0, lt=1)] | None = None
    """Good enough: (cost - bound) / cost; none: as good as can be."""


class SolverFile(_Part):
    """One YAML file in ``solvers/``."""

    strategy: str
    """Name of the strategy in the entry-point group ``p2p_dispatch.strategies``."""
    about: str = ""
    """One line for the list of solvers."""
    parameters: dict[str, Any] = {}
    """The strategy's own parameters; those left out take their defaults."""
    limits: Limits = Limits()
    """When it stops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solver:
    """A solver file with the strategy it names, ready to run."""

    name: str
    path: Path
    file: SolverFile
    strategy: Strategy
    parameters: BaseModel

    def declined(self, why: str) -> Fault:
        """The fault for a scenario that the strategy cannot take."""
        return Fault(
            code="P2P2004",
            mark=Mark(str(self.path), 0),
            found=f"{self.file.strategy} cannot take this scenario: {why}",
            right="choose another solver; `p2p-dispatch solvers` lists them",
        )


def solver_paths() -> dict[str, Path]:
    """The shipped solver files by name, in order."""
    return {path.stem: path for path in sorted(shipped("solvers").glob("*.yaml"))}


def read_solver(name: str | Path) -> Solver:
    """
    A solver by the name of a shipped file, by the path of a file, or by a strategy's own name.

    Raises
    ------
    InputError
        When there is none of this name, or its file does not keep the format.
    """
    known = solver_paths()
    if str(name) in known:
        return _read(str(name), known[str(name)])
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        return _read(path.stem, path)
    if str(name) in strategy_names():
        # a strategy that somebody installed needs no file to run with its defaults
        strategy = find_strategy(str(name))
        file = SolverFile(strategy=str(name))
        return Solver(
            name=str(name),
            path=path,
            file=file,
            strategy=strategy,
            parameters=strategy.Parameters(),
        )
    names = sorted({*known, *strategy_names()})
    near = get_close_matches(str(name), names, n=1)
    hint = f"did you mean {near[0]}?" if near else "known are " + ", ".join(names)
    raise _refused("P2P2001", Mark("--solver", 0), f"there is no solver {name}", hint)


def _read(name: str, path: Path) -> Solver:
    document = read_yaml(path)
    file = validate(SolverFile, document, code="P2P2002")
    try:
        strategy = find_strategy(file.strategy)
    except (LookupError, TypeError, ImportError) as fault:
        near = get_close_matches(file.strategy, strategy_names(), n=1)
        hint = near or strategy_names()
        mark = document.spot.walk(("strategy",)).mark
        raise _refused("P2P2003", mark, str(fault), "installed: " + ", ".join(hint)) from None
    parameters = _parameters(strategy, document)
    return Solver(name=name, path=path, file=file, strategy=strategy, parameters=parameters)


def _parameters(strategy: Strategy, document: Document) -> BaseModel:
    """The strategy's own parameters, with faults at their lines in the solver file."""
    whole = create_model("SolverFile", __base__=SolverFile, parameters=(strategy.Parameters, ...))
    document.data.setdefault("parameters", {})
    parameters = validate(whole, document, code="P2P2002").parameters
    assert isinstance(parameters, BaseModel)
    return parameters


def _refused(code: str, mark: Mark, found: str, right: str) -> InputError:
    return InputError([Fault(code=code, mark=mark, found=found, right=right)])
