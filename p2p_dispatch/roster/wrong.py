"""A cell that cannot be read."""

from __future__ import annotations


class Wrong(ValueError):  # noqa: N818  (it reads as what it is)
    """
    What is wrong with a cell.

    Parameters
    ----------
    found
        What is the matter with it; empty where the cell itself says it.
    right
        What would be right.
    """

    def __init__(self, found: str, right: str) -> None:
        super().__init__(right)
        self.found = found
        self.right = right
