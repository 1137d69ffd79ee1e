"""Packs the solver files and scenarios into the wheel, inside the package."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = {
    "solvers": ("*.yaml", "README.md"),
    "scenarios": ("*.yaml", "README.md", "*/*.csv", "*/*.xlsx", "*/*.md"),
}
"""What travels from each folder: not all of it, since ``solvers`` also holds p2p_solvers, which
is a package of its own."""


class Shipped(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the files; an editable install finds them beside the package instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name each file and its place in the wheel."""
        if version == "editable":
            return
        for folder, patterns in SHIPPED.items():
            home = Path(self.root, folder)
            for path in sorted(path for pattern in patterns for path in home.glob(pattern)):
                target = Path("p2p_dispatch", "_shipped", folder, path.relative_to(home))
                build_data["force_include"][str(path)] = target.as_posix()
