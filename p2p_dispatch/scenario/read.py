"""A scenario from its file, or everything that is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from p2p_dispatch.reading.faults import Fault, InputError, in_order
from p2p_dispatch.reading.salvage import salvage
from p2p_dispatch.reading.spots import Document
from p2p_dispatch.reading.validate import MOST_EXPLAINED, explain
from p2p_dispatch.reading.yaml import read_yaml
from p2p_dispatch.scenario.crosscheck import Draft, crosscheck
from p2p_dispatch.scenario.draft import DraftScenario
from p2p_dispatch.scenario.scenario import Scenario
from p2p_dispatch.scenario.source import Source
from p2p_dispatch.scenario.tables import TABLES, load_tables


def read_scenario(path: str | Path) -> Scenario:
    """
    The scenario in a YAML file and the tables beside it.

    Parameters
    ----------
    path
        The YAML file; the names of tables in it start from its folder.

    Raises
    ------
    InputError
        With all its faults at once, in the order of the files.
    """
    path = Path(path)
    document = read_yaml(path)
    load_tables(document, path.parent)
    faults = list(document.faults)
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        faults += _explained(document, error)
        raise InputError(in_order(faults + _of_the_rest(document, error))) from None
    scenario.keep(Source(document.spot))
    faults += crosscheck(Draft(scenario, lost=dict.fromkeys(document.gaps)))
    faults = in_order(faults)
    if any(fault.refuses for fault in faults):
        raise InputError(faults)
    scenario.keep(Source(document.spot, tuple(faults)))
    return scenario


def _explained(document: Document, error: ValidationError) -> list[Fault]:
    """What is wrong with single values; where a table could stand, that is said."""
    lists = {".".join(path) for path in TABLES}
    return [
        replace(fault, right=fault.right + more) if (more := _more(fault, lists)) else fault
        for fault in explain(Scenario, document, error)
    ]


def _more(fault: Fault, lists: set[str]) -> str:
    """What the room of reading cannot know of a scenario."""
    if fault.code == "P2P1022" and fault.field in lists:
        return f", or name a table: `{fault.field.rpartition('.')[2]}.csv`"
    if fault.code == "P2P1023" and fault.field.endswith(".lat"):
        return "; latitude and longitude may be swapped"
    return ""


def _of_the_rest(document: Document, error: ValidationError) -> list[Fault]:
    """What is wrong between those parts that are sound by themselves."""
    if error.error_count() > MOST_EXPLAINED:
        return []  # too little is left to judge the whole by
    rest = salvage(DraftScenario, document)
    if rest is None:
        return []
    rest.model.keep(Source(document.spot))
    given = {n for n in rest.model.model_fields_set if getattr(rest.model, n) is not None}
    needed = {n for n, info in Scenario.model_fields.items() if info.is_required()}
    lost = rest.lost | {(name,): None for name in needed - given}
    return crosscheck(Draft(rest.model, rest.numbering, lost))
