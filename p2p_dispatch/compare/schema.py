"""The JSON Schema of a comparison."""

from __future__ import annotations

from typing import Any

from p2p_dispatch.compare.model import COMPARISON_VERSION, Comparison


def comparison_schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12, of what ``compare --json`` prints."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"p2p-dispatch/comparison-{COMPARISON_VERSION}.schema.json",
        **Comparison.model_json_schema(mode="serialization"),
    }
