"""The tables of a plan as Parquet, for tools that read millions of rows."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from p2p_dispatch.plan.model import Plan
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
    files = []
    for name in TABLES:
        table = scenario if name == "movements" else None
        frame = plan.movements_frame(table) if table else getattr(plan, f"{name}_frame")()
        path = folder / f"{name}.parquet"
        write_by(path, lambda there, frame=frame: frame.to_parquet(there, index=False))  # type: ignore[misc]
        files.append(path)
    return files
