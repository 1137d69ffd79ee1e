"""Where the cells of a table stand, worked out when it is asked for."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any

from p2p_dispatch.reading.faults import Mark
from p2p_dispatch.reading.spots import Spot, Step

Tree = dict[str, Any]
"""Headings by the steps of their paths: ``{"id": 1, "hours": {"opens": 2}}``."""


@dataclass(slots=True, eq=False)
class RowSpot(Spot):
    """A row of a table, or the cells of a row that go below one field."""

    tree: Tree = field(kw_only=True)

    @property
    def heading(self) -> Mark:
        """The row of headings."""
        return Mark(self.mark.file, 1)

    def has(self, name: str) -> bool:
        """Whether the table has a column for a field."""
        return name in self.tree

    def step(self, step: Step) -> Spot | None:
        """The cell of a field."""
        at = self.tree.get(step) if isinstance(step, str) else None
        if at is None:
            return None
        file, row = self.mark.file, self.mark.line
        if isinstance(at, dict):
            return RowSpot(self.mark, self.heading, tree=at)
        return Spot(Mark(file, row, at), Mark(file, 1, at))


@dataclass(slots=True, eq=False)
class TableSpot(Spot):
    """A table: the spots of its rows are made when they are asked for."""

    rows: array[int] = field(kw_only=True)
    """Row in the file of every item."""

    tree: Tree = field(kw_only=True)

    def step(self, step: Step) -> Spot | None:
        """The row of an item."""
        if isinstance(step, int) and 0 <= step < len(self.rows):
            mark = Mark(self.mark.file, self.rows[step])
            return RowSpot(mark, mark, tree=self.tree)
        return None
