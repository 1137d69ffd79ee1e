"""The fields of scenarios and plans, from the same schemas that ``p2p-dispatch schema`` prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from p2p_dispatch.plan.schema import plan_schema
from p2p_dispatch.plan.tables import TABLES
from p2p_dispatch.scenario.schema import scenario_schema
from reference_pages.plain import Schema, plain

LONG = 40
"""Characters of a default past which it is left to the part it belongs to."""


def scenario_page() -> str:
    """Every field of a scenario."""
    return _page(
        scenario_schema(),
        title="Scenario fields",
        top="Scenario",
        intro=(
            "Everything a scenario file may hold, part by part; keys that are not listed are\n"
            "refused. A field without a default has to be written. `p2p-dispatch schema` prints\n"
            "the same as JSON Schema, for editors and other programs.\n"
            "\n"
            "An **id** is a name of 1 to 80 characters in any script, without `/ , ; = +`. A\n"
            "**day** is written `2027-02-18`, a **clock time** `08:00`, a **day and clock time**\n"
            "`2027-02-18 08:00`, all local to `time_zone`. Money is in `currency`."
        ),
    )


def plan_page() -> str:
    """Every field of a plan, and the columns of its tables."""
    text = _page(
        plan_schema(),
        title="Plan fields",
        top="Plan",
        intro=(
            "What stands in `plan.json`; `p2p-dispatch schema --plan` prints the same as JSON\n"
            "Schema. Moments carry their offset from UTC. Money is in the currency of the\n"
            "scenario. The [tables](#tables-of-a-plan) beside it hold the same as CSV."
        ),
    )
    lines = [text, "## Tables of a plan", ""]
    lines += [
        "One CSV each beside `plan.json`, and one pandas frame each: `plan.trips_frame()`. Days",
        "are `2027-02-18`, times local without an offset.",
        "",
        "| table | columns |",
        "| --- | --- |",
    ]
    lines += [
        f"| `{name}.csv` | {', '.join(f'`{column}`' for column in table.columns)} |"
        for name, table in TABLES.items()
    ]
    return "\n".join(lines) + "\n"


def _page(schema: Schema, *, title: str, top: str, intro: str) -> str:
    lines = [f"# {title}", "", intro, ""]
    lines += _part(top, schema, schema["$defs"], ())
    written = _written(schema)
    for name in written:
        lines += _part(name, schema["$defs"][name], schema["$defs"], written[name])
    return "\n".join(lines)


def _written(schema: Schema) -> dict[str, list[str]]:
    """Each part with the paths at which it is written, in the order of the fields."""
    found: dict[str, list[str]] = {}

    def walk(part: Schema, path: str) -> None:
        for field, piece in part.get("properties", {}).items():
            for name in dict.fromkeys(_named(piece)):
                found.setdefault(name, []).append(f"{path}{field}")
                walk(schema["$defs"][name], f"{path}{field}.")

    walk(schema, "")
    return found


def _named(piece: object) -> Iterator[str]:
    if isinstance(piece, dict):
        if isinstance(name := piece.get("$ref"), str):
            yield name.rpartition("/")[2]
        for each in piece.values():
            yield from _named(each)
    elif isinstance(piece, list):
        for each in piece:
            yield from _named(each)


def _part(name: str, part: Schema, parts: Schema, written: Sequence[str]) -> list[str]:
    lines = [f"## {name}", ""]
    if written:
        lines += [f"Written in {', '.join(f'`{path}`' for path in dict.fromkeys(written))}.", ""]
    if about := _markdown(part.get("description", ""), paragraphs=True):
        lines += [about, ""]
    if "enum" in part:
        return [*lines, f"One of {plain(part)}.", ""]
    required = set(part.get("required", ()))
    lines += ["| field | what it is | default | meaning |", "| --- | --- | --- | --- |"]
    for field, piece in part.get("properties", {}).items():
        default = "**must be written**" if field in required else _default(piece)
        about = piece.get("description") or _of_the_part(piece, parts)
        lines.append(f"| `{field}` | {plain(piece)} | {default} | {_markdown(about)} |")
    return [*lines, ""]


def _of_the_part(piece: Schema, parts: Schema) -> str:
    """What a part says of itself, for a field that says no more: pydantic then drops its own."""
    name = str(piece.get("$ref", "")).rpartition("/")[2]
    return str(parts.get(name, {}).get("description", ""))


def _default(piece: Schema) -> str:
    value = piece.get("default")
    if value is None:
        return "none"
    if value == "":
        return "empty"
    if value in ([], {}):
        return "none" if value == [] else "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, dict):
        if set(value) == {"usual", "on"}:
            return "no limit"
        if isinstance(value.get("preset"), str):
            return f"`{value['preset']}`"
        if set(value) == {"low", "medium", "high"} and len(set(value.values())) == 1:
            return f"`{value['low']:g}`"
        for key in ("by", "kind"):
            if key in value:
                return f"`{key}: {value[key]}`"
        return "its own defaults"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"`{text}`" if len(text) <= LONG else "see its part"


def _markdown(text: str, *, paragraphs: bool = False) -> str:
    """A docstring in the signs of Markdown."""
    text = re.sub(r"``(.*?)``", r"`\1`", text)
    text = re.sub(r":\w+:`~?([\w.]+)`", r"`\1`", text)
    if paragraphs:
        return "\n\n".join(" ".join(each.split()) for each in text.split("\n\n")).strip()
    return " ".join(text.split()).replace("|", "\\|")
