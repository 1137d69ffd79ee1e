"""A piece of JSON Schema in plain words."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

CLOCK = "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"
ID_LENGTH = 80


def plain(schema: Schema, *, link: bool = True) -> str:
    """What may stand there: ``whole number, at least 1``, ``list of [Stop](#stop)``."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})" if link else name
    for key in ("anyOf", "oneOf"):
        if key in schema:
            words = [plain(one, link=link) for one in schema[key] if one.get("type") != "null"]
            return ", or ".join(dict.fromkeys(words))
    if "allOf" in schema:
        return plain(schema["allOf"][0], link=link)
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    kind = schema.get("type")
    if kind == "array":
        return f"list of {_items(schema, link)}"
    if kind == "object":
        return _mapping(schema, link)
    if kind == "boolean":
        return "`true` or `false`"
    if kind in ("integer", "number"):
        return ("whole number" if kind == "integer" else "number") + _bounds(schema)
    if kind == "string":
        return _text(schema)
    return "anything"


def _items(schema: Schema, link: bool) -> str:
    items = schema.get("items")
    if items is None:
        return "values"
    words = plain(items, link=link)
    return {"id": "ids", "day": "days", "text": "texts"}.get(
        words, words.replace("whole number", "whole numbers", 1)
    )


def _mapping(schema: Schema, link: bool) -> str:
    values: object = schema.get("additionalProperties") or next(
        iter(schema.get("patternProperties", {}).values()), {}
    )
    keys = schema.get("propertyNames", {})
    key = "id" if keys.get("maxLength") == ID_LENGTH else plain({"type": "string", **keys})
    words = plain(values, link=link) if isinstance(values, dict) and values else "values"
    return f"mapping from {key} to {words}"


def _text(schema: Schema) -> str:
    if schema.get("format") == "date":
        return "day"
    if schema.get("format") == "date-time":
        return "moment with offset"
    if schema.get("pattern") == CLOCK:
        return "clock time"
    if schema.get("title", "").startswith("a day, or"):
        return "day, or day and clock time"
    if schema.get("title") == "a table beside the scenario":
        return "the name of a CSV ([tables](../tables.md))"
    if schema.get("maxLength") == ID_LENGTH and schema.get("minLength") == 1:
        return "id"
    return "text"


def _bounds(schema: Schema) -> str:
    words = []
    low, high = schema.get("minimum"), schema.get("maximum")
    if "exclusiveMinimum" in schema:
        words.append(f"above {_number(schema['exclusiveMinimum'])}")
    if low is not None and high is not None and high < 1e5:
        return f", {_number(low)} to {_number(high)}"
    if low is not None:
        words.append(f"at least {_number(low)}")
    if high is not None and high < 1e5:
        words.append(f"at most {_number(high)}")
    return "".join(f", {each}" for each in words)


def _number(value: float) -> str:
    return f"{value:,g}".replace("-", "−")
