"""The JSON Schema of a scenario: completion, hover text and first faults in any editor."""

from __future__ import annotations

from typing import Any

from p2p_dispatch.scenario.scenario import Scenario
from p2p_dispatch.scenario.tables import TABLES

_TABLE = {
    "title": "a table beside the scenario",
    "type": "string",
    "pattern": r"\.[cC][sS][vV]$",
}


def scenario_schema() -> dict[str, Any]:
    """The JSON Schema; where a table may be named in place of a list, it says so."""
    schema = Scenario.model_json_schema(by_alias=True, mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "scenario of p2p-dispatch"
    for path in TABLES:
        for part in _parts(schema, path[:-1]):
            _or_table(part["properties"], path[-1])
    _one_line(schema)
    return schema


def _parts(schema: dict[str, Any], path: tuple[str, ...]) -> list[dict[str, Any]]:
    """The schemas of the mapping at a path: one for each member of a union."""
    parts = [schema]
    for step in path:
        below = [part["properties"][step] for part in parts]
        members = [each for one in below for each in one.get("oneOf", [one])]
        parts = [schema["$defs"][each["$ref"].rpartition("/")[2]] for each in members]
    return parts


def _or_table(properties: dict[str, Any], name: str) -> None:
    """Let a field be a list or the name of a table."""
    field = properties[name]
    kept = {key: field.pop(key) for key in ("title", "description", "default") if key in field}
    properties[name] = {**kept, "anyOf": [{"title": "a list", **field}, dict(_TABLE)]}


def _one_line(schema: Any) -> None:
    """Join the lines of descriptions, which were broken for the width of our source."""
    if isinstance(schema, list):
        for each in schema:
            _one_line(each)
    elif isinstance(schema, dict):
        if isinstance(text := schema.get("description"), str):
            schema["description"] = " ".join(text.split())
        for each in schema.values():
            _one_line(each)
