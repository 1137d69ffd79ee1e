"""Rooms import only to their left, and strangers only what they may see."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

ROOMS = (
    "reading", "scenario", "events", "travel", "problem", "solution", "plan", "roster",
    "check", "report", "compare", "api", "life", "why", "bench", "week", "cli",
)  # fmt: skip
"""From left to right."""

ANYWHERE = {"_version", "cache", "parallel", "shipped"}
"""Modules that every room may use."""

CLOSED = {"check": {"problem", "solution", "roster"}, "roster": {"problem", "solution"}}
"""Rooms to the left that a room still does not enter: the checker knows nobody's arithmetic and
nobody's name."""

FILES = sorted((ROOT / "p2p_dispatch").rglob("*.py"))
STRATEGIES = sorted((ROOT / "solvers" / "p2p_solvers").rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module: str) -> str | None:
    """The room of a module of ours; None for other people's and for the package itself."""
    parts = module.split(".")
    return parts[1] if parts[0] == "p2p_dispatch" and len(parts) > 1 else None


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_room_imports_only_to_its_left(path: Path) -> None:
    here = path.relative_to(ROOT / "p2p_dispatch").parts[0].removesuffix(".py")
    if here not in ROOMS:
        return
    left = {*ROOMS[: ROOMS.index(here) + 1], *ANYWHERE} - CLOSED.get(here, set())
    seen = {there for module in imports(path) if (there := room(module))}
    assert seen <= left


@pytest.mark.parametrize("path", FILES, ids=name)
def test_the_package_never_names_the_strategies(path: Path) -> None:
    assert not [module for module in imports(path) if module.startswith("p2p_solvers")]


@pytest.mark.parametrize("path", STRATEGIES, ids=name)
def test_strategies_see_problem_and_solution_only(path: Path) -> None:
    ours = {module for module in imports(path) if module.startswith("p2p_dispatch")}
    assert {room(module) for module in ours} <= {"problem", "solution"}


def test_every_room_is_in_the_list() -> None:
    there = {
        path.name for path in (ROOT / "p2p_dispatch").iterdir() if (path / "__init__.py").exists()
    }
    assert there <= set(ROOMS)
