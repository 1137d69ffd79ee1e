"""Strategies by name: ours and other people's, found through entry points."""

from __future__ import annotations

import tomllib
from importlib.metadata import EntryPoint, entry_points

from p2p_dispatch.shipped import clone
from p2p_dispatch.solution.strategy import Strategy

GROUP = "p2p_dispatch.strategies"
"""Entry-point group in which packages name their strategies."""


def strategy_names() -> list[str]:
    """Names of all strategies that are installed; none is imported."""
    return sorted(_found())


def find_strategy(name: str) -> Strategy:
    """
    The strategy of a name.

    Raises
    ------
    LookupError
        When no installed package names such a strategy.
    TypeError
        When what the package names is not a strategy.
    """
    try:
        strategy = _found()[name].load()()
    except KeyError:
        raise LookupError(f"no strategy is called {name}") from None
    if not isinstance(strategy, Strategy):
        raise TypeError(
            f"{name} has not the shape of a strategy: name, Parameters, declines, solve"
        )
    return strategy


def _found() -> dict[str, EntryPoint]:
    installed = {entry.name: entry for entry in entry_points(group=GROUP)}
    return {**_of_the_clone(), **installed}


def _of_the_clone() -> dict[str, EntryPoint]:
    """What an installation would name: in a clone that is not installed nobody else says it."""
    root = clone()
    if root is None:
        return {}
    with (root / "pyproject.toml").open("rb") as file:
        named = tomllib.load(file)["project"]["entry-points"][GROUP]
    return {name: EntryPoint(name, value, GROUP) for name, value in named.items()}
