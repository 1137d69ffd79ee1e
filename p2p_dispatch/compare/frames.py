"""A comparison as pandas frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pandas as pd

    from p2p_dispatch.compare.model import Comparison


class Frames:
    """What a comparison gives to pandas."""

    def figures_frame(self) -> pd.DataFrame:
        """One row a figure: group, id, name, kind, one, other, change."""
        compared = cast("Comparison", self)
        return _frame(
            [{**figure.model_dump(), "change": figure.change} for figure in compared.figures],
            ("group", "id", "name", "kind", "one", "other", "change"),
        )

    def lots_frame(self) -> pd.DataFrame:
        """
        One row a lot of people of a cohort.

        Columns of the first plan end in ``_one``, of the second in ``_other``.
        """
        compared = cast("Comparison", self)
        rows: list[dict[str, Any]] = []
        for lot in compared.lots:
            row = lot.model_dump(exclude={"one", "other"})
            for side, way in (("one", lot.one), ("other", lot.other)):
                row |= {f"{name}_{side}": value for name, value in way.model_dump().items()}
            rows.append(row)
        return _frame(rows, ("cohort", "origin", "site", "priority", "people", "verdict", "by"))

    def trips_frame(self) -> pd.DataFrame:
        """One row a trip that is not the same in both plans."""
        compared = cast("Comparison", self)
        columns = ("id", "what", "day", "mode", "people", "cost", "differs")
        return _frame([trip.model_dump() for trip in compared.trips], columns)


def _frame(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    """A frame that has its columns also where it has no rows."""
    import pandas as pd

    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=list(columns))
