"""The tables of a plan as pandas frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import pandas as pd

    from p2p_dispatch.plan.model import Plan
    from p2p_dispatch.plan.table import Cell, Kind
    from p2p_dispatch.scenario import Scenario


class Frames:
    """What a plan gives to pandas; each column is described in ``plan.tables``."""

    def trips_frame(self) -> pd.DataFrame:
        """One row a trip."""
        return self._frame("trips")

    def stops_frame(self) -> pd.DataFrame:
        """One row a stop of a trip, depots included."""
        return self._frame("stops")

    def driving_frame(self) -> pd.DataFrame:
        """One row a spell at the wheel; empty by the day."""
        return self._frame("driving")

    def itineraries_frame(self) -> pd.DataFrame:
        """One row an itinerary."""
        return self._frame("itineraries")

    def duties_frame(self) -> pd.DataFrame:
        """One row a unit."""
        return self._frame("duties")

    def batches_frame(self) -> pd.DataFrame:
        """One row a batch."""
        return self._frame("batches")

    def manifests_frame(self) -> pd.DataFrame:
        """One row a trip and cohort on it."""
        return self._frame("manifests")

    def unserved_frame(self) -> pd.DataFrame:
        """One row a part of a cohort that is left behind."""
        return self._frame("unserved")

    def movements_frame(self, scenario: Scenario | None = None) -> pd.DataFrame:
        """
        One row a movement line: some people of a cohort on one trip.

        Names, ready and due days and priorities are the scenario's; without it these columns
        are empty.
        """
        return self._frame("movements", scenario)

    def _frame(self, name: str, scenario: Scenario | None = None) -> pd.DataFrame:
        import pandas as pd

        from p2p_dispatch.plan.tables import TABLES

        plan = cast("Plan", self)
        table = TABLES[name]
        rows = list(table.rows(plan, scenario))
        columns = zip(*rows, strict=True) if rows else [()] * len(table.columns)
        return pd.DataFrame(
            {
                name: _series(list(cells), kind, plan.time_zone)
                for (name, kind), cells in zip(table.columns.items(), columns, strict=True)
            }
        )


def _series(cells: list[Cell], kind: Kind, zone: str) -> pd.Series:
    """
    A column with the type of its kind, also where it is empty.

    Times are instants in the plan's time zone; days are midnights without a zone.
    """
    import pandas as pd

    from p2p_dispatch.plan.table import Kind

    match kind:
        case Kind.TIME:
            return pd.Series(
                pd.to_datetime(pd.Series(cells, dtype=object), utc=True)
            ).dt.tz_convert(zone)
        case Kind.DAY:
            return pd.Series(pd.to_datetime(pd.Series(cells, dtype=object)))
        case Kind.COUNT:
            return pd.Series(cells, dtype="int64")
        case Kind.NUMBER:
            return pd.Series(cells, dtype="float64")
        case _:
            return pd.Series(cells, dtype="str")
