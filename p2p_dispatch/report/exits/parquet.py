"""The tables of a plan as Parquet, for tools that read millions of rows."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from p2p_dispatch.plan.model import Plan
from p2p_dispatch.plan.table import Kind
from p2p_dispatch.plan.tables import TABLES
from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.report.write import write_by
from p2p_dispatch.scenario import Scenario

LIBRARY = "pyarrow"
"""What pandas writes Parquet with; an extra, since it is larger than all the rest."""


def refuse_parquet() -> None:
    """
    Say now that Parquet could not be written.

    Raises
    ------
    InputError
        P2P5005, when the library is not installed.
    """
    if find_spec(LIBRARY) is None:
        fault = Fault(
            code="P2P5005",
            mark=Mark("--to parquet", 0),
            found=f"{LIBRARY} is not installed",
            right="pip install 'p2p-dispatch[parquet]'",
        )
        raise InputError([fault])


def write_parquet(plan: Plan, scenario: Scenario, folder: Path) -> list[Path]:
    """
    Write every table of the plan; days and times have types of their own, times their zone.

    Raises
    ------
    InputError
        P2P5005 when the library is missing, P2P5003 when it cannot be written there.
    """
    refuse_parquet()
    import pandas as pd
    import pyarrow as pa

    day = pd.ArrowDtype(pa.date32())
    files = []
    for name, table in TABLES.items():
        movements = name == "movements"
        frame = plan.movements_frame(scenario) if movements else getattr(plan, f"{name}_frame")()
        days = [column for column, kind in table.columns.items() if kind is Kind.DAY]
        frame = frame.astype(dict.fromkeys(days, day))
        path = folder / f"{name}.parquet"
        write_by(path, lambda there, frame=frame: frame.to_parquet(there, index=False))  # type: ignore[misc]
        files.append(path)
    return files
