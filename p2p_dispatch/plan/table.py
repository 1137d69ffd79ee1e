"""What a table of the plan is: columns with their kinds, and a function that gives the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from p2p_dispatch.plan.model import Plan
from p2p_dispatch.scenario import Scenario

Cell = str | int | float | date | datetime | None
Row = tuple[Cell, ...]
Rows = Callable[[Plan, Scenario | None], Iterator[Row]]


class Kind(Enum):
    """What stands in a column."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    DAY = "day"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Table:
    """
    One table of a plan.

    Attributes
    ----------
    columns
        Names and kinds, in order.
    rows
        Gives the rows of a plan; the scenario, where there is one, adds what the plan does not
        hold.
    """

    columns: dict[str, Kind]
    rows: Rows


TABLES: dict[str, Table] = {}
"""The tables by name; ``plan.tables`` fills it."""


def table(name: str, **columns: Kind) -> Callable[[Rows], Rows]:
    """Make a function the rows of a table, with these columns in this order."""

    def enter(rows: Rows) -> Rows:
        TABLES[name] = Table(columns, rows)
        return rows

    return enter
